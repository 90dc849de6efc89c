using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// Takes nodes that do not answer off the module's list, or gives their number to another node. The module only does so with a node it failed to reach
/// itself, so the node is pinged before. Runs on the network's loop.
/// </summary>
/// <remarks>Source: Serial API reference, RemoveFailedNode, IsFailedNode, ReplaceFailedNode.</remarks>
internal sealed class FailedNodes(NetworkContext context, CommandSender sender, InclusionTimeouts timeouts)
{
    private const int MaximumPings = 3;
    private const int MaximumTries = 5;

    /// <summary>True: the node acknowledged a ping. Not to be reached because of the radio is neither.</summary>
    /// <exception cref="ZWaveException">It could not be tried.</exception>
    public async Task<bool> AnswersAsync(Node node)
    {
        var ping = SendItem.Ping(node.Id);
        return await sender.Send(ping) switch
        {
            SendOutcome.Acknowledged => true,
            SendOutcome.NoAcknowledgement => false,
            var outcome => throw CommandExchange.Failure(node, ping.Command, outcome),
        };
    }

    /// <summary>Takes a node off the module's list.</summary>
    /// <exception cref="ZWaveException">It answers, or the module does not do it.</exception>
    public async Task RemoveAsync(Node node, CancellationToken cancellationToken)
    {
        await PrepareAsync(node, RemoveFailedNode.Id, cancellationToken);
        var status = await TryAsync(node, async _ => (await TransactAsync<RemoveFailedNodeCallback>(
            new RemoveFailedNodeRequest(node.Id), null, timeouts.FailedNode, cancellationToken)).Status, cancellationToken);
        if (status == FailedNodeStatus.Removed || (status is null && !await IsListedAsync(node.Id, cancellationToken))) return;
        throw status == FailedNodeStatus.NodeOk ? Answers(node) : Refused(node, "the controller did not remove it");
    }

    /// <summary>Gives the number of a node to the next one whose button is pushed.</summary>
    /// <param name="ready">The new node may be put into learn mode now.</param>
    /// <exception cref="ZWaveException">It answers, or nobody came, or the module does not do it.</exception>
    public async Task ReplaceAsync(Node node, TimeSpan open, Procedure procedure, Action ready)
    {
        var cancellationToken = procedure.Ended;
        await PrepareAsync(node, ReplaceFailedNode.Id, cancellationToken);
        // The module ends its wait like that of an inclusion, and says that it failed.
        await using var stopping = procedure.Stopped.Register(() => context.Loop.Post(() => _ = TellStopAsync()));
        var status = await TryAsync(node, async hold => (await TransactAsync<ReplaceFailedNodeCallback>(
            new ReplaceFailedNodeRequest(node.Id),
            _ => context.Loop.Post(() =>
            {
                // While it waits for a button the module sends as ever.
                hold.Dispose();
                procedure.OpenUntil = context.Time.GetUtcNow() + open;
                procedure.Begin();
                ready();
            }),
            open, cancellationToken)).Status, cancellationToken);
        procedure.OpenUntil = null;
        if (status is null) await TellStopAsync();
        if (status == FailedNodeStatus.Replaced) return;
        throw status switch
        {
            FailedNodeStatus.NodeOk => Answers(node),
            null => Refused(node, "no node came to take its place"),
            _ => Refused(node, "the controller did not replace it"),
        };
    }

    private async Task TellStopAsync()
    {
        if (context.Status != ControllerStatus.Ready) return;
        try
        {
            await context.Session.SendAsync(AddNodeRequest.Stop(wantsCallback: false));
        }
        catch (ZWaveException exception)
        {
            context.Logger.ModuleNotTold("stop replacing", exception.Message);
        }
    }

    // The module has to have failed to reach it; some firmware wants more than one failure.
    private async Task PrepareAsync(Node node, FunctionId function, CancellationToken cancellationToken)
    {
        if (context.Identity is not { } identity || !identity.Has(function))
        {
            throw Refused(node, "the firmware of the controller has no such function");
        }

        for (var ping = 1; ping <= MaximumPings; ping++)
        {
            if (await AnswersAsync(node)) throw Answers(node);
            if (!identity.Has(IsFailedNode.Id)) return;
            if ((await context.Session.RequestAsync<IsFailedNodeResponse>(new IsFailedNodeRequest(node.Id), cancellationToken)).Failed) return;
        }
    }

    // Null: the module never said how it ended.
    private async Task<FailedNodeStatus?> TryAsync(Node node, Func<IDisposable, Task<FailedNodeStatus>> transact, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var hold = await sender.HoldAsync();
            try
            {
                return await transact(hold);
            }
            catch (ZWaveException exception) when (exception.Code == ZWaveErrorCode.CallbackTimeout)
            {
                return null;
            }
            catch (ZWaveException exception) when (exception.Code == ZWaveErrorCode.Refused)
            {
                var start = StartStatus(exception.Response);
                if (start.HasFlag(FailedNodeStart.NodeNotFailed)) throw Answers(node);
                if (start.HasFlag(FailedNodeStart.NotPrimaryController)) throw Refused(node, "this controller is not the primary one of its network");
                if (!start.HasFlag(FailedNodeStart.Busy) || attempt == MaximumTries) throw Refused(node, "the controller does not begin with it");
            }

            await context.DelayAsync(timeouts.Busy, cancellationToken);
        }
    }

    private Task<TCallback> TransactAsync<TCallback>(
        ICallbackRequest request, Action<TCallback>? progress, TimeSpan limit, CancellationToken cancellationToken)
        where TCallback : class, ICallback, ISerialMessage<TCallback> =>
        context.Session.TransactAsync(request, progress, limit, cancellationToken);

    private async Task<bool> IsListedAsync(NodeId node, CancellationToken cancellationToken) =>
        (await context.Session.RequestAsync<GetInitDataResponse>(new GetInitDataRequest(), cancellationToken)).NodeIds.Contains(node);

    private static FailedNodeStart StartStatus(ISerialMessage? response) => response switch
    {
        RemoveFailedNodeResponse remove => remove.StartStatus,
        ReplaceFailedNodeResponse replace => replace.StartStatus,
        _ => FailedNodeStart.Failed,
    };

    private static ZWaveException Answers(Node node) =>
        new(ZWaveErrorCode.NodeRefused, $"node {node.Id} answers: only nodes that are gone can be removed or replaced without their button") { Node = node.Id };

    private static ZWaveException Refused(Node node, string reason) =>
        new(ZWaveErrorCode.NotSupported, $"node {node.Id}: {reason}") { Node = node.Id };
}
