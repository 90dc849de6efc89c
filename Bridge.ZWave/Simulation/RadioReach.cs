using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// Who hears whom without help: everybody everybody, unless told otherwise. It shows in neighbours and in the routes of transmissions; who is out of all
/// reach is still reached, as by an explorer frame.
/// </summary>
public sealed class RadioReach
{
    private readonly Agenda _agenda;
    private readonly Func<IEnumerable<NodeId>> _nodes;
    private readonly Dictionary<NodeId, NodeId[]> _reach = [];

    internal RadioReach(Agenda agenda, Func<IEnumerable<NodeId>> nodes) => (_agenda, _nodes) = (agenda, nodes);

    /// <summary>From now on a node hears these and no others, and is heard by no others.</summary>
    public void Set(NodeId node, params NodeId[] neighbors) => _agenda.Do(() => { _reach[node] = neighbors; });

    /// <summary>Who hears a node.</summary>
    public IReadOnlyList<NodeId> NeighborsOf(NodeId node) => _agenda.Do(() => _nodes().Where(other => other != node && Hear(node, other)).ToArray());

    /// <summary>The nodes that pass a frame on, on the shortest way; empty: it is heard directly, or in no way.</summary>
    internal IReadOnlyList<NodeId> RouteBetween(NodeId from, NodeId to)
    {
        if (Hear(from, to)) return [];
        var before = new Dictionary<NodeId, NodeId> { [from] = NodeId.None };
        var border = new Queue<NodeId>([from]);
        while (border.TryDequeue(out var node))
        {
            foreach (var next in NeighborsOf(node))
            {
                if (before.TryAdd(next, node)) border.Enqueue(next);
            }
        }

        List<NodeId> route = [];
        for (var node = before.GetValueOrDefault(to); node != NodeId.None && node != from; node = before[node]) route.Insert(0, node);
        return route.Count <= Repeaters.Maximum ? route : [];
    }

    private bool Hear(NodeId one, NodeId other) =>
        (!_reach.TryGetValue(one, out var ofOne) || ofOne.Contains(other)) && (!_reach.TryGetValue(other, out var ofOther) || ofOther.Contains(one));
}
