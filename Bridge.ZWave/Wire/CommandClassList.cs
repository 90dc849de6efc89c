namespace Bridge.ZWave.Wire;

/// <summary>
/// The class list of node information frames and capability reports: one byte a class, F1..FF start a two-byte class,
/// EF separates supported (before) from controlled (after). Source: Serial API, node information.
/// </summary>
public static class CommandClassList
{
    /// <summary>Splits a list. A lone first byte of a two-byte class at the end is dropped.</summary>
    public static void Read(ReadOnlySpan<byte> list, out CommandClassId[] supported, out CommandClassId[]? controlled)
    {
        supported = ReadSupported(list, out var rest);
        controlled = rest.IsEmpty ? null : ReadPart(rest);
    }

    /// <summary>The classes in front of the mark; the others in <paramref name="rest"/> with their mark, empty without one.</summary>
    public static CommandClassId[] ReadSupported(ReadOnlySpan<byte> list, out ReadOnlySpan<byte> rest)
    {
        var end = 0;
        // The second byte of a two-byte class may look like the mark.
        while (end < list.Length && list[end] != CommandClassId.SupportControlMark) end += list[end] >= CommandClassId.FirstExtended ? 2 : 1;
        rest = end < list.Length ? list[end..] : default;
        return ReadPart(list[..Math.Min(end, list.Length)]);
    }

    /// <summary>The classes of a part; marks in it mean nothing.</summary>
    private static CommandClassId[] ReadPart(ReadOnlySpan<byte> part)
    {
        var count = 0;
        for (var rest = part; TryReadNext(ref rest, out _);) count++;
        if (count == 0) return [];
        var classes = new CommandClassId[count];
        for (var index = 0; index < count; index++) TryReadNext(ref part, out classes[index]);
        return classes;
    }

    private static bool TryReadNext(ref ReadOnlySpan<byte> part, out CommandClassId commandClass)
    {
        commandClass = default;
        part = part.TrimStart(CommandClassId.SupportControlMark);
        if (part.IsEmpty) return false;
        var length = part[0] >= CommandClassId.FirstExtended ? 2 : 1;
        if (part.Length < length) return false;
        commandClass = new(length == 2 ? (ushort)((part[0] << 8) | part[1]) : part[0]);
        part = part[length..];
        return true;
    }

    /// <summary>Writes a list; the mark is written only when there are controlled classes.</summary>
    public static void Write(ref PayloadWriter payload, IReadOnlyList<CommandClassId> supported, IReadOnlyList<CommandClassId>? controlled = null)
    {
        foreach (var commandClass in supported) payload.WriteCommandClass(commandClass);
        if (controlled is null) return;
        payload.WriteByte(CommandClassId.SupportControlMark);
        foreach (var commandClass in controlled) payload.WriteCommandClass(commandClass);
    }
}
