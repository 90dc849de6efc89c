using System.Text.RegularExpressions;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>
/// What mutations start from: every hex text in the sources of the tests, and the header of every command and message, bare and with many bytes behind it,
/// so that each of them is reached even when no row names it.
/// </summary>
internal sealed partial class SeedCorpus
{
    private const int MaximumLength = 250;

    private SeedCorpus(byte[][] commands, DataFrame[] frames) => (Commands, Frames) = (commands, frames);

    /// <summary>Commands, also malformed ones: rows of refusals are good beginnings.</summary>
    public IReadOnlyList<byte[]> Commands { get; }

    /// <summary>Whole data frames of host and module.</summary>
    public IReadOnlyList<DataFrame> Frames { get; }

    private static readonly Lazy<SeedCorpus> s_instance = new(Collect);

    /// <summary>The seeds; the same sources give the same seeds in the same order.</summary>
    public static SeedCorpus Instance => s_instance.Value;

    private static SeedCorpus Collect()
    {
        var texts = Directory.EnumerateFiles(Repository.Path("Bridge.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains("node_modules", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(static path => HexText().Matches(File.ReadAllText(path)))
            .Select(static match => match.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);
        List<byte[]> commands = [];
        List<DataFrame> frames = [];
        foreach (var text in texts)
        {
            if (!Hex.TryParse(text, out var bytes) || bytes.Length > MaximumLength) continue;
            if (FrameOf(bytes) is { } frame) frames.Add(frame);
            else commands.Add(bytes);
        }

        foreach (var command in CommandRegistry.All.SelectMany(static definition => definition.Commands))
        {
            byte[] header = [(byte)command.Id.CommandClass.Value, command.Id.Command];
            commands.Add(header);
            commands.Add([.. header, .. Enumerable.Range(1, 40).Select(static number => (byte)number)]);
        }

        foreach (var message in FunctionRegistry.All.SelectMany(static definition => definition.Messages))
        {
            frames.Add(new(message.Kind == MessageKind.Response ? FrameType.Response : FrameType.Request, message.Function, default));
        }

        return new([.. commands], [.. frames]);
    }

    private static DataFrame? FrameOf(byte[] bytes)
    {
        var parser = new FrameParser();
        parser.Push(bytes);
        return parser.TryRead(out var first) && !parser.IsWaiting && !parser.TryRead(out _) ? first.Frame : null;
    }

    [GeneratedRegex("\"((?:[0-9A-Fa-f]{2} ?){2,})\"")]
    private static partial Regex HexText();
}
