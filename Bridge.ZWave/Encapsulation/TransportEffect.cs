using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>
/// What a Transport Service machine wants done, in the order given. There is one timer a node for the receiver and one for the
/// sender; arming it again replaces it.
/// </summary>
public abstract record TransportEffect(NodeId Node);

/// <summary>Send a segment, or an answer to one, as it is: it gets no other layer.</summary>
public sealed record TransportSend(NodeId Node, ICommand Command) : TransportEffect(Node);

/// <summary>Call the machine's timer input after this time.</summary>
public sealed record TransportArmTimer(NodeId Node, TimeSpan Due) : TransportEffect(Node);

/// <summary>The timer is not needed any more.</summary>
public sealed record TransportCancelTimer(NodeId Node) : TransportEffect(Node);

/// <summary>A datagram has arrived whole: unwrap it as a frame of this node.</summary>
public sealed record TransportDeliver(NodeId Node, ReadOnlyMemory<byte> Datagram) : TransportEffect(Node);

/// <summary>A datagram of the node stayed incomplete and was dropped.</summary>
public sealed record TransportDiscard(NodeId Node) : TransportEffect(Node);

/// <summary>The node has our datagram.</summary>
public sealed record TransportCompleted(NodeId Node) : TransportEffect(Node);

/// <summary>The node did not get our datagram, or never said that it did.</summary>
public sealed record TransportFailed(NodeId Node) : TransportEffect(Node);

/// <summary>The waiting times of Transport Service.</summary>
/// <param name="MissingSegment">How long the receiver waits for the next segment before it asks for it.</param>
/// <param name="Completion">How long the sender waits for Segment Complete.</param>
/// <param name="SegmentGap">What the sender leaves between segments, for the other traffic of the mesh.</param>
/// <param name="PendingSegment">What the sender waits for each segment that Segment Wait names.</param>
public sealed record TransportServiceTimes(TimeSpan MissingSegment, TimeSpan Completion, TimeSpan SegmentGap, TimeSpan PendingSegment)
{
    /// <summary>For 9.6 and 40 kbit/s.</summary>
    public static readonly TransportServiceTimes Standard = new(
        TimeSpan.FromMilliseconds(800), TimeSpan.FromMilliseconds(1000), TimeSpan.FromMilliseconds(35), TimeSpan.FromMilliseconds(100));

    /// <summary>For nodes reached with 100 kbit/s.</summary>
    public static readonly TransportServiceTimes At100Kilobit = new(
        TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(100));
}
