using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>AES-CMAC, the code all keys and nonces of Security 2 are derived with. Source: RFC 4493.</summary>
internal static class AesCmac
{
    public const int Length = AesBlock.Length;

    /// <summary>Writes the 16 bytes of the code over a message of any length.</summary>
    public static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> code)
    {
        Span<byte> work = stackalloc byte[3 * Length];
        var subkey = work[..Length];
        var state = work.Slice(Length, Length);
        var output = work[(2 * Length)..];
        state.Clear();
        using (var aes = AesBlock.WithKey(key))
        {
            while (message.Length > Length)
            {
                AesBlock.Xor(state, message[..Length]);
                AesBlock.Encrypt(aes, state, output);
                output.CopyTo(state);
                message = message[Length..];
            }

            output.Clear();
            AesBlock.Encrypt(aes, output, subkey);
            Double(subkey);
            AesBlock.Xor(state, message);
            if (message.Length < Length)
            {
                Double(subkey);
                state[message.Length] ^= 0x80;
            }

            AesBlock.Xor(state, subkey);
            AesBlock.Encrypt(aes, state, code[..Length]);
        }

        CryptographicOperations.ZeroMemory(work);
    }

    /// <summary>Doubles in the field of 2^128 elements; the reduction is masked, not branched to.</summary>
    private static void Double(Span<byte> block)
    {
        var reduction = -(block[0] >> 7) & 0x87;
        for (var index = 0; index < Length - 1; index++) block[index] = (byte)((block[index] << 1) | (block[index + 1] >> 7));
        block[Length - 1] = (byte)((block[Length - 1] << 1) ^ reduction);
    }
}
