namespace Bridge.ZWave.Simulation;

/// <summary>
/// What the simulation does and when: everything happens inside <see cref="Do(Action)"/>, one thing at a time, and what is planned for later sits on
/// one timer that is set to the next due moment. Any thread may call; nothing runs in the background while nothing is due.
/// </summary>
public sealed class Agenda : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Appointment, (TimeSpan Due, long Order)> _appointments = new();
    private readonly long _start;
    private readonly ITimer _timer;
    private long _order;
    private int _depth;
    private bool _isDisposed;

    public Agenda(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static agenda => ((Agenda)agenda!).Do(static () => { }), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Time since the simulation began.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    internal TimeProvider Time => _time;

    /// <summary>Runs <paramref name="action"/> and then whatever is due; calls from inside only run the action.</summary>
    public void Do(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        lock (_gate)
        {
            _depth++;
            try
            {
                action();
                if (_depth == 1) RunDue();
            }
            finally
            {
                _depth--;
            }
        }
    }

    /// <summary>As <see cref="Do(Action)"/>, with a result taken before the due appointments run.</summary>
    public TResult Do<TResult>(Func<TResult> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        TResult? result = default;
        Do(() => { result = function(); });
        return result!;
    }

    /// <summary>Plans <paramref name="action"/>; equal moments keep the order of planning, a moment that has passed is due at once.</summary>
    public Appointment At(TimeSpan due, Action action)
    {
        lock (_gate)
        {
            var appointment = new Appointment(this, due, action);
            _appointments.Enqueue(appointment, (due, _order++));
            if (_depth == 0) Arm();
            return appointment;
        }
    }

    /// <summary>Plans <paramref name="action"/> for the time after <paramref name="delay"/>.</summary>
    public Appointment After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>Ends everything planned; nothing runs any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _appointments.Clear();
        }

        _timer.Dispose();
    }

    internal void Cancel(Appointment appointment)
    {
        lock (_gate) _appointments.Remove(appointment, out _, out _);
    }

    private void RunDue()
    {
        while (!_isDisposed && _appointments.TryPeek(out var next, out _) && next.Due <= Now)
        {
            _appointments.Dequeue();
            next.Action();
        }

        Arm();
    }

    private void Arm()
    {
        if (_isDisposed) return;
        if (!_appointments.TryPeek(out var next, out _))
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Rounded up to whole milliseconds: a timer that fires a little early would find nothing due.
        var milliseconds = Math.Clamp(Math.Ceiling((next.Due - Now).TotalMilliseconds), 0, int.MaxValue);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}

/// <summary>Something planned on an <see cref="Agenda"/>.</summary>
public sealed class Appointment
{
    private readonly Agenda _agenda;

    internal Appointment(Agenda agenda, TimeSpan due, Action action) => (_agenda, Due, Action) = (agenda, due, action);

    /// <summary>When it is due.</summary>
    public TimeSpan Due { get; }

    internal Action Action { get; }

    /// <summary>It does not happen; no effect afterwards.</summary>
    public void Cancel() => _agenda.Cancel(this);
}
