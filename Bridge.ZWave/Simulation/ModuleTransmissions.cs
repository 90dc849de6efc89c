using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// The functions that send: one transmission at a time, RES, then the radio, then the callback, then what the plugs answer; and what plugs say unasked.
/// </summary>
internal sealed class ModuleTransmissions(SimulatedModule module) : ISimulatedFunctions
{
    private static readonly Rssi s_signal = new(-53);
    private static readonly Rssi s_noise = new(-98);

    private Transmission? _underWay;

    public IEnumerable<FunctionId> Ids => module.Options.IsBridge
        ? [SendNodeInformation.Id, SendDataAbort.Id, SendTestFrame.Id, BridgeApplicationCommand.Id, SendDataBridge.Id, SendDataMulticastBridge.Id]
        : [SendNodeInformation.Id, SendData.Id, SendDataMulticast.Id, SendDataAbort.Id, SendTestFrame.Id, ApplicationCommand.Id];

    public bool Handle(ISerialMessage request)
    {
        switch (request)
        {
            case SendDataRequest send:
                Begin(
                    new([send.DestinationNodeId], send.Command, send.CallbackId, (status, report) => new SendDataCallback
                    {
                        CallbackId = send.CallbackId,
                        TransmitStatus = status,
                        Report = report,
                    }),
                    SendDataResponse.Accepted,
                    SendDataResponse.Refused);
                return true;
            case SendDataBridgeRequest send:
                Begin(
                    new([send.DestinationNodeId], send.Command, send.CallbackId, (status, report) => new SendDataBridgeCallback
                    {
                        CallbackId = send.CallbackId,
                        TransmitStatus = status,
                        Report = report,
                    }),
                    SendDataBridgeResponse.Accepted,
                    SendDataBridgeResponse.Refused);
                return true;
            case SendDataMulticastRequest send:
                Begin(
                    new(send.DestinationNodeIds, send.Command, send.CallbackId, (status, _) => new SendDataMulticastCallback
                    {
                        CallbackId = send.CallbackId,
                        TransmitStatus = status,
                    }, IsMulticast: true),
                    SendDataMulticastResponse.Accepted,
                    SendDataMulticastResponse.Refused);
                return true;
            case SendDataMulticastBridgeRequest send:
                Begin(
                    new(send.DestinationNodeIds, send.Command, send.CallbackId, (status, _) => new SendDataMulticastBridgeCallback
                    {
                        CallbackId = send.CallbackId,
                        TransmitStatus = status,
                    }, IsMulticast: true),
                    SendDataMulticastBridgeResponse.Accepted,
                    SendDataMulticastBridgeResponse.Refused);
                return true;
            case SendTestFrameRequest test:
                Begin(
                    new([test.NodeId], new byte[1], test.CallbackId, (status, _) => new SendTestFrameCallback
                    {
                        CallbackId = test.CallbackId,
                        TransmitStatus = status,
                    }),
                    SendTestFrameResponse.Accepted,
                    SendTestFrameResponse.Refused);
                return true;
            case SendNodeInformationRequest information:
                module.Respond(SendNodeInformationResponse.Accepted);
                module.Network.Travel(() => module.CallBack(information.CallbackId, new SendNodeInformationCallback { CallbackId = information.CallbackId }));
                return true;
            case SendDataAbortRequest:
                if (_underWay is { } aborted) End(aborted, TransmitStatus.NoAcknowledgement, module.Network.Agenda.Now);
                return true;
            default: return false;
        }
    }

    /// <summary>A command of a plug reached the controller.</summary>
    public void Hear(NodeId source, ReadOnlyMemory<byte> command, ReceiveStatus status)
    {
        if (!module.IsReceiving || module.Faults.Strikes(SimulatedFaults.Fault.LostReport)) return;
        if (module.Options.IsBridge) module.Tell(new BridgeApplicationCommandRequest(status, module.Network.ControllerNodeId, source, command, null, s_signal));
        else module.Tell(new ApplicationCommandRequest(status, source, command, s_signal));
    }

    /// <summary>The module restarts: the transmission under way has no end any more.</summary>
    public void Forget() => _underWay = null;

