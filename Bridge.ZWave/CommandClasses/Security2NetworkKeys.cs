using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Network Key Get (0x9F 0x09): the joining node asks for a granted key.</summary>
/// <remarks>byte 0  one bit: the key, as in KEX Report. Source: Security 2 specification.</remarks>
public sealed record Security2NetworkKeyGet(byte RequestedKey) : ICommand<Security2NetworkKeyGet>
{
    public static CommandId CommandId => new(Security2CommandClass.Id, 0x09);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2NetworkKeyGet? command)
    {
        command = payload.TryReadByte(out var key) ? new(key) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(RequestedKey);

    public void Describe(FieldWriter fields) => fields.Number("requestedKey", (long)RequestedKey);
}

/// <summary>Network Key Report (0x9F 0x0A): a granted key.</summary>
/// <remarks>
/// byte 0      one bit: the key, as in KEX Report
/// byte 1..16  the network key
/// Source: Security 2 specification.
/// </remarks>
public sealed record Security2NetworkKeyReport(byte GrantedKey, ReadOnlyMemory<byte> NetworkKey) : ICommand<Security2NetworkKeyReport>
{
    private const int KeyLength = 16;

    public static CommandId CommandId => new(Security2CommandClass.Id, 0x0A);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2NetworkKeyReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var granted) || !payload.TryReadBytes(KeyLength, out var key)) return DecodeError.Truncated;
        command = new(granted, key.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GrantedKey);
        payload.WriteBytes(NetworkKey.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("grantedKey", (long)GrantedKey);
        fields.Hex("networkKey", NetworkKey.Span);
    }
}

/// <summary>Network Key Verify (0x9F 0x0B): the joining node has the key. No parameters; encrypted with that key.</summary>
public sealed record Security2NetworkKeyVerify : EmptyCommand<Security2NetworkKeyVerify>, ICommand<Security2NetworkKeyVerify>
{
    public static CommandId CommandId => new(Security2CommandClass.Id, 0x0B);
}

/// <summary>Transfer End (0x9F 0x0C): a key was verified, or all keys have been transferred.</summary>
/// <remarks>byte 0  bit 0 the node needs no further key; bit 1 the key was verified. Source: Security 2 specification.</remarks>
public sealed record Security2TransferEnd(bool KeyRequestComplete, bool KeyVerified) : ICommand<Security2TransferEnd>
{
    private const byte CompleteFlag = 0x01;
    private const byte VerifiedFlag = 0x02;

    public static CommandId CommandId => new(Security2CommandClass.Id, 0x0C);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2TransferEnd? command)
    {
        command = payload.TryReadByte(out var flags) ? new((flags & CompleteFlag) != 0, (flags & VerifiedFlag) != 0) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) =>
        payload.WriteByte((byte)((KeyRequestComplete ? CompleteFlag : 0) | (KeyVerified ? VerifiedFlag : 0)));

    public void Describe(FieldWriter fields)
    {
        fields.Flag("keyRequestComplete", KeyRequestComplete);
        fields.Flag("keyVerified", KeyVerified);
    }
}
