using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Properties;

/// <summary>
/// The properties of every node, made when first asked for and again after the node changed. Belongs to the network's loop, and is told of changes
/// before everybody who asks it.
/// </summary>
public sealed class PropertyCache(INetworkView view) : INetworkObserver
{
    private readonly Dictionary<NodeId, Entry> _known = [];

    /// <summary>The properties of a node, as they are now.</summary>
    public NodeProperties Of(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (_known.TryGetValue(node.Id, out var entry)) return entry.Properties;
        entry = new(PropertyCatalog.Of(view, node), [.. view.Values.OfNode(node.Id).Select(static value => value.Key)]);
        _known[node.Id] = entry;
        return entry.Properties;
    }

    /// <summary>Somebody may have looked at it before it was told of, when little of it was known.</summary>
    public void NodeAdded(Node node) => NodeChanged(node);

    public void NodeChanged(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        _known.Remove(node.Id);
    }

    public void InterviewProgressed(Node node) => NodeChanged(node);

    public void NodeRemoved(NodeId node) => _known.Remove(node);

    /// <summary>A value nobody showed so far may be a property of its own: the first report of a scale, an alarm.</summary>
    public void ValueUpdated(ValueUpdate update)
    {
        // A value that was there when the properties were made is either one of them or never will be: readings of a hidden root come all the time.
        if (!_known.TryGetValue(update.Id.Node, out var entry) || entry.Seen.Contains(update.Id) || !MayBeShown(update.Id.Property)) return;
        _known.Remove(update.Id.Node);
    }

    // What a node has, and every value that was looked at for it.
    private sealed record Entry(NodeProperties Properties, HashSet<ValueId> Seen);

    private static bool MayBeShown(PropertyId property) =>
        property.CommandClass == MeterCommandClass.Id || property.CommandClass == ConfigurationCommandClass.Id || property == NodeValues.Overload
        || property.CommandClass == ProtectionCommandClass.Id || property.CommandClass == IndicatorCommandClass.Id;
}
