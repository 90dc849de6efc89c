using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Discovery;

/// <summary>The documents of a network as it is right now. To be used on the network's loop.</summary>
/// <param name="view">The network.</param>
/// <param name="properties">What its nodes have.</param>
/// <param name="directory">What they are called.</param>
/// <param name="facts">Turns both into words of templates.</param>
/// <param name="templates">The templates as they are now.</param>
public sealed class DeviceDocuments(
    INetworkView view, PropertyCache properties, INodeDirectory directory, NodeFacts facts, Func<TemplateCatalog> templates)
{
    public INetworkView View => view;

    /// <summary>The document of the bridge.</summary>
    public DiscoveryDocument? Bridge(HomeId home) => DiscoveryBuilder.Build(templates(), facts.OfBridge(home));

    /// <summary>The document of a node; null while its interview is not complete: half a device would be taken for a whole one.</summary>
    public DiscoveryDocument? Node(HomeId home, Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Interview.State == InterviewState.Complete
            ? DiscoveryBuilder.Build(templates(), facts.OfNode(view, node, directory.Find(node.Id), properties.Of(node), home))
            : null;
    }

    /// <summary>What the node has; the same object as long as that does not change.</summary>
    public NodeProperties Properties(Node node) => properties.Of(node);
}
