using System.Globalization;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Names class, command and fields of a command for diagnostics, encapsulated commands included.</summary>
public static class CommandDescriber
{
    /// <summary>
    /// Writes <c>commandClass</c>, <c>command</c>, their names and <c>fields</c> of a command into the current object; for an unknown
    /// one <c>known</c> = false and the payload. Writes nothing when the command is malformed.
    /// </summary>
    public static DecodeError Describe(ReadOnlySpan<byte> bytes, FieldWriter fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var error = CommandCodec.TryFind(bytes, out var definition, out var id, out var headerLength);
        if (error is not (DecodeError.None or DecodeError.UnknownCommand)) return error;
        ICommand? command = null;
        if (definition is not null)
        {
            var payload = new PayloadReader(bytes[headerLength..]);
            error = definition.Decode(ref payload, out command);
            if (error != DecodeError.None) return error;
        }

        var commandClass = CommandRegistry.Find(id.CommandClass);
        fields.Text("commandClass", id.CommandClass.ToString());
        if (commandClass is not null) fields.Text("commandClassName", commandClass.Name);
        if (commandClass is not { HasCommandByte: false })
        {
            fields.Text("command", "0x" + id.Command.ToString("X2", CultureInfo.InvariantCulture));
        }

        if (definition is not null) fields.Text("commandName", definition.Name);
        else fields.Flag("known", false);
        fields.BeginObject("fields");
        if (command is not null) command.Describe(fields);
        else fields.Hex("payload", bytes[headerLength..]);
        fields.EndObject();
        return fields.Error;
    }
}
