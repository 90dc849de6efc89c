using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>The functions about the network: node information, SUC, failed nodes, a new network.</summary>
internal sealed class ModuleNetwork(SimulatedModule module) : ISimulatedFunctions
{
    public IEnumerable<FunctionId> Ids =>
    [
        SetDefault.Id, ApplicationUpdate.Id, SetSucNodeId.Id, RequestNodeInfo.Id, RemoveFailedNode.Id,
    ];

    public bool Handle(ISerialMessage request)
    {
        switch (request)
        {
            case RequestNodeInfoRequest info: AskNodeInformation(info.NodeId); return true;
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
