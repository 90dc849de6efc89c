using System.Threading.Tasks.Sources;

namespace Bridge.ZWave.Serial;

/// <summary>
/// Wakes the one loop that waits here. Signals that arrive while it is awake are remembered as one; nothing is allocated. Any thread may signal.
/// </summary>
internal sealed class WakeSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Signalled = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    /// <summary>Completes at the next signal, at once when one came since the last wait. One waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle) return new(this, _core.Version);
        Interlocked.Exchange(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    /// <summary>Wakes the loop on a thread of the pool: for callers whose thread is not ours.</summary>
    public void Set() => Set(inline: false);

    /// <summary>Wakes the loop on this thread: for completions of its own reads, which saves a hop.</summary>
    public void SetInline() => Set(inline: true);

    void IValueTaskSource.GetResult(short token)
    {
        _core.GetResult(token);
        Interlocked.Exchange(ref _state, Idle); // a full fence: what was handed over before the signal is seen after the wait
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Set(bool inline)
    {
        if (Interlocked.Exchange(ref _state, Signalled) != Waiting) return;
        _core.RunContinuationsAsynchronously = !inline;
        _core.SetResult(true);
    }
}
