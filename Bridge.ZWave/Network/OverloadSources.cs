using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Values;

namespace Bridge.ZWave.Network;

/// <summary>How a node shows an overload: as its device file says, else as its classes allow.</summary>
internal static class OverloadSources
{
    // Over-current, over-voltage, over-load, load error: what a plug may mean by "too much".
    private static readonly byte[] s_events = [6, 7, 8, 9];

    /// <summary>Null: the node cannot tell, or it is not known yet that it can.</summary>
    public static OverloadSource? Of(Node node, ValueStore values)
    {
        if (node.Device?.Quirks.Overload is { } fromFile) return fromFile;
        foreach (var endpoint in node.Endpoints)
        {
            if (!endpoint.Supports(NotificationCommandClass.Id) || !endpoint.KnowsVersionOf(NotificationCommandClass.Id)) continue;
            Value Read(PropertyId property) => values.Read(new(node.Id, endpoint.Index, property));
            if (endpoint.VersionOf(NotificationCommandClass.Id) == 1)
            {
                // Version 1 does not tell its types; an alarm of something that switches is one about its load.
                if (endpoint.Supports(SwitchBinaryCommandClass.Id)) return new(OverloadKind.Alarm) { Type = NotificationEvents.PowerManagement };
                continue;
            }

            if (Read(NotificationCommandClass.SupportedTypes).AsNumbers?.Contains(NotificationEvents.PowerManagement) != true) continue;
            var told = Read(NotificationCommandClass.SupportedEvents(NotificationEvents.PowerManagement)).AsNumbers;
            byte[] events = [.. s_events.Where(number => told is null || told.Contains(number))];
            // Version 2 may still send type and level in the form of version 1.
            if (events.Length > 0) return new(OverloadKind.Notification) { Type = NotificationEvents.PowerManagement, Events = events };
        }

        return null;
    }
}
