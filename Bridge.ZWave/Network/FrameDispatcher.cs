using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Takes the frames nobody asked for from the session's loop to the network's. Decoded at once, because the width of node ids may be another one
/// a moment later; handled later, because the session must go on acknowledging.
/// </summary>
internal sealed class FrameDispatcher(
    NetworkContext context, CommandReceiver receiver, NodeModel model, NodeInformationSource nodeInformation, NodeLiveness liveness,
    NetworkSupervisor supervisor)
{
    /// <summary>Frames that may wait for the network's loop; more are dropped and counted (a line at 115200 baud never gets there).</summary>
    public const int MaximumWaiting = 2048;

    private int _waiting;

    /// <summary>Called on the session's loop.</summary>
    public void OnFrame(DataFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        // The module was reset: it has forgotten the wide node ids, and the next frame may already be on its way.
        if (frame.Function == SerialApiStarted.Id) context.Session.NodeIdWidth = NodeIdWidth.Bits8;
        if (frame.Type != FrameType.Request) return;
        var error = FunctionRegistry.TryDecode(frame.Function, MessageKind.ModuleRequest, frame.Payload.Span, context.Session.NodeIdWidth, out var message);
        if (error == DecodeError.None && message is not null)
        {
            if (Interlocked.Increment(ref _waiting) > MaximumWaiting)
            {
                Interlocked.Decrement(ref _waiting);
                context.Counters.NoteFrameDropped();
                return;
            }

            context.Loop.Post(() => Take(message));
            return;
        }

        context.Logger.FrameIgnored(frame.Function, error, Hex.Spaced(frame.Payload.Span));
    }

    private void Take(ISerialMessage message)
    {
        Interlocked.Decrement(ref _waiting);
        try
        {
            switch (message)
            {
                case IReceivedCommand command:
                    receiver.Receive(command);
                    break;
                case ApplicationUpdateRequest update:
                    TakeUpdate(update);
                    break;
                case SerialApiStartedRequest started:
                    supervisor.OnControllerStarted(started);
                    break;
            }
        }
        catch (Exception exception)
        {
            context.Logger.WorkFault(exception, message.GetType().Name);
        }
    }

    private void TakeUpdate(ApplicationUpdateRequest update)
    {
        switch (update.Status)
        {
            case ApplicationUpdateStatus.NodeInformationReceived:
                if (update.NodeId is not { } id || context.FindNode(id) is not { } node) return;
                liveness.Seen(node);
                if (update.NodeInformation is { } information) model.Apply(node, information);
                nodeInformation.Offer(id, isInformation: true);
                break;
            case ApplicationUpdateStatus.NodeInformationRequestFailed:
                nodeInformation.Offer(NodeId.None, isInformation: false);
                break;
            case ApplicationUpdateStatus.NodeAdded or ApplicationUpdateStatus.NodeRemoved:
                // Another controller changed the network: read the list again.
                supervisor.RequestRestart("the list of nodes changed");
                break;
            case ApplicationUpdateStatus.SmartStartPrime or ApplicationUpdateStatus.SmartStartLongRangePrime or ApplicationUpdateStatus.SmartStartIncludedNode:
                context.OnSmartStart(update);
                break;
        }
    }
}
