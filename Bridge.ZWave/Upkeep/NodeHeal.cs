using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>
/// The steps of one node: it looks for its neighbours anew, then gets new routes to those it reports to. Nothing of its interview, its keys or its
/// settings is touched. Belongs to the network's loop.
/// </summary>
/// <remarks>
/// While a node looks around others may be spoken to: it takes minutes. The routes are frames of the module itself, given in one go each, and nothing
/// else is sent beside them. A node that did not look around keeps its routes: without them it would be worse off than before.
/// </remarks>
internal sealed class NodeHeal(NetworkContext context, CommandSender sender, HealTimes times)
{
    /// <summary>Heals a node as far as it goes.</summary>
    /// <param name="began">Told of every step.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no step was begun after that.</exception>
    /// <exception cref="ZWaveException">The controller went away.</exception>
    public async Task<NodeHealResult> RunAsync(Node node, Action<HealStep> began, CancellationToken cancellationToken)
    {
        began(HealStep.Neighbors);
        if (await TryAsync(() => DiscoverAsync(node, cancellationToken), cancellationToken) is { } fault)
        {
            return new(node.Id, NodeHealOutcome.Failed, [$"it did not find its neighbours: {fault}"]);
        }

        // Controllers find their own routes.
        List<string> faults = [];
        if (node.Protocol is not { IsController: true }) await RenewRoutesAsync(node, began, faults, cancellationToken);
        var neighbors = await NeighborsAsync(node.Id, cancellationToken);
        return new(node.Id, faults.Count == 0 ? NodeHealOutcome.Healed : NodeHealOutcome.Partly, faults, neighbors);
    }

    /// <summary>The neighbours of a node as the module knows them; null where it does not tell.</summary>
    public async Task<IReadOnlyList<NodeId>?> NeighborsAsync(NodeId node, CancellationToken cancellationToken)
    {
        if (context.Identity is not { } identity || !identity.Has(GetRoutingInfo.Id)) return null;
        return (await context.Session.RequestAsync<GetRoutingInfoResponse>(new GetRoutingInfoRequest(node), cancellationToken)).NodeIds;
    }

    private async Task RenewRoutesAsync(Node node, Action<HealStep> began, List<string> faults, CancellationToken cancellationToken)
    {
        if (context.Identity is not { } identity) return;
        var destinations = HealPlan.Destinations(node, identity.NodeId, context.Values);
        await PauseAsync(cancellationToken);
        began(HealStep.DeleteReturnRoutes);
        var deleted = await RouteAsync<DeleteReturnRouteCallback>(new DeleteReturnRouteRequest(node.Id), cancellationToken);
        if (deleted is not null)
        {
            faults.Add($"its routes could not be deleted: {deleted}");
        }
        else if (destinations.Count > 0)
        {
            began(HealStep.AssignReturnRoutes);
            foreach (var destination in destinations)
            {
                await PauseAsync(cancellationToken);
                var assign = new AssignReturnRouteRequest(node.Id, destination);
                var assigned = await RouteAsync<AssignReturnRouteCallback>(assign, cancellationToken);
                if (assigned is not null) faults.Add($"it got no route to node {destination}: {assigned}");
            }
        }

        if (!identity.SucNodeId.IsClassic) return;
        await PauseAsync(cancellationToken);
        began(HealStep.SucReturnRoutes);
        var sucDeleted = await RouteAsync<DeleteSucReturnRouteCallback>(new DeleteSucReturnRouteRequest(node.Id), cancellationToken);
        if (sucDeleted is not null)
        {
            faults.Add($"its routes to the SUC could not be deleted: {sucDeleted}");
            return;
        }

        await PauseAsync(cancellationToken);
        var sucAssigned = await RouteAsync<AssignSucReturnRouteCallback>(new AssignSucReturnRouteRequest(node.Id), cancellationToken);
        if (sucAssigned is not null) faults.Add($"it got no route to the SUC: {sucAssigned}");
    }

    private async Task<string?> DiscoverAsync(Node node, CancellationToken cancellationToken)
    {
        var limit = NeighborDiscovery.Limit(node.Protocol is { IsController: true }, context.Nodes.Values);
        var callback = await context.Session.TransactAsync<RequestNodeNeighborUpdateCallback>(
            new RequestNodeNeighborUpdateRequest(node.Id), null, limit, cancellationToken);
        return callback.UpdateStatus == NeighborUpdateStatus.Done ? null : "it does not answer, or could not be told";
    }

    private Task<string?> RouteAsync<TCallback>(ICallbackRequest request, CancellationToken cancellationToken)
        where TCallback : class, ITransmitCallback, ISerialMessage<TCallback> => TryAsync(
        async () =>
        {
            using var hold = await sender.HoldAsync();
            cancellationToken.ThrowIfCancellationRequested();
            var callback = await context.Session.TransactAsync<TCallback>(request, null, times.ReturnRoute, cancellationToken);
            return Fault(callback.TransmitStatus);
        },
        cancellationToken);

    // Null: done. Tried again where that may help; a module that never told the end was waited for long enough.
    private async Task<string?> TryAsync(Func<Task<string?>> step, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (fault, mayHelp) = await OnceAsync(step);
            if (fault is null || !mayHelp || attempt >= times.Attempts) return fault;
            await context.DelayAsync(times.RetryPause, cancellationToken);
        }
    }

    private async Task<(string? Fault, bool MayHelp)> OnceAsync(Func<Task<string?>> step)
    {
        try
        {
            return (await step(), true);
        }
        catch (ZWaveException exception) when (context.Status == ControllerStatus.Ready && !IsLineFault(exception.Code))
        {
            return exception.Code switch
            {
                ZWaveErrorCode.Refused => ("the controller refused it", true),
                ZWaveErrorCode.CanReceived => ("the controller was busy", true),
                _ => ("the controller never told how it ended", false),
            };
        }
    }

    private static bool IsLineFault(ZWaveErrorCode code) => code
        is ZWaveErrorCode.LinkLost or ZWaveErrorCode.ControllerReset or ZWaveErrorCode.Cancelled or ZWaveErrorCode.AckTimeout or ZWaveErrorCode.NakReceived;

    private Task PauseAsync(CancellationToken cancellationToken) => context.DelayAsync(times.StepPause, cancellationToken);

    private static string? Fault(TransmitStatus status) => status switch
    {
        TransmitStatus.Ok or TransmitStatus.Verified => null,
        TransmitStatus.NoAcknowledgement => "it did not acknowledge",
        TransmitStatus.NoRoute => "the controller knows no route",
        TransmitStatus.Fail or TransmitStatus.NotIdle => "the radio was busy",
        _ => "the controller could not send it",
    };
}
