using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Brings the module into the state we work in and learns who it is: the order of the Serial API reference, section 3. Everything a reset makes
/// the module forget is set again each time. Belongs to the network's loop.
/// </summary>
internal sealed class ControllerStartup(NetworkContext context, bool useSoftReset, bool hasKeys)
{
    private const int MaximumVersionQuestions = 10;
    private const byte GenericStaticController = 0x02;
    private const byte SpecificGateway = 0x07;
    private static readonly TimeSpan s_ackTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_byteTimeout = TimeSpan.FromMilliseconds(150);

    /// <summary>The classes we tell nodes that we support: those <see cref="OwnDevice"/> and the receiver answer.</summary>
    internal static readonly CommandClassId[] OwnClasses =
    [
        ZWavePlusInfoCommandClass.Id, ApplicationStatusCommandClass.Id, SupervisionCommandClass.Id,
        ManufacturerSpecificCommandClass.Id, VersionCommandClass.Id, TimeCommandClass.Id,
    ];

    /// <summary>The same with what keys make possible.</summary>
    internal static IReadOnlyList<CommandClassId> ClassesOf(bool hasKeys) => hasKeys ? s_classesWithKeys : OwnClasses;

    private static readonly CommandClassId[] s_classesWithKeys =
        [OwnClasses[0], Security0CommandClass.Id, Security2CommandClass.Id, TransportServiceCommandClass.Id, .. OwnClasses[1..]];

    // Without these nothing can be sent or received.
    private static readonly FunctionId[] s_needed =
        [GetInitData.Id, GetVersion.Id, MemoryGetId.Id, GetNodeProtocolInfo.Id, RequestNodeInfo.Id];

    private TaskCompletionSource? _started;

    /// <summary>The module said that it started. True when we waited for that.</summary>
    public bool OfferStarted() => _started?.TrySetResult() ?? false;

    /// <summary>Runs the whole startup.</summary>
    /// <exception cref="ZWaveException">The module does not answer, or lacks a function nothing works without.</exception>
    public async Task<ControllerIdentity> RunAsync(bool isAfterReset, CancellationToken cancellationToken)
    {
        var session = context.Session;
        session.NodeIdWidth = NodeIdWidth.Bits8;
        var capabilities = await session.RequestAsync<GetSerialApiCapabilitiesResponse>(new GetSerialApiCapabilitiesRequest(), cancellationToken);
        var functions = capabilities.FunctionIds.ToHashSet();
        RefuseUnusable(functions);
        if (useSoftReset && !isAfterReset && functions.Contains(SoftReset.Id)) await ResetAsync(cancellationToken);
        if (functions.Contains(SetSerialApiTimeouts.Id))
        {
            await session.RequestAsync<SetSerialApiTimeoutsResponse>(new SetSerialApiTimeoutsRequest(s_ackTimeout, s_byteTimeout), cancellationToken);
        }

        var setup = functions.Contains(SerialApiSetup.Id) ? await SetUpAsync(functions, cancellationToken) : new Setup();
        var version = await session.RequestAsync<GetVersionResponse>(new GetVersionRequest(), cancellationToken);
        var protocol = functions.Contains(GetProtocolVersion.Id)
            ? await session.RequestAsync<GetProtocolVersionResponse>(new GetProtocolVersionRequest(), cancellationToken)
            : null;
        var id = await session.RequestAsync<MemoryGetIdResponse>(new MemoryGetIdRequest(), cancellationToken);
        var role = functions.Contains(GetControllerCapabilities.Id)
            ? await session.RequestAsync<GetControllerCapabilitiesResponse>(new GetControllerCapabilitiesRequest(), cancellationToken)
            : null;
        var suc = functions.Contains(GetSucNodeId.Id)
            ? await session.RequestAsync<GetSucNodeIdResponse>(new GetSucNodeIdRequest(), cancellationToken)
            : null;
        var data = await session.RequestAsync<GetInitDataResponse>(new GetInitDataRequest(), cancellationToken);
        IReadOnlyList<NodeId> longRange = setup.Width == NodeIdWidth.Bits16 ? await LongRangeNodesAsync(cancellationToken) : [];
        if (functions.Contains(SetApplicationNodeInformation.Id))
        {
            await session.SendAsync(
                new SetApplicationNodeInformationRequest(
                    DeviceOptions.Listening, GenericStaticController, SpecificGateway, ClassesOf(hasKeys)), cancellationToken);
        }

        return new ControllerIdentity
        {
            HomeId = id.HomeId,
            NodeId = id.NodeId,
            LibraryVersion = version.LibraryVersion,
            LibraryType = version.LibraryType,
            ProtocolVersion = protocol is null ? null : string.Create(CultureInfo.InvariantCulture, $"{protocol.Major}.{protocol.Minor}.{protocol.Patch}"),
            ApiVersion = capabilities.ApiVersion,
            ApiRevision = capabilities.ApiRevision,
            ManufacturerId = capabilities.ManufacturerId,
            ProductTypeId = capabilities.ProductTypeId,
            ProductId = capabilities.ProductId,
            Functions = functions,
            ChipType = data.ChipType,
            MaximumPayload = setup.MaximumPayload,
            MaximumLongRangePayload = setup.MaximumLongRangePayload,
            NodeIdWidth = setup.Width,
            SucNodeId = suc?.SucNodeId ?? NodeId.None,
            IsPrimary = role is null || !role.Capabilities.HasFlag(ControllerCapabilities.Secondary),
            // The library type alone does not tell: some firmware of this type lacks the function.
            IsBridge = version.LibraryType == GetVersionResponse.BridgeController && functions.Contains(SendDataBridge.Id),
            NodeIds = [.. data.NodeIds, .. longRange],
        };
    }

