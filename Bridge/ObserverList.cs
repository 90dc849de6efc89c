using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge;

/// <summary>Tells several observers of a network, in the order they were added. Filled before the network starts.</summary>
public sealed class ObserverList : INetworkObserver
{
    private readonly List<INetworkObserver> _observers = [];

    public void Add(INetworkObserver observer) => _observers.Add(observer);

    public void ControllerChanged(ControllerStatus status) => _observers.ForEach(observer => observer.ControllerChanged(status));

    public void NodeAdded(Node node) => _observers.ForEach(observer => observer.NodeAdded(node));

    public void NodeRemoved(NodeId node) => _observers.ForEach(observer => observer.NodeRemoved(node));

    public void NodeReset(Node node) => _observers.ForEach(observer => observer.NodeReset(node));

    public void NodeStatusChanged(Node node, NodeStatus before) => _observers.ForEach(observer => observer.NodeStatusChanged(node, before));

    public void InterviewProgressed(Node node) => _observers.ForEach(observer => observer.InterviewProgressed(node));

    public void NodeChanged(Node node) => _observers.ForEach(observer => observer.NodeChanged(node));

    // No closure: this is the way of every report.
    public void ValueUpdated(ValueUpdate update)
    {
        foreach (var observer in _observers) observer.ValueUpdated(update);
    }

    public void MeterReadingRejected(MeterRejection rejection) => _observers.ForEach(observer => observer.MeterReadingRejected(rejection));

    public void CommandReceived(ReceivedCommand received)
    {
        foreach (var observer in _observers) observer.CommandReceived(received);
    }
}
