using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Date Get (0x8A 0x03): ask for the local date. No parameters.</summary>
public sealed record DateGet : EmptyCommand<DateGet>, ICommand<DateGet>
{
    public static CommandId CommandId => new(TimeCommandClass.Id, 0x03);
}

/// <summary>Date Report (0x8A 0x04): the local date.</summary>
/// <remarks>
/// bytes 0..1  year
/// byte 2      month 1..12
/// byte 3      day 1..31
/// Source: application command class specification, Date Report.
/// </remarks>
public sealed record DateReport(ushort Year, byte Month, byte Day) : ICommand<DateReport>
{
    public static CommandId CommandId => new(TimeCommandClass.Id, 0x04);

    public static DateReport Of(DateOnly local) => new((ushort)local.Year, (byte)local.Month, (byte)local.Day);

    public static DecodeError TryDecode(ref PayloadReader payload, out DateReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var year) || !payload.TryReadByte(out var month) || !payload.TryReadByte(out var day))
        {
            return DecodeError.Truncated;
        }

        command = new(year, month, day);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(Year);
        payload.WriteByte(Month);
        payload.WriteByte(Day);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("year", (long)Year);
        fields.Number("month", (long)Month);
        fields.Number("day", (long)Day);
    }
}

/// <summary>Date Set (0x8A 0x08): set the local date of a node. Since V3.</summary>
/// <remarks>
/// bytes 0..1  year
/// byte 2      month 1..12
/// byte 3      day 1..31
/// Source: application command class specification, Date Set.
/// </remarks>
public sealed record DateSet(ushort Year, byte Month, byte Day) : ICommand<DateSet>
{
    public static CommandId CommandId => new(TimeCommandClass.Id, 0x08);

    public static DateSet Of(DateOnly local) => new((ushort)local.Year, (byte)local.Month, (byte)local.Day);

    public static DecodeError TryDecode(ref PayloadReader payload, out DateSet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var year) || !payload.TryReadByte(out var month) || !payload.TryReadByte(out var day))
        {
            return DecodeError.Truncated;
        }

        command = new(year, month, day);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(Year);
        payload.WriteByte(Month);
        payload.WriteByte(Day);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("year", (long)Year);
        fields.Number("month", (long)Month);
        fields.Number("day", (long)Day);
    }
}
