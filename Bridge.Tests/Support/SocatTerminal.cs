using System.Diagnostics;

namespace Bridge.Tests.Support;

/// <summary>
/// A pseudo terminal with a link of our own to it, made by a real <c>socat</c>. Its far end is the process's standard input and output.
/// </summary>
internal sealed class SocatTerminal : IAsyncDisposable
{
    private readonly Process _process;

    private SocatTerminal(Process process, string link)
    {
        _process = process;
        Link = link;
    }

    /// <summary>What stands for the serial port's path.</summary>
    public string Link { get; }

    public static async Task<SocatTerminal> StartAsync(string link, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(PeerPrograms.RequireProgram("socat"))
        {
            ArgumentList = { "-d", "-d", $"pty,raw,echo=0,link={link}", "STDIO" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var terminal = new SocatTerminal(Process.Start(start)!, link);
        var log = terminal._process.StandardError;
        while (await log.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains("starting data transfer loop", StringComparison.Ordinal)) return terminal;
        }

        await terminal.DisposeAsync();
        throw new InvalidOperationException("socat ended at once");
    }

    /// <summary>Bytes that come in at the port.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync(bytes, cancellationToken);
        await input.FlushAsync(cancellationToken);
    }

    /// <summary>The next bytes written to the port.</summary>
    public async Task<byte[]> ReceiveAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await _process.StandardOutput.BaseStream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>Pulls the plug.</summary>
    public async Task UnplugAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await UnplugAsync(CancellationToken.None);
        _process.Dispose();
        // A killed socat leaves its link behind, as udev does not.
        File.Delete(Link);
    }
}
