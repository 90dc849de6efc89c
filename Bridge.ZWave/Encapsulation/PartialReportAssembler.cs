using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>
/// Joins reports that come in several frames ("reports to follow"). Parts belong together when node, endpoint, command and part key are
/// the same and no more than <see cref="TimeLimit"/> lies between them. Bounded in number and, since the count of reports to
/// follow only falls, in size. Called by one loop only.
/// </summary>
/// <param name="time">Tells how far time stamps are apart.</param>
/// <param name="capacity">How many reports may be incomplete at a time; the one that waits longest is dropped for a new one.</param>
public sealed class PartialReportAssembler(TimeProvider time, int capacity = PartialReportAssembler.DefaultCapacity)
{
    public const int DefaultCapacity = 64;

    /// <summary>How long after a part the next one must come.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Key, Pending> _pending = [];

    /// <summary>How many reports are incomplete.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>Takes a report and gives the whole one, which is the same for reports of one frame; null while parts are missing.</summary>
    /// <param name="timestamp">When it was received, from <see cref="TimeProvider.GetTimestamp"/>.</param>
    public ICommand? Accept(NodeId node, EndpointIndex endpoint, ICommand report, long timestamp)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report is not IPartialReport part) return report;
        var key = new Key(node, endpoint, report.Id, part.PartKey);
        _pending.Remove(key, out var pending);
        var before = pending is null || IsTooOld(pending, timestamp) ? null : PartsBefore(part, pending);
        var joined = before is null ? report : part.JoinAfter(before);
        if (part.ReportsToFollow == 0) return joined;
        if (_pending.Count >= capacity) DropOldest(timestamp);
        _pending[key] = new(part.ReportsToFollow, before, joined, timestamp);
        return null;
    }

    /// <summary>Forgets the incomplete reports of a node that left the network or is asked anew.</summary>
    public void Forget(NodeId node)
    {
        foreach (var key in _pending.Keys.Where(key => key.Node == node).ToArray()) _pending.Remove(key);
    }

    /// <summary>
    /// The parts a new one goes on from: all so far when the count fell; all but the last when the last was repeated on the radio; none
    /// when the count rose, because then the node has begun again.
    /// </summary>
    private static ICommand? PartsBefore(IPartialReport part, Pending pending) =>
        part.ReportsToFollow.CompareTo(pending.ReportsToFollow) switch
        {
            < 0 => pending.Joined,
            0 => pending.Before,
            _ => null,
        };

    private bool IsTooOld(Pending pending, long timestamp) => time.GetElapsedTime(pending.Timestamp, timestamp) > TimeLimit;

    private void DropOldest(long timestamp)
    {
        Key? oldest = null;
        var age = TimeSpan.MinValue;
        foreach (var (key, pending) in _pending)
        {
            var candidate = time.GetElapsedTime(pending.Timestamp, timestamp);
            if (candidate <= age) continue;
            age = candidate;
            oldest = key;
        }

        if (oldest is { } found) _pending.Remove(found);
    }

    private readonly record struct Key(NodeId Node, EndpointIndex Endpoint, CommandId Command, int PartKey);

    private sealed record Pending(byte ReportsToFollow, ICommand? Before, ICommand Joined, long Timestamp);
}
