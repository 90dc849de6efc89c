using Bridge.ZWave.Serial;

namespace Bridge.Tests.Fuzz;

/// <summary>
/// One parser for the whole run, fed in random pieces. Behind every input stands a good frame, which must arrive: at once, when the frame limit is over, or,
/// where the protocol leaves no other way, when the module repeats it.
/// </summary>
internal sealed class LineCheck(Random random, Action<DataFrame> deliver)
{
    private readonly FrameParser _parser = new();
    private int _number;

    /// <summary>Good frames that arrived only when they were repeated.</summary>
    public long Repeated { get; private set; }

    public void Run(ReadOnlySpan<byte> input)
    {
        Push(input);
        Drain(null);
        if (random.Next(16) == 0)
        {
            _parser.TimedOut();
            Drain(null);
        }

        var good = NextGoodFrame();
        Push(good);
        var outcome = Drain(good);
        if (outcome == Outcome.Delivered) return;
        _parser.Complete();
        var late = Drain(good);
        if (late == Outcome.Delivered) return;
        FuzzViolation.Unless(!_parser.IsWaiting, "everything held back is released when the line is at its end");
        FuzzViolation.Unless(outcome == Outcome.Excused || late == Outcome.Excused, "a good frame behind any input is delivered");
        Repeated++;
        Push(good);
        FuzzViolation.Unless(Drain(good) == Outcome.Delivered, "the repetition of a good frame is delivered");
    }

    /// <summary>A report of node 12 whose state byte tells it from its neighbours.</summary>
    private byte[] NextGoodFrame() =>
        new DataFrame(FrameType.Request, new(0x04), new byte[] { 0x00, 0x0C, 0x04, 0x25, 0x03, (byte)_number++, (byte)(_number >> 8), 0xB5 }).ToBytes();

    private void Push(ReadOnlySpan<byte> bytes)
    {
        while (random.Next(3) != 0 && bytes.Length > 1)
        {
            var count = random.Next(1, bytes.Length);
            _parser.Push(bytes[..count]);
            bytes = bytes[count..];
        }

        _parser.Push(bytes);
    }

    /// <summary>Takes all events. Excused is a frame whose beginning another frame, good or damaged, has taken for itself.</summary>
    private Outcome Drain(byte[]? expected)
    {
        var outcome = Outcome.Missing;
        while (_parser.TryRead(out var read))
        {
            switch (read.Kind)
            {
                case LineEventKind.Data:
                    deliver(read.Frame!);
                    if (expected is null || outcome == Outcome.Delivered) break;
                    outcome = read.Frame!.ToBytes().AsSpan().SequenceEqual(expected) ? Outcome.Delivered : Outcome.Excused;
                    break;
                case LineEventKind.Invalid:
                    if (outcome == Outcome.Missing) outcome = Outcome.Excused;
                    break;
                case LineEventKind.Discarded:
                    FuzzViolation.Unless(read.Bytes.Length <= FrameParser.MaximumNoise, "noise is reported in bounded pieces");
                    if (expected is not null && outcome == Outcome.Missing && HoldsFrameOfUnknownType(read.Bytes.Span)) outcome = Outcome.Excused;
                    break;
            }
        }

        return outcome;
    }

    private static bool HoldsFrameOfUnknownType(ReadOnlySpan<byte> noise)
    {
        for (var start = 0; start + DataFrame.Overhead <= noise.Length; start++)
        {
            var rest = noise[start..];
            if (rest[0] != DataFrame.StartOfFrame || rest[1] < 3 || rest[1] + 2 > rest.Length || rest[2] <= 1) continue;
            if (DataFrame.Checksum(rest.Slice(1, rest[1])) == rest[rest[1] + 1]) return true;
        }

        return false;
    }

    private enum Outcome
    {
        Missing,
        Excused,
        Delivered,
    }
}
