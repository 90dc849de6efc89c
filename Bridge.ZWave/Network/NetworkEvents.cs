using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Is the controller usable?</summary>
public enum ControllerStatus
{
    /// <summary>Being opened and set up.</summary>
    Starting,

    /// <summary>Nodes can be reached.</summary>
    Ready,

    /// <summary>The line is gone; it is reopened for ever.</summary>
    Unplugged,

    /// <summary>The line is there, the module does not answer.</summary>
    Jammed,
}

/// <summary>A command of a node, after every layer around it was taken off.</summary>
/// <param name="Node">Who sent it.</param>
/// <param name="Endpoint">Which endpoint of it.</param>
/// <param name="Command">What.</param>
public sealed record ReceivedCommand(Node Node, EndpointIndex Endpoint, ICommand Command);

/// <summary>What happens in a network. Every handler runs on the network's loop and must not block.</summary>
public interface INetworkObserver
{
    /// <summary>The controller became ready, went away, came back.</summary>
    void ControllerChanged(ControllerStatus status)
    {
    }

    /// <summary>A node was added, or became known at start.</summary>
    void NodeAdded(Node node)
    {
    }

    /// <summary>A node left the network: nothing of it is kept.</summary>
    void NodeRemoved(NodeId node)
    {
    }

    /// <summary>A node was reset to factory settings by hand and has left the network for itself.</summary>
    void NodeReset(Node node)
    {
    }

    /// <summary>Alive, dead.</summary>
    void NodeStatusChanged(Node node, NodeStatus before)
    {
    }

    /// <summary>A step of an interview began, or it ended.</summary>
    void InterviewProgressed(Node node)
    {
    }

    /// <summary>Endpoints, classes or device file of a node changed.</summary>
    void NodeChanged(Node node)
    {
    }

    /// <summary>A value was told, changed or not.</summary>
    void ValueUpdated(ValueUpdate update)
    {
    }

    /// <summary>A meter reading was not believed; the value before it stays.</summary>
    void MeterReadingRejected(MeterRejection rejection)
    {
    }

    /// <summary>A command came in, whether it carried values or not.</summary>
    void CommandReceived(ReceivedCommand received)
    {
    }
}
