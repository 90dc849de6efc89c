using Bridge.Mqtt;

namespace Bridge.Publishing;

/// <summary>What was published of one node last. Belongs to the network's loop.</summary>
internal sealed class PublishedNode : IDisposable
{
    private readonly ITimer _timer;

    /// <param name="onJoined">Called on the loop when the collecting of changes ends.</param>
    /// <param name="post">Brings an action to the loop.</param>
    public PublishedNode(Action<PublishedNode> onJoined, Action<Action> post, TimeProvider time)
    {
        // Made once: a window costs nothing but its turn of the loop.
        Action joined = () => onJoined(this);
        _timer = time.CreateTimer(_ => post(joined), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public required ZWave.Network.Node Node { get; init; }

    /// <summary>Topic name of the node when it was published last.</summary>
    public string Topic { get; private set; } = string.Empty;

    public string StateTopic { get; private set; } = string.Empty;

    public string AvailabilityTopic { get; private set; } = string.Empty;

    /// <summary>Null: nothing was published.</summary>
    public bool? IsAvailable { get; set; }

    public StateLayout? Layout { get; set; }

    /// <summary>The object published last; null: none, or it is to be published anew.</summary>
    public byte[]? State { get; set; }

    /// <summary>True once a state was published: it goes on while the node is interviewed again.</summary>
    public bool WasShown { get; set; }

    /// <summary>Where in <see cref="State"/> the time of the last frame is.</summary>
    public Range Seen { get; set; }

    /// <summary>Changes are being collected.</summary>
    public bool IsJoining { get; private set; }

    /// <summary>Something changed meanwhile.</summary>
    public bool IsDirty { get; set; }

    public void MoveTo(string topic, TopicScheme topics)
    {
        Topic = topic;
        StateTopic = topics.State(topic);
        AvailabilityTopic = topics.Availability(topic);
        (State, IsAvailable) = (null, null);
    }

    public void BeginJoining(TimeSpan join)
    {
        if (join <= TimeSpan.Zero) return;
        IsJoining = true;
        _timer.Change(join, Timeout.InfiniteTimeSpan);
    }

    public void EndJoining() => IsJoining = false;

    public void Dispose() => _timer.Dispose();
}
