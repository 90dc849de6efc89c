using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;

namespace Bridge.ZWave.Network;

/// <summary>Values of a node that no report carries as such: they follow from several.</summary>
public static class NodeValues
{
    /// <summary>
    /// True while the device warns of too much load. Described in the store once it is known that the node can tell; each model shows it in its own way (device
    /// file, Notification, Alarm version 1).
    /// </summary>
    public static readonly PropertyId Overload = new(NotificationCommandClass.Id, "overload");
}
