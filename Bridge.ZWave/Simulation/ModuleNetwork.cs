using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>The functions about the network and its routes: node information, neighbours, return routes, SUC, removal of failed nodes, a new network.</summary>
internal sealed class ModuleNetwork(SimulatedModule module) : ISimulatedFunctions
{
    public IEnumerable<FunctionId> Ids =>
    [
        SetDefault.Id, AssignReturnRoute.Id, DeleteReturnRoute.Id, RequestNodeNeighborUpdate.Id, ApplicationUpdate.Id, AssignSucReturnRoute.Id,
        SetSucNodeId.Id, DeleteSucReturnRoute.Id, RequestNodeInfo.Id, RemoveFailedNode.Id,
    ];

    public bool Handle(ISerialMessage request)
    {
        switch (request)
        {
            case RequestNodeInfoRequest info: AskNodeInformation(info.NodeId); return true;
            case AssignReturnRouteRequest route:
                module.Respond(AssignReturnRouteResponse.Accepted);
                Route(route.NodeId, route.CallbackId, status => new AssignReturnRouteCallback { CallbackId = route.CallbackId, TransmitStatus = status });
                return true;
            case DeleteReturnRouteRequest route:
                module.Respond(DeleteReturnRouteResponse.Accepted);
                Route(route.NodeId, route.CallbackId, status => new DeleteReturnRouteCallback { CallbackId = route.CallbackId, TransmitStatus = status });
                return true;
            case AssignSucReturnRouteRequest route:
                module.Respond(AssignSucReturnRouteResponse.Accepted);
                Route(route.NodeId, route.CallbackId, status => new AssignSucReturnRouteCallback { CallbackId = route.CallbackId, TransmitStatus = status });
                return true;
            case DeleteSucReturnRouteRequest route:
                module.Respond(DeleteSucReturnRouteResponse.Accepted);
                Route(route.NodeId, route.CallbackId, status => new DeleteSucReturnRouteCallback { CallbackId = route.CallbackId, TransmitStatus = status });
                return true;
            case RequestNodeNeighborUpdateRequest update:
                module.CallBack(update.CallbackId, new RequestNodeNeighborUpdateCallback(update.CallbackId, NeighborUpdateStatus.Started));
                module.Network.Travel(() => module.CallBack(update.CallbackId, new RequestNodeNeighborUpdateCallback(
                    update.CallbackId, module.Living(update.NodeId) is null ? NeighborUpdateStatus.Failed : NeighborUpdateStatus.Done)));
                return true;
            case SetSucNodeIdRequest suc: SetSuc(suc); return true;
            case RemoveFailedNodeRequest remove: Remove(remove); return true;
            case SetDefaultRequest reset: StartNewNetwork(reset.CallbackId); return true;
            default: return false;
        }
    }

    private void AskNodeInformation(NodeId id)
    {
        module.Respond(RequestNodeInfoResponse.Accepted);
        module.Network.Travel(() => module.Tell(module.Living(id) is { } node
            ? new ApplicationUpdateRequest(ApplicationUpdateStatus.NodeInformationReceived) { NodeId = id, NodeInformation = node.Information }
            : new ApplicationUpdateRequest(ApplicationUpdateStatus.NodeInformationRequestFailed)));
    }

    private void Route(NodeId node, byte callbackId, Func<TransmitStatus, ISerialMessage> callback) => module.Network.Travel(() =>
        module.CallBack(callbackId, callback(module.Living(node) is null ? TransmitStatus.NoAcknowledgement : TransmitStatus.Ok)));

    private void SetSuc(SetSucNodeIdRequest suc)
    {
        module.Respond(SetSucNodeIdResponse.Accepted);
        if (suc.NodeId == module.Network.ControllerNodeId)
        {
            module.SucNodeId = suc.Enable ? suc.NodeId : NodeId.None;
            return;
        }

        // A plug cannot be it.
        module.Network.Travel(() => module.CallBack(suc.CallbackId, new SetSucNodeIdCallback(suc.CallbackId, SetSucStatus.Failed)));
    }

    private void Remove(RemoveFailedNodeRequest remove)
    {
        var isFailed = module.FailedNodes.Contains(remove.NodeId) && module.Network.Find(remove.NodeId) is not null;
        module.Respond(new RemoveFailedNodeResponse { StartStatus = isFailed ? FailedNodeStart.Started : FailedNodeStart.NodeNotFailed });
        if (!isFailed) return;
        module.Network.Travel(() =>
        {
            // It is asked once more before it goes.
            var isBack = module.Living(remove.NodeId) is not null;
            module.FailedNodes.Remove(remove.NodeId);
            if (!isBack) module.Network.Remove(remove.NodeId);
            module.CallBack(remove.CallbackId, new RemoveFailedNodeCallback
            {
                CallbackId = remove.CallbackId,
                Status = isBack ? FailedNodeStatus.NodeOk : FailedNodeStatus.Removed,
            });
        });
    }

    private void StartNewNetwork(byte callbackId)
    {
        foreach (var node in module.Network.Nodes) module.Network.Remove(node.Id);
        module.FailedNodes.Clear();
        module.SucNodeId = module.Network.ControllerNodeId;
        module.Network.HomeId = new(unchecked(module.Network.HomeId.Value + 1));
        module.CallBack(callbackId, new SetDefaultCallback(callbackId));
    }
}
