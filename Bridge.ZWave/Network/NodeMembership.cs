using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Which nodes there are: puts them in and takes them out, with everything that is remembered of them. Belongs to the network's loop.</summary>
internal sealed class NodeMembership(NetworkContext context, NodeCare care, NetworkPersistence persistence, INetworkObserver observer)
{
    /// <summary>Asks the module what it knows of a node.</summary>
    /// <exception cref="ZWaveException">The module does not answer.</exception>
    public async Task<NodeProtocolInformation> AskAsync(NodeId id, CancellationToken cancellationToken)
    {
        var information = await context.Session.RequestAsync<GetNodeProtocolInfoResponse>(new GetNodeProtocolInfoRequest(id), cancellationToken);
        return new(
            information.IsListening, information.IsFrequentlyListening, information.IsRouting, information.IsController,
            information.BasicDeviceClass, information.GenericDeviceClass, information.SpecificDeviceClass);
    }

    /// <summary>Makes a node known, without telling anybody.</summary>
    public Node Add(NodeId id, NodeProtocolInformation information)
    {
        var node = new Node(id) { Protocol = information };
        context.Nodes[id] = node;
        persistence.Touch();
        return node;
    }

    /// <summary>A node that was never told of stays so, also for later runs: it was added to the network and did not get what it was to get.</summary>
    public void Hide(NodeId id)
    {
        context.Hidden.Add(id);
        persistence.Touch();
    }

    /// <summary>A node is there: tells everybody, unless it is hidden.</summary>
    public void Announce(Node node)
    {
        if (context.Hidden.Contains(node.Id)) return;
        care.FindDevice(node);
        observer.NodeAdded(node);
    }

    /// <summary>What was hidden is a node like any other from now on.</summary>
    public void Show(Node node)
    {
        context.Hidden.Remove(node.Id);
        persistence.Touch();
        Announce(node);
    }

    /// <summary>A node left the network: everything known of it goes, and everybody is told.</summary>
    public void Remove(NodeId id)
    {
        if (!context.Nodes.Remove(id, out var node)) return;
        context.Values.RemoveNode(id);
        context.Queue.Clear(id, SendOutcome.NoAcknowledgement);
        care.Forget(node);
        persistence.Touch();
        observer.NodeRemoved(id);
        context.Hidden.Remove(id);
    }
}