    private void Begin(Transmission transmission, ISerialMessage accepted, ISerialMessage refused)
    {
        var isTooLong = transmission.Command.Length > module.Options.MaximumPayload || transmission.Command.Length == 0;
        if (_underWay is not null || isTooLong || module.Faults.Strikes(SimulatedFaults.Fault.RefusedTransmission))
        {
            module.Respond(refused);
            return;
        }

        _underWay = transmission;
        module.Respond(accepted);
        if (module.Faults.Strikes(SimulatedFaults.Fault.HeldCallback)) return;
        var began = module.Network.Agenda.Now;
        module.Network.Travel(() =>
        {
            if (_underWay != transmission) return;
            var to = transmission.Destinations.Count == 0 ? NodeId.None : transmission.Destinations[0];
            if (module.Faults.FailsTransmission(to, out var failure)) End(transmission, failure, began);
            else if (transmission.IsMulticast || to == NodeId.Broadcast) DeliverToMany(transmission, began);
            else Deliver(transmission, to, began);
        });
    }

    private void DeliverToMany(Transmission transmission, TimeSpan began)
    {
        End(transmission, TransmitStatus.Ok, began);
        if (transmission.IsMulticast) module.Network.TransmitToAll(transmission.Destinations, transmission.Command);
        else module.Network.Transmit(NodeId.Broadcast, transmission.Command);
    }

    private void Deliver(Transmission transmission, NodeId to, TimeSpan began)
    {
        // A frame to itself is acknowledged and goes nowhere.
        var isHeard = to == module.Network.ControllerNodeId || module.Living(to) is not null;
        if (isHeard) module.FailedNodes.Remove(to);
        else module.FailedNodes.Add(to);
        // The acknowledgement is there before the answer.
        End(transmission, isHeard ? TransmitStatus.Ok : TransmitStatus.NoAcknowledgement, began);
        module.Network.Transmit(to, transmission.Command);
    }

    private void End(Transmission transmission, TransmitStatus status, TimeSpan began)
    {
        _underWay = null;
        if (module.Faults.Strikes(SimulatedFaults.Fault.LostCallback)) return;
        var report = module.ReportsTransmissions ? Report(transmission, status, module.Network.Agenda.Now - began) : null;
        module.CallBack(transmission.CallbackId, transmission.Callback(status, report));
    }

    private TransmitReport Report(Transmission transmission, TransmitStatus status, TimeSpan took)
    {
        var to = transmission.Destinations.Count == 0 ? NodeId.None : transmission.Destinations[0];
        var isHeard = status == TransmitStatus.Ok;
        NodeId[] route = isHeard && to.IsClassic ? [.. module.Network.Reach.RouteBetween(module.Network.ControllerNodeId, to)] : [];
        byte Repeater(int index) => index < route.Length ? (byte)route[index].Value : (byte)0;
        return new()
        {
            TransmitTicks = (ushort)Math.Clamp(took.TotalMilliseconds / 10, 0, ushort.MaxValue),
            RepeaterCount = (byte)route.Length,
            AckRssi = isHeard ? s_signal : Rssi.NotAvailable,
            AckRepeaterRssi = [.. Enumerable.Range(0, Repeaters.Maximum).Select(index => index < route.Length ? s_signal : Rssi.NotAvailable)],
            RouteScheme = route.Length == 0 ? RouteScheme.Direct : RouteScheme.LastWorkingRoute,
            LastRouteRepeaters = new(Repeater(0), Repeater(1), Repeater(2), Repeater(3)),
            LastRouteSpeed = RouteSpeed.Kbit100,
            RoutingAttempts = 1,
            LastFailedLinkFrom = isHeard ? (byte)0 : (byte)module.Network.ControllerNodeId.Value,
            LastFailedLinkTo = isHeard || !to.IsClassic ? (byte)0 : (byte)to.Value,
            TransmitPowerDbm = 0,
            MeasuredNoiseFloor = s_noise,
        };
    }

    private sealed record Transmission(
        IReadOnlyList<NodeId> Destinations,
        ReadOnlyMemory<byte> Command,
        byte CallbackId,
        Func<TransmitStatus, TransmitReport?, ISerialMessage> Callback,
        bool IsMulticast = false);
}
