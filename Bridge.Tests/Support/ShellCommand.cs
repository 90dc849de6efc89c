using System.Diagnostics;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>A line as people paste it into a shell.</summary>
internal sealed class ShellCommand : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly string _line;
    private readonly Process _process;
    private readonly Task<string> _complaints;

    private ShellCommand(string line, Process process)
    {
        (_line, _process) = (line, process);
        _complaints = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it.</summary>
    public static ShellCommand Start(string line)
    {
        var start = new ProcessStartInfo(PeerPrograms.RequireProgram("sh"), ["-c", line])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new(line, process);
    }

    /// <summary>Runs it to its end, which has to be a good one.</summary>
    /// <returns>What it said.</returns>
    public static async Task<string> RunAsync(string line)
    {
        await using var command = Start(line);
        var said = await command._process.StandardOutput.ReadToEndAsync()
            .WaitAsync(s_limit, TimeProvider.System, TestContext.Current.CancellationToken);
        await command._process.WaitForExitAsync();
        Assert.True(command._process.ExitCode == 0, $"{line} ended with {command._process.ExitCode}: {await command._complaints}");
        return said;
    }

    /// <summary>Reads lines until nothing more is missing.</summary>
    /// <param name="isEnough">Asked after each line with all of them.</param>
    public async Task<IReadOnlyList<string>> ReadAsync(Func<IReadOnlyList<string>, bool> isEnough)
    {
        using var limit = new CancellationTokenSource(s_limit, TimeProvider.System);
        List<string> lines = [];
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                lines.Add(line);
                if (isEnough(lines)) return lines;
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{_line} did not say enough: {string.Join('\n', lines)}");
        }

        Assert.Fail($"{_line} ended too early: {string.Join('\n', lines)}\n{await _complaints}");
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
