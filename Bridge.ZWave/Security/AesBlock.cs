using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>AES-128 for single blocks: what the codes and generators of Security 2 are made of.</summary>
internal static class AesBlock
{
    public const int Length = 16;

    /// <summary>The cipher under a key. To be disposed after the operation it was made for: its copy of the key is cleared then.</summary>
    public static Aes WithKey(ReadOnlySpan<byte> key)
    {
        var aes = Aes.Create();
        aes.SetKey(key);
        return aes;
    }

    /// <summary>Encrypts one block into another place.</summary>
    public static void Encrypt(Aes aes, ReadOnlySpan<byte> block, Span<byte> destination) => aes.EncryptEcb(block, destination, PaddingMode.None);

    /// <summary>Adds one to a block, read as a number of 128 bits; after the last comes zero. Takes the same time for every number.</summary>
    public static void Increment(Span<byte> block)
    {
        var carry = 1;
        for (var index = Length - 1; index >= 0; index--)
        {
            carry += block[index];
            block[index] = (byte)carry;
            carry >>= 8;
        }
    }

    public static void Xor(Span<byte> target, ReadOnlySpan<byte> other)
    {
        for (var index = 0; index < other.Length; index++) target[index] ^= other[index];
    }
}
