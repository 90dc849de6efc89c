using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>The function X25519: the Montgomery ladder on Curve25519, in the same time for every scalar and point. Source: RFC 7748, section 5.</summary>
internal static class X25519
{
    public const int Length = 32;
    private const uint A24 = 121665;

    /// <summary>Multiplies a point with a scalar, which is clamped; both and the result are 32 bytes, the lowest first.</summary>
    public static void Multiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result)
    {
        Span<byte> clamped = stackalloc byte[Length];
        scalar.CopyTo(clamped);
        clamped[0] &= 0xF8;
        clamped[^1] = (byte)((clamped[^1] & 0x7F) | 0x40);
        Span<ulong> work = stackalloc ulong[8 * Curve25519Field.Limbs];
        work.Clear();
        Climb(clamped, point, result, work);
        CryptographicOperations.ZeroMemory(clamped);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(work));
    }

    /// <summary>The names are those of the RFC.</summary>
    private static void Climb(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result, Span<ulong> work)
    {
        var x1 = Part(work, 0);
        var x2 = Part(work, 1);
        var z2 = Part(work, 2);
        var x3 = Part(work, 3);
        var z3 = Part(work, 4);
        var t1 = Part(work, 5);
        var t2 = Part(work, 6);
        var t3 = Part(work, 7);
        Curve25519Field.Read(point, x1);
        x1.CopyTo(x3);
        x2[0] = 1;
        z3[0] = 1;
        ulong swap = 0;
        for (var bit = 254; bit >= 0; bit--)
        {
            var current = (ulong)(scalar[bit >> 3] >> (bit & 7)) & 1;
            swap ^= current;
            Curve25519Field.Swap(swap, x2, x3);
            Curve25519Field.Swap(swap, z2, z3);
            swap = current;

            Curve25519Field.Add(t1, x2, z2); // A
            Curve25519Field.Subtract(t2, x2, z2); // B
            Curve25519Field.Add(x2, x3, z3); // C
            Curve25519Field.Subtract(z2, x3, z3); // D
            Curve25519Field.Multiply(z2, z2, t1); // DA
            Curve25519Field.Multiply(x2, x2, t2); // CB
            Curve25519Field.Add(x3, z2, x2);
            Curve25519Field.Multiply(x3, x3, x3);
            Curve25519Field.Subtract(z3, z2, x2);
            Curve25519Field.Multiply(z3, z3, z3);
            Curve25519Field.Multiply(z3, z3, x1);
            Curve25519Field.Multiply(t1, t1, t1); // AA
            Curve25519Field.Multiply(t2, t2, t2); // BB
            Curve25519Field.Multiply(x2, t1, t2);
            Curve25519Field.Subtract(t3, t1, t2); // E
            Curve25519Field.Multiply(z2, t3, A24);
            Curve25519Field.Add(z2, z2, t1);
            Curve25519Field.Multiply(z2, z2, t3);
        }

        Curve25519Field.Swap(swap, x2, x3);
        Curve25519Field.Swap(swap, z2, z3);
        Curve25519Field.Invert(t1, z2);
        Curve25519Field.Multiply(x2, x2, t1);
        Curve25519Field.Write(x2, result);
    }

    private static Span<ulong> Part(Span<ulong> work, int index) => work.Slice(index * Curve25519Field.Limbs, Curve25519Field.Limbs);
}
