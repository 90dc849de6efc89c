using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Tells the observer of everything but nodes that are hidden. Belongs to the network's loop.</summary>
internal sealed class ShownNodes(NetworkContext context, INetworkObserver observer) : INetworkObserver
{
    public void ControllerChanged(ControllerStatus status) => observer.ControllerChanged(status);

    public void NodeAdded(Node node)
    {
        if (IsShown(node.Id)) observer.NodeAdded(node);
    }

    public void NodeRemoved(NodeId node)
    {
        if (IsShown(node)) observer.NodeRemoved(node);
    }

    public void NodeReset(Node node)
    {
        if (IsShown(node.Id)) observer.NodeReset(node);
    }

    public void NodeStatusChanged(Node node, NodeStatus before)
    {
        if (IsShown(node.Id)) observer.NodeStatusChanged(node, before);
    }

    public void InterviewProgressed(Node node)
    {
        if (IsShown(node.Id)) observer.InterviewProgressed(node);
    }

    public void NodeChanged(Node node)
    {
        if (IsShown(node.Id)) observer.NodeChanged(node);
    }

    public void ValueUpdated(ValueUpdate update)
    {
        if (IsShown(update.Id.Node)) observer.ValueUpdated(update);
    }

    public void MeterReadingRejected(MeterRejection rejection)
    {
        if (IsShown(rejection.Node.Id)) observer.MeterReadingRejected(rejection);
    }

    public void CommandReceived(ReceivedCommand received)
    {
        if (IsShown(received.Node.Id)) observer.CommandReceived(received);
    }

    private bool IsShown(NodeId node) => context.Hidden.Count == 0 || !context.Hidden.Contains(node);
}
