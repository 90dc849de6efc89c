using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// Security 0 (0x98, V1): the outer frames. What they encrypt stays bytes here. The inclusion commands are in Security0Keys.cs, the
/// encapsulation in Security0Encapsulation.cs.
/// </summary>
public static class Security0CommandClass
{
    public static readonly CommandClassId Id = new(0x98);

    public static readonly CommandClassDefinition Definition = new(Id, "SECURITY", ImplementedVersion: 1,
    [
        CommandDefinition.Of<Security0CommandsSupportedGet>("SECURITY_COMMANDS_SUPPORTED_GET"),
        CommandDefinition.Of<Security0CommandsSupportedReport>("SECURITY_COMMANDS_SUPPORTED_REPORT"),
        CommandDefinition.Of<Security0SchemeGet>("SECURITY_SCHEME_GET"),
        CommandDefinition.Of<Security0SchemeReport>("SECURITY_SCHEME_REPORT"),
        CommandDefinition.Of<Security0NetworkKeySet>("NETWORK_KEY_SET"),
        CommandDefinition.Of<Security0NetworkKeyVerify>("NETWORK_KEY_VERIFY"),
        CommandDefinition.Of<Security0SchemeInherit>("SECURITY_SCHEME_INHERIT"),
        CommandDefinition.Of<Security0NonceGet>("SECURITY_NONCE_GET"),
        CommandDefinition.Of<Security0NonceReport>("SECURITY_NONCE_REPORT"),
        CommandDefinition.Of<Security0Encapsulation>("SECURITY_MESSAGE_ENCAPSULATION"),
        CommandDefinition.Of<Security0EncapsulationNonceGet>("SECURITY_MESSAGE_ENCAPSULATION_NONCE_GET"),
    ]);
}

/// <summary>Security Commands Supported Get (0x98 0x02): ask which classes need Security 0. No parameters; only encrypted.</summary>
public sealed record Security0CommandsSupportedGet : EmptyCommand<Security0CommandsSupportedGet>, ICommand<Security0CommandsSupportedGet>
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0x02);
}

/// <summary>Security Commands Supported Report (0x98 0x03): the classes behind Security 0.</summary>
/// <remarks>
/// byte 0   reports to follow
/// byte 1.. class list, EF separates controlled classes; may be empty
/// Only encrypted. Source: Security 0 specification.
/// </remarks>
public sealed record Security0CommandsSupportedReport(
    byte ReportsToFollow, IReadOnlyList<CommandClassId> CommandClasses, IReadOnlyList<CommandClassId>? ControlledClasses = null)
    : ICommand<Security0CommandsSupportedReport>, IPartialReport
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0x03);

    public int PartKey => 0;

    public static DecodeError TryDecode(ref PayloadReader payload, out Security0CommandsSupportedReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var follow)) return DecodeError.Truncated;
        CommandClassList.Read(payload.ReadRemaining(), out var supported, out var controlled);
        command = new(follow, supported, controlled);
        return DecodeError.None;
    }

    public ICommand JoinAfter(ICommand earlier)
    {
        if (earlier is not Security0CommandsSupportedReport first) return this;
        // Once the mark was seen the list goes on with controlled classes, unless this part has a mark of its own.
        if (first.ControlledClasses is { } controlled && ControlledClasses is null)
        {
            return this with { CommandClasses = first.CommandClasses, ControlledClasses = [.. controlled, .. CommandClasses] };
        }

        return this with
        {
            CommandClasses = [.. first.CommandClasses, .. CommandClasses],
            ControlledClasses = first.ControlledClasses is null ? ControlledClasses : [.. first.ControlledClasses, .. ControlledClasses!],
        };
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(ReportsToFollow);
        CommandClassList.Write(ref payload, CommandClasses, ControlledClasses);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("reportsToFollow", (long)ReportsToFollow);
        fields.CommandClasses("commandClassSupport", CommandClasses);
        fields.CommandClasses("commandClassControl", ControlledClasses ?? []);
    }
}

/// <summary>Nonce Get (0x98 0x40): ask for a nonce to encrypt the next frame with. No parameters; never encrypted.</summary>
public sealed record Security0NonceGet : EmptyCommand<Security0NonceGet>, ICommand<Security0NonceGet>
{
    public static CommandId CommandId => new(Security0CommandClass.Id, 0x40);
}

/// <summary>Nonce Report (0x98 0x80): a nonce for one frame. Never encrypted.</summary>
/// <remarks>byte 0..7  the nonce, exactly 8 bytes; its first byte is its id. Source: Security 0 specification.</remarks>
public sealed record Security0NonceReport(ReadOnlyMemory<byte> Nonce) : ICommand<Security0NonceReport>
{
    internal const int NonceLength = 8;

    public static CommandId CommandId => new(Security0CommandClass.Id, 0x80);

    public static DecodeError TryDecode(ref PayloadReader payload, out Security0NonceReport? command)
    {
        command = null;
        if (!payload.TryReadBytes(NonceLength, out var nonce)) return DecodeError.Truncated;
        if (!payload.IsAtEnd) return DecodeError.ReservedValue;
        command = new(nonce.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteBytes(Nonce.Span);

    public void Describe(FieldWriter fields) => fields.Hex("nonce", Nonce.Span);
}
