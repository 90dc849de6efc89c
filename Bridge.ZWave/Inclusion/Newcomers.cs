using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// What becomes of a node the module added: it gets its keys and is shown to everybody, or it is removed again. Runs on the network's loop.
/// </summary>
internal sealed class Newcomers(
    ZWaveNetwork network, Bootstrapping bootstrapping, NodeRemoval removal, FailedNodes failed, InclusionTimeouts timeouts, Action<InclusionEvent> report)
{
    private readonly NetworkContext _context = network.Context;

    /// <summary>Makes a node that was just added one of ours.</summary>
    /// <returns>False: it did not get its keys and is not kept.</returns>
    public async Task<bool> WelcomeAsync(
        Procedure procedure, AddedNode added, InclusionStrategy strategy, IKeyExchangeUser user, ProvisioningEntry? entry, bool isReplacement)
    {
        if (_context.FindNode(added.Id) is { } known && !_context.Hidden.Contains(added.Id))
        {
            report(new InclusionFailed(procedure.Activity, added.Id, $"node {added.Id} is in the network already; exclude it first to give it other keys"));
            network.Care.Attend(known);
            return true;
        }

        // What is left of an earlier, half inclusion of it.
        network.Membership.Remove(added.Id);
        network.Membership.Hide(added.Id);
        Node? node = null;
        try
        {
            node = network.Membership.Add(added.Id, await network.Membership.AskAsync(added.Id, procedure.Ended));
            if (added.Information is { } information) network.Care.Learn(node, information);
            report(new NodeJoined(node.Id));
            var outcome = await bootstrapping.RunAsync(node, strategy, user, procedure.Ended);
            if (!outcome.IsSuccess)
            {
                _context.Logger.BootstrapFailed(node.Id.Value, outcome.Reason);
                report(new BootstrapFailed(node.Id, outcome.Failure, outcome.Reason));
                await DiscardAsync(procedure, node);
                return false;
            }

            node.GrantedClasses = outcome.Granted;
            if (!outcome.Granted.IsEmpty) report(new KeysExchanged(node.Id, outcome.Granted));
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            LeaveBehind(added.Id, "the controller went away");
            throw;
        }

        await TellRoutesAsync(node, procedure.Ended);
        _context.Logger.NodeJoined(node.Id.Value, SecurityClassWords.Of(node.SecurityClass));
        report(new NodeIncluded(node, entry, isReplacement));
        network.Membership.Show(node);
        report(new InterviewBegan(node.Id));
        network.Care.Attend(node);
        return true;
    }

    // Half-included: it has to leave, by its button while it answers, else as a failed node.
    private async Task DiscardAsync(Procedure procedure, Node node)
    {
        try
        {
            if (!await failed.AnswersAsync(node))
            {
                await failed.RemoveAsync(node, procedure.Ended);
                network.Membership.Remove(node.Id);
                report(new FailedNodeRemoved(node.Id, HadReset: false));
                return;
            }

            var removed = await removal.RunAsync(procedure, node.Id, timeouts.CleanUp, () => report(new ButtonWanted(node.Id, timeouts.CleanUp)));
            if (removed is { } gone && (gone == node.Id || _context.Nodes.ContainsKey(gone)))
            {
                network.Membership.Remove(gone);
                report(new NodeExcluded(gone));
            }

            if (removed != node.Id) LeaveBehind(node.Id, "its button was not pushed in time");
        }
        catch (ZWaveException exception) when (!procedure.Ended.IsCancellationRequested)
        {
            LeaveBehind(node.Id, exception.Message);
        }
    }

    private void LeaveBehind(NodeId node, string reason)
    {
        _context.Logger.NodeLeftBehind(node.Value, reason);
        report(new NodeLeftBehind(node, reason));
    }

    // The node's own way to the controller, where the controller is the one such routes lead to.
    private async Task TellRoutesAsync(Node node, CancellationToken cancellationToken)
    {
        if (node.Id.IsLongRange || _context.Identity is not { } identity) return;
        if (identity.SucNodeId != identity.NodeId || !identity.Has(AssignSucReturnRoute.Id)) return;
        using var hold = await network.Sender.HoldAsync();
        try
        {
            var told = await _context.Session.TransactAsync<AssignSucReturnRouteCallback>(
                new AssignSucReturnRouteRequest(node.Id), null, timeouts.ReturnRoute, cancellationToken);
            if (told.TransmitStatus != Serial.TransmitStatus.Ok) _context.Logger.NoReturnRoute(node.Id.Value, told.TransmitStatus.ToString());
        }
        catch (ZWaveException exception)
        {
            _context.Logger.NoReturnRoute(node.Id.Value, exception.Message);
        }
    }
}
