using System.Globalization;

namespace Bridge.ZWave.Wire;

/// <summary>A command class number: one byte 00..F0, or two bytes whose first is F1..FF (extended classes).</summary>
public readonly record struct CommandClassId(ushort Value) : IComparable<CommandClassId>
{
    /// <summary>Separates supported (before) from controlled classes (after) in a class list.</summary>
    public const byte SupportControlMark = 0xEF;

    /// <summary>First byte of two-byte class ids.</summary>
    public const byte FirstExtended = 0xF1;

    /// <summary>True when the id takes two bytes on the wire.</summary>
    public bool IsExtended => Value > 0xFF;

    public int CompareTo(CommandClassId other) => Value.CompareTo(other.Value);

    /// <summary>"0x32", or four digits for an extended class.</summary>
    public override string ToString() => "0x" + Value.ToString(IsExtended ? "X4" : "X2", CultureInfo.InvariantCulture);

    public static bool operator <(CommandClassId left, CommandClassId right) => left.Value < right.Value;

    public static bool operator >(CommandClassId left, CommandClassId right) => left.Value > right.Value;

    public static bool operator <=(CommandClassId left, CommandClassId right) => left.Value <= right.Value;

    public static bool operator >=(CommandClassId left, CommandClassId right) => left.Value >= right.Value;
}

/// <summary>Command class and command number: the first two bytes of every command (three with an extended class).</summary>
public readonly record struct CommandId(CommandClassId CommandClass, byte Command)
{
    public override string ToString() =>
        CommandClass + " 0x" + Command.ToString("X2", CultureInfo.InvariantCulture);
}
