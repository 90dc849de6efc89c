using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>
/// The receiving side of Transport Service as a machine without clock or radio: segments and timer in, effects out. Source: transport
/// encapsulation specification, Transport Service V2. Single cast frames only. Called by one loop only.
/// </summary>
/// <param name="times">The waiting times.</param>
/// <param name="maximumSessions">
/// How many nodes may send a datagram at a time, one each; others are told to wait. One is what the specification asks of a receiver.
/// </param>
public sealed class TransportServiceReceiver(TransportServiceTimes times, int maximumSessions = 1)
{
    /// <summary>Of how many nodes the last complete datagram is kept, to confirm repeated segments of it.</summary>
    private const int RememberedNodes = 16;

    private readonly Dictionary<NodeId, TransportDatagram> _sessions = [];
    private readonly Dictionary<NodeId, TransportDatagram> _completed = [];
    private readonly Queue<NodeId> _completedOrder = new();

    /// <summary>How many datagrams are incomplete.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Takes a First or Subsequent Segment; other commands have no effect.</summary>
    public IReadOnlyList<TransportEffect> OnSegment(NodeId node, ICommand segment) => segment switch
    {
        TransportFirstSegment first when Fits(first.DatagramSize, 0, first.Payload) => OnFirst(node, first),
        TransportSubsequentSegment next when Fits(next.DatagramSize, next.DatagramOffset, next.Payload) => OnSubsequent(node, next),
        _ => [],
    };

    /// <summary>The node's timer ran out: ask for what is missing, and give up the second time.</summary>
    public IReadOnlyList<TransportEffect> OnTimer(NodeId node)
    {
        if (!_sessions.TryGetValue(node, out var datagram)) return [];
        if (++datagram.Expiries < 2) return [Request(node, datagram), new TransportArmTimer(node, times.MissingSegment)];
        _sessions.Remove(node);
        return [new TransportDiscard(node)];
    }

    /// <summary>Forgets a node that left the network.</summary>
    public void Forget(NodeId node)
    {
        _sessions.Remove(node);
        // Its place in the order goes when it comes to the front.
        _completed.Remove(node);
    }

    private static bool Fits(int size, int offset, ReadOnlyMemory<byte> payload) =>
        size is > 0 and <= TransportServiceCommandClass.MaximumDatagramSize && offset + payload.Length <= size && !payload.IsEmpty;

    private static TransportSend Request(NodeId node, TransportDatagram datagram)
    {
        datagram.Requested = datagram.FirstMissing;
        return new(node, new TransportSegmentRequest(datagram.SessionId, (ushort)datagram.FirstMissing));
    }

    private List<TransportEffect> OnFirst(NodeId node, TransportFirstSegment first)
    {
        var piece = first.Payload.Span;
        if (IsOfCompleted(node, first.SessionId, first.DatagramSize, 0, piece)) return [Complete(node, first.SessionId)];
        if (!_sessions.TryGetValue(node, out var datagram))
        {
            if (_sessions.Count >= maximumSessions) return [Wait(node, _sessions.Values.Min(static other => other.MissingSegments))];
            return Open(node, first);
        }

        // The same number with other bytes is a new datagram: parts of two must never be joined.
        if (datagram.Is(first.SessionId, first.DatagramSize) && datagram.Agrees(0, piece)) return Store(node, datagram, 0, piece);
        _sessions.Remove(node);
        return [new TransportDiscard(node), .. Open(node, first)];
    }

    private List<TransportEffect> OnSubsequent(NodeId node, TransportSubsequentSegment next)
    {
        var piece = next.Payload.Span;
        if (_sessions.TryGetValue(node, out var datagram) && datagram.SessionId == next.SessionId)
        {
            return datagram.Size == next.DatagramSize ? Store(node, datagram, next.DatagramOffset, piece) : [];
        }

        return IsOfCompleted(node, next.SessionId, next.DatagramSize, next.DatagramOffset, piece)
            ? [Complete(node, next.SessionId)]
            : [Wait(node, 0)];
    }

    private List<TransportEffect> Open(NodeId node, TransportFirstSegment first)
    {
        var datagram = new TransportDatagram(first.SessionId, first.DatagramSize, first.Payload.Length);
        _sessions[node] = datagram;
        return Store(node, datagram, 0, first.Payload.Span);
    }

    private List<TransportEffect> Store(NodeId node, TransportDatagram datagram, int offset, ReadOnlySpan<byte> piece)
    {
        var end = offset + piece.Length;
        var isAnswer = datagram.Requested is { } requested && requested >= offset && requested < end;
        var isNew = datagram.Store(offset, piece);
        if (datagram.IsComplete)
        {
            _sessions.Remove(node);
            Remember(node, datagram);
            return [new TransportCancelTimer(node), Complete(node, datagram.SessionId), new TransportDeliver(node, datagram.Bytes)];
        }

        List<TransportEffect> effects = [];
        // After the last segment nothing comes unasked, and after an answer the next hole is asked for.
        if (end == datagram.Size || isAnswer) effects.Add(Request(node, datagram));
        // Only new bytes prolong the wait: a sender that repeats itself must not keep others out for ever.
        if (isNew) effects.Add(new TransportArmTimer(node, times.MissingSegment));
        return effects;
    }

    private bool IsOfCompleted(NodeId node, byte sessionId, int size, int offset, ReadOnlySpan<byte> piece) =>
        _completed.TryGetValue(node, out var completed) && completed.Is(sessionId, size) && completed.Agrees(offset, piece);

    private static TransportSend Complete(NodeId node, byte sessionId) => new(node, new TransportSegmentComplete(sessionId));

    private static TransportSend Wait(NodeId node, byte pending) => new(node, new TransportSegmentWait(pending));

    private void Remember(NodeId node, TransportDatagram datagram)
    {
        if (!_completed.ContainsKey(node))
        {
            if (_completedOrder.Count >= RememberedNodes) _completed.Remove(_completedOrder.Dequeue());
            _completedOrder.Enqueue(node);
        }

        _completed[node] = datagram;
    }
}
