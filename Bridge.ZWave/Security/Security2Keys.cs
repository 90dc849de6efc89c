using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>
/// What is derived from a network key, or from what two nodes agreed on: the key of CCM, both halves of the personalization of the nonce generator, the key of
/// multicast nonces. Source: Security 2 specification, network key expansion, temporary key extraction and expansion.
/// </summary>
public sealed record Security2Keys(SecretKey Ccm, SecretKey PersonalizationHigh, SecretKey PersonalizationLow, SecretKey Mpan)
{
    private const byte NetworkConstant = 0x55;
    private const byte TemporaryConstant = 0x88;
    private const byte ExtractionConstant = 0x33;
    private const int ConstantLength = 15;

    /// <summary>Network key expansion.</summary>
    public static Security2Keys FromNetworkKey(SecretKey key)
    {
        Span<byte> plain = stackalloc byte[SecretKey.Length];
        key.Reveal(plain);
        var keys = Expand(plain, NetworkConstant);
        CryptographicOperations.ZeroMemory(plain);
        return keys;
    }

    /// <summary>The temporary keys of a key exchange. Their multicast key is used by nobody.</summary>
    /// <param name="sharedSecret">Of Curve25519; the caller clears it.</param>
    public static Security2Keys FromSharedSecret(
        ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> includingPublicKey, ReadOnlySpan<byte> joiningPublicKey)
    {
        Span<byte> extracted = stackalloc byte[SecretKey.Length];
        Extract(sharedSecret, includingPublicKey, joiningPublicKey, extracted);
        var keys = ExpandTemporary(extracted);
        CryptographicOperations.ZeroMemory(extracted);
        return keys;
    }

    /// <summary>The 16 bytes the temporary keys are expanded from; the caller clears them.</summary>
    internal static void Extract(
        ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> includingPublicKey, ReadOnlySpan<byte> joiningPublicKey, Span<byte> extracted)
    {
        Span<byte> constant = stackalloc byte[SecretKey.Length];
        constant.Fill(ExtractionConstant);
        Span<byte> input = stackalloc byte[3 * X25519KeyPair.KeyLength];
        sharedSecret.CopyTo(input);
        includingPublicKey.CopyTo(input[X25519KeyPair.KeyLength..]);
        joiningPublicKey.CopyTo(input[(2 * X25519KeyPair.KeyLength)..]);
        AesCmac.Compute(constant, input, extracted);
        CryptographicOperations.ZeroMemory(input);
    }

    /// <summary>Temporary key expansion of what was extracted.</summary>
    internal static Security2Keys ExpandTemporary(ReadOnlySpan<byte> extracted) => Expand(extracted, TemporaryConstant);

    /// <summary>Four codes, each over the one before (the first over none), the constant and its number.</summary>
    private static Security2Keys Expand(ReadOnlySpan<byte> key, byte constant)
    {
        Span<byte> input = stackalloc byte[AesCmac.Length + ConstantLength + 1];
        Span<byte> code = stackalloc byte[AesCmac.Length];
        input.Fill(constant);
        var parts = new SecretKey[4];
        for (var number = 0; number < parts.Length; number++)
        {
            input[^1] = (byte)(number + 1);
            AesCmac.Compute(key, number == 0 ? input[AesCmac.Length..] : input, code);
            parts[number] = new(code);
            code.CopyTo(input);
        }

        CryptographicOperations.ZeroMemory(input);
        CryptographicOperations.ZeroMemory(code);
        return new(parts[0], parts[1], parts[2], parts[3]);
    }
}
