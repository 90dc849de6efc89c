using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Takes commands from the queue and hands them to the module, one after another: it has a single transmit slot. Repeats what was not sent or
/// not acknowledged, later commands of other nodes going first meanwhile. Belongs to the network's loop.
/// </summary>
internal sealed class CommandSender : IDisposable
{
    private const int MaximumNotSentAttempts = 5;

    private readonly NetworkContext _context;
    private readonly NetworkSecurity _security;
    private readonly FrameTransmission _frames;
    private readonly DatagramTransmission _datagrams;
    private readonly ITimer _timer;
    private bool _isPumping;
    private bool _isStopped = true;
    private int _holds;
    private TaskCompletionSource? _idle;

    public CommandSender(NetworkContext context, NetworkSecurity security)
    {
        _context = context;
        _security = security;
        security.Traffic.Send = Send;
        security.Traffic.Released += Wake;
        _frames = new(context);
        _datagrams = new(context, _frames);
        _timer = context.Time.CreateTimer(_ => context.Loop.Post(Wake), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A node acknowledged (true) or did not after every try (false).</summary>
    public event Action<Node, bool>? NodeAnswered;

    /// <summary>The module took several transmissions in a row and never said how they ended: it has to be reset.</summary>
    public event Action? ControllerHangs
    {
        add => _frames.ControllerHangs += value;
        remove => _frames.ControllerHangs -= value;
    }

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
        _security.Traffic.Clear();
    }

    public void Wake()
    {
        if (_isPumping || _isStopped) return;
        if (_holds == 0) _ = PumpAsync();
        else ExpireHeld();
    }

    /// <summary>
    /// Keeps everything in the queue until disposed of, for as long as the module is busy with something else. Ends when the transmission under way has ended.
    /// What waits longer than it may falls out meanwhile, as ever.
    /// </summary>
    public async Task<IDisposable> HoldAsync()
    {
        _holds++;
        if (_isPumping) await (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        return new SendingHold(this);
    }

    /// <summary>A node answered to segments of ours.</summary>
    public void OnSegmentAnswer(NodeId node, ICommand answer) => _datagrams.OnAnswer(node, answer);

    public void Dispose() => _timer.Dispose();

    private async Task PumpAsync()
    {
        _isPumping = true;
        try
        {
            while (!_isStopped && _holds == 0)
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
            _idle?.TrySetResult();
            _idle = null;
            if (_holds > 0) ExpireHeld();
        }
    }

    private void ExpireHeld()
    {
        if (_context.Queue.Expire(_context.Time.GetTimestamp()) is { } next) _timer.Change(Later(next), Timeout.InfiniteTimeSpan);
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

        var maximum = item.Node.IsLongRange ? identity.MaximumLongRangePayload : identity.MaximumPayload;
        var securityClass = item.SecurityClass ?? NetworkSecurity.ClassFor(node, item.Endpoint, item.Command.Id.CommandClass);
        var protection = MakeFrame(node, item, securityClass, maximum, out var bytes);
        if (protection == Protection.NeedsNonce)
        {
            _security.Traffic.WaitForNonce(item, securityClass);
            return;
        }

        var isTooLong = bytes.Length > maximum;
        if (protection != Protection.Done || (isTooLong && !DatagramTransmission.CanReach(node)))
        {
            item.Complete(protection == Protection.NoKey ? SendOutcome.NotSecured : SendOutcome.TooLong);
            return;
        }

        item.BlockForAnswer(_context.Queue);
        _security.Traffic.OnTransmitting(item, securityClass);
        try
        {
            var status = isTooLong
                ? await _datagrams.SendAsync(node, bytes)
                : await _frames.SendAsync(node, bytes, item.Command is IConfidentialCommand);
            // Stopped meanwhile: what would be tried again is given up like everything that waited.
            if (_isStopped && status is not (TransmitStatus.Ok or TransmitStatus.Verified))
            {
                throw new ZWaveException(ZWaveErrorCode.LinkLost, "the controller is not there");
            }

            Conclude(node, item, status, securityClass);
        }
        catch (ZWaveException)
        {
            // Given up on the way: the stick is gone or forgot the request. Nothing is sent late.
            item.ReleaseAnswer(_context.Queue);
            item.Complete(SendOutcome.LinkLost);
        }
    }

    private void Conclude(Node node, SendItem item, TransmitStatus status, SecurityClass securityClass)
    {
        if (status is not (TransmitStatus.Ok or TransmitStatus.Verified))
        {
            item.ReleaseAnswer(_context.Queue);
            _security.Traffic.OnNotAcknowledged(node.Id);
        }

        switch (status)
        {
            case TransmitStatus.Ok or TransmitStatus.Verified:
                node.Counters.CommandsSent++;
                NodeAnswered?.Invoke(node, true);
                if (item.IsFirstOfTwo)
                {
                    // The second frame goes with the nonce that the first one asked for.
                    item.ReleaseAnswer(_context.Queue);
                    item.IsSecondPart = true;
                    _security.Traffic.WaitForNonce(item, securityClass, isAsked: true);
                }
                else if (!_security.Traffic.OnAcknowledged(node, item, securityClass))
                {
                    item.Complete(SendOutcome.Acknowledged);
                }

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
            case FrameTransmission.NoCallback or FrameTransmission.Collided when ++item.NotSentAttempts < MaximumNotSentAttempts:
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

    // The plain bytes live on the stack only, and no longer than this: they may be keys.
    private Protection MakeFrame(Node node, SendItem item, SecurityClass securityClass, int maximum, out ReadOnlyMemory<byte> frame)
    {
        if (securityClass == SecurityClass.None && item.WrappedBytes is { } ready)
        {
            frame = ready;
            return Protection.Done;
        }

        Span<byte> buffer = stackalloc byte[Wrapping.MaximumLength];
        var plain = new PayloadWriter(buffer);
        if (item.WrappedBytes is { } wrapped) plain.WriteBytes(wrapped.Span);
        else Wrap(node, item, ref plain);
        if (plain.Overflowed)
        {
            frame = default;
            return Protection.TooLong;
        }

        if (securityClass == SecurityClass.None)
        {
            frame = plain.Written.ToArray();
            return Protection.Done;
        }

        var protection = _security.TryProtect(node.Id, item, securityClass, plain.Written, maximum, out var bytes);
        frame = bytes;
        CryptographicOperations.ZeroMemory(buffer);
        return protection;
    }

    private static void Wrap(Node node, SendItem item, ref PayloadWriter frame)
    {
        var endpoint = node.FindEndpoint(item.Endpoint) ?? node.Root;
        var context = new CodecContext(endpoint.VersionOf(item.Command.Id.CommandClass));
        Wrapping.Wrap(item.Command, context, new EnvelopeOptions
        {
            Destination = item.Endpoint,
            SupervisionSession = item.SupervisionSession,
            SupervisionStatusUpdates = item.SupervisionSession is not null,
            MultiInstance = node.Root.Supports(MultiChannelCommandClass.Id) && node.Root.KnowsVersionOf(MultiChannelCommandClass.Id)
                && node.Root.VersionOf(MultiChannelCommandClass.Id) == 1,
        }, ref frame);
    }

    private sealed class SendingHold(CommandSender sender) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (_isOver) return;
            _isOver = true;
            sender._holds--;
            sender.Wake();
        }
    }
}
