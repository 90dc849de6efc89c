namespace Bridge.Tests.Support;

/// <summary>Time that moves only when a test says so; timers fire on the thread that moves it, in the order they are due.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan DueAt, TaskCompletionSource Armed)> _waiters = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time passed since the start.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate) return _now;
        }
    }

    /// <summary>How long until the next timer is due; null: no timer is armed.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate) return _timers.Count == 0 ? null : _timers.Min(static timer => timer.DueAt) - _now;
        }
    }

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => s_start + Elapsed;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time on and fires what is due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var end = Elapsed + by;
        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.DueAt <= end).MinBy(static timer => timer.DueAt);
                _now = next is null ? end : next.DueAt!.Value > _now ? next.DueAt.Value : _now;
                if (next is null) return;
                next.DueAt = next.Period > TimeSpan.Zero ? _now + next.Period : null;
                if (next.DueAt is null) _timers.Remove(next);
            }

            next.Fire();
        }
    }

    public void Advance(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Waits until a timer is due in exactly this time, then lets that time pass: what is tested has come to its wait by then.</summary>
    public Task ElapseAsync(TimeSpan due) => ElapseAsync(due, due);

    private async Task ElapseAsync(TimeSpan due, TimeSpan by)
    {
        Task armed;
        lock (_gate) armed = WhenArmed(_now + due);
        try
        {
            await armed.WaitAsync(s_hang, System);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                throw new TimeoutException($"no timer due in {due}; armed: {string.Join(", ", _timers.Select(timer => timer.DueAt - _now))}");
            }
        }

        Advance(by);
    }

    public Task ElapseAsync(int milliseconds) => ElapseAsync(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>The same, but moves time by less than the timer waits for: it does not fire.</summary>
    public Task ElapseAsync(int milliseconds, int until) => ElapseAsync(TimeSpan.FromMilliseconds(until), TimeSpan.FromMilliseconds(milliseconds));

    private Task WhenArmed(TimeSpan dueAt)
    {
        if (_timers.Exists(timer => timer.DueAt == dueAt)) return Task.CompletedTask;
        var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters.Add((dueAt, armed));
        return armed.Task;
    }

    private bool Change(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period;
            timer.DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _now + dueTime;
            if (timer.DueAt is not { } dueAt) return true;
            _timers.Add(timer);
            _waiters.RemoveAll(waiter => waiter.DueAt == dueAt && waiter.Armed.TrySetResult());
        }

        return true;
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan? DueAt { get; set; }

        public TimeSpan Period { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => time.Change(this, dueTime, period);

        public void Fire() => callback(state);

        public void Dispose() => time.Change(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
