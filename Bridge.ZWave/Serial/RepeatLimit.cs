namespace Bridge.ZWave.Serial;

/// <summary>One log line per cause: the first time at once, then at most one a minute with the number of events since. One thread at a time.</summary>
internal sealed class RepeatLimit
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);
    private TimeSpan? _last;
    private long _since;

    /// <summary>Counts an event; true when it is to be logged, with the number of events since the last line, this one included.</summary>
    public bool Take(TimeSpan now, out long repeats)
    {
        repeats = ++_since;
        if (_last is { } last && now - last < s_interval) return false;
        _last = now;
        _since = 0;
        return true;
    }
}
