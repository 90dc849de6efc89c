using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>
/// Entropy of two nodes becomes the seed of their nonce generator. Source: Security 2 specification, mixing of entropy (nonce extraction and expansion).
/// </summary>
internal static class NonceEntropy
{
    /// <summary>Of each node.</summary>
    public const int Length = 16;

    public const int MixedLength = 32;

    private const byte ExtractionConstant = 0x26;
    private const byte ExpansionConstant = 0x88;

    /// <summary>Writes the mixed entropy; the caller clears it.</summary>
    public static void Mix(ReadOnlySpan<byte> sender, ReadOnlySpan<byte> receiver, Span<byte> mixed)
    {
        Span<byte> extracted = stackalloc byte[AesCmac.Length];
        Extract(sender, receiver, extracted);
        Span<byte> input = stackalloc byte[2 * AesCmac.Length];
        input.Fill(ExpansionConstant);
        input[AesCmac.Length - 1] = 0;
        input[^1] = 1;
        AesCmac.Compute(extracted, input, mixed[..AesCmac.Length]);
        mixed[..AesCmac.Length].CopyTo(input);
        input[^1] = 2;
        AesCmac.Compute(extracted, input, mixed[AesCmac.Length..]);
        CryptographicOperations.ZeroMemory(extracted);
        CryptographicOperations.ZeroMemory(input);
    }

    /// <summary>The key the mixed entropy is expanded with.</summary>
    internal static void Extract(ReadOnlySpan<byte> sender, ReadOnlySpan<byte> receiver, Span<byte> extracted)
    {
        Span<byte> constant = stackalloc byte[AesCmac.Length];
        constant.Fill(ExtractionConstant);
        Span<byte> input = stackalloc byte[2 * Length];
        sender.CopyTo(input);
        receiver.CopyTo(input[Length..]);
        AesCmac.Compute(constant, input, extracted);
    }
}
