namespace Bridge.Tests.Fuzz;

/// <summary>Damages bytes the way lines, radios and faulty firmware do, and worse.</summary>
/// <param name="random">Decides what; the same numbers give the same damage.</param>
/// <param name="longest">What grows beyond this is cut.</param>
internal sealed class FrameMutator(Random random, int longest)
{
    // Lengths, masks, markers and ends of ranges: where decoders branch.
    private static readonly byte[] s_telling =
        [0x00, 0x01, 0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x0F, 0x15, 0x18, 0x20, 0x3F, 0x40, 0x7F, 0x80, 0x81, 0xC0, 0xE8, 0xEF, 0xF0, 0xF1, 0xFE, 0xFF];

    private readonly List<byte> _bytes = new(512);

    /// <summary>The bytes after <paramref name="count"/> mutations; <paramref name="other"/> is what a splice continues with.</summary>
    public byte[] Mutate(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> other, int count)
    {
        _bytes.Clear();
        _bytes.AddRange(bytes);
        for (; count > 0; count--) MutateOnce(other);
        if (_bytes.Count > longest) _bytes.RemoveRange(longest, _bytes.Count - longest);
        return [.. _bytes];
    }

    private void MutateOnce(ReadOnlySpan<byte> other)
    {
        switch (_bytes.Count == 0 ? 3 : random.Next(10))
        {
            case 0: _bytes[Position()] ^= (byte)(1 << random.Next(8)); break;
            case 1: _bytes[Position()] = Telling(); break;
            case 2: Truncate(); break;
            case 3: Insert(); break;
            case 4: Duplicate(); break;
            case 5: LengthByte(); break;
            case 6: Splice(other); break;
            case 7: Run(); break;
            case 8: _bytes.RemoveAt(Position()); break;
            default: _bytes[Position()] = (byte)random.Next(256); break;
        }
    }

    private void Truncate()
    {
        var length = random.Next(_bytes.Count);
        _bytes.RemoveRange(length, _bytes.Count - length);
    }

    private void Insert()
    {
        var at = random.Next(_bytes.Count + 1);
        for (var left = random.Next(1, 5); left > 0; left--) _bytes.Insert(at, random.Next(2) == 0 ? Telling() : (byte)random.Next(256));
    }

    private void Duplicate()
    {
        var start = Position();
        var length = random.Next(1, Math.Min(32, _bytes.Count - start) + 1);
        _bytes.InsertRange(random.Next(_bytes.Count + 1), _bytes.GetRange(start, length));
    }

    /// <summary>Makes one of the first bytes, where lengths and counts stand, a little too large or too small.</summary>
    private void LengthByte()
    {
        var at = random.Next(Math.Min(8, _bytes.Count));
        _bytes[at] = (byte)(_bytes[at] + random.Next(-3, 4));
    }

    private void Splice(ReadOnlySpan<byte> other)
    {
        Truncate();
        if (!other.IsEmpty) _bytes.AddRange(other[random.Next(other.Length)..]);
    }

    private void Run()
    {
        var value = random.Next(3) switch { 0 => (byte)0xFF, 1 => (byte)0x00, _ => Telling() };
        _bytes.InsertRange(random.Next(_bytes.Count + 1), Enumerable.Repeat(value, random.Next(1, 40)));
    }

    private int Position() => random.Next(_bytes.Count);

    private byte Telling() => s_telling[random.Next(s_telling.Length)];
}
