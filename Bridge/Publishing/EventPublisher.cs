using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Publishing;

/// <summary>Tells on <c>bridge/event</c> what happens, to those who listen now. Belongs to the network's loop.</summary>
public sealed class EventPublisher(INetworkView view, INodeDirectory directory, IMessageSink sink, TopicScheme topics) : INetworkObserver
{
    private readonly Dictionary<NodeId, InterviewState> _interviews = [];

    /// <summary>Publishes an event: <c>{"type":"…", …}</c>. Any thread.</summary>
    /// <param name="details">Texts, numbers, flags or null, in their order.</param>
    public void Publish(string type, params IEnumerable<KeyValuePair<string, object?>> details) =>
        sink.Publish(MqttMessages.Passing(topics.BridgeEvent, JsonPayload.Of(json =>
        {
            json.Member("type", type);
            foreach (var (name, value) in details) json.Member(name, value);
        })));

    /// <summary>A meter reading was not believed. Any thread.</summary>
    /// <param name="property">What was read: "energy_1", or the command class's own name.</param>
    /// <param name="value">What the meter said.</param>
    /// <param name="lastAccepted">What is believed instead; null: nothing.</param>
    /// <param name="reason">Why, for people.</param>
    public void MeterReadingRejected(NodeId node, EndpointIndex endpoint, string property, decimal? value, decimal? lastAccepted, string reason) => Publish(
        "meter_reading_rejected",
        [
            .. Subject(node), new("endpoint", endpoint.Value), new("property", property), new("value", value), new("last_accepted", lastAccepted),
            new("reason", reason),
        ]);

    public void ControllerChanged(ControllerStatus status) => Publish("controller_status", [new("status", StatusWords.Of(status))]);

    public void NodeAdded(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        _interviews[node.Id] = node.Interview.State;
        // Before the controller is ready nodes only become known.
        if (view.Status == ControllerStatus.Ready) Publish("node_added", Subject(node.Id));
    }

    public void NodeRemoved(NodeId node)
    {
        _interviews.Remove(node);
        Publish("node_removed", [new("id", node.Value)]);
    }

    public void NodeReset(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Publish("node_reset", Subject(node.Id));
    }

    public void NodeStatusChanged(Node node, NodeStatus before)
    {
        ArgumentNullException.ThrowIfNull(node);
        // Being heard of for the first time in a run is no news.
        if (before == NodeStatus.Unknown && node.Status == NodeStatus.Alive) return;
        Publish("node_status",
            [.. Subject(node.Id), new("status", PropertyReading.StatusText(node.Status)), new("previous", PropertyReading.StatusText(before))]);
    }

    public void InterviewProgressed(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var before = _interviews.GetValueOrDefault(node.Id);
        _interviews[node.Id] = node.Interview.State;
        if (before == node.Interview.State) return;
        switch (node.Interview.State)
        {
            case InterviewState.Complete:
                Publish("node_interviewed", [.. Subject(node.Id), new("manufacturer", node.Device?.Manufacturer), new("model", node.Device?.Model)]);
                break;
            case InterviewState.Failed:
                Publish("node_interview_failed", [.. Subject(node.Id), new("step", node.Interview.Step)]);
                break;
        }
    }

    private KeyValuePair<string, object?>[] Subject(NodeId node) => [new("id", node.Value), new("name", directory.Find(node).DisplayName)];
}
