using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>KEX Get (0x9F 0x04): begin the key exchange. No parameters.</summary>
public sealed record Security2KexGet : EmptyCommand<Security2KexGet>, ICommand<Security2KexGet>
{
    public static CommandId CommandId => new(Security2CommandClass.Id, 0x04);
}

/// <summary>KEX Report (0x9F 0x05): what the joining node can do and asks for.</summary>
/// <remarks>
/// byte 0  bit 0 echo (encrypted repetition); bit 1 client side authentication requested
/// byte 1  schemes, 02 = scheme 1
/// byte 2  curves, 01 = Curve25519
/// byte 3  requested keys: 01 Unauthenticated, 02 Authenticated, 04 Access Control, 80 Security 0
/// Source: Security 2 specification.
/// </remarks>
/// <param name="ReservedFlags">Bits 2 to 7 of byte 0 as they came: a repetition has to be the same in every bit.</param>
public sealed record Security2KexReport(bool Echo, bool RequestCsa, byte SupportedSchemes, byte SupportedProfiles, byte RequestedKeys, byte ReservedFlags = 0)
    : ICommand<Security2KexReport>
{
    internal const byte EchoFlag = 0x01;
    internal const byte CsaFlag = 0x02;

    public static CommandId CommandId => new(Security2CommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2KexReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var flags) || !payload.TryReadByte(out var schemes) || !payload.TryReadByte(out var profiles)
            || !payload.TryReadByte(out var keys))
        {
            return DecodeError.Truncated;
        }

        command = new((flags & EchoFlag) != 0, (flags & CsaFlag) != 0, schemes, profiles, keys, (byte)(flags & ~(EchoFlag | CsaFlag)));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)((Echo ? EchoFlag : 0) | (RequestCsa ? CsaFlag : 0) | ReservedFlags));
        payload.WriteByte(SupportedSchemes);
        payload.WriteByte(SupportedProfiles);
        payload.WriteByte(RequestedKeys);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("echo", Echo);
        fields.Flag("requestCsa", RequestCsa);
        fields.Number("supportedKexSchemes", (long)SupportedSchemes);
        fields.Number("supportedEcdhProfiles", (long)SupportedProfiles);
        fields.Number("requestedKeys", (long)RequestedKeys);
    }
}

/// <summary>KEX Set (0x9F 0x06): what the including controller grants.</summary>
/// <remarks>
/// byte 0  bit 0 echo (encrypted repetition); bit 1 client side authentication
/// byte 1  scheme, 02 = scheme 1
/// byte 2  curve, 01 = Curve25519
/// byte 3  granted keys, bits as in KEX Report
/// Source: Security 2 specification.
/// </remarks>
/// <param name="ReservedFlags">Bits 2 to 7 of byte 0 as they came: a repetition has to be the same in every bit.</param>
public sealed record Security2KexSet(bool Echo, bool RequestCsa, byte SelectedScheme, byte SelectedProfile, byte GrantedKeys, byte ReservedFlags = 0)
    : ICommand<Security2KexSet>
{
    public static CommandId CommandId => new(Security2CommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2KexSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var flags) || !payload.TryReadByte(out var scheme) || !payload.TryReadByte(out var profile)
            || !payload.TryReadByte(out var keys))
        {
            return DecodeError.Truncated;
        }

        command = new((flags & Security2KexReport.EchoFlag) != 0, (flags & Security2KexReport.CsaFlag) != 0, scheme, profile, keys,
            (byte)(flags & ~(Security2KexReport.EchoFlag | Security2KexReport.CsaFlag)));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)((Echo ? Security2KexReport.EchoFlag : 0) | (RequestCsa ? Security2KexReport.CsaFlag : 0) | ReservedFlags));
        payload.WriteByte(SelectedScheme);
        payload.WriteByte(SelectedProfile);
        payload.WriteByte(GrantedKeys);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("echo", Echo);
        fields.Flag("requestCsa", RequestCsa);
        fields.Number("selectedKexScheme", (long)SelectedScheme);
        fields.Number("selectedEcdhProfile", (long)SelectedProfile);
        fields.Number("grantedKeys", (long)GrantedKeys);
    }
}

/// <summary>KEX Fail (0x9F 0x07): the key exchange is over, the node stays without keys.</summary>
/// <remarks>
/// byte 0  01 no common key, 02 no common scheme, 03 no common curve, 05 could not decrypt, 06 cancelled, 07 wrong security,
///         08 key not granted, 09 key not verified, 0A another key reported
/// Source: Security 2 specification.
/// </remarks>
public sealed record Security2KexFail(byte KexFailType) : ICommand<Security2KexFail>
{
    public static CommandId CommandId => new(Security2CommandClass.Id, 0x07);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2KexFail? command)
    {
        command = payload.TryReadByte(out var type) ? new(type) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(KexFailType);

    public void Describe(FieldWriter fields) => fields.Number("kexFailType", (long)KexFailType);
}

/// <summary>Public Key Report (0x9F 0x08): the sender's public key.</summary>
/// <remarks>
/// byte 0      bit 0 the sender is the including controller
/// byte 1..32  public key; a joining node may blank the first two bytes, which its label tells
/// Source: Security 2 specification.
/// </remarks>
public sealed record Security2PublicKeyReport(bool IncludingNode, ReadOnlyMemory<byte> PublicKey) : ICommand<Security2PublicKeyReport>
{
    private const byte IncludingFlag = 0x01;
    private const int KeyLength = 32;

    public static CommandId CommandId => new(Security2CommandClass.Id, 0x08);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2PublicKeyReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var flags) || !payload.TryReadBytes(KeyLength, out var key)) return DecodeError.Truncated;
        command = new((flags & IncludingFlag) != 0, key.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(IncludingNode ? IncludingFlag : (byte)0);
        payload.WriteBytes(PublicKey.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("includingNode", IncludingNode);
        fields.Hex("ecdhPublicKey", PublicKey.Span);
    }
}
