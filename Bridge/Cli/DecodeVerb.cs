using System.Text;

namespace Bridge.Cli;

/// <summary><c>zwbridge decode</c>: bytes to words, one JSON object an input.</summary>
public static class DecodeVerb
{
    public static readonly Verb Definition = new("decode", "tells what frames and commands mean, as JSON", RunAsync)
    {
        Help = """

            zwbridge decode [--kind auto|cc|serial] [--from module|host] [--node-id-bits 8|16] <hex> [<hex> ...]
            zwbridge decode [options] -
            zwbridge decode --stream --kind serial <hex> [<hex> ...]

              <hex>           hex digits in any case, blanks allowed; one line of JSON each
              -               one hex string a line from standard input
              --kind          cc: a command; serial: a frame of the Serial API; auto (default): whatever it looks like
              --from          who sent a serial frame, default module
              --node-id-bits  width of node ids in serial frames, default 8
              --stream        the hex strings are pieces of one stream as read from the line; tells its frames and the noise between them

            """,
    };

    private static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        if (DecodeOptions.Parse(arguments, out var problem) is not { } options) return await CommandLine.RefuseAsync(terminal, problem!);
        var decode = DecodeLines.Guard(new MessageJson(options).Append, terminal.Error);
        if (options.ReadsStandardInput)
        {
            await new DecodeLines(decode).RunAsync(terminal, cancellationToken);
            return ExitCode.Success;
        }

        var output = new StringBuilder();
        if (options.IsStream)
        {
            StreamJson.Append(options.Inputs, output);
        }
        else
        {
            foreach (var input in options.Inputs) decode(input, output);
        }

        await terminal.Output.WriteAsync(output, cancellationToken);
        await terminal.Output.FlushAsync(cancellationToken);
        return ExitCode.Success;
    }
}
