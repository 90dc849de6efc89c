using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>When daylight saving time begins or ends: local time, this year's date.</summary>
public readonly record struct DaylightSavingChange(byte Month, byte Day, byte Hour);

/// <summary>How far local time is from universal time.</summary>
/// <remarks>
/// byte 0  bit 7 local time is behind; bits 6..0 hours
/// byte 1  minutes
/// byte 2  bit 7 daylight saving sets the clock back; bits 6..0 minutes it changes the clock by, 0 none
/// byte 3  month, byte 4 day, byte 5 hour daylight saving begins
/// byte 6  month, byte 7 day, byte 8 hour daylight saving ends
/// Source: application command class specification, Time Offset Set and Report.
/// </remarks>
public sealed record TimeOffset(
    bool IsBehind,
    byte Hours,
    byte Minutes,
    bool IsDaylightSavingBehind,
    byte DaylightSavingMinutes,
    DaylightSavingChange Start,
    DaylightSavingChange End)
{
    private const int Length = 9;
    private const byte SignFlag = 0x80;
    private const byte NumberMask = 0x7F;

    /// <summary>A place without daylight saving time.</summary>
    public static TimeOffset Of(TimeSpan fromUniversalTime)
    {
        var distance = fromUniversalTime.Duration();
        var isBehind = fromUniversalTime < TimeSpan.Zero;
        return new(isBehind, (byte)(distance.Hours & NumberMask), (byte)distance.Minutes, false, 0, default, default);
    }

    internal static TimeOffset? Read(ref PayloadReader payload)
    {
        if (!payload.TryReadBytes(Length, out var bytes)) return null;
        return new(
            (bytes[0] & SignFlag) != 0, (byte)(bytes[0] & NumberMask), bytes[1],
            (bytes[2] & SignFlag) != 0, (byte)(bytes[2] & NumberMask),
            new(bytes[3], bytes[4], bytes[5]), new(bytes[6], bytes[7], bytes[8]));
    }

    internal void Write(ref PayloadWriter payload)
    {
        payload.WriteByte((byte)((Hours & NumberMask) | (IsBehind ? SignFlag : 0)));
        payload.WriteByte(Minutes);
        payload.WriteByte((byte)((DaylightSavingMinutes & NumberMask) | (IsDaylightSavingBehind ? SignFlag : 0)));
        payload.WriteBytes([Start.Month, Start.Day, Start.Hour, End.Month, End.Day, End.Hour]);
    }

    internal void Describe(FieldWriter fields)
    {
        fields.Flag("signTzo", IsBehind);
        fields.Number("hourTzo", (long)Hours);
        fields.Number("minuteTzo", (long)Minutes);
        fields.Flag("signOffsetDst", IsDaylightSavingBehind);
        fields.Number("minuteOffsetDst", (long)DaylightSavingMinutes);
        fields.Number("monthStartDst", (long)Start.Month);
        fields.Number("dayStartDst", (long)Start.Day);
        fields.Number("hourStartDst", (long)Start.Hour);
        fields.Number("monthEndDst", (long)End.Month);
        fields.Number("dayEndDst", (long)End.Day);
        fields.Number("hourEndDst", (long)End.Hour);
    }
}

/// <summary>Time Offset Set (0x8A 0x05): tell a node its time zone. The bytes are those of <see cref="TimeOffset"/>. Since V2.</summary>
public sealed record TimeOffsetSet(TimeOffset Offset) : ICommand<TimeOffsetSet>
{
    public static CommandId CommandId => new(TimeCommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out TimeOffsetSet? command)
    {
        command = TimeOffset.Read(ref payload) is { } offset ? new(offset) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Offset.Write(ref payload);

    public void Describe(FieldWriter fields) => Offset.Describe(fields);
}

/// <summary>Time Offset Get (0x8A 0x06): ask for the time zone. No parameters. Since V2.</summary>
public sealed record TimeOffsetGet : EmptyCommand<TimeOffsetGet>, ICommand<TimeOffsetGet>
{
    public static CommandId CommandId => new(TimeCommandClass.Id, 0x06);
}

/// <summary>Time Offset Report (0x8A 0x07): the time zone. The bytes are those of <see cref="TimeOffset"/>. Since V2.</summary>
public sealed record TimeOffsetReport(TimeOffset Offset) : ICommand<TimeOffsetReport>
{
    public static CommandId CommandId => new(TimeCommandClass.Id, 0x07);

    public static DecodeError TryDecode(ref PayloadReader payload, out TimeOffsetReport? command)
    {
        command = TimeOffset.Read(ref payload) is { } offset ? new(offset) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Offset.Write(ref payload);

    public void Describe(FieldWriter fields) => Offset.Describe(fields);
}
