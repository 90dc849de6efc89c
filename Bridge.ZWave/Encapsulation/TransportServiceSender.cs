using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>
/// The sending side of Transport Service for one datagram, as a machine without clock or radio: answers, radio reports and timer in,
/// effects out. Source: transport encapsulation specification, Transport Service V2. Only for nodes that list the class with
/// version 2, never for Long Range. Called by one loop only.
/// </summary>
/// <param name="ownNode">We.</param>
/// <param name="node">The receiver.</param>
/// <param name="sessionId">0..15, one higher with every datagram.</param>
/// <param name="datagram">
/// The command that does not fit into one frame, at most <see cref="TransportServiceCommandClass.MaximumDatagramSize"/> bytes.
/// </param>
/// <param name="times">The waiting times.</param>
public sealed class TransportServiceSender(
    NodeId ownNode, NodeId node, byte sessionId, ReadOnlyMemory<byte> datagram, TransportServiceTimes times)
{
    private readonly ReadOnlyMemory<byte> _datagram = Checked(datagram);
    private readonly int _count = CountOf(datagram);

    /// <summary>Segments that may still be sent: bounds what a receiver can ask for by requests and waits.</summary>
    private int _budget = (CountOf(datagram) * 8) + 16;

    private State _state = State.Idle;
    private int _next;
    private bool _wasSilent;
    private int? _requested;
    private TimeSpan? _pause;

    private enum State
    {
        /// <summary>Not begun.</summary>
        Idle,

        /// <summary>A segment is with the radio.</summary>
        Sending,

        /// <summary>Between two segments.</summary>
        Gap,

        /// <summary>All sent.</summary>
        AwaitingComplete,

        /// <summary>Told to begin again later.</summary>
        Paused,

        /// <summary>Over, one way or the other.</summary>
        Ended,
    }

    /// <summary>True once <see cref="TransportCompleted"/> or <see cref="TransportFailed"/> was given out.</summary>
    public bool IsEnded => _state == State.Ended;

    /// <summary>Begins; no effect the second time.</summary>
    public IReadOnlyList<TransportEffect> Start() => _state == State.Idle ? Restart() : [];

    /// <summary>The radio is done with the segment.</summary>
    /// <param name="wasAcknowledged">False when the node did not acknowledge the frame.</param>
    public IReadOnlyList<TransportEffect> OnSent(bool wasAcknowledged)
    {
        if (_state != State.Sending) return [];
        if (!wasAcknowledged) return Fail();
        if (_pause is { } pause) return Pause(pause);
        if (_requested is { } requested) return Send(requested);
        if (_next == _count)
        {
            _state = State.AwaitingComplete;
            return [new TransportArmTimer(node, times.Completion)];
        }

        if (_count <= 2) return Send(_next++);
        _state = State.Gap;
        return [new TransportArmTimer(node, times.SegmentGap)];
    }

    /// <summary>The timer ran out.</summary>
    public IReadOnlyList<TransportEffect> OnTimer()
    {
        switch (_state)
        {
            case State.Gap:
                return Send(_next++);
            case State.Paused:
                return Restart();
            case State.AwaitingComplete when !_wasSilent:
                // The last segment makes the receiver say what it has; its answer may have been lost.
                _wasSilent = true;
                return Send(_count - 1);
            case State.AwaitingComplete:
                return Fail();
            default:
                return [];
        }
    }

    /// <summary>Takes Segment Complete, Request and Wait; other commands, and those of other sessions, have no effect.</summary>
    public IReadOnlyList<TransportEffect> OnCommand(ICommand command)
    {
        if (_state is State.Idle or State.Ended) return [];
        return command switch
        {
            TransportSegmentComplete complete when complete.SessionId == sessionId => End(new TransportCompleted(node)),
            TransportSegmentRequest request when request.SessionId == sessionId && request.DatagramOffset < _datagram.Length =>
                OnRequest(request.DatagramOffset / TransportServiceCommandClass.MaximumSegmentLength),
            TransportSegmentWait wait => OnPause(wait.PendingFragments * times.PendingSegment),
            _ => [],
        };
    }

    /// <summary>The receiver began a datagram to us while ours runs: the node with the lower id waits, the other goes on.</summary>
    public IReadOnlyList<TransportEffect> OnPeerStarted() =>
        _state is State.Idle or State.Ended || ownNode > node ? [] : OnPause(times.Completion);

    private static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> datagram)
    {
        ArgumentOutOfRangeException.ThrowIfZero(datagram.Length, nameof(datagram));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(datagram.Length, TransportServiceCommandClass.MaximumDatagramSize, nameof(datagram));
        return datagram;
    }

    private static int CountOf(ReadOnlyMemory<byte> datagram) =>
        (datagram.Length + TransportServiceCommandClass.MaximumSegmentLength - 1) / TransportServiceCommandClass.MaximumSegmentLength;

    private IReadOnlyList<TransportEffect> OnRequest(int segment)
    {
        if (_state == State.Paused) return [];
        _wasSilent = false;
        if (_state != State.Sending) return [new TransportCancelTimer(node), .. Send(segment)];
        _requested = segment;
        return [];
    }

    private IReadOnlyList<TransportEffect> OnPause(TimeSpan pause)
    {
        if (_state != State.Sending) return [new TransportCancelTimer(node), .. Pause(pause)];
        _pause = pause;
        return [];
    }

    private IReadOnlyList<TransportEffect> Pause(TimeSpan pause)
    {
        _pause = null;
        _requested = null;
        if (pause == TimeSpan.Zero) return Restart();
        _state = State.Paused;
        return [new TransportArmTimer(node, pause)];
    }

    private IReadOnlyList<TransportEffect> Restart()
    {
        _next = 1;
        _wasSilent = false;
        return Send(0);
    }

    private IReadOnlyList<TransportEffect> Send(int segment)
    {
        if (_budget-- == 0) return Fail();
        _requested = null;
        _state = State.Sending;
        return [new TransportSend(node, SegmentAt(segment))];
    }

    private ICommand SegmentAt(int segment)
    {
        const int Length = TransportServiceCommandClass.MaximumSegmentLength;
        var offset = segment * Length;
        var piece = _datagram.Slice(offset, Math.Min(Length, _datagram.Length - offset));
        var size = (ushort)_datagram.Length;
        return segment == 0
            ? new TransportFirstSegment(size, sessionId, piece)
            : new TransportSubsequentSegment(size, sessionId, (ushort)offset, piece);
    }

    private IReadOnlyList<TransportEffect> Fail() => End(new TransportFailed(node));

    private IReadOnlyList<TransportEffect> End(TransportEffect outcome)
    {
        _state = State.Ended;
        return [new TransportCancelTimer(node), outcome];
    }
}
