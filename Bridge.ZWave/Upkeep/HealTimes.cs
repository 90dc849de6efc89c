using Bridge.ZWave.Network;

namespace Bridge.ZWave.Upkeep;

/// <summary>Waiting times of a heal.</summary>
public sealed record HealTimes
{
    /// <summary>Between two nodes: what users want goes out meanwhile.</summary>
    public TimeSpan NodePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two steps of a node, for the same reason.</summary>
    public TimeSpan StepPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Before a step that failed is tried again.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From the request of a return route to its callback. Elapses: the step failed.</summary>
    public TimeSpan ReturnRoute { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a step is tried in all.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>
    /// How long a node may look for its neighbours: 76 s, and 217 ms more for each listening and 3517 ms for each frequently listening node of the network;
    /// a controller 732 ms more for each node. Long Range nodes do not count. Source: Serial API reference, timeouts.
    /// </summary>
    public static TimeSpan NeighborDiscovery(Node node, IEnumerable<Node> network)
    {
        ArgumentNullException.ThrowIfNull(node);
        var classic = network.Where(static other => other.Id.IsClassic).ToArray();
        var listening = classic.Count(static other => other.Protocol is { IsListening: true });
        var beamed = classic.Count(static other => other.Protocol is { IsListening: false, IsFrequentlyListening: true });
        var milliseconds = 76_000 + (217 * listening) + (3517 * beamed);
        return TimeSpan.FromMilliseconds(node.Protocol is { IsController: true } ? milliseconds + (732 * classic.Length) : milliseconds);
    }
}
