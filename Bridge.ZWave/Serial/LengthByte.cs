using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>Length-counted parts of a payload.</summary>
internal static class LengthByte
{
    /// <summary>Fills in a length byte written earlier: the number of bytes written since.</summary>
    public static void Set(PayloadWriter payload, int lengthAt)
    {
        if (!payload.Overflowed) payload.Written[lengthAt] = (byte)(payload.Length - lengthAt - 1);
    }

    /// <summary>Writes a length byte and the bytes it counts.</summary>
    public static void Write(ref PayloadWriter payload, scoped ReadOnlySpan<byte> bytes)
    {
        payload.WriteByte((byte)bytes.Length);
        payload.WriteBytes(bytes);
    }

    /// <summary>Reads a length byte and the bytes it counts; false when some of them are missing.</summary>
    public static bool TryRead(scoped ref PayloadReader payload, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return payload.TryReadByte(out var length) && payload.TryReadBytes(length, out bytes);
    }
}
