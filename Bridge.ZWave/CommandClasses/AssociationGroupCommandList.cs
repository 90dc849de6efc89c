using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Association Group Command List Get (0x59 0x05): ask which commands a group sends.</summary>
/// <remarks>
/// byte 0  bit 7 a cached answer will do, others reserved
/// byte 1  group
/// Source: management command class specification, Association Group Command List Get.
/// </remarks>
public sealed record AssociationGroupCommandListGet(bool AllowCache, byte GroupingIdentifier) : ICommand<AssociationGroupCommandListGet>
{
    private const byte AllowCacheBit = 0x80;

    public static CommandId CommandId => new(AssociationGroupInformationCommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationGroupCommandListGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var flags)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        command = new((flags & AllowCacheBit) != 0, group);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(AllowCache ? AllowCacheBit : (byte)0);
        payload.WriteByte(GroupingIdentifier);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("allowCache", AllowCache);
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
    }
}

/// <summary>Association Group Command List Report (0x59 0x06): which commands a group sends.</summary>
/// <remarks>
/// byte 0    group
/// byte 1    length n of the list in bytes
/// byte 2..  class and command (n); the class takes two bytes when its first is F1..FF
/// The start of an entry at the end of the list is ignored. Source: management command class specification, Association Group Command
/// List Report.
/// </remarks>
public sealed record AssociationGroupCommandListReport(byte GroupingIdentifier, CommandId[] Commands)
    : ICommand<AssociationGroupCommandListReport>, IValueReport
{
    public static CommandId CommandId => new(AssociationGroupInformationCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out AssociationGroupCommandListReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var group)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var length)) return DecodeError.Truncated;
        if (!payload.TryReadBytes(length, out var list)) return DecodeError.Truncated;
        command = new(group, ReadList(list));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GroupingIdentifier);
        payload.WriteByte((byte)Commands.Sum(static command => command.CommandClass.IsExtended ? 3 : 2));
        foreach (var command in Commands)
        {
            payload.WriteCommandClass(command.CommandClass);
            payload.WriteByte(command.Command);
        }
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("groupingIdentifier", (long)GroupingIdentifier);
        fields.BeginList("commands");
        foreach (var command in Commands)
        {
            fields.BeginElement();
            fields.Number("commandClass", (long)command.CommandClass.Value);
            fields.Number("command", (long)command.Command);
            fields.EndObject();
        }

        fields.EndList();
    }

    public void CollectValues(IValueSink values)
    {
        var property = AssociationGroupInformationCommandClass.GroupCommands(GroupingIdentifier);
        values.Describe(property, new($"Commands of group {GroupingIdentifier}"));
        values.Set(property, Value.Of([.. Commands.Select(static command => (command.CommandClass.Value << 8) | command.Command)]));
    }

    private static CommandId[] ReadList(ReadOnlySpan<byte> list)
    {
        var count = 0;
        for (var rest = list; TryReadNext(ref rest, out _);) count++;
        var commands = new CommandId[count];
        for (var index = 0; index < count; index++) TryReadNext(ref list, out commands[index]);
        return commands;
    }

    private static bool TryReadNext(ref ReadOnlySpan<byte> list, out CommandId command)
    {
        command = default;
        var isExtended = !list.IsEmpty && list[0] >= CommandClassId.FirstExtended;
        var length = isExtended ? 3 : 2;
        if (list.Length < length) return false;
        command = isExtended
            ? new(new CommandClassId((ushort)((list[0] << 8) | list[1])), list[2])
            : new(new CommandClassId(list[0]), list[1]);
        list = list[length..];
        return true;
    }
}
