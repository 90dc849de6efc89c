namespace Bridge.Mqtt;

/// <summary>What happened between us and the broker since the start. Any thread may read; numbers only grow, but for the two that tell the present.</summary>
public sealed class MqttCounters
{
    private long _published;
    private long _dropped;
    private long _refused;
    private long _received;
    private long _handlerFailures;
    private long _connects;
    private int _waiting;
    private int _inFlight;

    /// <summary>Messages the broker has (QoS 0: that left).</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>Messages nobody was there for, or that did not fit the queue.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Messages the broker does not take: too large, not allowed.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Faults of ours in handlers of messages.</summary>
    public long HandlerFailures => Interlocked.Read(ref _handlerFailures);

    /// <summary>Connections that were made, the first one included.</summary>
    public long Connects => Interlocked.Read(ref _connects);

    /// <summary>Messages that wait now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Messages on their way now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    internal void NotePublished() => Interlocked.Increment(ref _published);

    internal void NoteDropped() => Interlocked.Increment(ref _dropped);

    internal void NoteRefused() => Interlocked.Increment(ref _refused);

    internal void NoteReceived() => Interlocked.Increment(ref _received);

    internal void NoteHandlerFailure() => Interlocked.Increment(ref _handlerFailures);

    internal void NoteConnect() => Interlocked.Increment(ref _connects);

    internal void NoteQueues(int waiting, int inFlight)
    {
        Volatile.Write(ref _waiting, waiting);
        Volatile.Write(ref _inFlight, inFlight);
    }
}
