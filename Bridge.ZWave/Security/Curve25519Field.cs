using System.Buffers.Binary;

namespace Bridge.ZWave.Security;

/// <summary>
/// Numbers modulo 2^255 - 19, as five limbs of 51 bits, the lowest first. Every operation takes the same time for all numbers: no branch and no index depends
/// on them. The buffers are the caller's, who clears them.
/// </summary>
/// <remarks>
/// What a multiplication gives is "reduced": limbs below 2^51 + 2^12. Sums and differences of reduced numbers have limbs below 2^53.1; a multiplication takes
/// them without overflow (products of five limbs stay below 2^111).
/// </remarks>
internal static class Curve25519Field
{
    public const int Limbs = 5;
    private const int ByteLength = 32;
    private const int LimbBits = 51;
    private const ulong LimbMask = (1UL << LimbBits) - 1;
    private const ulong Fold = 19;

    // 2 (2^255 - 19): added before a subtraction, so that no limb gets below zero
    private const ulong TwicePrimeLow = (1UL << (LimbBits + 1)) - (2 * Fold);
    private const ulong TwicePrimeHigh = (1UL << (LimbBits + 1)) - 2;

    /// <summary>Reads 32 bytes, the lowest first, without their highest bit.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, Span<ulong> number)
    {
        number[0] = BinaryPrimitives.ReadUInt64LittleEndian(bytes) & LimbMask;
        number[1] = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[6..]) >> 3) & LimbMask;
        number[2] = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) >> 6) & LimbMask;
        number[3] = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[19..]) >> 1) & LimbMask;
        number[4] = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) >> 12) & LimbMask;
    }

    /// <summary>Writes the smallest form of a reduced number, which is changed to it.</summary>
    public static void Write(Span<ulong> number, Span<byte> bytes)
    {
        Carry(number);
        Carry(number);
        // how often the prime still fits: 0 or 1
        var quotient = (number[0] + Fold) >> LimbBits;
        for (var index = 1; index < Limbs; index++) quotient = (number[index] + quotient) >> LimbBits;
        number[0] += Fold * quotient;
        for (var index = 0; index < Limbs - 1; index++)
        {
            number[index + 1] += number[index] >> LimbBits;
            number[index] &= LimbMask;
        }

        number[Limbs - 1] &= LimbMask;
        var target = bytes[..ByteLength];
        BinaryPrimitives.WriteUInt64LittleEndian(target, number[0] | (number[1] << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], (number[1] >> 13) | (number[2] << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], (number[2] >> 26) | (number[3] << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(target[24..], (number[3] >> 39) | (number[4] << 12));
    }

    public static void Add(Span<ulong> sum, ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        for (var index = 0; index < Limbs; index++) sum[index] = left[index] + right[index];
    }

    /// <summary>Both numbers are reduced.</summary>
    public static void Subtract(Span<ulong> difference, ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        difference[0] = left[0] + TwicePrimeLow - right[0];
        for (var index = 1; index < Limbs; index++) difference[index] = left[index] + TwicePrimeHigh - right[index];
    }

    /// <summary>The result may stand where a factor stood.</summary>
    public static void Multiply(Span<ulong> product, ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var (a0, a1, a2, a3, a4) = (left[0], left[1], left[2], left[3], left[4]);
        var (b0, b1, b2, b3, b4) = (right[0], right[1], right[2], right[3], right[4]);
        // 2^255 is 19: what leaves at the top comes in again at the bottom
        var (f1, f2, f3, f4) = (Fold * b1, Fold * b2, Fold * b3, Fold * b4);
        Reduce(
            product,
            Math.BigMul(a0, b0) + Math.BigMul(a1, f4) + Math.BigMul(a2, f3) + Math.BigMul(a3, f2) + Math.BigMul(a4, f1),
            Math.BigMul(a0, b1) + Math.BigMul(a1, b0) + Math.BigMul(a2, f4) + Math.BigMul(a3, f3) + Math.BigMul(a4, f2),
            Math.BigMul(a0, b2) + Math.BigMul(a1, b1) + Math.BigMul(a2, b0) + Math.BigMul(a3, f4) + Math.BigMul(a4, f3),
            Math.BigMul(a0, b3) + Math.BigMul(a1, b2) + Math.BigMul(a2, b1) + Math.BigMul(a3, b0) + Math.BigMul(a4, f4),
            Math.BigMul(a0, b4) + Math.BigMul(a1, b3) + Math.BigMul(a2, b2) + Math.BigMul(a3, b1) + Math.BigMul(a4, b0));
    }

    public static void Multiply(Span<ulong> product, ReadOnlySpan<ulong> left, uint right) => Reduce(
        product, Math.BigMul(left[0], right), Math.BigMul(left[1], right), Math.BigMul(left[2], right), Math.BigMul(left[3], right),
        Math.BigMul(left[4], right));

    /// <summary>The number to the power of 2^255 - 21, which is its inverse; of zero it is zero.</summary>
    public static void Invert(Span<ulong> inverse, ReadOnlySpan<ulong> number)
    {
        number[..Limbs].CopyTo(inverse);
        for (var bit = 253; bit >= 0; bit--)
        {
            Multiply(inverse, inverse, inverse);
            // 2^255 - 21 ends with 1110 1011 and has only ones before
            if (bit is not (2 or 4)) Multiply(inverse, inverse, number);
        }
    }

    /// <summary>Exchanges both numbers when <paramref name="swap"/> is 1, and does the same work when it is 0.</summary>
    public static void Swap(ulong swap, Span<ulong> left, Span<ulong> right)
    {
        var mask = 0UL - swap;
        for (var index = 0; index < Limbs; index++)
        {
            var difference = mask & (left[index] ^ right[index]);
            left[index] ^= difference;
            right[index] ^= difference;
        }
    }

    private static void Reduce(Span<ulong> product, UInt128 r0, UInt128 r1, UInt128 r2, UInt128 r3, UInt128 r4)
    {
        r1 += r0 >> LimbBits;
        r2 += r1 >> LimbBits;
        r3 += r2 >> LimbBits;
        r4 += r3 >> LimbBits;
        product[0] = ((ulong)r0 & LimbMask) + ((ulong)(r4 >> LimbBits) * Fold);
        product[1] = (ulong)r1 & LimbMask;
        product[2] = (ulong)r2 & LimbMask;
        product[3] = (ulong)r3 & LimbMask;
        product[4] = (ulong)r4 & LimbMask;
        product[1] += product[0] >> LimbBits;
        product[0] &= LimbMask;
    }

    private static void Carry(Span<ulong> number)
    {
        for (var index = 0; index < Limbs - 1; index++)
        {
            number[index + 1] += number[index] >> LimbBits;
            number[index] &= LimbMask;
        }

        number[0] += Fold * (number[Limbs - 1] >> LimbBits);
        number[Limbs - 1] &= LimbMask;
    }
}
