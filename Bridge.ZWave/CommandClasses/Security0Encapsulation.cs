using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Security Message Encapsulation (0x98 0x81): an encrypted command.</summary>
/// <remarks>
/// byte 0..7    initialization vector: the sender's nonce
/// byte 8..     encrypted frame control byte and command, at least 2 bytes
/// then 1 byte  id of the receiver's nonce
/// last 8       message authentication code
/// Source: Security 0 specification.
/// </remarks>
public sealed record Security0Encapsulation(
    ReadOnlyMemory<byte> InitializationVector, ReadOnlyMemory<byte> EncryptedPayload, byte ReceiverNonceId,
    ReadOnlyMemory<byte> AuthenticationCode)
    : ICommand<Security0Encapsulation>
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0x81);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security0Encapsulation? command)
    {
        command = null;
        var error = Security0EncapsulationLayout.TryRead(ref payload, out var layout);
        if (error != DecodeError.None) return error;
        command = new(layout.InitializationVector, layout.EncryptedPayload, layout.ReceiverNonceId, layout.AuthenticationCode);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Layout.Write(ref payload);

    public void Describe(FieldWriter fields) => Layout.Describe(fields);

    private Security0EncapsulationLayout Layout => new(InitializationVector, EncryptedPayload, ReceiverNonceId, AuthenticationCode);
}

/// <summary>Security Message Encapsulation Nonce Get (0x98 0xC1): an encrypted command that asks for the next nonce as well.</summary>
/// <remarks>Layout as <see cref="Security0Encapsulation"/>. Source: Security 0 specification.</remarks>
public sealed record Security0EncapsulationNonceGet(
    ReadOnlyMemory<byte> InitializationVector, ReadOnlyMemory<byte> EncryptedPayload, byte ReceiverNonceId,
    ReadOnlyMemory<byte> AuthenticationCode)
    : ICommand<Security0EncapsulationNonceGet>
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0xC1);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security0EncapsulationNonceGet? command)
    {
        command = null;
        var error = Security0EncapsulationLayout.TryRead(ref payload, out var layout);
        if (error != DecodeError.None) return error;
        command = new(layout.InitializationVector, layout.EncryptedPayload, layout.ReceiverNonceId, layout.AuthenticationCode);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Layout.Write(ref payload);

    public void Describe(FieldWriter fields) => Layout.Describe(fields);

    private Security0EncapsulationLayout Layout => new(InitializationVector, EncryptedPayload, ReceiverNonceId, AuthenticationCode);
}

/// <summary>What both encapsulations share on the wire.</summary>
internal readonly record struct Security0EncapsulationLayout(
    ReadOnlyMemory<byte> InitializationVector, ReadOnlyMemory<byte> EncryptedPayload, byte ReceiverNonceId,
    ReadOnlyMemory<byte> AuthenticationCode)
{
    private const int AuthenticationCodeLength = 8;
    private const int MinimumEncryptedLength = 2;

    public static DecodeError TryRead(ref PayloadReader payload, out Security0EncapsulationLayout layout)
    {
        layout = default;
        var encryptedLength = payload.Remaining - Security0NonceReport.NonceLength - 1 - AuthenticationCodeLength;
        if (encryptedLength < MinimumEncryptedLength) return DecodeError.Truncated;
        if (!payload.TryReadBytes(Security0NonceReport.NonceLength, out var vector)
            || !payload.TryReadBytes(encryptedLength, out var encrypted)
            || !payload.TryReadByte(out var nonceId))
        {
            return DecodeError.Truncated;
        }

        layout = new(vector.ToArray(), encrypted.ToArray(), nonceId, payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public void Write(ref PayloadWriter payload)
    {
        payload.WriteBytes(InitializationVector.Span);
        payload.WriteBytes(EncryptedPayload.Span);
        payload.WriteByte(ReceiverNonceId);
        payload.WriteBytes(AuthenticationCode.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Hex("initializationVector", InitializationVector.Span);
        fields.Hex("encryptedPayload", EncryptedPayload.Span);
        fields.Number("receiversNonceIdentifier", (long)ReceiverNonceId);
        fields.Hex("messageAuthenticationCode", AuthenticationCode.Span);
    }
}
