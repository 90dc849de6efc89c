using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Commands;

/// <summary>
/// Can a node be reached at all? What cannot be done now is refused now, never kept for later. To be used on the network's loop.
/// </summary>
public static class NetworkAvailability
{
    /// <summary>Why nothing can be done with the controller; null: it is ready.</summary>
    public static CommandOutcome? Refusal(ControllerStatus status) => status switch
    {
        ControllerStatus.Ready => null,
        ControllerStatus.Starting => CommandOutcome.Refused("the controller is starting; try again when it is ready", "not_ready"),
        ControllerStatus.Unplugged => CommandOutcome.Refused("the controller is unplugged", "unplugged"),
        _ => CommandOutcome.Refused("the controller does not answer", "jammed"),
    };

    /// <summary>Why nothing can be done with a node; null: it may be tried.</summary>
    public static CommandOutcome? Refusal(INetworkView view, NodeId id, out Node? node)
    {
        ArgumentNullException.ThrowIfNull(view);
        node = view.FindNode(id);
        if (Refusal(view.Status) is { } refusal) return refusal;
        if (view.Identity?.NodeId == id) return CommandOutcome.Refused($"node {id} is the controller itself");
        return node is null ? CommandOutcome.Refused($"node {id} does not exist", "node_unknown") : null;
    }
}
