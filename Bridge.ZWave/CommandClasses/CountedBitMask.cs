using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// A bit mask with its own length in front: bits 4..0 of the first byte count the mask bytes, bits 7..5 belong to the command. The bit
/// number is the number meant; bit 0 stands for nothing. Used by Notification and Indicator.
/// </summary>
internal static class CountedBitMask
{
    private const byte CountMask = 0x1F;

    /// <summary>Reads flags (bits 7..5 of the first byte) and numbers; false when the mask is shorter than it says.</summary>
    public static bool TryRead(ref PayloadReader payload, out byte flags, out int[] numbers)
    {
        flags = 0;
        numbers = [];
        if (!payload.TryReadByte(out var header) || !payload.TryReadBytes(header & CountMask, out var mask)) return false;
        flags = (byte)(header & ~CountMask);
        Span<byte> meant = stackalloc byte[mask.Length];
        mask.CopyTo(meant);
        if (!meant.IsEmpty) meant[0] &= 0xFE;
        numbers = BitMask.Read(meant, firstNumber: 0);
        return true;
    }

    /// <summary>Writes a mask as short as the highest number allows; numbers that do not fit (1..247) are left out.</summary>
    public static void Write(ref PayloadWriter payload, byte flags, IReadOnlyCollection<int> numbers)
    {
        Span<byte> mask = stackalloc byte[CountMask];
        BitMask.Write(mask, firstNumber: 0, numbers.Where(static number => number > 0));
        var length = Math.Clamp(BitMask.LengthFor(firstNumber: 0, numbers), 0, CountMask);
        payload.WriteByte((byte)(flags | length));
        payload.WriteBytes(mask[..length]);
    }
}
