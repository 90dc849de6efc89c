using System.Text;
using Bridge.Cli;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;

namespace Bridge.Tests.Fuzz;

/// <summary>Lines of <c>zwbridge decode</c>: hex as people and programs write it, and texts that are none. Every line is answered with one JSON object.</summary>
internal sealed class DecodeCheck(Random random)
{
    // The answer of every n-th line is read back as JSON, every n-th input is decoded as a stream: both cost much more than the decoding.
    private const int ReadEvery = 32;

    private static readonly MessageJson[] s_decoders =
    [
        .. new string[][]
        {
            ["00"], ["--kind=cc", "00"], ["--kind=serial", "00"], ["--kind=serial", "--from=host", "00"], ["--node-id-bits=16", "00"],
            ["--kind=serial", "--from=host", "--node-id-bits=16", "00"],
        }.Select(static arguments => new MessageJson(DecodeOptions.Parse(arguments, out _)!)),
    ];

    private readonly StringBuilder _output = new();

    public void Run(ReadOnlySpan<byte> bytes)
    {
        _output.Clear();
        s_decoders[random.Next(s_decoders.Length)].Append(Text(bytes), _output);
        Answered();
        if (random.Next(ReadEvery) != 0) return;
        _output.Clear();
        var cut = random.Next(bytes.Length + 1);
        StreamJson.Append([Convert.ToHexString(bytes[..cut]), Text(bytes[cut..])], _output);
        Answered();
    }

    private string Text(ReadOnlySpan<byte> bytes)
    {
        var text = random.Next(2) == 0 ? Convert.ToHexString(bytes) : Hex.Spaced(bytes);
        if (random.Next(16) != 0) return text;
        var at = random.Next(text.Length + 1);
        return random.Next(4) switch
        {
            0 => text[..at],
            1 => text.Insert(at, " \t"),
            2 => text.Insert(at, ((char)random.Next(1, 0x3000)).ToString()),
            _ => text.ToLowerInvariant(),
        };
    }

    private void Answered()
    {
        FuzzViolation.Unless(_output.Length > 2 && _output[0] == '{' && _output[^2] == '}' && _output[^1] == '\n', "a line is answered with one object");
        if (random.Next(ReadEvery) != 0) return;
        using var json = new JsonTextReader(new StringReader(_output.ToString())) { MaxDepth = null };
        var lines = 0;
        while (json.Read()) lines = json.LineNumber;
        FuzzViolation.Unless(lines == 1, "an answer is JSON on one line");
    }
}
