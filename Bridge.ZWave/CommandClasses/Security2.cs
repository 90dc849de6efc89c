using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// Security 2 (0x9F, V1): the outer frames. What they encrypt stays bytes here. The key exchange is in Security2KeyExchange.cs and
/// Security2NetworkKeys.cs, the encapsulation in Security2Encapsulation.cs.
/// </summary>
public static class Security2CommandClass
{
    public static readonly CommandClassId Id = new(0x9F);

    public static readonly CommandClassDefinition Definition = new(Id, "SECURITY_2", ImplementedVersion: 1,
    [
        CommandDefinition.Of<Security2NonceGet>("SECURITY_2_NONCE_GET"),
        CommandDefinition.Of<Security2NonceReport>("SECURITY_2_NONCE_REPORT"),
        CommandDefinition.Of<Security2Encapsulation>("SECURITY_2_MESSAGE_ENCAPSULATION"),
        CommandDefinition.Of<Security2KexGet>("KEX_GET"),
        CommandDefinition.Of<Security2KexReport>("KEX_REPORT"),
        CommandDefinition.Of<Security2KexSet>("KEX_SET"),
        CommandDefinition.Of<Security2KexFail>("KEX_FAIL"),
        CommandDefinition.Of<Security2PublicKeyReport>("PUBLIC_KEY_REPORT"),
        CommandDefinition.Of<Security2NetworkKeyGet>("SECURITY_2_NETWORK_KEY_GET"),
        CommandDefinition.Of<Security2NetworkKeyReport>("SECURITY_2_NETWORK_KEY_REPORT"),
        CommandDefinition.Of<Security2NetworkKeyVerify>("SECURITY_2_NETWORK_KEY_VERIFY"),
        CommandDefinition.Of<Security2TransferEnd>("SECURITY_2_TRANSFER_END"),
        CommandDefinition.Of<Security2CommandsSupportedGet>("SECURITY_2_COMMANDS_SUPPORTED_GET"),
        CommandDefinition.Of<Security2CommandsSupportedReport>("SECURITY_2_COMMANDS_SUPPORTED_REPORT"),
    ]);
}

/// <summary>Nonce Get (0x9F 0x01): ask for entropy to agree on a nonce sequence. Never encrypted.</summary>
/// <remarks>byte 0  sequence number. Source: Security 2 specification.</remarks>
public sealed record Security2NonceGet(byte SequenceNumber) : ICommand<Security2NonceGet>
{
    public static CommandId CommandId => new(Security2CommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2NonceGet? command)
    {
        command = payload.TryReadByte(out var sequence) ? new(sequence) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(SequenceNumber);

    public void Describe(FieldWriter fields) => fields.Number("sequenceNumber", (long)SequenceNumber);
}

/// <summary>Nonce Report (0x9F 0x02): the receiver cannot decrypt, or answers Nonce Get. Never encrypted.</summary>
/// <remarks>
/// byte 0      sequence number
/// byte 1      bit 0 the single cast sequence is lost (entropy follows); bit 1 the multicast sequence is lost; neither: invalid
/// byte 2..17  receiver's entropy input, with bit 0
/// Source: Security 2 specification.
/// </remarks>
/// <param name="IsMulticastLost">The receiver does not follow the multicast sequence (MOS).</param>
/// <param name="ReceiverEntropyInput">Present when the single cast sequence is lost (SOS).</param>
public sealed record Security2NonceReport(byte SequenceNumber, bool IsMulticastLost, ReadOnlyMemory<byte>? ReceiverEntropyInput)
    : ICommand<Security2NonceReport>
{
    internal const int EntropyLength = 16;
    private const byte SingleCastFlag = 0x01;
    private const byte MulticastFlag = 0x02;

    public static CommandId CommandId => new(Security2CommandClass.Id, 0x02);

    /// <summary>The receiver has no single cast nonce sequence with us (SOS).</summary>
    public bool IsSingleCastLost => ReceiverEntropyInput is not null;

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2NonceReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var sequence) || !payload.TryReadByte(out var flags)) return DecodeError.Truncated;
        if ((flags & (SingleCastFlag | MulticastFlag)) == 0) return DecodeError.ReservedValue;
        ReadOnlyMemory<byte>? entropy = null;
        if ((flags & SingleCastFlag) != 0)
        {
            if (!payload.TryReadBytes(EntropyLength, out var bytes)) return DecodeError.Truncated;
            entropy = bytes.ToArray();
        }

        command = new(sequence, (flags & MulticastFlag) != 0, entropy);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(SequenceNumber);
        payload.WriteByte((byte)((IsSingleCastLost ? SingleCastFlag : 0) | (IsMulticastLost ? MulticastFlag : 0)));
        if (ReceiverEntropyInput is { } entropy) payload.WriteBytes(entropy.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("sequenceNumber", (long)SequenceNumber);
        fields.Flag("sos", IsSingleCastLost);
        fields.Flag("mos", IsMulticastLost);
        if (ReceiverEntropyInput is { } entropy) fields.Hex("receiversEntropyInput", entropy.Span);
    }
}

/// <summary>Commands Supported Get (0x9F 0x0D): ask which classes need Security 2. No parameters; only encrypted.</summary>
public sealed record Security2CommandsSupportedGet : EmptyCommand<Security2CommandsSupportedGet>, ICommand<Security2CommandsSupportedGet>
{
    public static CommandId CommandId => new(Security2CommandClass.Id, 0x0D);
}

/// <summary>Commands Supported Report (0x9F 0x0E): the classes behind Security 2.</summary>
/// <remarks>byte 0..  class list, ended by EF or the end of the frame; may be empty. Source: Security 2 specification.</remarks>
public sealed record Security2CommandsSupportedReport(IReadOnlyList<CommandClassId> CommandClasses)
    : ICommand<Security2CommandsSupportedReport>
{
    public static CommandId CommandId => new(Security2CommandClass.Id, 0x0E);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security2CommandsSupportedReport? command)
    {
        command = new(CommandClassList.ReadSupported(payload.ReadRemaining(), out _));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => CommandClassList.Write(ref payload, CommandClasses);

    public void Describe(FieldWriter fields) => fields.CommandClasses("commandClassSupport", CommandClasses);
}
