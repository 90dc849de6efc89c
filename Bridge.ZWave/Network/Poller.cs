using Bridge.ZWave.CommandClasses;

namespace Bridge.ZWave.Network;

/// <summary>
/// Asks for what devices do not tell by themselves: one question at a time, spread over the nodes, after everything else that is to be sent.
/// What was told meanwhile is not asked; what could not be asked in time is left out, never caught up. Belongs to the network's loop.
/// </summary>
/// <remarks>One timer, armed for the next question; without anything to poll there is none.</remarks>
internal sealed class Poller : IDisposable
{
    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromHours(1);

    // The golden section puts the nodes' first questions far apart from each other, whatever their numbers.
    private const double Scatter = 0.618034;

    private readonly NetworkContext _context;
    private readonly Func<Node, PollTarget, Task<bool>> _ask;
    private readonly CancellationToken _stopping;
    private readonly Dictionary<Node, NodePlan> _plans = [];
    private readonly ITimer _timer;
    private long _nextAt;
    private bool _isAsking;

    /// <param name="context">The network.</param>
    /// <param name="ask">Asks a node; false: it does not answer. Throws <see cref="ZWaveException"/> when it cannot be asked.</param>
    /// <param name="stopping">Cancelled when nothing is to be sent any more.</param>
    public Poller(NetworkContext context, Func<Node, PollTarget, Task<bool>> ask, CancellationToken stopping)
    {
        _context = context;
        _ask = ask;
        _stopping = stopping;
        _timer = context.Time.CreateTimer(_ => context.Loop.Post(Wake), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Everything of the node is known anew, or the user chose otherwise: plans it from now on.</summary>
    public void Plan(Node node)
    {
        var now = _context.Time.GetTimestamp();
        var before = _plans.GetValueOrDefault(node);
        var targets = PollPlan.Of(node, _context.Values);
        if (targets.Count == 0) _plans.Remove(node);
        else _plans[node] = new([.. targets.Select((target, index) => Continue(before, target, now, node.Id.Value + index))]);
        Arm();
    }

    /// <summary>A command came: what it tells need not be asked for.</summary>
    public void OnReceived(ReceivedCommand received, bool isUnsolicited)
    {
        if (received.Command is not (MeterReport or SwitchBinaryReport or BasicReport or BasicSet)) return;
        if (!_plans.TryGetValue(received.Node, out var plan) || !Note(plan, received, isUnsolicited))
        {
            // A meter without a list of its scales shows what it has as it goes.
            if (received is { Command: MeterReport, Node.Interview.State: InterviewState.Complete } && IsNew(received)) Plan(received.Node);
        }
    }

    /// <summary>The node left.</summary>
    public void Forget(Node node) => _plans.Remove(node);

    public void Dispose() => _timer.Dispose();

    private Entry Continue(NodePlan? before, PollTarget target, long now, int number)
    {
        var known = before?.Entries.Find(entry => entry.Target.Endpoint == target.Endpoint && entry.Target.Reading == target.Reading);
        if (known is not null) return new(target) { HeardAt = known.HeardAt, ReportedAt = known.ReportedAt };
        var share = number * Scatter % 1;
        return new(target) { HeardAt = now - Ticks(target.Period * share / 2), ReportedAt = now };
    }

    private bool Note(NodePlan plan, ReceivedCommand received, bool isUnsolicited)
    {
        var isPlanned = false;
        var now = _context.Time.GetTimestamp();
        foreach (var entry in plan.Entries)
        {
            if (!entry.Target.IsToldBy(received.Endpoint, received.Command)) continue;
            isPlanned = true;
            entry.HeardAt = now;
            if (isUnsolicited) entry.ReportedAt = now;
        }

        return isPlanned;
    }

    private bool IsNew(ReceivedCommand received) =>
        !_context.Values.Read(new(received.Node.Id, received.Endpoint, MeterCommandClass.SupportedScales)).IsKnown
        && received.Command is MeterReport report
        && (report.ScaleIndex == MeterReading.Watt || MeterScales.IsAccumulating(report.MeterType, report.ScaleIndex));

    private long DueAt(Entry entry)
    {
        var due = entry.HeardAt + Ticks(entry.Target.Period);
        if (entry.Target.IsForSilence) due = Math.Max(due, entry.ReportedAt + Ticks(_context.Timeouts.SilenceBeforePoll));
        return Math.Max(due, entry.NotBefore);
    }

    private void Arm()
    {
        if (_isAsking || _context.Status != ControllerStatus.Ready || _plans.Count == 0)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var next = Math.Max(_nextAt, _plans.Values.Min(plan => Math.Max(plan.NextAt, plan.Entries.Min(DueAt))));
        var pause = _context.Time.GetElapsedTime(_context.Time.GetTimestamp(), next);
        _timer.Change(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        if (_isAsking || _stopping.IsCancellationRequested || _context.Status != ControllerStatus.Ready) return;
        if (FindDue() is not var (node, plan, entry))
        {
            Arm();
            return;
        }

        if (node.Status == NodeStatus.Dead)
        {
            // It is pinged, and read again when it is back.
            plan.NextAt = After(entry.Target.Period);
            Arm();
            return;
        }

        if (_context.Queue.Count > 0)
        {
            // Everything else goes first: this turn is left out.
            entry.NotBefore = After(entry.Target.Period < PollPlan.PowerPeriod ? entry.Target.Period : PollPlan.PowerPeriod);
            Arm();
            return;
        }

        _isAsking = true;
        _ = AskAsync(node, plan, entry);
    }

    // The one that waits longest, of the nodes that may be asked.
    private (Node Node, NodePlan Plan, Entry Entry)? FindDue()
    {
        var now = _context.Time.GetTimestamp();
        (Node, NodePlan, Entry)? found = null;
        var earliest = long.MaxValue;
        foreach (var (node, plan) in _plans)
        {
            if (plan.NextAt > now) continue;
            foreach (var entry in plan.Entries)
            {
                var due = DueAt(entry);
                if (due > now || due >= earliest) continue;
                (earliest, found) = (due, (node, plan, entry));
            }
        }

        return found;
    }

    private async Task AskAsync(Node node, NodePlan plan, Entry entry)
    {
        // The pace is kept from question to question, not from the answer.
        _nextAt = After(_context.Timeouts.PollSpacing);
        plan.NextAt = After(_context.Timeouts.NodePollSpacing);
        entry.NotBefore = After(entry.Target.Period);
        var isAnswered = false;
        try
        {
            isAnswered = await _ask(node, entry.Target);
        }
        catch (ZWaveException)
        {
            // Not delivered.
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _isAsking = false;
        }

        plan.Failures = isAnswered ? 0 : plan.Failures + 1;
        if (!isAnswered) plan.NextAt = After(BackOff(entry.Target.Period, plan.Failures));
        Arm();
    }

    private static TimeSpan BackOff(TimeSpan period, int failures)
    {
        var pause = period * Math.Pow(2, Math.Min(failures - 1, 10));
        return pause < s_longestBackOff ? pause : s_longestBackOff;
    }

    private long After(TimeSpan pause) => _context.TimestampAfter(pause);

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _context.Time.TimestampFrequency);

    /// <summary>A target and its times, all as timestamps.</summary>
    private sealed class Entry(PollTarget target)
    {
        public PollTarget Target { get; } = target;

        /// <summary>When it was last told, asked or not.</summary>
        public long HeardAt { get; set; }

        /// <summary>When it was last told without being asked.</summary>
        public long ReportedAt { get; set; }

        /// <summary>Not asked before: the question before was left out or not answered.</summary>
        public long NotBefore { get; set; }
    }

    /// <summary>The targets of a node and its pace.</summary>
    private sealed class NodePlan(List<Entry> entries)
    {
        public List<Entry> Entries { get; } = entries;

        public long NextAt { get; set; }

        public int Failures { get; set; }
    }
}
