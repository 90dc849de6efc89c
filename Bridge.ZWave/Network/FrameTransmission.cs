using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;

namespace Bridge.ZWave.Network;

/// <summary>
/// Hands frames to the module, one at a time, and waits for as long as the node makes likely. A module that keeps silent is told about.
/// Belongs to the network's loop.
/// </summary>
internal sealed class FrameTransmission(NetworkContext context)
{
    /// <summary>Not a status of the protocol: the callback never came.</summary>
    public const TransmitStatus NoCallback = (TransmitStatus)0xFF;

    /// <summary>Nor is this: the module was sending itself whenever it was offered the command. The line waited between the tries.</summary>
    public const TransmitStatus Collided = (TransmitStatus)0xFE;

    private const int LostCallbacksBeforeReset = 3;
    private const int CollisionsBeforeReset = 3;
    private const int TransmitTimeMargin = 20;

    private int _lostCallbacks;
    private int _collisions;

    /// <summary>The module took several transmissions in a row and never said how they ended: it has to be reset.</summary>
    public event Action? ControllerHangs;

    /// <summary>Sends a frame; how that ended is a status, also where the module never said.</summary>
    /// <param name="isConfidential">The bytes are not for the log.</param>
    /// <exception cref="ZWaveException">The line is lost, or the module forgot the request.</exception>
    public async Task<TransmitStatus> SendAsync(Node node, ReadOnlyMemory<byte> bytes, bool isConfidential = false)
    {
        if (context.Identity is not { } identity) throw new ZWaveException(ZWaveErrorCode.LinkLost, "the controller is not there");
        var limit = CallbackLimit(node);
        var began = context.Time.GetTimestamp();
        try
        {
            ITransmitCallback callback = identity.IsBridge
                ? await context.Session.TransactAsync<SendDataBridgeCallback>(
                    new SendDataBridgeRequest(identity.NodeId, node.Id, bytes) { IsConfidential = isConfidential }, null, limit, default)
                : await context.Session.TransactAsync<SendDataCallback>(
                    new SendDataRequest(node.Id, bytes) { IsConfidential = isConfidential }, null, limit, default);
            var status = callback.TransmitStatus;
            node.Statistics.Note(status, callback.Report);
            _lostCallbacks = 0;
            _collisions = 0;
            if (status is TransmitStatus.Ok or TransmitStatus.Verified) NoteTransmitTime(node, context.Time.GetElapsedTime(began));
            // Perhaps we gave up too early on a node that has to be reached by another route now: the next try has all the time there is.
            else node.TransmitTime = TimeSpan.Zero;
            return status;
        }
        catch (ZWaveException exception) when (exception.Code is ZWaveErrorCode.CallbackTimeout or ZWaveErrorCode.AbortIgnored)
        {
            // The module never said how it ended. The command is sent again (all that we send may be carried out twice), and a module that keeps
            // silent is reset.
            context.Logger.TransmitFailed(node.Id.Value, exception.Code);
            node.TransmitTime = TimeSpan.Zero;
            if (++_lostCallbacks >= LostCallbacksBeforeReset) ControllerHangs?.Invoke();
            return NoCallback;
        }
        catch (ZWaveException exception) when (exception.Code == ZWaveErrorCode.CanReceived)
        {
            context.Logger.TransmitFailed(node.Id.Value, exception.Code);
            if (++_collisions >= CollisionsBeforeReset) ControllerHangs?.Invoke();
            return Collided;
        }
        catch (ZWaveException exception) when (exception.Code is not (ZWaveErrorCode.LinkLost or ZWaveErrorCode.Cancelled or ZWaveErrorCode.ControllerReset))
        {
            context.Logger.TransmitFailed(node.Id.Value, exception.Code);
            return TransmitStatus.Fail;
        }
    }

    // A node that is reached in milliseconds is not waited for half a minute when a callback gets lost.
    private TimeSpan CallbackLimit(Node node)
    {
        if (node.Status != NodeStatus.Alive || node.TransmitTime == TimeSpan.Zero) return context.Timeouts.LongestTransmission;
        var limit = node.TransmitTime * TransmitTimeMargin;
        return limit < context.Timeouts.ShortestTransmission ? context.Timeouts.ShortestTransmission
            : limit > context.Timeouts.LongestTransmission ? context.Timeouts.LongestTransmission : limit;
    }

    private static void NoteTransmitTime(Node node, TimeSpan elapsed) =>
        node.TransmitTime = node.TransmitTime == TimeSpan.Zero ? elapsed : (node.TransmitTime * 0.75) + (elapsed * 0.25);
}
