using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>Notification (version 3 and newer, pushed), or the Alarm of version 1 that only knows type and level.</summary>
internal sealed class SimulatedNotification(SimulatedNode node) : ISimulatedCommandClass
{
    private const byte UnknownEvent = 0xFE;
    private const byte NoAlarm = 0x00;

    public CommandClassId Id => NotificationCommandClass.Id;

    public CommandOutcome Handle(CommandContext context, ICommand command)
    {
        if (node.Plug.Notification is not { } notification) return HandleAlarm(context, command);
        switch (command)
        {
            case NotificationSupportedGet:
                context.Reply(new NotificationSupportedReport(false, [notification.Type]));
                return CommandOutcome.Done;
            case NotificationEventSupportedGet get:
                context.Reply(new NotificationEventSupportedReport(
                    get.NotificationType, get.NotificationType == notification.Type ? [.. notification.Events.Select(static number => (int)number)] : []));
                return CommandOutcome.Done;
            case NotificationGet get:
                context.Reply(Answer(get, notification));
                return CommandOutcome.Done;
            case NotificationSet set when set.NotificationType == notification.Type
                && set.NotificationStatus is NotificationSet.Enabled or NotificationSet.DisabledOrCleared:
                node.Notifications.IsEnabled = set.NotificationStatus == NotificationSet.Enabled;
                return CommandOutcome.Done;
            case NotificationSet: return CommandOutcome.Refused;
            default: return CommandOutcome.Unknown;
        }
    }

    public void Reset()
    {
        node.Notifications.Clear();
        node.Notifications.IsEnabled = true;
    }

    private NotificationReport Answer(NotificationGet get, PlugNotification notification)
    {
        if (get.NotificationType == NotificationGet.FirstPending) return new(0, 0, NotificationReport.NothingPending, 0, 0, []);
        var status = node.Notifications.IsEnabled ? NotificationSet.Enabled : NotificationSet.DisabledOrCleared;
        if (get.NotificationType != notification.Type) return new(0, 0, status, get.NotificationType ?? 0, UnknownEvent, []);
        return get.Event switch
        {
            null or NotificationReport.StateIdle => new(0, 0, status, notification.Type, node.Notifications.First, []),
            { } number when !notification.Events.Contains(number) => new(0, 0, status, notification.Type, UnknownEvent, []),
            { } number => new(0, 0, status, notification.Type, node.Notifications.IsActive(number) ? number : NotificationReport.StateIdle, []),
        };
    }

    private CommandOutcome HandleAlarm(CommandContext context, ICommand command)
    {
        if (command is not NotificationGet get) return CommandOutcome.Unknown;
        var isTripped = node.Plug.Overload is { Kind: OverloadKind.Alarm } overload
            && overload.Type == get.V1AlarmType && node.Relays.All.Any(static relay => relay.IsLocked);
        context.Reply(new NotificationReport(get.V1AlarmType, isTripped ? node.Plug.Overload!.Value : NoAlarm));
        return CommandOutcome.Done;
    }
}