    private static void RefuseUnusable(HashSet<FunctionId> functions)
    {
        var missing = s_needed.Where(needed => !functions.Contains(needed)).ToList();
        if (!functions.Contains(SendData.Id) && !functions.Contains(SendDataBridge.Id)) missing.Add(SendData.Id);
        if (missing.Count == 0) return;
        var names = string.Join(", ", missing.Select(static id => $"{FunctionRegistry.Find(id)?.Name} ({id})"));
        throw new ZWaveException(ZWaveErrorCode.NotSupported, "this firmware cannot be used as a controller, it lacks " + names);
    }

    // 700 and 800 series say that they started; 500 series say nothing and are asked until they answer; a USB stick may vanish and come back,
    // which the session hides.
    private async Task ResetAsync(CancellationToken cancellationToken)
    {
        var session = context.Session;
        var started = _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            session.ExpectDamagedAck();
            await session.SendAsync(new SoftResetRequest(), cancellationToken);
            if (await context.IsFirstAsync(started.Task, context.Timeouts.SoftReset, cancellationToken)) return;
        }
        catch (ZWaveException exception) when (exception.Code is ZWaveErrorCode.LinkLost or ZWaveErrorCode.AckTimeout)
        {
            context.Logger.ResetWithoutAnswer(exception.Message);
        }
        finally
        {
            _started = null;
        }

        for (var question = 1; ; question++)
        {
            try
            {
                await session.RequestAsync<GetVersionResponse>(new GetVersionRequest(), cancellationToken);
                return;
            }
            catch (ZWaveException) when (question < MaximumVersionQuestions)
            {
                await context.DelayAsync(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    private async Task<Setup> SetUpAsync(HashSet<FunctionId> functions, CancellationToken cancellationToken)
    {
        var result = new Setup();
        var supported = await AskAsync(SerialApiSetupRequest.Get(SerialApiSetupSubCommand.GetSupported), cancellationToken);
        if (supported.Supports(SerialApiSetupSubCommand.SetTransmitStatusReport))
        {
            await AskAsync(SerialApiSetupRequest.SetTransmitStatusReport(true), cancellationToken);
        }

        if (supported.Supports(SerialApiSetupSubCommand.GetMaximumPayloadSize)
            && (await AskAsync(SerialApiSetupRequest.Get(SerialApiSetupSubCommand.GetMaximumPayloadSize), cancellationToken))
                .MaximumPayloadSize is { } size and > 0)
        {
            result = result with { MaximumPayload = size, MaximumLongRangePayload = size };
        }

        if (!supported.Supports(SerialApiSetupSubCommand.SetNodeIdBaseType) || !functions.Contains(GetLongRangeNodes.Id)) return result;
        if (supported.Supports(SerialApiSetupSubCommand.GetMaximumLongRangePayloadSize)
            && (await AskAsync(SerialApiSetupRequest.Get(SerialApiSetupSubCommand.GetMaximumLongRangePayloadSize), cancellationToken))
                .MaximumPayloadSize is { } longRange and > 0)
        {
            result = result with { MaximumLongRangePayload = longRange };
        }

        // The width changes with the answer: nothing else may be under way.
        if (!(await AskAsync(SerialApiSetupRequest.SetNodeIdBaseType(NodeIdWidth.Bits16), cancellationToken)).IsAccepted) return result;
        context.Session.NodeIdWidth = NodeIdWidth.Bits16;
        return result with { Width = NodeIdWidth.Bits16 };
    }

    private Task<SerialApiSetupResponse> AskAsync(SerialApiSetupRequest request, CancellationToken cancellationToken) =>
        context.Session.RequestAsync<SerialApiSetupResponse>(request, cancellationToken);

    private async Task<IReadOnlyList<NodeId>> LongRangeNodesAsync(CancellationToken cancellationToken)
    {
        List<NodeId> nodes = [];
        for (byte segment = 0; segment < byte.MaxValue; segment++)
        {
            var response = await context.Session.RequestAsync<GetLongRangeNodesResponse>(new GetLongRangeNodesRequest(segment), cancellationToken);
            nodes.AddRange(response.NodeIds);
            if (!response.MoreNodes) break;
        }

        return nodes;
    }

    private sealed record Setup
    {
        private const int UsualPayload = 46;

        public int MaximumPayload { get; init; } = UsualPayload;

        public int MaximumLongRangePayload { get; init; } = UsualPayload;

        public NodeIdWidth Width { get; init; } = NodeIdWidth.Bits8;
    }
}
