using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>One heal from the first node to the last. Belongs to the network's loop.</summary>
internal sealed class HealRun(NetworkContext context, NodeHeal heal, HealTimes times, Action<HealProgress> progressed)
{
    private readonly SortedDictionary<NodeId, NodeHealResult> _results = [];
    private int _total;
    private int _done;
    private int _failed;

    /// <summary>Heals what can be healed; tells of every node how it ended, also when cancelled.</summary>
    public async Task<HealResult> RunAsync(IReadOnlyList<Node> nodes, NodeId controller, bool isWanted, CancellationToken cancellationToken)
    {
        List<Node> waiting = [];
        foreach (var node in nodes)
        {
            if (HealPlan.ReasonToSkip(node, isWanted) is { } reason) _results[node.Id] = new(node.Id, NodeHealOutcome.Skipped, [reason]);
            else waiting.Add(node);
        }

        _total = waiting.Count;
        try
        {
            var order = waiting.Count < 2 ? waiting : HealPlan.Order(waiting, HealPlan.Hops(controller, await NeighborsAsync(cancellationToken)));
            for (var index = 0; index < order.Count; index++)
            {
                if (index > 0) await context.DelayAsync(times.NodePause, cancellationToken);
                End(await HealAsync(order[index], isWanted, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            return Rest(waiting, NodeHealOutcome.Cancelled, "the heal was cancelled", wasCancelled: true);
        }
        catch (ZWaveException exception)
        {
            return Rest(waiting, NodeHealOutcome.Failed, $"the controller went away: {exception.Message}", wasCancelled: false);
        }

        return new([.. _results.Values], WasCancelled: false);
    }

    private async Task<NodeHealResult> HealAsync(Node node, bool isWanted, CancellationToken cancellationToken)
    {
        // While others were healed it may have died or left.
        if (context.FindNode(node.Id) != node) return new(node.Id, NodeHealOutcome.Skipped, ["it left the network"]);
        return HealPlan.ReasonToSkip(node, isWanted) is { } reason
            ? new(node.Id, NodeHealOutcome.Skipped, [reason])
            : await heal.RunAsync(node, step => progressed(new(node.Id, step, null, _done, _total, _failed)), cancellationToken);
    }

    private void End(NodeHealResult result)
    {
        _results[result.Node] = result;
        // Died or left since the heal began: there is one less to heal.
        if (result.Outcome == NodeHealOutcome.Skipped) _total--;
        else _done++;
        if (result.Outcome is NodeHealOutcome.Failed or NodeHealOutcome.Partly) _failed++;
        if (result.Reasons.Count > 0) context.Logger.NodeHealFaults(result.Node.Value, result.Outcome, string.Join("; ", result.Reasons));
        progressed(new(result.Node, HealStep.Ended, result, _done, _total, _failed));
    }

    private HealResult Rest(List<Node> nodes, NodeHealOutcome outcome, string reason, bool wasCancelled)
    {
        foreach (var node in nodes) _results.TryAdd(node.Id, new(node.Id, outcome, [reason]));
        return new([.. _results.Values], wasCancelled);
    }

    private async Task<IReadOnlyDictionary<NodeId, IReadOnlyList<NodeId>>> NeighborsAsync(CancellationToken cancellationToken)
    {
        var neighbors = new Dictionary<NodeId, IReadOnlyList<NodeId>>();
        foreach (var id in context.Nodes.Keys.Where(static id => id.IsClassic).ToArray())
        {
            if (await heal.NeighborsAsync(id, cancellationToken) is { } found) neighbors[id] = found;
        }

        return neighbors;
    }
}
