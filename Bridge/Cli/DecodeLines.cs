using System.Text;
using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>Appends what one line of input means, as one line of output.</summary>
public delegate void LineDecoder(ReadOnlySpan<char> line, StringBuilder output);

/// <summary>
/// Standard input to standard output, line by line. Output is written in blocks, but always before more input is waited for: a program
/// that asks and waits for the answer gets it. Holds at most one block and one line.
/// </summary>
public sealed class DecodeLines(LineDecoder decode)
{
    /// <summary>The longest line in characters, far above what networks carry. Longer ones are answered like bad hex.</summary>
    public const int MaximumLine = 65536;

    private const int BlockLength = 65536;

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _begun = new();
    private bool _isTooLong;

    /// <summary>
    /// The same decoder, except that a defect of ours costs one line and not all that follow: the line counts as malformed, and
    /// <paramref name="problems"/> gets what is needed to find the defect.
    /// </summary>
    public static LineDecoder Guard(LineDecoder decode, TextWriter problems) => (line, output) =>
    {
        var start = output.Length;
        try
        {
            decode(line, output);
        }
        catch (Exception defect)
        {
            output.Length = start;
            MessageJson.AppendFailure(isSerial: false, DecodeError.ReservedValue, output);
            output.Append('\n');
            var what = $"{defect.GetType().Name}: {defect.Message}";
            problems.Write($"zwbridge: decode: a defect of this program, please report it: {what}; input {line}\n");
        }
    };

    /// <summary>Runs until the input ends.</summary>
    public async Task RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        var block = new char[BlockLength];
        while (true)
        {
            // A console read does not see the token; the wait for it does.
            var count = await terminal.Input.ReadAsync(block, cancellationToken).AsTask().WaitAsync(cancellationToken);
            if (count == 0) break;
            Take(block.AsSpan(0, count));
            await WriteAsync(terminal.Output, cancellationToken);
        }

        if (_begun.Length == 0 && !_isTooLong) return;
        EndLine([]);
        await WriteAsync(terminal.Output, cancellationToken);
    }

    private void Take(ReadOnlySpan<char> text)
    {
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n'))
        {
            EndLine(text[..end]);
            text = text[(end + 1)..];
        }

        Begin(text);
    }

    private void Begin(ReadOnlySpan<char> text)
    {
        if (_begun.Length + text.Length > MaximumLine) _isTooLong = true;
        if (_isTooLong) _begun.Clear();
        else _begun.Append(text);
    }

    private void EndLine(ReadOnlySpan<char> text)
    {
        if (_begun.Length == 0 && !_isTooLong && text.Length <= MaximumLine)
        {
            decode(text, _output);
            return;
        }

        Begin(text);
        decode(_isTooLong ? [] : _begun.ToString(), _output);
        _begun.Clear();
        _isTooLong = false;
    }

    private async Task WriteAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(_output, cancellationToken);
        await output.FlushAsync(cancellationToken);
        _output.Clear();
    }
}
