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
        List<CommandClassId> before = [];
        List<CommandClassId>? after = null;
        for (var index = 0; index < list.Length; index++)
        {
            var first = list[index];
            if (first == CommandClassId.SupportControlMark)
            {
                after ??= [];
                continue;
            }

            ushort value = first;
            if (first >= CommandClassId.FirstExtended)
            {
                if (index + 1 == list.Length) break;
                value = (ushort)((first << 8) | list[++index]);
            }

            (after ?? before).Add(new(value));
        }

        supported = [.. before];
        controlled = after is null ? null : [.. after];
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
