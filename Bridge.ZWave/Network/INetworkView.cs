using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>What may be read of a network, on its loop only.</summary>
public interface INetworkView
{
    ControllerStatus Status { get; }

    /// <summary>Null until the controller was there once.</summary>
    ControllerIdentity? Identity { get; }

    /// <summary>Every node but our own, by number.</summary>
    IEnumerable<Node> OtherNodes { get; }

    ValueStore Values { get; }

    Node? FindNode(NodeId id);
}
