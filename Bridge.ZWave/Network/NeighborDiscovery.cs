namespace Bridge.ZWave.Network;

/// <summary>How long the module may look for the neighbours of a node.</summary>
internal static class NeighborDiscovery
{
    /// <summary>
    /// 76 s, and 217 ms more for each listening and 3517 ms for each frequently listening node of the network; a controller 732 ms more for each
    /// node. Long Range nodes do not count. Source: Serial API reference, timeouts.
    /// </summary>
    /// <param name="isController">The node is a controller, or nobody knows yet.</param>
    public static TimeSpan Limit(bool isController, IEnumerable<Node> network)
    {
        var classic = network.Where(static node => node.Id.IsClassic).ToArray();
        var listening = classic.Count(static node => node.Protocol is { IsListening: true });
        var beamed = classic.Count(static node => node.Protocol is { IsListening: false, IsFrequentlyListening: true });
        return TimeSpan.FromMilliseconds(76_000 + (217 * listening) + (3517 * beamed) + (isController ? 732 * classic.Length : 0));
    }
}
