using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bridge.Tests.Support;

/// <summary>
/// A real <c>mosquitto</c> on a free loopback port with a configuration of its own. It can be stopped, started again on the same port, frozen and killed.
/// </summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _log = new();
    private readonly MosquittoSettings _settings;
    private readonly SemaphoreSlim _logged = new(0);
    private Process? _process;

    private MosquittoBroker(MosquittoSettings settings) => _settings = settings;

    public int Port { get; private set; }

    /// <summary>What it wrote, for the message of a failed test.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Waits until it has written this.</summary>
    public async Task LoggedAsync(string text)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"mosquitto did not write '{text}': {Log}");
            await _logged.WaitAsync(TimeSpan.FromSeconds(1));
        }
    }

    public static async Task<MosquittoBroker> StartAsync(MosquittoSettings? settings = null)
    {
        PeerPrograms.RequireProgram("mosquitto");
        var broker = new MosquittoBroker(settings ?? new MosquittoSettings());
        try
        {
            // Somebody else may take the free port before it does.
            for (var attempt = 0; ; attempt++)
            {
                broker.Port = FreePort();
                if (await broker.TryStartAsync()) return broker;
                if (attempt == 5) throw new InvalidOperationException("mosquitto does not start: " + broker.Log);
            }
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same port, with what it kept if it keeps anything.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        if (!await TryStartAsync()) throw new InvalidOperationException("mosquitto does not start again: " + Log);
    }

    /// <summary>Ends it in order: it says goodbye and keeps what it keeps.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Ends it at once.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>It does nothing from here on; its connections stay.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> TryStartAsync()
    {
        await File.WriteAllTextAsync(_folder["mosquitto.conf"], _settings.Configuration(_folder, Port));
        var start = new ProcessStartInfo(PeerPrograms.RequireProgram("mosquitto"))
        {
            ArgumentList = { "-c", _folder["mosquitto.conf"], "-v" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        _process = process;
        var running = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return await running.Task.WaitAsync(Limit, TimeProvider.System);

        void Take(string? line)
        {
            if (line is null) running.TrySetResult(false);
            else lock (_log) _log.AppendLine(line);
            _logged.Release();
            if (line?.EndsWith(" running", StringComparison.Ordinal) == true) running.TrySetResult(true);
        }
    }

    private async Task EndAsync(string signal)
    {
        if (_process is not { } process) return;
        _process = null;
        if (!process.HasExited)
        {
            Signal(signal, process.Id);
            await process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        }

        process.Dispose();
    }

    private void Signal(string name) => Signal(name, _process!.Id);

    private static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", ["-" + name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
