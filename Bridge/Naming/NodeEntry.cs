using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Naming;

/// <summary>What the user calls a node, and what was chosen for it. Immutable.</summary>
/// <param name="Id">Which node.</param>
/// <param name="Topic">Its level in topics: "node_4" until it is named.</param>
public sealed record NodeEntry(NodeId Id, string Topic)
{
    /// <summary>For people: "Heater"; null until it is named.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is: "Kitchen"; null: not told.</summary>
    public string? Area { get; init; }

    public NodeSettings Settings { get; init; } = NodeSettings.Default;

    /// <summary>The name, or "Node 4".</summary>
    public string DisplayName => Name ?? $"Node {Id}";
}
