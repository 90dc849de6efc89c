using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// Notification (0x71, V3-V8), called Alarm in V1-V2: over-load, over-current, hardware failure and what else a device warns of.
/// </summary>
public static class NotificationCommandClass
{
    public static readonly CommandClassId Id = new(0x71);

    /// <summary>Notification types the node can report.</summary>
    public static readonly PropertyId SupportedTypes = new(Id, "supportedTypes");

    public static readonly CommandClassDefinition Definition = new(Id, "NOTIFICATION", ImplementedVersion: 8,
    [
        CommandDefinition.Of<NotificationEventSupportedGet>("EVENT_SUPPORTED_GET"),
        CommandDefinition.Of<NotificationEventSupportedReport>("EVENT_SUPPORTED_REPORT"),
        CommandDefinition.Of<NotificationGet>("NOTIFICATION_GET"),
        CommandDefinition.Of<NotificationReport>("NOTIFICATION_REPORT"),
        CommandDefinition.Of<NotificationSet>("NOTIFICATION_SET"),
        CommandDefinition.Of<NotificationSupportedGet>("NOTIFICATION_SUPPORTED_GET"),
        CommandDefinition.Of<NotificationSupportedReport>("NOTIFICATION_SUPPORTED_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Supported types", InterviewPhase.Values, NotificationInterview.AskTypes) { MinimumVersion = 2 },
            new("Supported events", InterviewPhase.Values, NotificationInterview.AskEvents) { MinimumVersion = 3 },
            new("States", InterviewPhase.Values, NotificationInterview.AskStates) { MinimumVersion = 2, IsState = true },
        ],
    };

    internal static readonly ValueMetadata SupportedTypesMetadata = new("Supported notification types");

    /// <summary>Events of one notification type the node can report.</summary>
    public static PropertyId SupportedEvents(byte notificationType) => new(Id, "supportedEvents", notificationType);

    /// <summary>True while the state (see <see cref="NotificationEvents"/>) lasts.</summary>
    public static PropertyId State(byte notificationType, byte stateEvent) => new(Id, "state", (notificationType << 8) | stateEvent);

    /// <summary>The level of an alarm with a type number of the manufacturer's own (V1): 0 is off, the rest is in the manual.</summary>
    public static PropertyId AlarmLevel(byte v1AlarmType) => new(Id, "alarmLevel", v1AlarmType);
}

/// <summary>Notification Get (0x71 0x04): ask for an alarm, a state, or the next entry of the queue.</summary>
/// <remarks>
/// byte 0  V1 alarm type; 0 when a notification type is asked
/// byte 1  notification type; FF the first pending of the queue                                           since V2
/// byte 2  event; 0 with type FF and to ask for the status of the type                                    since V3
/// Source: application command class specification, Notification Get.
/// </remarks>
public sealed record NotificationGet(byte V1AlarmType, byte? NotificationType = null, byte? Event = null) : ICommand<NotificationGet>
{
    /// <summary>The notification type that asks for the first pending notification.</summary>
    public const byte FirstPending = 0xFF;

    public static CommandId CommandId => new(NotificationCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out NotificationGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var alarmType)) return DecodeError.Truncated;
        byte? type = payload.TryReadByte(out var typeByte) ? typeByte : null;
        byte? state = payload.TryReadByte(out var eventByte) ? eventByte : null;
        command = new(alarmType, type, state);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(V1AlarmType);
        if (context.Version < 2 || NotificationType is not { } type) return;
        payload.WriteByte(type);
        if (context.Version >= 3 && Event is { } state) payload.WriteByte(state);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("v1AlarmType", (long)V1AlarmType);
        fields.Number("notificationType", (long?)NotificationType);
        fields.Number("event", (long?)Event);
    }
}

/// <summary>Notification Set (0x71 0x06): switch the unsolicited reports of a type on or off, or clear a queued one.</summary>
/// <remarks>
/// byte 0  notification type
/// byte 1  status: FF report this type unsolicited; 00 do not (push mode), clear the pending one (pull mode)
/// The whole command exists since V2. Source: application command class specification, Notification Set.
/// </remarks>
public sealed record NotificationSet(byte NotificationType, byte NotificationStatus) : ICommand<NotificationSet>
{
    public const byte Enabled = 0xFF;
    public const byte DisabledOrCleared = 0x00;

    public static CommandId CommandId => new(NotificationCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out NotificationSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var type) || !payload.TryReadByte(out var status)) return DecodeError.Truncated;
        command = new(type, status);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(NotificationType);
        payload.WriteByte(NotificationStatus);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("notificationType", (long)NotificationType);
        fields.Number("notificationStatus", (long)NotificationStatus);
    }
}
