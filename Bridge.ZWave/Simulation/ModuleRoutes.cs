using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>The functions about routes: neighbours, return routes, routes set by the application.</summary>
internal sealed class ModuleRoutes(SimulatedModule module) : ISimulatedFunctions
{
    // Who was found at the last look; a change of the reach shows after the next one.
    private readonly Dictionary<NodeId, IReadOnlyList<NodeId>> _neighbors = [];
    private readonly Dictionary<NodeId, Route> _priorityRoutes = [];

    public IEnumerable<FunctionId> Ids =>
    [
        AssignReturnRoute.Id, DeleteReturnRoute.Id, RequestNodeNeighborUpdate.Id, AssignSucReturnRoute.Id, DeleteSucReturnRoute.Id,
        GetRoutingInfo.Id, GetPriorityRoute.Id, SetPriorityRoute.Id,
    ];

    public bool Handle(ISerialMessage request)
    {
        switch (request)
        {
            case AssignReturnRouteRequest route:
                module.Respond(AssignReturnRouteResponse.Accepted);
                Give(route.NodeId, route.CallbackId, status => new AssignReturnRouteCallback { CallbackId = route.CallbackId, TransmitStatus = status });
                return true;
            case DeleteReturnRouteRequest route:
                module.Respond(DeleteReturnRouteResponse.Accepted);
                Give(route.NodeId, route.CallbackId, status => new DeleteReturnRouteCallback { CallbackId = route.CallbackId, TransmitStatus = status });
                return true;
            case AssignSucReturnRouteRequest route:
                module.Respond(AssignSucReturnRouteResponse.Accepted);
                Give(route.NodeId, route.CallbackId, status => new AssignSucReturnRouteCallback { CallbackId = route.CallbackId, TransmitStatus = status });
                return true;
            case DeleteSucReturnRouteRequest route:
                module.Respond(DeleteSucReturnRouteResponse.Accepted);
                Give(route.NodeId, route.CallbackId, status => new DeleteSucReturnRouteCallback { CallbackId = route.CallbackId, TransmitStatus = status });
                return true;
            case RequestNodeNeighborUpdateRequest update:
                module.CallBack(update.CallbackId, new RequestNodeNeighborUpdateCallback(update.CallbackId, NeighborUpdateStatus.Started));
                if (module.Faults.Strikes(SimulatedFaults.Fault.HeldNeighborUpdate)) return true;
                module.Network.Travel(() => module.CallBack(update.CallbackId, new RequestNodeNeighborUpdateCallback(update.CallbackId, Look(update.NodeId))));
                return true;
            case GetRoutingInfoRequest routing:
                _neighbors.TryAdd(routing.NodeId, module.Network.Reach.NeighborsOf(routing.NodeId));
                module.Respond(new GetRoutingInfoResponse(_neighbors[routing.NodeId]));
                return true;
            case GetPriorityRouteRequest get:
                module.Respond(_priorityRoutes.TryGetValue(get.NodeId, out var found)
                    ? new GetPriorityRouteResponse(get.NodeId, RouteKind.Application, found)
                    : new GetPriorityRouteResponse(get.NodeId, RouteKind.None));
                return true;
            case SetPriorityRouteRequest set:
                if (set.Route is { } wanted) _priorityRoutes[set.NodeId] = wanted;
                else _priorityRoutes.Remove(set.NodeId);
                module.Respond(new SetPriorityRouteResponse(set.NodeId, 1));
                return true;
            default: return false;
        }
    }

    private NeighborUpdateStatus Look(NodeId id)
    {
        if (module.Living(id) is null || module.Faults.Strikes(SimulatedFaults.Fault.FailedNeighborUpdate)) return NeighborUpdateStatus.Failed;
        _neighbors[id] = [.. module.Network.Reach.NeighborsOf(id).Where(other => other == module.Network.ControllerNodeId || module.Living(other) is not null)];
        return NeighborUpdateStatus.Done;
    }

    private void Give(NodeId node, byte callbackId, Func<TransmitStatus, ISerialMessage> callback) => module.Network.Travel(() =>
    {
        var status = module.Living(node) is null || module.Faults.Strikes(SimulatedFaults.Fault.FailedReturnRoute)
            ? TransmitStatus.NoAcknowledgement
            : TransmitStatus.Ok;
        module.CallBack(callbackId, callback(status));
    });
}
