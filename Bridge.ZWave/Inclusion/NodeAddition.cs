using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>A node that was added to the network, as the module tells.</summary>
/// <param name="Information">Null: the node did not say what it is.</param>
internal sealed record AddedNode(NodeId Id, NodeInformation? Information);

/// <summary>
/// The module's side of an inclusion: from "any node may join" to "done", with every stop that belongs to it. Runs on the network's loop.
/// </summary>
/// <remarks>Source: Serial API reference, AddNodeToNetwork.</remarks>
internal sealed class NodeAddition(NetworkContext context, CommandSender sender, InclusionTimeouts timeouts, Action<InclusionEvent> report)
{
    /// <summary>Adds one node.</summary>
    /// <param name="open">For how long a node may join.</param>
    /// <param name="began">The module took it.</param>
    /// <returns>Null: none joined in time, or it was stopped.</returns>
    /// <exception cref="ZWaveException">It failed; the module is out of add mode as far as it can be told.</exception>
    public async Task<AddedNode?> RunAsync(Procedure procedure, AddNodeRequest start, TimeSpan open, Action began)
    {
        // What is on its way ends first: some firmware refuses to include while it sends.
        var hold = await sender.HoldAsync();
        try
        {
            var limit = open + timeouts.Stage + Longest();
            var steps = NodeChangeSteps.Begin<AddNodeCallback>(context, start, limit, procedure.Ended);
            var first = await steps.NextAsync(timeouts.Ready, procedure.Ended) ?? throw Failure("the module does not begin");
            if (first.IsFailure) throw Failure(first);
            procedure.OpenUntil = context.Time.GetUtcNow() + open;
            procedure.Begin();
            began();
            hold.Dispose();
            var found = first.Status == NodeChangeStatus.Ready ? await WaitAsync(procedure, steps, open) : first;
            if (found is null) return null;
            if (found.IsFailure) throw Failure(found);
            procedure.OpenUntil = null;
            report(new NodeFound(procedure.Activity));
            // From here to "done" the module takes no transmission.
            hold = await sender.HoldAsync();
            return await FinishAsync(procedure, steps, found);
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            procedure.OpenUntil = null;
            await TellAsync(AddNodeRequest.Stop(wantsCallback: false));
            throw;
        }
        finally
        {
            hold.Dispose();
        }
    }

    // Null: nobody came, and the module does not wait any more.
    private async Task<NodeChangeStep?> WaitAsync(Procedure procedure, NodeChangeSteps steps, TimeSpan open)
    {
        try
        {
            if (await steps.NextAsync(open, procedure.Stopped) is { } step) return step;
        }
        catch (OperationCanceledException) when (!procedure.Ended.IsCancellationRequested)
        {
        }

        procedure.OpenUntil = null;
        // A node that was found at the last moment is added all the same: the stop came too late for it.
        var late = await StopAsync(procedure, steps);
        if (late is not null && !late.IsFailure && late.Status != NodeChangeStatus.Done) return late;
        await TellAsync(AddNodeRequest.Stop(wantsCallback: false));
        return null;
    }

    // From "node found" on.
    private async Task<AddedNode> FinishAsync(Procedure procedure, NodeChangeSteps steps, NodeChangeStep found)
    {
        AddedNode? added = null;
        var step = found;
        while (step.Status is not (NodeChangeStatus.ProtocolDone or NodeChangeStatus.Done))
        {
            if (step.IsFailure) return await SalvageAsync(added, Failure(step), procedure.Ended);
            if (step.IsChange)
            {
                added = new(step.Node, step.Information);
                procedure.Node = step.Node;
                // Known before the module has it for good: nobody is told of it until it has its keys.
                if (context.FindNode(step.Node) is null) context.Hidden.Add(step.Node);
            }

            var limit = added is null ? timeouts.Stage : Longest();
            if (await steps.NextAsync(limit, procedure.Ended) is { } next)
            {
                step = next;
                continue;
            }

            await StopAsync(procedure, steps);
            return await SalvageAsync(added, Failure("the module does not finish"), procedure.Ended);
        }

        if (added is null && step.Node.IsValid) added = new(step.Node, null);
        if (step.Status == NodeChangeStatus.ProtocolDone) await StopAsync(procedure, steps);
        await TellAsync(AddNodeRequest.Stop(wantsCallback: false));
        return added ?? throw Failure("the module added a node and does not say which");
    }

    // It failed after a node was named: the module's list tells whether it is a node of ours now.
    private async Task<AddedNode> SalvageAsync(AddedNode? added, ZWaveException failure, CancellationToken cancellationToken)
    {
        if (added is null) throw failure;
        await TellAsync(AddNodeRequest.Stop(wantsCallback: false));
        var list = await context.Session.RequestAsync<GetInitDataResponse>(new GetInitDataRequest(), cancellationToken);
        if (list.NodeIds.Contains(added.Id)) return added;
        if (!context.Nodes.ContainsKey(added.Id)) context.Hidden.Remove(added.Id);
        throw failure;
    }

    // Asks for the end and waits for it. Some firmware says "done" with the callback id of the beginning, some not at all.
    private async Task<NodeChangeStep?> StopAsync(Procedure procedure, NodeChangeSteps steps)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(procedure.Ended);
        var stop = context.Session.TransactAsync<AddNodeCallback>(AddNodeRequest.Stop(wantsCallback: true), null, timeouts.Stop, procedure.Ended);
        var next = steps.NextAsync(timeouts.Stop, over.Token);
        try
        {
            var first = await Task.WhenAny(stop, next);
            if (first == next && await next is { } step) return step;
            return NodeChangeStep.Of(await stop);
        }
        catch (ZWaveException exception) when (exception.Code == ZWaveErrorCode.CallbackTimeout)
        {
            return null;
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private async Task TellAsync(AddNodeRequest request)
    {
        // Also when everything else is over: a module that is left in this mode adds the next node that comes along.
        if (context.Status != ControllerStatus.Ready) return;
        try
        {
            await context.Session.SendAsync(request);
        }
        catch (ZWaveException exception)
        {
            context.Logger.ModuleNotTold("stop including", exception.Message);
        }
    }

    // From "adding" to "protocol done" the node looks for its neighbours; what it is nobody knows yet.
    private TimeSpan Longest() => NeighborDiscovery.Limit(isController: true, context.Nodes.Values);

    private static ZWaveException Failure(NodeChangeStep step) => Failure(step.Status switch
    {
        NodeChangeStatus.NotPrimary => "this controller is not the primary one of its network and cannot include",
        NodeChangeStatus.SecurityFailed => "the module says that its own security failed",
        _ => "the module says that it failed",
    });

    private static ZWaveException Failure(string reason) => new(ZWaveErrorCode.NotSupported, reason);
}
