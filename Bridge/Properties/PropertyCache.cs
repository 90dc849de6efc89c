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
    private readonly Dictionary<NodeId, NodeProperties> _known = [];

    /// <summary>The properties of a node, as they are now.</summary>
    public NodeProperties Of(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!_known.TryGetValue(node.Id, out var properties)) _known[node.Id] = properties = PropertyCatalog.Of(view, node);
        return properties;
    }

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
        if (!MayBeShown(update.Id.Property) || !_known.TryGetValue(update.Id.Node, out var properties) || properties.Shows(update.Id)) return;
        _known.Remove(update.Id.Node);
    }

    private static bool MayBeShown(PropertyId property) =>
        property.CommandClass == MeterCommandClass.Id || property.CommandClass == ConfigurationCommandClass.Id || property == NodeValues.Overload
        || property.CommandClass == ProtectionCommandClass.Id || property.CommandClass == IndicatorCommandClass.Id;
}
