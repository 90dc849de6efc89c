using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Bridge.Tests.Support;

/// <summary>The <c>mosquitto</c> program of this machine.</summary>
internal sealed class MosquittoProcess : IMosquittoHost
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly string _program = PeerPrograms.RequireProgram("mosquitto");
    private readonly StringBuilder _log = new();
    private Process? _process;

    public string ListenAddress => "127.0.0.1";

    public bool IsRoot => Environment.UserName == "root";

    public async Task<bool> StartAsync(TemporaryFolder folder, int port, bool isVerbose)
    {
        var start = new ProcessStartInfo(_program)
        {
            ArgumentList = { "-c", folder["mosquitto.conf"] },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        if (isVerbose) start.ArgumentList.Add("-v");
        var process = Process.Start(start)!;
        _process = process;
        var running = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var exit = process.WaitForExitAsync();
        var first = await Task.WhenAny(running.Task, exit).WaitAsync(Limit, TimeProvider.System);
        return first == running.Task;

        void Take(string? line)
        {
            if (line is null) return;
            lock (_log) _log.AppendLine(line);
            if (line.EndsWith(" running", StringComparison.Ordinal)) running.TrySetResult(true);
        }
    }

    public Task StopAsync() => EndAsync("TERM");

    public Task KillAsync() => EndAsync("KILL");

    public Task FreezeAsync() => SignalAsync("STOP", _process!.Id);

    public Task ThawAsync() => SignalAsync("CONT", _process!.Id);

    public Task<string> LogAsync()
    {
        lock (_log) return Task.FromResult(_log.ToString());
    }

    private static async Task SignalAsync(string name, int process)
    {
        using var kill = Process.Start("kill", ["-" + name, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task EndAsync(string signal)
    {
        if (_process is not { } process) return;
        _process = null;
        if (!process.HasExited)
        {
            await SignalAsync(signal, process.Id);
            await process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        }

        process.Dispose();
    }
}
