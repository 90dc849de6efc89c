using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Publishing;

/// <summary>Tells on <c>bridge/event</c> what happens, to those who listen now. Belongs to the network's loop.</summary>
public sealed class EventPublisher(
    INetworkView view, PropertyCache properties, INodeDirectory directory, IMessageSink sink, TopicScheme topics) : INetworkObserver
{
    private readonly Dictionary<NodeId, InterviewState> _interviews = [];

    /// <summary>Publishes an event: <c>{"type":"…", …}</c>. Any thread.</summary>
    /// <param name="details">Texts, lists of texts, numbers, flags or null, in their order.</param>
    public void Publish(string type, params IEnumerable<KeyValuePair<string, object?>> details) =>
        sink.Publish(MqttMessages.Passing(topics.BridgeEvent, JsonPayload.Of(json =>
        {
            json.Member("type", type);
            foreach (var (name, value) in details) json.MemberOrList(name, value);
        })));

    public void MeterReadingRejected(MeterRejection rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        var source = new ValueId(rejection.Node.Id, rejection.Endpoint, rejection.Property);
        var property = properties.Of(rejection.Node).All.FirstOrDefault(property => property.Source == source)?.Name;
        Publish("meter_reading_rejected",
        [
            .. Subject(rejection.Node.Id), new("endpoint", rejection.Endpoint.Value), new("property", property ?? rejection.Property.ToString()),
            new("value", rejection.Value.AsDecimal), new("last_accepted", rejection.LastAccepted.AsDecimal), new("reason", rejection.Text),
        ]);
    }

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
