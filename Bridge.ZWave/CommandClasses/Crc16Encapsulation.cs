using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>CRC-16 Encapsulation (0x56, V1): a command with a checksum of its own, for nodes older than Security 2.</summary>
public static class Crc16EncapsulationCommandClass
{
    public static readonly CommandClassId Id = new(0x56);

    public static readonly CommandClassDefinition Definition = new(Id, "CRC_16_ENCAP", ImplementedVersion: 1,
    [
        CommandDefinition.Of<Crc16Encapsulation>("CRC_16_ENCAP"),
    ]);
}

/// <summary>CRC-16 Encapsulation (0x56 0x01).</summary>
/// <remarks>
/// byte 0..    the command
/// last two    CRC-16 over 56 01 and the command
/// Never together with security. Source: transport encapsulation specification, CRC-16 Encapsulation.
/// </remarks>
public sealed record Crc16Encapsulation(ReadOnlyMemory<byte> Command) : ICommand<Crc16Encapsulation>
{
    private const int ChecksumLength = 2;

    public static CommandId CommandId => new(Crc16EncapsulationCommandClass.Id, 0x01);

    /// <summary>The checksum that belongs to the command.</summary>
    public ushort Checksum => ChecksumOf(Command.Span);

    public static DecodeError TryDecode(ref PayloadReader payload, out Crc16Encapsulation? command)
    {
        command = null;
        var error = TryRead(ref payload, out var inner);
        if (error != DecodeError.None) return error;
        command = new(inner.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteBytes(Command.Span);
        payload.WriteUInt16(Checksum);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("checksum", (long)Checksum);
        fields.Encapsulated("encapsulated", Command.Span);
    }

    /// <summary>The command without a copy, when its checksum is right.</summary>
    internal static DecodeError TryRead(scoped ref PayloadReader payload, out ReadOnlySpan<byte> command)
    {
        if (!payload.TryReadBytes(payload.Remaining - ChecksumLength, out command) || command.IsEmpty) return DecodeError.Truncated;
        return payload.TryReadUInt16(out var checksum) && checksum == ChecksumOf(command) ? DecodeError.None : DecodeError.Checksum;
    }

    internal static ushort ChecksumOf(ReadOnlySpan<byte> command) => Crc16.Compute(command, Crc16.Compute([0x56, 0x01]));
}
