namespace StandIns.Wire;

internal enum VariableIntegerStatus
{
    NeedMore,
    Complete,

    /// <summary>More than four bytes, or more than its value needs.</summary>
    Malformed,
}

/// <summary>Variable byte integer (1.5.5): seven bits a byte, the lowest first; at most four bytes.</summary>
internal static class VariableInteger
{
    public const uint Maximum = 268_435_455;

    public static VariableIntegerStatus Read(ReadOnlySpan<byte> bytes, out uint value, out int length)
    {
        value = 0;
        for (length = 0; length < bytes.Length; length++)
        {
            if (length == 4) return VariableIntegerStatus.Malformed;
            var part = bytes[length];
            value |= (uint)(part & 0x7F) << (7 * length);
            if (part >= 0x80) continue;
            length++;
            // "MUST use the minimum number of bytes necessary" [MQTT-1.5.5-1]
            return length == LengthOf(value) ? VariableIntegerStatus.Complete : VariableIntegerStatus.Malformed;
        }

        return length >= 4 ? VariableIntegerStatus.Malformed : VariableIntegerStatus.NeedMore;
    }

    public static int LengthOf(uint value) => value switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        _ => 4,
    };

    /// <summary>Writes as many bytes as <see cref="LengthOf"/> says.</summary>
    public static void Write(Span<byte> output, uint value)
    {
        var index = 0;
        for (; value >= 0x80; value >>= 7) output[index++] = (byte)(value | 0x80);
        output[index] = (byte)value;
    }
}
