using System.Security.Cryptography;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>The functions that only ask: what the module is, what its network is, what it stored about a node.</summary>
internal sealed class ModuleInformation(SimulatedModule module, Func<IReadOnlyList<FunctionId>> functions) : ISimulatedFunctions
{
    private const byte StaticController = 1;
    private const int MaximumRandom = 32;
    private const int UsualRandom = 2;
    private const byte Kbit40 = 2;
    private const byte Kbit100 = 1;
    private const byte NewestProtocol = 3;
    private const byte GenericController = 2;
    private const byte StaticControllerClass = 1;
    private const byte BasicStaticController = 2;
    private static readonly Rssi s_backgroundRssi = new(-98);

    public IEnumerable<FunctionId> Ids =>
    [
        GetInitData.Id, GetControllerCapabilities.Id, GetSerialApiCapabilities.Id, GetProtocolVersion.Id, GetVersion.Id, GetRandom.Id, MemoryGetId.Id,
        GetBackgroundRssi.Id, GetNodeProtocolInfo.Id, GetSucNodeId.Id, IsFailedNode.Id, GetLongRangeNodes.Id,
    ];

    private IEnumerable<NodeId> NodeIds => module.Network.Nodes.Select(static node => node.Id).Prepend(module.Network.ControllerNodeId);

    public bool Handle(ISerialMessage request)
    {
        var answer = Answer(request);
        if (answer is not null) module.Respond(answer);
        return answer is not null;
    }

    private ISerialMessage? Answer(ISerialMessage request)
    {
        var (network, options) = (module.Network, module.Options);
        switch (request)
        {
            case GetInitDataRequest:
                var role = module.SucNodeId == network.ControllerNodeId ? InitDataCapabilities.Sis : InitDataCapabilities.None;
                return new GetInitDataResponse(options.ApiVersion, role, [.. NodeIds], options.ChipType, 0);
            case GetControllerCapabilitiesRequest: return new GetControllerCapabilitiesResponse(Role());
            case GetSerialApiCapabilitiesRequest: return new GetSerialApiCapabilitiesResponse(options.ApiVersion, 0, 0, 0, 0, functions());
            case GetProtocolVersionRequest:
                var version = options.ProtocolVersion;
                return new GetProtocolVersionResponse(0, (byte)version.Major, (byte)version.Minor, (byte)Math.Max(version.Build, 0));
            case GetVersionRequest:
                return new GetVersionResponse(options.LibraryVersion, options.IsBridge ? GetVersionResponse.BridgeController : StaticController);
            case GetRandomRequest random:
                return new GetRandomResponse(1, RandomNumberGenerator.GetBytes(random.Count is 0 or > MaximumRandom ? UsualRandom : random.Count));
            case MemoryGetIdRequest: return new MemoryGetIdResponse(network.HomeId, network.ControllerNodeId);
            case GetBackgroundRssiRequest: return new GetBackgroundRssiResponse([s_backgroundRssi, s_backgroundRssi, s_backgroundRssi]);
            case GetNodeProtocolInfoRequest info: return ProtocolInfo(info.NodeId);
            case GetSucNodeIdRequest: return new GetSucNodeIdResponse(module.SucNodeId);
            case IsFailedNodeRequest failed: return new IsFailedNodeResponse(module.FailedNodes.Contains(failed.NodeId));
            case GetLongRangeNodesRequest longRange: return new GetLongRangeNodesResponse(false, longRange.Segment, []);
            default: return null;
        }
    }

    private ControllerCapabilities Role()
    {
        var role = ControllerCapabilities.RealPrimary;
        if (module.SucNodeId != NodeId.None) role |= ControllerCapabilities.SisPresent;
        if (module.SucNodeId == module.Network.ControllerNodeId) role |= ControllerCapabilities.Suc;
        return module.Network.Nodes.Count == 0 ? role | ControllerCapabilities.NoNodesIncluded : role;
    }

    /// <summary>All zeros for a node that is not there.</summary>
    private GetNodeProtocolInfoResponse ProtocolInfo(NodeId id)
    {
        var isController = id == module.Network.ControllerNodeId;
        var node = module.Network.Find(id);
        if (node is null && !isController) return new();
        var common = new GetNodeProtocolInfoResponse
        {
            IsListening = true,
            MaxBaudRateBits = Kbit40,
            ProtocolVersion = NewestProtocol,
            OptionalFunctionality = true,
            BeamCapability = true,
            SpecificDevice = true,
        };
        if (node is null)
        {
            return common with
            {
                IsController = true,
                SpeedExtension = Kbit100,
                BasicDeviceClass = BasicStaticController,
                GenericDeviceClass = module.Application?.GenericDeviceClass ?? GenericController,
                SpecificDeviceClass = module.Application?.SpecificDeviceClass ?? StaticControllerClass,
            };
        }

        var identity = node.Plug.Identity;
        return common with
        {
            IsRouting = true,
            RoutingEndNode = true,
            SpeedExtension = identity.Is100kCapable ? Kbit100 : (byte)0,
            BasicDeviceClass = identity.BasicDeviceClass,
            GenericDeviceClass = identity.GenericDeviceClass,
            SpecificDeviceClass = identity.SpecificDeviceClass,
        };
    }
}
