using Bridge.ZWave.CommandClasses;

namespace Bridge.ZWave.Simulation;

/// <summary>Watches that no circuit takes more than the plug allows; the relay of one that does is opened.</summary>
internal sealed class PlugOverloads(SimulatedNode node)
{
    /// <summary>Looks at every circuit; ends an alarm whose relay is closed on a load it can carry.</summary>
    public void Check()
    {
        if (node.Plug.Overload is not { } overload) return;
        foreach (var relay in node.Relays.All)
        {
            if (!relay.IsOn) continue;
            if (Limit is { } limit && Math.Abs(relay.Circuit.Read(node.Agenda.Now).Watts) > limit) Trip(relay.Number);
            else if (overload.Kind == OverloadKind.Notification) node.Notifications.End(overload.Value);
        }
    }

    /// <summary>Opens the relay and tells what the plug tells.</summary>
    public void Trip(int number)
    {
        if (node.Plug.Overload is not { } overload) return;
        var relay = node.Relays[number];
        relay.IsLocked = node.Plug.Quirks.Contains(PlugQuirk.LocksAfterOverload);
        node.Relays.Move([number], static _ => false, SwitchCause.Overload);
        switch (overload.Kind)
        {
            case OverloadKind.Alarm: node.Reports.SendTo([number], new NotificationReport(overload.Type, overload.Value)); break;
            case OverloadKind.Notification: node.Notifications.Begin(overload.Value); break;
        }
    }

    private long? Limit => node.Plug.ParameterOf(ParameterRole.PowerLimit) is null
        ? node.Plug.Overload?.Watts
        : node.Parameters.Working(ParameterRole.PowerLimit) is > 0 and var limit ? limit : null;
}

/// <summary>The notification states that are on.</summary>
internal sealed class NotificationStates(SimulatedNode node)
{
    private readonly SortedSet<byte> _active = [];
    private byte _sequenceNumber;

    /// <summary>Unsolicited reports are sent (the controller may switch them off).</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The state to tell when one is asked for; 0 = none is on.</summary>
    public byte First => _active.Count == 0 ? NotificationReport.StateIdle : _active.Min;

    public bool IsActive(byte state) => _active.Contains(state);

    public void Begin(byte state)
    {
        if (_active.Add(state)) Report(state, []);
    }

    public void End(byte state)
    {
        if (_active.Remove(state)) Report(NotificationReport.StateIdle, [state]);
    }

    /// <summary>Nothing is on any more, and nobody is told.</summary>
    public void Clear() => _active.Clear();

    private void Report(byte state, byte[] parameters)
    {
        if (node.Plug.Notification is not { } notification || !IsEnabled) return;
        _sequenceNumber++;
        node.Reports.SendTo([1], new NotificationReport(
            0, 0, NotificationSet.Enabled, notification.Type, state, parameters, notification.HasSequenceNumbers ? _sequenceNumber : null));
    }
}
