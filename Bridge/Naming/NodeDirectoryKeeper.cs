using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Naming;

/// <summary>
/// Keeps the directory in step with the network: loads that of the network at hand, gives nodes what the user chose for them, forgets nodes that left. First of
/// all observers, so that everybody after it finds names. Belongs to the network's loop.
/// </summary>
public sealed class NodeDirectoryKeeper(INetworkView view, NodeDirectory directory) : INetworkObserver
{
    /// <summary>A node that is remembered left while nobody looked: what is kept of it elsewhere is to be cleared.</summary>
    public event Action<NodeEntry>? Abandoned;

    public void NodeAdded(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        LoadIfNew();
        directory.Remember(node.Id);
        node.Settings = directory.Find(node.Id).Settings;
    }

    public void ControllerChanged(ControllerStatus status)
    {
        if (status != ControllerStatus.Ready) return;
        LoadIfNew();
        foreach (var entry in directory.All.Where(entry => view.FindNode(entry.Id) is null))
        {
            Abandoned?.Invoke(entry);
            directory.Remove(entry.Id);
        }
    }

    public void NodeRemoved(NodeId node)
    {
        // With another stick all nodes of the network before are gone for us, but not from their network.
        if (view.Identity?.HomeId == directory.HomeId) directory.Remove(node);
    }

    private void LoadIfNew()
    {
        if (view.Identity is { } identity && identity.HomeId != directory.HomeId) directory.Load(identity.HomeId);
    }
}
