using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Takes commands from the queue and hands them to the module, one after another: it has a single transmit slot. Repeats what was not sent or
/// not acknowledged, later commands of other nodes going first meanwhile. Belongs to the network's loop.
/// </summary>
internal sealed class CommandSender : IDisposable
{
    private const int MaximumNotSentAttempts = 5;
    private const int LostCallbacksBeforeReset = 3;
    private const int CollisionsBeforeReset = 3;
    private const int TransmitTimeMargin = 20;

    // Not a status of the protocol: the callback never came.
    private const TransmitStatus NoCallback = (TransmitStatus)0xFF;

    // Nor is this: the module was sending itself whenever it was offered the command. The line waited between the tries.
    private const TransmitStatus Collided = (TransmitStatus)0xFE;

    private readonly NetworkContext _context;
    private readonly DatagramTransmission _datagrams;
    private readonly ITimer _timer;
    private int _lostCallbacks;
    private int _collisions;
    private bool _isPumping;
    private bool _isStopped = true;

    public CommandSender(NetworkContext context)
    {
        _context = context;
        _datagrams = new(context, TransmitFrameAsync);
        _timer = context.Time.CreateTimer(_ => context.Loop.Post(Wake), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A node acknowledged (true) or did not after every try (false).</summary>
    public event Action<Node, bool>? NodeAnswered;

    /// <summary>The module took several transmissions in a row and never said how they ended: it has to be reset.</summary>
    public event Action? ControllerHangs;

    /// <summary>Queues a command. Its outcome comes through the item.</summary>
    public Task<SendOutcome> Send(SendItem item)
    {
        if (_isStopped) item.Complete(SendOutcome.LinkLost);
        else _context.Queue.Add(item);
        Wake();
        return item.Completion;
    }

    /// <summary>The module is there: send what waits.</summary>
    public void Start()
    {
        _isStopped = false;
        Wake();
    }

    /// <summary>The module is gone: everything that waits is given up, so that nothing is switched late.</summary>
    public void Stop(SendOutcome outcome)
    {
        _isStopped = true;
        _context.Queue.Clear(null, outcome);
    }

    public void Wake()
    {
        if (!_isPumping && !_isStopped) _ = PumpAsync();
    }

    /// <summary>A node answered to segments of ours.</summary>
    public void OnSegmentAnswer(NodeId node, ICommand answer) => _datagrams.OnAnswer(node, answer);

    public void Dispose() => _timer.Dispose();

    private async Task PumpAsync()
    {
        _isPumping = true;
        try
        {
            while (!_isStopped)
            {
                var item = _context.Queue.Take(_context.Time.GetTimestamp(), out var dueAt);
                if (item is not null)
                {
                    await TransmitAsync(item);
                    continue;
                }

                if (dueAt is { } due) _timer.Change(Later(due), Timeout.InfiniteTimeSpan);
                return;
            }
        }
        catch (Exception exception)
        {
            // A fault of ours, not of the wire: say it loudly and go on with the next command.
            _context.Logger.SenderFault(exception);
        }
        finally
        {
            _isPumping = false;
        }
    }

    private TimeSpan Later(long due)
    {
        var pause = _context.Time.GetElapsedTime(_context.Time.GetTimestamp(), due);
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    private async Task TransmitAsync(SendItem item)
    {
        if (_context.FindNode(item.Node) is not { } node || _context.Identity is not { } identity)
        {
            item.Complete(SendOutcome.NoAcknowledgement);
            return;
        }

        var bytes = item.WrappedBytes ?? Wrap(node, item);
        var isTooLong = bytes.Length > (item.Node.IsLongRange ? identity.MaximumLongRangePayload : identity.MaximumPayload);
        if (isTooLong && !DatagramTransmission.CanReach(node))
        {
            item.Complete(SendOutcome.TooLong);
            return;
        }

        item.BlockForAnswer(_context.Queue);
        try
        {
            var status = isTooLong ? await _datagrams.SendAsync(node, bytes) : await TransmitFrameAsync(node, bytes);
            // Stopped meanwhile: what would be tried again is given up like everything that waited.
            if (_isStopped && status is not (TransmitStatus.Ok or TransmitStatus.Verified))
            {
                throw new ZWaveException(ZWaveErrorCode.LinkLost, "the controller is not there");
            }

            Conclude(node, item, status);
        }
        catch (ZWaveException)
        {
            // Given up on the way: the stick is gone or forgot the request. Nothing is sent late.
            item.ReleaseAnswer(_context.Queue);
            item.Complete(SendOutcome.LinkLost);
        }
    }

    // Throws when the line is lost; everything else is a status.
    private async Task<TransmitStatus> TransmitFrameAsync(Node node, ReadOnlyMemory<byte> bytes)
    {
        if (_context.Identity is not { } identity) throw new ZWaveException(ZWaveErrorCode.LinkLost, "the controller is not there");
        var limit = CallbackLimit(node);
        var began = _context.Time.GetTimestamp();
        try
        {
            var status = identity.IsBridge
                ? (await _context.Session.TransactAsync<SendDataBridgeCallback>(
                    new SendDataBridgeRequest(identity.NodeId, node.Id, bytes), null, limit, CancellationToken.None)).TransmitStatus
                : (await _context.Session.TransactAsync<SendDataCallback>(
                    new SendDataRequest(node.Id, bytes), null, limit, CancellationToken.None)).TransmitStatus;
            _lostCallbacks = 0;
            _collisions = 0;
            if (status is TransmitStatus.Ok or TransmitStatus.Verified) NoteTransmitTime(node, _context.Time.GetElapsedTime(began));
            // Perhaps we gave up too early on a node that has to be reached by another route now: the next try has all the time there is.
            else node.TransmitTime = TimeSpan.Zero;
            return status;
        }
        catch (ZWaveException exception) when (exception.Code is ZWaveErrorCode.CallbackTimeout or ZWaveErrorCode.AbortIgnored)
        {
            // The module never said how it ended. The command is sent again (all that we send may be carried out twice), and a module that keeps
            // silent is reset.
            _context.Logger.TransmitFailed(node.Id.Value, exception.Code);
            node.TransmitTime = TimeSpan.Zero;
            if (++_lostCallbacks >= LostCallbacksBeforeReset) ControllerHangs?.Invoke();
            return NoCallback;
        }
        catch (ZWaveException exception) when (exception.Code == ZWaveErrorCode.CanReceived)
        {
            _context.Logger.TransmitFailed(node.Id.Value, exception.Code);
            if (++_collisions >= CollisionsBeforeReset) ControllerHangs?.Invoke();
            return Collided;
        }
        catch (ZWaveException exception) when (exception.Code is not (ZWaveErrorCode.LinkLost or ZWaveErrorCode.Cancelled or ZWaveErrorCode.ControllerReset))
        {
            _context.Logger.TransmitFailed(node.Id.Value, exception.Code);
            return TransmitStatus.Fail;
        }
    }

    // A node that is reached in milliseconds is not waited for half a minute when a callback gets lost.
    private TimeSpan CallbackLimit(Node node)
    {
        if (node.Status != NodeStatus.Alive || node.TransmitTime == TimeSpan.Zero) return _context.Timeouts.LongestTransmission;
        var limit = node.TransmitTime * TransmitTimeMargin;
        return limit < _context.Timeouts.ShortestTransmission ? _context.Timeouts.ShortestTransmission
            : limit > _context.Timeouts.LongestTransmission ? _context.Timeouts.LongestTransmission : limit;
    }

    private static void NoteTransmitTime(Node node, TimeSpan elapsed) =>
        node.TransmitTime = node.TransmitTime == TimeSpan.Zero ? elapsed : (node.TransmitTime * 0.75) + (elapsed * 0.25);

    private void Conclude(Node node, SendItem item, TransmitStatus status)
    {
        if (status is not (TransmitStatus.Ok or TransmitStatus.Verified)) item.ReleaseAnswer(_context.Queue);
        switch (status)
        {
            case TransmitStatus.Ok or TransmitStatus.Verified:
                node.Counters.CommandsSent++;
                NodeAnswered?.Invoke(node, true);
                item.Complete(SendOutcome.Acknowledged);
                break;
            // A node that is dead already is tried once: whoever commands it gets the answer at once.
            case TransmitStatus.NoAcknowledgement when node.Status != NodeStatus.Dead && ++item.Attempts < item.MaximumAttempts:
                _context.Queue.PutBack(item, After(_context.Timeouts.NoAcknowledgementPause));
                break;
            case TransmitStatus.NoAcknowledgement:
                node.Counters.CommandsFailed++;
                NodeAnswered?.Invoke(node, false);
                item.Complete(SendOutcome.NoAcknowledgement);
                break;
            // Nothing is gained by waiting any longer.
            case NoCallback or Collided when ++item.NotSentAttempts < MaximumNotSentAttempts:
                _context.Queue.PutBack(item, _context.Time.GetTimestamp());
                break;

            // Not sent, routing busy, no route: says nothing about the node.
            default:
                var pause = _context.Timeouts.NotSentPause * (1 << item.NotSentAttempts);
                if (++item.NotSentAttempts < MaximumNotSentAttempts) _context.Queue.PutBack(item, After(pause));
                else item.Complete(SendOutcome.NotSent);
                break;
        }
    }

    private long After(TimeSpan pause) => _context.Time.GetTimestamp() + (long)(pause.TotalSeconds * _context.Time.TimestampFrequency);

    private static ReadOnlyMemory<byte> Wrap(Node node, SendItem item)
    {
        var endpoint = node.FindEndpoint(item.Endpoint) ?? node.Root;
        var context = new CodecContext(endpoint.VersionOf(item.Command.Id.CommandClass));
        return Wrapping.Wrap(item.Command, context, new EnvelopeOptions
        {
            Destination = item.Endpoint,
            SupervisionSession = item.SupervisionSession,
            SupervisionStatusUpdates = item.SupervisionSession is not null,
            MultiInstance = node.Root.Supports(MultiChannelCommandClass.Id) && node.Root.KnowsVersionOf(MultiChannelCommandClass.Id)
                && node.Root.VersionOf(MultiChannelCommandClass.Id) == 1,
        });
    }
}
