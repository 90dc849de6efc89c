namespace Bridge.ZWave.Wire;

/// <summary>
/// Bit masks of the protocol: byte 0 first, bit 0 is the least significant bit of the first byte. What bit 0 stands for
/// is said by the caller (0 for scales, 1 for nodes and endpoints).
/// </summary>
public static class BitMask
{
    /// <summary>The numbers of all set bits, ascending, counted from <paramref name="firstNumber"/>.</summary>
    public static int[] Read(ReadOnlySpan<byte> mask, int firstNumber)
    {
        var count = 0;
        foreach (var value in mask)
        {
            count += byte.PopCount(value);
        }

        if (count == 0)
        {
            return [];
        }

        var numbers = new int[count];
        var next = 0;
        for (var index = 0; index < mask.Length * 8; index++)
        {
            if ((mask[index >> 3] & (1 << (index & 7))) != 0)
            {
                numbers[next++] = firstNumber + index;
            }
        }

        return numbers;
    }

    /// <summary>Sets the bit of every number that fits into <paramref name="mask"/>; others are left out.</summary>
    public static void Write(Span<byte> mask, int firstNumber, IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            var index = number - firstNumber;
            if (index >= 0 && index < mask.Length * 8)
            {
                mask[index >> 3] |= (byte)(1 << (index & 7));
            }
        }
    }

    /// <summary>How many bytes the highest of <paramref name="numbers"/> needs; 0 without numbers.</summary>
    public static int LengthFor(int firstNumber, IReadOnlyCollection<int> numbers) =>
        numbers.Count == 0 ? 0 : ((numbers.Max() - firstNumber) >> 3) + 1;
}
