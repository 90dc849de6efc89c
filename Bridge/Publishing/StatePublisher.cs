using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Options;
using Bridge.Properties;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Publishing;

/// <summary>How states are published.</summary>
public sealed record StatePublisherOptions
{
    public LastSeenMode LastSeen { get; init; }

    /// <summary>How long further changes of a node are collected after one was published.</summary>
    public TimeSpan Join { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>
/// Keeps <c>&lt;base&gt;/&lt;dev&gt;</c> and <c>&lt;base&gt;/&lt;dev&gt;/availability</c> of every node true. The first change leaves inside the observer's
/// call; what follows shortly after becomes one further message. Belongs to the network's loop: every member is called there.
/// </summary>
/// <remarks>
/// A state is published once the interview is complete, in this run or an earlier one, or has failed with something to show. Before, keys would come one by
/// one.
/// At a warm start remembered values are published while the node is offline; it comes online when it was heard of (<see cref="NodeAvailability"/>).
/// </remarks>
public sealed class StatePublisher(
    INetworkView view, PropertyCache properties, INodeDirectory directory, IMessageSink sink, TopicScheme topics, StatePublisherOptions options,
    Action<Action> post, TimeProvider time) : INetworkObserver, IDisposable
{
    private readonly Dictionary<NodeId, PublishedNode> _nodes = [];
    private readonly StateWriter _writer = new();

    public void ControllerChanged(ControllerStatus status)
    {
        foreach (var published in InOrder) UpdateAvailability(published);
    }

    public void NodeAdded(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (_nodes.Remove(node.Id, out var before)) before.Dispose();
        var published = new PublishedNode(OnJoined, post, time) { Node = node };
        published.MoveTo(directory.Find(node.Id).Topic, topics);
        _nodes[node.Id] = published;
        UpdateAvailability(published);
        Change(published);
    }

    public void NodeRemoved(NodeId node)
    {
        if (!_nodes.Remove(node, out var published)) return;
        published.Dispose();
        Clear(published.Topic);
    }

    /// <summary>The device says that it left: nothing of it is kept, unless it speaks again.</summary>
    public void NodeReset(Node node)
    {
        if (Find(node) is not { } published) return;
        published.MoveTo(published.Topic, topics);
        Clear(published.Topic);
    }

    public void NodeStatusChanged(Node node, NodeStatus before)
    {
        if (Find(node) is not { } published) return;
        UpdateAvailability(published);
        Change(published);
    }

    public void InterviewProgressed(Node node) => NodeChanged(node);

    public void NodeChanged(Node node)
    {
        if (Find(node) is not { } published) return;
        UpdateAvailability(published);
        Change(published);
    }

    public void ValueUpdated(ValueUpdate update)
    {
        if (!update.IsChange || !_nodes.TryGetValue(update.Id.Node, out var published)) return;
        if (properties.Of(published.Node).Shows(update.Id)) Change(published);
    }

    public void CommandReceived(ReceivedCommand received)
    {
        ArgumentNullException.ThrowIfNull(received);
        if (options.LastSeen == LastSeenMode.Always && Find(received.Node) is { } published) Change(published);
    }

    /// <summary>
    /// The directory has another topic for a node, perhaps: what is kept under the old one is cleared, and all of it published under the new one.
    /// </summary>
    public void EntryChanged(NodeId node)
    {
        if (!_nodes.TryGetValue(node, out var published)) return;
        var topic = directory.Find(node).Topic;
        if (topic == published.Topic) return;
        Clear(published.Topic);
        published.MoveTo(topic, topics);
        UpdateAvailability(published);
        Publish(published);
    }

    /// <summary>Forgets what the broker keeps for a topic name no node has any more.</summary>
    public void Clear(string topic)
    {
        sink.Publish(MqttMessages.Clear(topics.State(topic)));
        sink.Publish(MqttMessages.Clear(topics.Availability(topic)));
    }

    /// <summary>All availabilities again.</summary>
    public void PublishAvailabilities()
    {
        foreach (var published in InOrder)
        {
            published.IsAvailable = null;
            UpdateAvailability(published);
        }
    }

    /// <summary>All states again.</summary>
    public void PublishStates()
    {
        foreach (var published in InOrder)
        {
            published.State = null;
            published.IsDirty = false;
            Publish(published);
        }
    }

    public void Dispose()
    {
        foreach (var published in _nodes.Values) published.Dispose();
        _nodes.Clear();
    }

    private IEnumerable<PublishedNode> InOrder => _nodes.Values.OrderBy(static published => published.Node.Id);

    private PublishedNode? Find(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _nodes.GetValueOrDefault(node.Id);
    }

    private void UpdateAvailability(PublishedNode published)
    {
        if (published.Node.HasLeft) return;
        var isAvailable = NodeAvailability.Of(view.Status, published.Node);
        if (published.IsAvailable == isAvailable) return;
        published.IsAvailable = isAvailable;
        sink.Publish(MqttMessages.Text(published.AvailabilityTopic, isAvailable ? MqttConnection.Online : MqttConnection.Offline) with
        {
            Retain = true,
            QualityOfService = MqttQualityOfService.AtLeastOnce,
        });
    }

    private void Change(PublishedNode published)
    {
        if (published.IsJoining) published.IsDirty = true;
        else if (Publish(published)) published.BeginJoining(options.Join);
    }

    private void OnJoined(PublishedNode published)
    {
        published.EndJoining();
        if (!published.IsDirty || !_nodes.TryGetValue(published.Node.Id, out var current) || current != published) return;
        published.IsDirty = false;
        Change(published);
    }

    // True: a message left.
    private bool Publish(PublishedNode published)
    {
        var current = properties.Of(published.Node);
        if (!ReferenceEquals(published.Layout?.Properties, current)) published.Layout = new(current);
        if (published.Node.HasLeft || !MayBeShown(published)) return false;
        var seen = published.Layout!.Write(_writer, view, published.Node, options.LastSeen);
        if (published.State is { } before && IsSame(before, published.Seen, _writer.Written, seen)) return false;
        published.State = _writer.Written.ToArray();
        published.Seen = seen;
        published.WasShown = true;
        sink.Publish(MqttMessages.Retained(published.StateTopic, published.State));
        return true;
    }

    private static bool MayBeShown(PublishedNode published) => published.Layout!.HasSubstance
        && (published.WasShown || published.Node.Interview.State is InterviewState.Complete or InterviewState.Failed);

    private bool IsSame(ReadOnlySpan<byte> before, Range seenBefore, ReadOnlySpan<byte> now, Range seenNow) =>
        options.LastSeen == LastSeenMode.Always
            ? before.SequenceEqual(now)
            : before[..seenBefore.Start].SequenceEqual(now[..seenNow.Start]) && before[seenBefore.End..].SequenceEqual(now[seenNow.End..]);
}
