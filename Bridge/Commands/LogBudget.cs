namespace Bridge.Commands;

/// <summary>
/// So many messages in a second; the rest is counted, and the count is told when the second is over. Any thread may call.
/// </summary>
public sealed class LogBudget : IDisposable
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly int _messages;
    private readonly TimeProvider _time;
    private readonly Action<long> _tellCount;
    private readonly ITimer _timer;
    private long? _windowStart;
    private int _taken;
    private long _left;

    /// <param name="messages">In one second.</param>
    /// <param name="tellCount">Told how many found no place.</param>
    public LogBudget(int messages, TimeProvider time, Action<long> tellCount)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_messages, _time, _tellCount) = (messages, time, tellCount);
        _timer = time.CreateTimer(_ => TellCount(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True: there is a place for one more message. False: it is counted.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_windowStart is not { } start || _time.GetElapsedTime(start) >= s_window)
            {
                _windowStart = _time.GetTimestamp();
                _taken = 0;
            }

            if (_taken < _messages)
            {
                _taken++;
                return true;
            }

            if (_left++ == 0) _timer.Change(s_window, Timeout.InfiniteTimeSpan);
            return false;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void TellCount()
    {
        long left;
        lock (_gate) (left, _left) = (_left, 0);
        if (left > 0) _tellCount(left);
    }
}
