using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Security Scheme Get (0x98 0x04): begin the inclusion with Security 0.</summary>
/// <remarks>byte 0  schemes, bit 0 clear = scheme 0; ignored by the receiver. Source: Security 0 specification.</remarks>
public sealed record Security0SchemeGet(byte SupportedSecuritySchemes = 0) : ICommand<Security0SchemeGet>
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security0SchemeGet? command)
    {
        command = payload.TryReadByte(out var schemes) ? new(schemes) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(SupportedSecuritySchemes);

    public void Describe(FieldWriter fields) => fields.Number("supportedSecuritySchemes", (long)SupportedSecuritySchemes);
}

/// <summary>Security Scheme Report (0x98 0x05): the answer to Scheme Get and Scheme Inherit.</summary>
/// <remarks>byte 0  schemes, as in Scheme Get. Source: Security 0 specification.</remarks>
public sealed record Security0SchemeReport(byte SupportedSecuritySchemes = 0) : ICommand<Security0SchemeReport>
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security0SchemeReport? command)
    {
        command = payload.TryReadByte(out var schemes) ? new(schemes) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(SupportedSecuritySchemes);

    public void Describe(FieldWriter fields) => fields.Number("supportedSecuritySchemes", (long)SupportedSecuritySchemes);
}

/// <summary>Network Key Set (0x98 0x06): the network key for a joining node.</summary>
/// <remarks>byte 0..15  key; only encrypted, with the key of all zeros. Source: Security 0 specification.</remarks>
public sealed record Security0NetworkKeySet(ReadOnlyMemory<byte> NetworkKey) : ICommand<Security0NetworkKeySet>
{
    private const int KeyLength = 16;

    public static CommandId CommandId => new(Security0CommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security0NetworkKeySet? command)
    {
        command = payload.TryReadBytes(KeyLength, out var key) ? new(key.ToArray()) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteBytes(NetworkKey.Span);

    public void Describe(FieldWriter fields) => fields.Hex("networkKey", NetworkKey.Span);
}

/// <summary>Network Key Verify (0x98 0x07): the joined node has the key. No parameters; encrypted with the new key.</summary>
public sealed record Security0NetworkKeyVerify : EmptyCommand<Security0NetworkKeyVerify>, ICommand<Security0NetworkKeyVerify>
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0x07);
}

/// <summary>Security Scheme Inherit (0x98 0x08): a joining controller takes over our schemes.</summary>
/// <remarks>byte 0  schemes, as in Scheme Get. Source: Security 0 specification.</remarks>
public sealed record Security0SchemeInherit(byte SupportedSecuritySchemes = 0) : ICommand<Security0SchemeInherit>
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0x08);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security0SchemeInherit? command)
    {
        command = payload.TryReadByte(out var schemes) ? new(schemes) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(SupportedSecuritySchemes);

    public void Describe(FieldWriter fields) => fields.Number("supportedSecuritySchemes", (long)SupportedSecuritySchemes);
}
