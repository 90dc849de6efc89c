using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Whole commands from and to bytes: class id, command number, parameters.</summary>
public static class CommandCodec
{
    /// <summary>Longest command of any frame on the network (a Transport Service datagram can carry more, but hosts use less).</summary>
    public const int MaximumLength = 256;

    /// <summary>
    /// Decodes one command; encapsulated commands stay bytes inside their record. Allocates nothing but the record.
    /// </summary>
    /// <returns><see cref="DecodeError.UnknownCommand"/> when class or command have no codec here: ignore it, keep the raw bytes.</returns>
    public static DecodeError TryDecode(ReadOnlySpan<byte> bytes, out ICommand? command)
    {
        command = null;
        var error = TryFind(bytes, out var definition, out _, out var headerLength);
        if (error != DecodeError.None) return error;
        var payload = new PayloadReader(bytes[headerLength..]);
        return definition!.Decode(ref payload, out command);
    }

    /// <summary>Encodes a command for a node with the class version of <paramref name="context"/>.</summary>
    public static byte[] Encode(ICommand command, CodecContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        Span<byte> buffer = stackalloc byte[MaximumLength];
        var payload = new PayloadWriter(buffer);
        Encode(command, context, ref payload);
        return payload.Overflowed
            ? throw new ArgumentException($"{command.Id} is longer than {MaximumLength} bytes", nameof(command))
            : payload.Written.ToArray();
    }

    /// <summary>Encodes a command into <paramref name="payload"/>.</summary>
    public static void Encode(ICommand command, CodecContext context, ref PayloadWriter payload)
    {
        ArgumentNullException.ThrowIfNull(command);
        var id = command.Id;
        payload.WriteCommandClass(id.CommandClass);
        var definition = CommandRegistry.Find(id.CommandClass);
        // Classes that pack data into the command byte (Transport Service) write that byte themselves.
        if (definition is not { HasCommandByte: false } && definition is not { CommandMask: not 0xFF }) payload.WriteByte(id.Command);
        command.Encode(ref payload, context);
    }

    /// <summary>Reads class and command number and finds the definition. On UnknownCommand <paramref name="id"/> still tells what came.</summary>
    public static DecodeError TryFind(
        ReadOnlySpan<byte> bytes, out CommandDefinition? definition, out CommandId id, out int headerLength)
    {
        definition = null;
        id = default;
        headerLength = 0;
        if (bytes.IsEmpty) return DecodeError.Truncated;
        var isExtended = bytes[0] >= CommandClassId.FirstExtended;
        var classLength = isExtended ? 2 : 1;
        if (bytes.Length < classLength) return DecodeError.Truncated;
        var classId = new CommandClassId(isExtended ? (ushort)((bytes[0] << 8) | bytes[1]) : bytes[0]);
        var commandClass = CommandRegistry.Find(classId);
        if (commandClass is { HasCommandByte: false })
        {
            definition = commandClass.Commands[0];
            id = definition.Id;
            headerLength = classLength;
            return DecodeError.None;
        }

        if (bytes.Length <= classLength) return DecodeError.Truncated;
        var mask = commandClass?.CommandMask ?? 0xFF;
        id = new(classId, (byte)(bytes[classLength] & mask));
        // A command byte that also carries data belongs to the parameters.
        headerLength = mask == 0xFF ? classLength + 1 : classLength;
        definition = CommandRegistry.Find(id);
        return definition is null ? DecodeError.UnknownCommand : DecodeError.None;
    }
}
