using System.Globalization;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Notification Report (0x71 0x05): something happened, a state began or ended, or the answer to a Get.</summary>
/// <remarks>
/// byte 0   V1 alarm type, the manufacturer's own numbers; 0 when unused
/// byte 1   V1 alarm level, 00 off
/// byte 2   V2: Zensor net source node id; reserved 0                                                     since V2
/// byte 3   status: FF reported unsolicited, 00 not, FE nothing pending                                   since V2
/// byte 4   notification type                                                                             since V2
/// byte 5   event: 00 state idle, FE unknown                                                              since V2
/// byte 6   bits 4..0 n, bit 7 sequence number present (V3), the others reserved                          since V2
/// byte 7.. n bytes of event parameters; with event 00 the first may name the state that ended            since V2
/// last     sequence number, when bit 7 says so                                                           since V3
/// Two to six bytes are read as V1. Source: application command class specification, Notification Report.
/// </remarks>
public sealed record NotificationReport(
    byte V1AlarmType,
    byte V1AlarmLevel,
    byte? NotificationStatus = null,
    byte? NotificationType = null,
    byte? Event = null,
    byte[]? EventParameters = null,
    byte? SequenceNumber = null) : ICommand<NotificationReport>, IValueReport
{
    /// <summary>Status: the queue is empty; type and event mean nothing.</summary>
    public const byte NothingPending = 0xFE;

    /// <summary>Event: a state ended.</summary>
    public const byte StateIdle = 0x00;

    private const byte SequenceNumberFlag = 0x80;
    private const byte ParameterCountMask = 0x1F;

    public static CommandId CommandId => new(NotificationCommandClass.Id, 0x05);

    /// <summary>The detector behind a Zensor net gateway; sent to V2 nodes only, the byte is reserved since V3.</summary>
    public byte ZensorNetSourceNodeId { get; init; }

    public static DecodeError TryDecode(ref PayloadReader payload, out NotificationReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var alarmType) || !payload.TryReadByte(out var alarmLevel)) return DecodeError.Truncated;
        if (!payload.TryReadBytes(5, out var body))
        {
            command = new(alarmType, alarmLevel);
            return DecodeError.None;
        }

        if (!payload.TryReadBytes(body[4] & ParameterCountMask, out var parameters)) return DecodeError.Truncated;
        // An alarm is not dropped because only the last byte, a convenience against duplicates, got lost.
        byte? sequenceNumber = (body[4] & SequenceNumberFlag) != 0 && payload.TryReadByte(out var sequence) ? sequence : null;
        command = new(alarmType, alarmLevel, body[1], body[2], body[3], parameters.ToArray(), sequenceNumber)
        {
            ZensorNetSourceNodeId = body[0],
        };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(V1AlarmType);
        payload.WriteByte(V1AlarmLevel);
        if (context.Version < 2 || NotificationType is not { } type) return;
        var parameters = EventParameters.AsSpan();
        if (parameters.Length > ParameterCountMask) parameters = parameters[..ParameterCountMask];
        var sequenceNumber = context.Version >= 3 ? SequenceNumber : null;
        payload.WriteByte(context.Version == 2 ? ZensorNetSourceNodeId : (byte)0);
        payload.WriteByte(NotificationStatus ?? 0);
        payload.WriteByte(type);
        payload.WriteByte(Event ?? StateIdle);
        payload.WriteByte((byte)(parameters.Length | (sequenceNumber is null ? 0 : SequenceNumberFlag)));
        payload.WriteBytes(parameters);
        if (sequenceNumber is { } sequence) payload.WriteByte(sequence);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("v1AlarmType", (long)V1AlarmType);
        fields.Number("v1AlarmLevel", (long)V1AlarmLevel);
        if (NotificationType is null) return;
        fields.Number("notificationStatus", (long?)NotificationStatus);
        fields.Number("notificationType", (long?)NotificationType);
        fields.Number("event", (long?)Event);
        fields.Hex("eventParameters", EventParameters);
        fields.Number("sequenceNumber", (long?)SequenceNumber);
    }

    public void CollectValues(IValueSink values)
    {
        // Some V1 devices fill the longer form and leave its type 0.
        if (NotificationType is not { } type || type == 0)
        {
            var level = NotificationCommandClass.AlarmLevel(V1AlarmType);
            values.Describe(level, new("Alarm type " + V1AlarmType.ToString(CultureInfo.InvariantCulture)) { Minimum = 0, Maximum = 255 });
            values.Set(level, Value.Of((long)V1AlarmLevel));
            return;
        }

        if (NotificationStatus == NothingPending || Event is not { } reported) return;
        if (reported == StateIdle) CollectIdle(values, type);
        else if (NotificationEvents.Find(type, reported) is { IsState: true } began) CollectBegin(values, began);
    }

    private static void CollectBegin(IValueSink values, NotificationEvent began)
    {
        foreach (var state in NotificationEvents.StatesOf(began.Type))
        {
            // A variable has one value: what began ends the other states of the same variable.
            if (state.Variable == began.Variable) Set(values, state, state == began);
        }
    }

    private void CollectIdle(IValueSink values, byte type)
    {
        if (EventParameters is [not 0 and var ended, ..])
        {
            if (NotificationEvents.Find(type, ended) is { IsState: true } state) Set(values, state, isActive: false);
            return;
        }

        foreach (var state in NotificationEvents.StatesOf(type))
        {
            if (state.HasIdle) Set(values, state, isActive: false);
        }
    }

    private static void Set(IValueSink values, NotificationEvent state, bool isActive)
    {
        values.Describe(state.Property, state.Metadata);
        values.Set(state.Property, Value.Of(isActive));
    }
}
