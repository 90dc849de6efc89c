using System.Diagnostics;
using System.Text;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>The program, started as users start it.</summary>
internal sealed class BridgeProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private TaskCompletionSource _lineCame = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BridgeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
    }

    public string Output
    {
        get
        {
            lock (_gate) return _output.ToString();
        }
    }

    public string Error
    {
        get
        {
            lock (_gate) return _error.ToString();
        }
    }

    /// <summary>Starts it in a folder, with these variables beside those of the test run.</summary>
    public static BridgeProcess Start(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var name = OperatingSystem.IsWindows() ? "zwbridge.exe" : "zwbridge";
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        var started = new BridgeProcess(new() { StartInfo = start });
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Waits until standard output has this text.</summary>
    public async Task WaitForAsync(string text)
    {
        using var limit = new CancellationTokenSource(s_limit, TimeProvider.System);
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_output.ToString().Contains(text, StringComparison.Ordinal)) return;
                next = _lineCame.Task;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"\"{text}\" did not come; output:\n{Output}\nerrors:\n{Error}");
            }
        }
    }

    /// <summary>Sends a signal: "TERM".</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(s_limit, TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null) return;
        TaskCompletionSource came;
        lock (_gate)
        {
            text.Append(line).Append('\n');
            (came, _lineCame) = (_lineCame, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        came.SetResult();
    }
}
