using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>A link of a route that did not carry a frame.</summary>
/// <param name="From">The last node of the route that still had the frame.</param>
/// <param name="To">The first that did not get it.</param>
public readonly record struct FailedLink(NodeId From, NodeId To);

/// <summary>
/// How the frames to one node went in this run, as the module reports each transmission. Counts frames, not commands: repetitions and the frames of
/// segments are frames of their own. Belongs to the network's loop.
/// </summary>
public sealed class NodeStatistics
{
    private const double NewShare = 0.25;

    /// <summary>Frames the node acknowledged.</summary>
    public long FramesAcknowledged { get; private set; }

    /// <summary>Frames it did not acknowledge, each repetition counted.</summary>
    public long FramesNotAcknowledged { get; private set; }

    /// <summary>Frames the module could not send; says nothing about the node.</summary>
    public long FramesNotSent { get; private set; }

    /// <summary>
    /// The report of the last frame the node acknowledged: route, speed, signal, attempts; null while there was none, or where the module gives no reports.
    /// </summary>
    public TransmitReport? LastReport { get; private set; }

    /// <summary>How well the last acknowledgement was heard that could be measured, in dBm.</summary>
    public int? AckRssiDbm { get; private set; }

    /// <summary>Smoothed time on the radio of an acknowledged frame, as the module measured it; null while not told.</summary>
    public TimeSpan? TransmitTime { get; private set; }

    /// <summary>The last link that failed, of whatever frame; null while none did.</summary>
    public FailedLink? LastFailedLink { get; private set; }

    /// <summary>Nodes a frame passes on its way, in this order; empty: it is heard directly, or nothing is known.</summary>
    public IEnumerable<NodeId> Repeaters => LastReport is { RepeaterCount: > 0 } report ? report.LastRouteRepeaters.Nodes : [];

    /// <summary>A frame ended. Without a report only the count goes up.</summary>
    internal void Note(TransmitStatus status, TransmitReport? report)
    {
        switch (status)
        {
            case TransmitStatus.Ok or TransmitStatus.Verified:
                FramesAcknowledged++;
                if (report is not null) NoteAcknowledged(report);
                break;
            case TransmitStatus.NoAcknowledgement:
                FramesNotAcknowledged++;
                break;
            default:
                FramesNotSent++;
                break;
        }

        // 0 is no node: no link failed.
        if (report is { LastFailedLinkFrom: { } from and > 0, LastFailedLinkTo: { } to and > 0 }) LastFailedLink = new(new(from), new(to));
    }

    private void NoteAcknowledged(TransmitReport report)
    {
        LastReport = report;
        AckRssiDbm = report.AckRssi.Dbm ?? AckRssiDbm;
        TransmitTime = TransmitTime is { } before ? (before * (1 - NewShare)) + (report.TransmitTime * NewShare) : report.TransmitTime;
    }
}
