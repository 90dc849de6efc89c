using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Multi Command (0x8F, V1): several commands in one frame.</summary>
public static class MultiCommandCommandClass
{
    public static readonly CommandClassId Id = new(0x8F);

    public static readonly CommandClassDefinition Definition = new(Id, "MULTI_CMD", ImplementedVersion: 1,
    [
        CommandDefinition.Of<MultiCommandEncapsulation>("MULTI_CMD_ENCAP"),
    ]);
}

/// <summary>Multi Command Encapsulation (0x8F 0x01): commands to be taken as if they came one by one, in order.</summary>
/// <remarks>
/// byte 0  number of commands; then for each
/// byte n  length of the command, followed by the command
/// A length beyond the end makes the whole frame invalid. Source: transport encapsulation specification, Multi Command.
/// </remarks>
public sealed record MultiCommandEncapsulation(IReadOnlyList<ReadOnlyMemory<byte>> Commands) : ICommand<MultiCommandEncapsulation>
{
    public static CommandId CommandId => new(MultiCommandCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiCommandEncapsulation? command)
    {
        command = null;
        if (!payload.TryReadByte(out var count)) return DecodeError.Truncated;
        List<ReadOnlyMemory<byte>> commands = [];
        for (var index = 0; index < count; index++)
        {
            if (!TryReadNext(ref payload, out var inner)) return DecodeError.Truncated;
            commands.Add(inner.ToArray());
        }

        command = new(commands);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(checked((byte)Commands.Count));
        foreach (var command in Commands)
        {
            payload.WriteByte(checked((byte)command.Length));
            payload.WriteBytes(command.Span);
        }
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("numberOfCommands", (long)Commands.Count);
        fields.BeginList("encapsulatedCommands");
        foreach (var command in Commands) fields.EncapsulatedElement(command.Span);
        fields.EndList();
    }

    /// <summary>The next command with its length in front.</summary>
    internal static bool TryReadNext(scoped ref PayloadReader payload, out ReadOnlySpan<byte> command)
    {
        command = default;
        return payload.TryReadByte(out var length) && length > 0 && payload.TryReadBytes(length, out command);
    }
}
