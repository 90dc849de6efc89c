using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>What is done for a node, in this order.</summary>
public enum HealStep
{
    /// <summary>It looks for the nodes in its reach.</summary>
    Neighbors,

    /// <summary>Its routes to other nodes are taken out.</summary>
    DeleteReturnRoutes,

    /// <summary>It gets routes to those it reports to.</summary>
    AssignReturnRoutes,

    /// <summary>Its routes to the SUC are taken out and given anew.</summary>
    SucReturnRoutes,

    /// <summary>It is done.</summary>
    Ended,
}

/// <summary>How the heal of one node ended.</summary>
public enum NodeHealOutcome
{
    Healed,

    /// <summary>Its neighbours are known, some of its routes could not be given.</summary>
    Partly,

    /// <summary>It is as it was before, as far as the network knows.</summary>
    Failed,

    /// <summary>Nothing was tried, and why.</summary>
    Skipped,

    /// <summary>It was not its turn yet, or not done, when the heal was cancelled.</summary>
    Cancelled,
}

/// <summary>How the heal of one node ended.</summary>
/// <param name="Node">Which.</param>
/// <param name="Outcome">How.</param>
/// <param name="Reasons">What went wrong, or why it was skipped; a sentence each.</param>
/// <param name="Neighbors">The nodes in its reach, afterwards; null where the module does not tell.</param>
public sealed record NodeHealResult(NodeId Node, NodeHealOutcome Outcome, IReadOnlyList<string> Reasons, IReadOnlyList<NodeId>? Neighbors = null);

/// <summary>Where a heal stands.</summary>
/// <param name="Node">The node whose turn it is.</param>
/// <param name="Step">What begins now.</param>
/// <param name="Result">How the node ended; null before <see cref="HealStep.Ended"/>.</param>
/// <param name="Done">Nodes that ended, whatever way; the skipped ones are not among them.</param>
/// <param name="Total">Nodes there are to heal; the skipped ones are not among them.</param>
/// <param name="Failed">Nodes among <paramref name="Done"/> that were not healed, or only partly.</param>
public sealed record HealProgress(NodeId Node, HealStep Step, NodeHealResult? Result, int Done, int Total, int Failed);

/// <summary>How a heal ended.</summary>
/// <param name="Nodes">Every node it was for, the skipped ones included, by number.</param>
/// <param name="WasCancelled">True: not all were reached.</param>
public sealed record HealResult(IReadOnlyList<NodeHealResult> Nodes, bool WasCancelled)
{
    /// <summary>How many nodes ended this way.</summary>
    public int Count(NodeHealOutcome outcome) => Nodes.Count(node => node.Outcome == outcome);
}
