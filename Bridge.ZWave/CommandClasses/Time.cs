using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// Time (0x8A, V1-V3): local time and date. Nodes ask the controller for them, so nothing is asked at interview and nothing kept.
/// </summary>
public static class TimeCommandClass
{
    public static readonly CommandClassId Id = new(0x8A);

    public static readonly CommandClassDefinition Definition = new(Id, "TIME", ImplementedVersion: 3,
    [
        CommandDefinition.Of<TimeGet>("TIME_GET"),
        CommandDefinition.Of<TimeReport>("TIME_REPORT"),
        CommandDefinition.Of<DateGet>("DATE_GET"),
        CommandDefinition.Of<DateReport>("DATE_REPORT"),
        CommandDefinition.Of<TimeOffsetSet>("TIME_OFFSET_SET"),
        CommandDefinition.Of<TimeOffsetGet>("TIME_OFFSET_GET"),
        CommandDefinition.Of<TimeOffsetReport>("TIME_OFFSET_REPORT"),
        CommandDefinition.Of<DateSet>("DATE_SET"),
        CommandDefinition.Of<TimeSet>("TIME_SET"),
    ]);
}

/// <summary>Time Get (0x8A 0x01): ask for the local time. No parameters.</summary>
public sealed record TimeGet : EmptyCommand<TimeGet>, ICommand<TimeGet>
{
    public static CommandId CommandId => new(TimeCommandClass.Id, 0x01);
}

/// <summary>Time Report (0x8A 0x02): the local time.</summary>
/// <remarks>
/// byte 0  bit 7 the clock failed, time and date may be wrong; bits 4..0 hour 0..23; the others reserved
/// byte 1  minute 0..59
/// byte 2  second 0..59
/// Source: application command class specification, Time Report.
/// </remarks>
public sealed record TimeReport(bool HasClockFailed, byte Hour, byte Minute, byte Second) : ICommand<TimeReport>
{
    private const byte ClockFailedFlag = 0x80;
    private const byte HourMask = 0x1F;

    public static CommandId CommandId => new(TimeCommandClass.Id, 0x02);

    /// <summary>The answer of a controller whose clock is right.</summary>
    public static TimeReport Of(TimeOnly local) => new(HasClockFailed: false, (byte)local.Hour, (byte)local.Minute, (byte)local.Second);

    public static DecodeError TryDecode(ref PayloadReader payload, out TimeReport? command)
    {
        command = null;
        if (!payload.TryReadBytes(3, out var bytes)) return DecodeError.Truncated;
        command = new((bytes[0] & ClockFailedFlag) != 0, (byte)(bytes[0] & HourMask), bytes[1], bytes[2]);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)((Hour & HourMask) | (HasClockFailed ? ClockFailedFlag : 0)));
        payload.WriteByte(Minute);
        payload.WriteByte(Second);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("rtcFailure", HasClockFailed);
        fields.Number("hourLocalTime", (long)Hour);
        fields.Number("minuteLocalTime", (long)Minute);
        fields.Number("secondLocalTime", (long)Second);
    }
}

/// <summary>Time Set (0x8A 0x09): set the local time of a node. Since V3.</summary>
/// <remarks>
/// byte 0  bits 4..0 hour 0..23; the others reserved
/// byte 1  minute 0..59
/// byte 2  second 0..59
/// Source: application command class specification, Time Set.
/// </remarks>
public sealed record TimeSet(byte Hour, byte Minute, byte Second) : ICommand<TimeSet>
{
    private const byte HourMask = 0x1F;

    public static CommandId CommandId => new(TimeCommandClass.Id, 0x09);

    public static TimeSet Of(TimeOnly local) => new((byte)local.Hour, (byte)local.Minute, (byte)local.Second);

    public static DecodeError TryDecode(ref PayloadReader payload, out TimeSet? command)
    {
        command = null;
        if (!payload.TryReadBytes(3, out var bytes)) return DecodeError.Truncated;
        command = new((byte)(bytes[0] & HourMask), bytes[1], bytes[2]);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)(Hour & HourMask));
        payload.WriteByte(Minute);
        payload.WriteByte(Second);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("hourLocalTime", (long)Hour);
        fields.Number("minuteLocalTime", (long)Minute);
        fields.Number("secondLocalTime", (long)Second);
    }
}
