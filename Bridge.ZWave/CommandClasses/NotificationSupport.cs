using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Notification Supported Get (0x71 0x07): ask for the notification types. No parameters. Since V2.</summary>
public sealed record NotificationSupportedGet : EmptyCommand<NotificationSupportedGet>, ICommand<NotificationSupportedGet>
{
    public static CommandId CommandId => new(NotificationCommandClass.Id, 0x07);
}

/// <summary>Notification Supported Report (0x71 0x08): the notification types the node can report.</summary>
/// <remarks>
/// byte 0   bit 7 the node also reports V1 alarm types; bits 4..0 n
/// byte 1.. n bytes, bit number = notification type (bit 0 stands for nothing)
/// The whole command exists since V2. Source: application command class specification, Notification Supported Report.
/// </remarks>
public sealed record NotificationSupportedReport(bool ReportsV1Alarms, int[] NotificationTypes)
    : ICommand<NotificationSupportedReport>, IValueReport
{
    private const byte V1AlarmFlag = 0x80;

    public static CommandId CommandId => new(NotificationCommandClass.Id, 0x08);

    public static DecodeError TryDecode(ref PayloadReader payload, out NotificationSupportedReport? command)
    {
        command = null;
        if (!CountedBitMask.TryRead(ref payload, out var flags, out var types)) return DecodeError.Truncated;
        command = new((flags & V1AlarmFlag) != 0, types);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) =>
        CountedBitMask.Write(ref payload, ReportsV1Alarms ? V1AlarmFlag : (byte)0, NotificationTypes);

    public void Describe(FieldWriter fields)
    {
        fields.Flag("v1Alarm", ReportsV1Alarms);
        fields.Numbers("notificationTypes", NotificationTypes);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(NotificationCommandClass.SupportedTypes, NotificationCommandClass.SupportedTypesMetadata);
        values.Set(NotificationCommandClass.SupportedTypes, Value.Of(NotificationTypes));
    }
}

/// <summary>Event Supported Get (0x71 0x01): ask for the events of a type. Since V3.</summary>
/// <remarks>
/// byte 0  notification type
/// Source: application command class specification, Event Supported Get.
/// </remarks>
public sealed record NotificationEventSupportedGet(byte NotificationType) : ICommand<NotificationEventSupportedGet>
{
    public static CommandId CommandId => new(NotificationCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out NotificationEventSupportedGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var type)) return DecodeError.Truncated;
        command = new(type);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(NotificationType);

    public void Describe(FieldWriter fields) => fields.Number("notificationType", (long)NotificationType);
}

/// <summary>Event Supported Report (0x71 0x02): the events of a type the node can report; none when it does not support the type.</summary>
/// <remarks>
/// byte 0   notification type
/// byte 1   bits 4..0 n
/// byte 2.. n bytes, bit number = event (bit 0 stands for nothing)
/// The whole command exists since V3. Source: application command class specification, Event Supported Report.
/// </remarks>
public sealed record NotificationEventSupportedReport(byte NotificationType, int[] Events)
    : ICommand<NotificationEventSupportedReport>, IValueReport
{
    public static CommandId CommandId => new(NotificationCommandClass.Id, 0x02);

    public static DecodeError TryDecode(ref PayloadReader payload, out NotificationEventSupportedReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var type) || !CountedBitMask.TryRead(ref payload, out _, out var events)) return DecodeError.Truncated;
        command = new(type, events);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(NotificationType);
        CountedBitMask.Write(ref payload, flags: 0, Events);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("notificationType", (long)NotificationType);
        fields.Numbers("events", Events);
    }

    public void CollectValues(IValueSink values)
    {
        var supported = NotificationCommandClass.SupportedEvents(NotificationType);
        values.Describe(supported, new("Supported events: " + NotificationEvents.TypeName(NotificationType)));
        values.Set(supported, Value.Of(Events));
    }
}
