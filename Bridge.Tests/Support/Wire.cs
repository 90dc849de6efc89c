namespace Bridge.Tests.Support;

/// <summary>The ways one wire text may reach a reader: whole, split at each position, byte by byte, inside a larger buffer.</summary>
internal static class Wire
{
    /// <summary>Every variant as the chunks it arrives in; all of them mean the same.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>[]> Variants(string hex) => Variants(WireAssert.Bytes(hex));

    public static IEnumerable<ReadOnlyMemory<byte>[]> Variants(byte[] bytes)
    {
        yield return [bytes];
        for (var position = 1; position < bytes.Length; position++) yield return [bytes.AsMemory(0, position), bytes.AsMemory(position)];
        yield return ByteByByte(bytes);
        // A receive buffer that is larger than what was read, full of what looks like frames.
        byte[] larger = [0x01, 0x03, 0x06, .. bytes, 0x06, 0x01, 0x03];
        yield return [larger.AsMemory(3, bytes.Length)];
    }

    public static ReadOnlyMemory<byte>[] ByteByByte(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length).Select(index => (ReadOnlyMemory<byte>)bytes.AsMemory(index, 1))];

    /// <summary>The bytes cut at these positions; positions outside and repeated ones are left out.</summary>
    public static ReadOnlyMemory<byte>[] CutAt(byte[] bytes, IEnumerable<int> positions)
    {
        var chunks = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        foreach (var position in positions.Where(at => at > 0 && at < bytes.Length).Distinct().Order())
        {
            chunks.Add(bytes.AsMemory(start, position - start));
            start = position;
        }

        chunks.Add(bytes.AsMemory(start));
        return [.. chunks];
    }
}
