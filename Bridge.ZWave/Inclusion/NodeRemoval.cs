using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>The module's side of an exclusion, of any node whose button is pushed or of a given one. Runs on the network's loop.</summary>
/// <remarks>Source: Serial API reference, RemoveNodeFromNetwork.</remarks>
internal sealed class NodeRemoval(NetworkContext context, CommandSender sender, InclusionTimeouts timeouts, Action<InclusionEvent> report)
{
    /// <summary>Excludes one node.</summary>
    /// <param name="wanted"><see cref="NodeId.None"/>: any; else this one, as far as the firmware can be told so.</param>
    /// <param name="open">For how long a node may leave.</param>
    /// <returns>Null: none left in time, or it was stopped. <see cref="NodeId.None"/>: one of another network.</returns>
    /// <exception cref="ZWaveException">It failed; the module is out of remove mode as far as it can be told.</exception>
    public async Task<NodeId?> RunAsync(Procedure procedure, NodeId wanted, TimeSpan open, Action began)
    {
        var hold = await sender.HoldAsync();
        try
        {
            var limit = open + timeouts.Stage;
            var steps = wanted.IsValid && context.Identity is { } identity && identity.Has(RemoveSpecificNode.Id)
                ? NodeChangeSteps.Begin<RemoveSpecificNodeCallback>(
                    context, new RemoveSpecificNodeRequest(NodeChangeOptions.Usual(NodeChangeMode.Any), wanted), limit, procedure.Ended)
                : NodeChangeSteps.Begin<RemoveNodeCallback>(context, RemoveNodeRequest.Start(), limit, procedure.Ended);
            var first = await steps.NextAsync(timeouts.Ready, procedure.Ended) ?? throw Failure("the module does not begin");
            if (first.IsFailure) throw Failure(first);
            procedure.OpenUntil = context.Time.GetUtcNow() + open;
            procedure.Begin();
            began();
            hold.Dispose();
            var found = first.Status == NodeChangeStatus.Ready ? await WaitAsync(procedure, steps, open) : first;
            if (found is null) return null;
            procedure.OpenUntil = null;
            report(new NodeFound(procedure.Activity));
            hold = await sender.HoldAsync();
            var removed = await FinishAsync(procedure, steps, found);
            await TellAsync();
            return removed;
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            procedure.OpenUntil = null;
            await TellAsync();
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
        await StopAsync(procedure);
        // A node that was found at the last moment leaves all the same.
        var late = await steps.NextAsync(TimeSpan.Zero, procedure.Ended);
        if (late is not null && (late.IsFound || late.IsChange)) return late;
        await TellAsync();
        return null;
    }

    private async Task<NodeId> FinishAsync(Procedure procedure, NodeChangeSteps steps, NodeChangeStep found)
    {
        var step = found;
        var removed = NodeId.None;
        // Some firmware ends it with "protocol done".
        while (step.Status is not (NodeChangeStatus.ProtocolDone or NodeChangeStatus.Done))
        {
            if (step.IsFailure) throw Failure(step);
            if (step.Node.IsValid) removed = step.Node;
            if (await steps.NextAsync(step.IsFound ? timeouts.Removing : timeouts.Stage, procedure.Ended) is { } next)
            {
                step = next;
                continue;
            }

            await StopAsync(procedure);
            throw Failure("the module does not finish");
        }

        return step.Node.IsValid ? step.Node : removed;
    }

    private async Task StopAsync(Procedure procedure)
    {
        try
        {
            await context.Session.TransactAsync<RemoveNodeCallback>(RemoveNodeRequest.Stop(wantsCallback: true), null, timeouts.Stop, procedure.Ended);
        }
        catch (ZWaveException exception) when (exception.Code == ZWaveErrorCode.CallbackTimeout)
        {
            // Not every firmware says it.
        }
    }

    private async Task TellAsync()
    {
        if (context.Status != ControllerStatus.Ready) return;
        try
        {
            await context.Session.SendAsync(RemoveNodeRequest.Stop(wantsCallback: false));
        }
        catch (ZWaveException exception)
        {
            context.Logger.ModuleNotTold("stop excluding", exception.Message);
        }
    }

    private static ZWaveException Failure(NodeChangeStep step) => Failure(step.Status == NodeChangeStatus.NotPrimary
        ? "this controller is not the primary one of its network and cannot exclude"
        : "the module says that it failed");

    private static ZWaveException Failure(string reason) => new(ZWaveErrorCode.NotSupported, reason);
}
