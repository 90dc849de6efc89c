using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>
/// Finds new routes for one node or for all, one node after another; commands of users go between. One heal at a time. Any thread may call;
/// <see cref="Progressed"/> is raised on the network's loop.
/// </summary>
public sealed class NetworkHeal
{
    private readonly ZWaveNetwork _network;
    private readonly UpkeepTurn _turn;
    private readonly HealTimes _times;
    private readonly CancellationToken _ending;
    private CancellationTokenSource? _cancel;

    internal NetworkHeal(ZWaveNetwork network, UpkeepTurn turn, HealTimes times, CancellationToken ending) =>
        (_network, _turn, _times, _ending) = (network, turn, times, ending);

    /// <summary>A step began, or a node ended. Handlers must not block.</summary>
    public event Action<HealProgress>? Progressed;

    /// <summary>A heal ended, whoever began it. Handlers must not block.</summary>
    public event Action<HealResult>? Ended;

    /// <summary>Heals one node; a dead one is tried.</summary>
    /// <exception cref="ZWaveException">No such node, the controller is not ready, or something else is under way.</exception>
    public Task<HealResult> HealAsync(NodeId id, CancellationToken cancellationToken = default) => RunAsync(
        context => context.FindNode(id) is { } node && id != context.Identity?.NodeId
            ? [node]
            : throw new ZWaveException(ZWaveErrorCode.NodeUnknown, $"node {id} does not exist") { Node = id },
        isWanted: true,
        cancellationToken);

    /// <summary>Heals all nodes that can be: not dead, not asleep, not Long Range. Takes minutes a node.</summary>
    /// <exception cref="ZWaveException">The controller is not ready, or something else is under way.</exception>
    public Task<HealResult> HealAllAsync(CancellationToken cancellationToken = default) =>
        RunAsync(static context => [.. context.OtherNodes], isWanted: false, cancellationToken);

    /// <summary>Ends the heal under way; its result tells how far it came. False: there is none.</summary>
    public Task<bool> CancelAsync() => _network.Context.Loop.ReadAsync(() =>
    {
        if (_cancel is null) return false;
        _cancel.Cancel();
        return true;
    });

    private Task<HealResult> RunAsync(
        Func<NetworkContext, IReadOnlyList<Node>> choose, bool isWanted, CancellationToken cancellationToken) =>
        _network.Context.Loop.RunAsync(() => HealAsync(choose, isWanted, cancellationToken));

    private async Task<HealResult> HealAsync(
        Func<NetworkContext, IReadOnlyList<Node>> choose, bool isWanted, CancellationToken cancellationToken)
    {
        var context = _network.Context;
        if (context.Status != ControllerStatus.Ready || context.Identity is not { } identity)
        {
            throw new ZWaveException(ZWaveErrorCode.NotReady, "the controller is not ready");
        }

        var nodes = choose(context);
        using var turn = _turn.Take("a heal");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending);
        _cancel = cancel;
        try
        {
            var run = new HealRun(context, new(context, _network.Sender, _times), _times, progress => Progressed?.Invoke(progress));
            context.Logger.HealBegan(nodes.Count);
            var result = await run.RunAsync(nodes, identity.NodeId, isWanted, cancel.Token);
            context.Logger.HealEnded(
                result.Count(NodeHealOutcome.Healed), result.Count(NodeHealOutcome.Partly), result.Count(NodeHealOutcome.Failed),
                result.Count(NodeHealOutcome.Skipped), result.Count(NodeHealOutcome.Cancelled));
            Ended?.Invoke(result);
            return result;
        }
        finally
        {
            _cancel = null;
        }
    }
}
