using Bridge.ZWave.Network;

namespace Bridge.Publishing;

/// <summary>May what is published of a node be believed, and can it be commanded?</summary>
public static class NodeAvailability
{
    /// <summary>
    /// False while the controller is away, when the node did not answer, and until it was heard of in this run: what is remembered of it may be wrong by
    /// now. A node that sleeps is believed unheard: it may not speak for a day, and nothing is wrong.
    /// </summary>
    public static bool Of(ControllerStatus controller, Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return controller == ControllerStatus.Ready && node.Status switch
        {
            NodeStatus.Alive => true,
            NodeStatus.Dead => false,
            _ => node.Protocol is { IsListening: false, IsFrequentlyListening: false },
        };
    }
}
