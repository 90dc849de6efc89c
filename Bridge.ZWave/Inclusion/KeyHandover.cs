using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// Network Key Report of Security 2 (0x9F 0x0A) or Network Key Set of Security 0 (0x98 0x06), as we send them: the key is plain only in the buffer of the frame
/// that is being made, which its owner clears.
/// </summary>
/// <param name="Bit">In front of the key with Security 2: which one it is.</param>
internal sealed record KeyHandover(CommandId Id, byte? Bit, SecretKey Key) : IConfidentialCommand
{
    /// <summary>A key for Security 2.</summary>
    public static KeyHandover OfSecurity2(SecurityClass securityClass, SecretKey key) =>
        new(Security2NetworkKeyReport.CommandId, SecurityClasses.BitOf(securityClass), key);

    /// <summary>The key of Security 0.</summary>
    public static KeyHandover OfSecurity0(SecretKey key) => new(Security0NetworkKeySet.CommandId, null, key);

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        if (Bit is { } bit) payload.WriteByte(bit);
        Span<byte> key = stackalloc byte[SecretKey.Length];
        Key.Reveal(key);
        payload.WriteBytes(key);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Nothing: it is shown to nobody.</summary>
    public void Describe(FieldWriter fields)
    {
    }
}
