using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>One supervised command of ours on its way; names it until its last report. Retransmissions keep it.</summary>
public readonly record struct SupervisionSession(NodeId Node, EndpointIndex Endpoint, byte SessionId);

/// <summary>What a Supervision Report said about a command of ours.</summary>
/// <param name="Session">Which command.</param>
/// <param name="Status">How it went, or goes.</param>
/// <param name="Remaining">Time left while working.</param>
/// <param name="IsFinal">False while more reports follow.</param>
public readonly record struct SupervisionUpdate(SupervisionSession Session, SupervisionStatus Status, Duration Remaining, bool IsFinal);

/// <summary>
/// The sending side of Supervision: numbers supervised commands, finds the command a report belongs to, remembers what nodes do not
/// support. No timer of its own: the caller looks at <see cref="NextExpiry"/> and takes what is over with <see cref="TryExpire"/>.
/// Called by one loop only.
/// </summary>
/// <param name="time">Gives the time stamps of the deadlines.</param>
/// <param name="random">Chooses each node's first session id, so that a restart of ours is not taken for a repetition.</param>
public sealed class SupervisionSessions(TimeProvider time, Random? random = null)
{
    /// <summary>How long a report may take at the least; the caller adds the round trip of the node.</summary>
    public static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How long an update is waited for when the node cannot tell how long the work takes.</summary>
    public static readonly TimeSpan UnknownDurationLimit = TimeSpan.FromMinutes(2);

    private readonly Random _random = random ?? Random.Shared;
    private readonly Dictionary<NodeId, byte> _nextIds = [];
    private readonly Dictionary<SupervisionSession, Waiting> _waiting = [];
    private readonly HashSet<(NodeId Node, CommandClassId CommandClass)> _unsupported = [];

    /// <summary>How many commands wait for a report.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>False once the node answered "no support" to a command of the class: then send it without Supervision.</summary>
    public bool IsSupported(NodeId node, CommandClassId commandClass) => !_unsupported.Contains((node, commandClass));

    /// <summary>Begins the session of a new command.</summary>
    /// <param name="node">The receiver.</param>
    /// <param name="endpoint">The endpoint addressed: the report comes from it.</param>
    /// <param name="commandClass">The class of the command inside.</param>
    /// <param name="wantsUpdates">True when updates are asked for; otherwise the first report is the last.</param>
    /// <param name="timeout">How long each report may take.</param>
    public SupervisionSession Begin(NodeId node, EndpointIndex endpoint, CommandClassId commandClass, bool wantsUpdates, TimeSpan timeout)
    {
        if (!_nextIds.TryGetValue(node, out var id)) id = (byte)_random.Next(SupervisionCommandClass.SessionIdMask + 1);
        // With 64 ids the one that comes round again belongs to a command nobody will hear of any more, unless it still waits.
        for (var attempt = 0; attempt <= SupervisionCommandClass.SessionIdMask && IsWaiting(node, id); attempt++) id = After(id);
        _nextIds[node] = After(id);
        var session = new SupervisionSession(node, endpoint, id);
        _waiting[session] = new(commandClass, wantsUpdates, timeout, Deadline(timeout));
        return session;
    }

    /// <summary>Starts the waiting time anew: the command was sent again, or only now reached the radio.</summary>
    public void Restart(SupervisionSession session)
    {
        if (_waiting.TryGetValue(session, out var waiting)) _waiting[session] = waiting with { Deadline = Deadline(waiting.Timeout) };
    }

    /// <summary>Nobody waits for this command any more.</summary>
    public void End(SupervisionSession session) => _waiting.Remove(session);

    /// <summary>Finds the command a report belongs to; false when there is none, or the report came from another endpoint.</summary>
    public bool TryAccept(NodeId node, EndpointIndex endpoint, SupervisionReport report, out SupervisionUpdate update)
    {
        ArgumentNullException.ThrowIfNull(report);
        update = default;
        var session = new SupervisionSession(node, endpoint, report.SessionId);
        if (!_waiting.TryGetValue(session, out var waiting)) return false;
        // Without updates "working" is all that will ever be said.
        var isFinal = report.Status != SupervisionStatus.Working || !report.MoreStatusUpdates || !waiting.WantsUpdates;
        if (report.Status == SupervisionStatus.NoSupport) _unsupported.Add((node, waiting.CommandClass));
        if (isFinal) _waiting.Remove(session);
        else _waiting[session] = waiting with { Deadline = Deadline(waiting.Timeout + WorkTime(report.Duration)) };
        update = new(session, report.Status, report.Duration, isFinal);
        return true;
    }

    /// <summary>How long until a command's report is overdue; zero when one is, null when none waits.</summary>
    public TimeSpan? NextExpiry()
    {
        TimeSpan? next = null;
        foreach (var waiting in _waiting.Values)
        {
            var left = TimeLeft(waiting);
            if (next is null || left < next) next = left;
        }

        return next is { } found && found < TimeSpan.Zero ? TimeSpan.Zero : next;
    }

    /// <summary>Takes one command whose report is overdue: its outcome is unknown, ask the node with a Get. Call until false.</summary>
    public bool TryExpire(out SupervisionSession session)
    {
        foreach (var (candidate, waiting) in _waiting)
        {
            if (TimeLeft(waiting) > TimeSpan.Zero) continue;
            session = candidate;
            _waiting.Remove(candidate);
            return true;
        }

        session = default;
        return false;
    }

    /// <summary>Forgets a node that left the network or is interviewed anew; its session ids go on counting.</summary>
    public void Forget(NodeId node)
    {
        _unsupported.RemoveWhere(entry => entry.Node == node);
        foreach (var session in _waiting.Keys.Where(session => session.Node == node).ToArray()) _waiting.Remove(session);
    }

    private static byte After(byte id) => (byte)((id + 1) & SupervisionCommandClass.SessionIdMask);

    private static TimeSpan WorkTime(Duration duration) =>
        duration.SecondsInReport is { } seconds ? TimeSpan.FromSeconds(seconds) : UnknownDurationLimit;

    private bool IsWaiting(NodeId node, byte id)
    {
        foreach (var session in _waiting.Keys)
        {
            if (session.Node == node && session.SessionId == id) return true;
        }

        return false;
    }

    private long Deadline(TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);

    private TimeSpan TimeLeft(Waiting waiting) => time.GetElapsedTime(time.GetTimestamp(), waiting.Deadline);

    private sealed record Waiting(CommandClassId CommandClass, bool WantsUpdates, TimeSpan Timeout, long Deadline);
}
