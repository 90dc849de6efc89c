using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Message Encapsulation (0x9F 0x03): an encrypted command, or none when only the nonce sequence is agreed on.</summary>
/// <remarks>
/// byte 0   sequence number
/// byte 1   bit 0 extensions follow; bit 1 encrypted extensions are in front of the encrypted command
/// byte 2.. extensions, see <see cref="Security2Extension"/>
/// then     encrypted extensions and command; may be empty
/// last 8   authentication tag
/// Source: Security 2 specification.
/// </remarks>
/// <param name="PlainExtensions">
/// The extensions as they are on the wire: the tag covers them byte for byte. Empty without extensions.
/// </param>
public sealed record Security2Encapsulation(
    byte SequenceNumber, bool HasEncryptedExtension, ReadOnlyMemory<byte> PlainExtensions, ReadOnlyMemory<byte> Ciphertext,
    ReadOnlyMemory<byte> AuthenticationTag)
    : ICommand<Security2Encapsulation>
{
    private const byte ExtensionFlag = 0x01;
    private const byte EncryptedExtensionFlag = 0x02;
    private const int TagLength = 8;

    public static CommandId CommandId => new(Security2CommandClass.Id, 0x03);

    /// <summary>The extensions that count: of known types only those with the right length.</summary>
    public IReadOnlyList<Security2Extension> Extensions
    {
        get
        {
            var reader = new PayloadReader(PlainExtensions.Span);
            List<Security2Extension> extensions = [];
            return reader.IsAtEnd || Security2Extension.TryReadAll(ref reader, 0, extensions) == DecodeError.None ? extensions : [];
        }
    }

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2Encapsulation? command)
    {
        command = null;
        if (!payload.TryReadByte(out var sequence) || !payload.TryReadByte(out var flags) || payload.Remaining < TagLength)
        {
            return DecodeError.Truncated;
        }

        var rest = payload.Unread;
        var start = payload.Position;
        if ((flags & ExtensionFlag) != 0)
        {
            var error = Security2Extension.TryReadAll(ref payload, TagLength, null);
            if (error != DecodeError.None) return error;
        }

        var extensions = rest[..(payload.Position - start)];
        var encrypted = payload.ReadRemaining();
        command = new(
            sequence, (flags & EncryptedExtensionFlag) != 0, extensions.ToArray(),
            encrypted[..^TagLength].ToArray(), encrypted[^TagLength..].ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(SequenceNumber);
        payload.WriteByte((byte)((PlainExtensions.IsEmpty ? 0 : ExtensionFlag) | (HasEncryptedExtension ? EncryptedExtensionFlag : 0)));
        payload.WriteBytes(PlainExtensions.Span);
        payload.WriteBytes(Ciphertext.Span);
        payload.WriteBytes(AuthenticationTag.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("sequenceNumber", (long)SequenceNumber);
        fields.Flag("extension", !PlainExtensions.IsEmpty);
        fields.Flag("encryptedExtension", HasEncryptedExtension);
        fields.BeginList("extensions");
        foreach (var extension in Extensions) extension.Describe(fields);
        fields.EndList();
        fields.Hex("ciphertext", Ciphertext.Span);
        fields.Hex("authTag", AuthenticationTag.Span);
    }
}
