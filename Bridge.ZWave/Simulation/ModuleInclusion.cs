using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// The functions by which plugs join and leave: inclusion, SmartStart, exclusion, replacement of a failed node. One at a time; a new one takes the place of
/// the one before. Source: Serial API reference, AddNodeToNetwork.
/// </summary>
internal sealed class ModuleInclusion : ISimulatedFunctions
{
    private readonly SimulatedModule _module;
    private NodeChange? _change;
    private bool _listensForSmartStart;

    public ModuleInclusion(SimulatedModule module)
    {
        _module = module;
        module.Network.LearnModeHeard = _ => Match();
        module.Network.PrimeHeard = Primed;
        module.Network.InclusionHeard = node => module.Tell(
            new ApplicationUpdateRequest(ApplicationUpdateStatus.SmartStartIncludedNode) { NodeId = node.Id, NodeInformation = node.Information });
    }

    public IEnumerable<FunctionId> Ids => [RemoveSpecificNode.Id, AddNode.Id, RemoveNode.Id, ReplaceFailedNode.Id];

    private SimulatedNetwork Network => _module.Network;

    public bool Handle(ISerialMessage request)
    {
        switch (request)
        {
            case AddNodeRequest add: Add(add); return true;
            case RemoveNodeRequest remove:
                Remove(remove.Options.Mode, only: null, (status, node, information) => Tell(remove.CallbackId, new RemoveNodeCallback
                {
                    CallbackId = remove.CallbackId,
                    Status = status,
                    NodeId = node,
                    NodeInformation = information,
                }));
                return true;
            case RemoveSpecificNodeRequest remove:
                Remove(remove.Options.Mode, remove.NodeId, (status, node, information) => Tell(remove.CallbackId, new RemoveSpecificNodeCallback
                {
                    CallbackId = remove.CallbackId,
                    Status = status,
                    NodeId = node,
                    NodeInformation = information,
                }));
                return true;
            case ReplaceFailedNodeRequest replace: Replace(replace); return true;
            default: return false;
        }
    }

    /// <summary>The module restarts: what was under way has no end any more.</summary>
    public void Forget() => (_change, _listensForSmartStart) = (null, false);

    private void Add(AddNodeRequest request)
    {
        NodeChangeTeller tell = (status, node, information) => Tell(request.CallbackId, new AddNodeCallback
        {
            CallbackId = request.CallbackId,
            Status = status,
            NodeId = node,
            NodeInformation = information,
        });
        var mode = request.Options.Mode;
        switch (mode)
        {
            case NodeChangeMode.Stop or NodeChangeMode.StopReplication: Stop(tell); break;
            case NodeChangeMode.SmartStartListen:
                End();
                _listensForSmartStart = true;
                break;
            case NodeChangeMode.SmartStartInclude:
                Begin(
                    new(tell, plug => plug is { IsDead: false, Membership.Home: null } && plug.Membership.HomeIds == request.HomeIds, Include)
                    {
                        IsSmartStart = true,
                    },
                    isForJoining: null);
                break;
            default:
                var takesPlugs = mode is NodeChangeMode.Any or NodeChangeMode.EndNodes;
                Begin(new(tell, plug => takesPlugs && plug.Membership is { IsLearning: true, Home: null }, Include), isForJoining: true);
                break;
        }
    }

    private void Remove(NodeChangeMode mode, NodeId? only, NodeChangeTeller tell)
    {
        if (mode == NodeChangeMode.Stop)
        {
            Stop(tell);
            return;
        }

        var takesPlugs = mode is NodeChangeMode.Any or NodeChangeMode.EndNodes;
        Begin(
            new(tell, plug => takesPlugs && plug.Membership is { IsLearning: true, Home: not null } && (only is null || plug.Id == only), Exclude),
            isForJoining: false);
    }

    /// <summary>The place of a node that does not answer is given to the next plug that wants in.</summary>
    private void Replace(ReplaceFailedNodeRequest request)
    {
        var id = request.NodeId;
        var isFailed = _module.FailedNodes.Contains(id) && Network.Find(id) is not null;
        _module.Respond(new ReplaceFailedNodeResponse { StartStatus = isFailed ? FailedNodeStart.Started : FailedNodeStart.NodeNotFailed });
        if (!isFailed) return;
        void Status(FailedNodeStatus status) => Tell(request.CallbackId, new ReplaceFailedNodeCallback { CallbackId = request.CallbackId, Status = status });
        Network.Travel(() =>
        {
            // It is asked once more before it loses its place.
            if (_module.Living(id) is not null)
            {
                _module.FailedNodes.Remove(id);
                Status(FailedNodeStatus.NodeOk);
                return;
            }

            NodeChangeTeller tell = (status, _, _) =>
            {
                if (status == NodeChangeStatus.Ready) Status(FailedNodeStatus.ReadyToReplace);
                else if (status == NodeChangeStatus.Done) Status(FailedNodeStatus.Replaced);
                else if (status == NodeChangeStatus.Failed) Status(FailedNodeStatus.ReplaceFailed);
            };
            Begin(
                new(tell, static plug => plug.Membership is { IsLearning: true, Home: null }, (change, plug) => PutInto(change, plug, id))
                {
                    FailsWhenStopped = true,
                },
                isForJoining: true);
        });
    }

