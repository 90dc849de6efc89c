using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>Whose turn it is when, who is left out, and where a node has to find its way to. Pure.</summary>
internal static class HealPlan
{
    // An end node keeps routes to this many nodes.
    private const int MaximumDestinations = 5;

    /// <summary>Why a node has nothing to heal; null: it has.</summary>
    /// <param name="isWanted">A user named this very node: a dead one is tried then.</param>
    public static string? ReasonToSkip(Node node, bool isWanted) =>
        node.Id.IsLongRange ? "Long Range nodes have no routes: they speak to the controller alone"
        : node.HasLeft ? "it left the network"
        : node.Protocol is { IsListening: false, IsFrequentlyListening: false } ? "it sleeps and cannot be asked"
        : node.Status == NodeStatus.Dead && !isWanted ? "it is dead"
        : null;

    /// <summary>Listening nodes first, the nearest of them first: the others find their way through them.</summary>
    public static IReadOnlyList<Node> Order(IEnumerable<Node> nodes, IReadOnlyDictionary<NodeId, int> hops) =>
    [
        .. nodes.OrderByDescending(static node => node.Protocol?.IsListening ?? false)
            .ThenBy(node => hops.GetValueOrDefault(node.Id, int.MaxValue))
            .ThenBy(static node => node.Id),
    ];

    /// <summary>How many transmissions each node is away from the controller by what is known of neighbours; unknown ones are not in it.</summary>
    public static IReadOnlyDictionary<NodeId, int> Hops(NodeId controller, IReadOnlyDictionary<NodeId, IReadOnlyList<NodeId>> neighbors)
    {
        var hops = new Dictionary<NodeId, int> { [controller] = 0 };
        var border = new Queue<NodeId>([controller]);
        while (border.TryDequeue(out var node))
        {
            // Who hears whom is the same in both directions; one of them may know it only.
            var reached = neighbors.GetValueOrDefault(node, []).Concat(neighbors.Where(pair => pair.Value.Contains(node)).Select(static pair => pair.Key));
            foreach (var next in reached)
            {
                if (hops.TryAdd(next, hops[node] + 1)) border.Enqueue(next);
            }
        }

        return hops;
    }

    /// <summary>The nodes it reports to: the members of its groups, as they were last told. The controller first.</summary>
    public static IReadOnlyList<NodeId> Destinations(Node node, NodeId controller, ValueStore values)
    {
        var members = node.Endpoints.SelectMany(endpoint => Members(endpoint, node.Id, values));
        return
        [
            .. members.Select(static number => new NodeId((ushort)number)).Where(id => id.IsClassic && id != node.Id).Distinct()
                .OrderByDescending(id => id == controller).ThenBy(static id => id).Take(MaximumDestinations),
        ];
    }

    private static IEnumerable<int> Members(Endpoint endpoint, NodeId node, ValueStore values)
    {
        Value Read(PropertyId property) => values.Read(new(node, endpoint.Index, property));
        var groups = Math.Max(
            Read(AssociationCommandClass.GroupCount).AsInteger ?? 0, Read(MultiChannelAssociationCommandClass.GroupCount).AsInteger ?? 0);
        for (var group = 1; group <= Math.Min(groups, byte.MaxValue); group++)
        {
            var number = (byte)group;
            foreach (var member in Read(AssociationCommandClass.Members(number)).AsNumbers ?? []) yield return member;
            foreach (var member in Read(MultiChannelAssociationCommandClass.Members(number)).AsNumbers ?? []) yield return member;
            // node id in the high byte, endpoint in the low one
            foreach (var member in Read(MultiChannelAssociationCommandClass.EndpointMembers(number)).AsNumbers ?? []) yield return member >> 8;
        }
    }
}
