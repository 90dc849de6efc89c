using System.Security.Cryptography;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Security;

/// <summary>
/// What AES-CCM protects of a Security 2 frame, with a nonce of 13 bytes and a tag of 8. Source: RFC 3610; Security 2 specification, authenticated encryption.
/// </summary>
/// <param name="associatedData">See <see cref="AssociatedData"/>.</param>
internal readonly ref struct SealedFrame(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData)
{
    public const int NonceLength = 13;
    public const int TagLength = 8;

    private const int FixedLength = 14;

    // Points to something: with a null pointer for an empty text the cryptographic library does not begin to compute.
    private static readonly byte[] s_empty = [];

    private readonly ReadOnlySpan<byte> _ciphertext = ciphertext;
    private readonly ReadOnlySpan<byte> _tag = tag;
    private readonly ReadOnlySpan<byte> _associatedData = associatedData;

    public int Length => _ciphertext.Length;

    /// <summary>
    /// What the tag covers besides the text: sender and destination (1 byte each; 2 each when one of them is a Long Range node), home id (4), length of the
    /// whole command (2), sequence number (1), flags (1), extensions as they are on the wire.
    /// </summary>
    /// <param name="destination">The node, or the group of a multicast frame.</param>
    public static byte[] AssociatedData(
        bool isLongRange, NodeId sender, ushort destination, HomeId homeId, int frameLength, byte sequenceNumber, byte flags, ReadOnlySpan<byte> extensions)
    {
        var payload = new PayloadWriter(stackalloc byte[FixedLength]);
        var width = isLongRange ? NodeIdWidth.Bits16 : NodeIdWidth.Bits8;
        payload.WriteNodeId(width, sender);
        payload.WriteNodeId(width, new(destination));
        payload.WriteUInt32(homeId.Value);
        payload.WriteUInt16((ushort)frameLength);
        payload.WriteByte(sequenceNumber);
        payload.WriteByte(flags);
        return [.. payload.Written, .. extensions];
    }

    /// <summary>Writes the ciphertext, as long as the text, and the tag.</summary>
    public static void Seal(
        SecretKey key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> text, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associatedData)
    {
        Span<byte> plain = stackalloc byte[SecretKey.Length];
        key.Reveal(plain);
        if (text.IsEmpty) text = ciphertext = s_empty;
        using (var ccm = new AesCcm(plain)) ccm.Encrypt(nonce, text, ciphertext, tag, associatedData);
        CryptographicOperations.ZeroMemory(plain);
    }

    /// <summary>False: not made with this key and nonce, or changed on the way; the buffer holds nothing of it then.</summary>
    /// <param name="text">Takes <see cref="Length"/> bytes.</param>
    public bool TryOpen(SecretKey key, ReadOnlySpan<byte> nonce, Span<byte> text)
    {
        Span<byte> plain = stackalloc byte[SecretKey.Length];
        key.Reveal(plain);
        using var ccm = new AesCcm(plain);
        CryptographicOperations.ZeroMemory(plain);
        try
        {
            if (Length == 0) ccm.Decrypt(nonce, s_empty, _tag, s_empty, _associatedData);
            else ccm.Decrypt(nonce, _ciphertext, _tag, text[..Length], _associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