    /// <param name="isForJoining">What plugs with an automatic mode do; null: nothing.</param>
    private void Begin(NodeChange change, bool? isForJoining)
    {
        End();
        if (!_module.Options.IsPrimary)
        {
            change.Tell(NodeChangeStatus.NotPrimary, NodeId.None, null);
            return;
        }

        _change = change;
        change.Tell(NodeChangeStatus.Ready, NodeId.None, null);
        // Whoever is waiting already comes first.
        Match();
        if (isForJoining is not { } joining) return;
        foreach (var plug in Network.Everything) plug.Membership.ControllerOpened(joining);
    }

    private void Stop(NodeChangeTeller tell)
    {
        var added = _change?.Added ?? NodeId.None;
        End();
        tell(NodeChangeStatus.Done, added, null);
    }

    /// <summary>Ends what is under way and the listening; steps that were planned do not happen.</summary>
    private void End()
    {
        if (_change is { FailsWhenStopped: true } ended) ended.Tell(NodeChangeStatus.Failed, NodeId.None, null);
        Forget();
    }

    private void Match()
    {
        if (_change is not { IsTaken: false } change || Network.Everything.FirstOrDefault(change.Takes) is not { } plug) return;
        change.IsTaken = true;
        Step(change, () =>
        {
            change.Tell(NodeChangeStatus.NodeFound, NodeId.None, null);
            Step(change, () => change.Run(change, plug));
        });
    }

    private void Include(NodeChange change, SimulatedNode plug)
    {
        if (_module.Faults.Strikes(SimulatedFaults.Fault.FailedInclusion) || Network.NextFreeId() is not { } id)
        {
            Fail(change, plug);
            return;
        }

        change.Tell(NodeChangeStatus.EndNode, id, plug.Information);
        Step(change, () =>
        {
            Network.Join(plug, id, change.IsSmartStart);
            _module.FailedNodes.Remove(id);
            change.Added = id;
            change.Tell(NodeChangeStatus.ProtocolDone, id, null);
        });
    }

    private void Exclude(NodeChange change, SimulatedNode plug)
    {
        if (_module.Faults.Strikes(SimulatedFaults.Fault.FailedInclusion))
        {
            Fail(change, plug);
            return;
        }

        // A plug of another network has a node id there, not here. Of what it can do only its device classes are told.
        var id = plug.Id;
        change.Tell(NodeChangeStatus.EndNode, id, plug.Information with { Supported = [], Controlled = null });
        Step(change, () =>
        {
            Network.Leave(plug);
            _module.FailedNodes.Remove(id);
            Forget();
            change.Tell(NodeChangeStatus.Done, id, null);
        });
    }

    private void PutInto(NodeChange change, SimulatedNode plug, NodeId id)
    {
        if (_module.Faults.Strikes(SimulatedFaults.Fault.FailedInclusion))
        {
            Fail(change, plug);
            return;
        }

        Network.Remove(id);
        Network.Join(plug, id, isSmartStarted: false);
        _module.FailedNodes.Remove(id);
        Forget();
        change.Tell(NodeChangeStatus.Done, id, null);
    }

    private void Fail(NodeChange change, SimulatedNode plug)
    {
        plug.Membership.EndLearning();
        Forget();
        change.Tell(NodeChangeStatus.Failed, NodeId.None, null);
    }

    /// <summary>Something that happens a frame later, unless the change was stopped meanwhile.</summary>
    private void Step(NodeChange change, Action action) => Network.Travel(() =>
    {
        if (_change == change) action();
    });

    private void Primed(SimulatedNode plug)
    {
        Match();
        if (!_listensForSmartStart || plug.Membership.HomeIds is not { } homeIds) return;
        _module.Tell(new ApplicationUpdateRequest(ApplicationUpdateStatus.SmartStartPrime)
        {
            NodeId = NodeId.None,
            ReceiveStatus = ReceiveStatus.None,
            NwiHomeId = homeIds.Nwi,
            NodeInformation = plug.Information,
        });
    }

    private void Tell(byte callbackId, ISerialMessage callback)
    {
        if (!_module.Faults.Strikes(SimulatedFaults.Fault.LostInclusionCallback)) _module.CallBack(callbackId, callback);
    }

    private delegate void NodeChangeTeller(NodeChangeStatus status, NodeId node, NodeInformation? information);

    /// <summary>One inclusion, exclusion or replacement.</summary>
    /// <param name="takes">Whether a plug is what it waits for.</param>
    /// <param name="run">What happens to the plug that was found.</param>
    private sealed class NodeChange(NodeChangeTeller tell, Func<SimulatedNode, bool> takes, Action<NodeChange, SimulatedNode> run)
    {
        public NodeChangeTeller Tell => tell;

        public Func<SimulatedNode, bool> Takes => takes;

        public Action<NodeChange, SimulatedNode> Run => run;

        /// <summary>A plug was found; no second one is taken.</summary>
        public bool IsTaken { get; set; }

        /// <summary>The id of the plug that is in the network now, while the host has not stopped the inclusion.</summary>
        public NodeId Added { get; set; }

        /// <summary>Stopping it is told to its own callback, too.</summary>
        public bool FailsWhenStopped { get; init; }

        /// <summary>By its DSK, not by its button.</summary>
        public bool IsSmartStart { get; init; }
    }
}
