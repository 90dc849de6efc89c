using Bridge.Firmware;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Publishing;

/// <summary>
/// Keeps <c>&lt;base&gt;/&lt;dev&gt;/update</c> true, for nodes that can be updated over the air: which firmware runs, which there is, how an update goes.
/// Cleared when the node goes, gets another topic, or cannot be updated any more. Belongs to the network's loop.
/// </summary>
/// <param name="statusOf">Null: there is nothing to tell of the node.</param>
public sealed class UpdatePublisher(
    INetworkView view, PropertyCache properties, INodeDirectory directory, IMessageSink sink, TopicScheme topics, Func<Node, UpdateStatus?> statusOf)
    : INetworkObserver
{
    private readonly Dictionary<NodeId, (string Topic, byte[] Document)> _published = [];

    public void NodeAdded(Node node) => Consider(node);

    public void NodeChanged(Node node) => Consider(node);

    public void InterviewProgressed(Node node) => Consider(node);

    public void NodeReset(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Clear(node.Id);
    }

    public void NodeRemoved(NodeId node) => Clear(node);

    public void ValueUpdated(ValueUpdate update)
    {
        var isOfFirmware = update.Id.Property == VersionCommandClass.FirmwareVersion
            || update.Id.Property.CommandClass == FirmwareUpdateMetaDataCommandClass.Id;
        if (update.IsChange && isOfFirmware && view.FindNode(update.Id.Node) is { } node) Consider(node);
    }

    /// <summary>An update went on, or the user has other files.</summary>
    public void Consider(NodeId node)
    {
        if (view.FindNode(node) is { } found) Consider(found);
    }

    public void ConsiderAll()
    {
        foreach (var node in view.OtherNodes) Consider(node);
    }

    /// <summary>All of it again.</summary>
    public void PublishAll()
    {
        _published.Clear();
        ConsiderAll();
    }

    /// <summary>The directory has another topic for a node, perhaps.</summary>
    public void EntryChanged(NodeId node)
    {
        if (!_published.TryGetValue(node, out var published) || published.Topic == directory.Find(node).Topic) return;
        Clear(node);
        Consider(node);
    }

    /// <summary>Forgets what the broker keeps for a topic name no node has any more.</summary>
    public void Clear(string topic) => sink.Publish(MqttMessages.Clear(topics.Update(topic)));

    private void Clear(NodeId node)
    {
        if (_published.Remove(node, out var published)) Clear(published.Topic);
    }

    private void Consider(Node node)
    {
        var isUpdatable = !node.HasLeft && properties.Of(node).All.Any(static property => property.Kind == PropertyKind.Update);
        if (!isUpdatable || statusOf(node) is not { } status)
        {
            Clear(node.Id);
            return;
        }

        var topic = directory.Find(node.Id).Topic;
        var document = Document(status);
        if (_published.TryGetValue(node.Id, out var published) && published.Topic == topic && published.Document.AsSpan().SequenceEqual(document)) return;
        _published[node.Id] = (topic, document);
        sink.Publish(MqttMessages.Retained(topics.Update(topic), document));
    }

    private static byte[] Document(UpdateStatus status) => JsonPayload.Of(json =>
    {
        json.Member("installed_version", status.InstalledVersion);
        json.Member("latest_version", status.LatestVersion);
        json.Member("title", status.Title);
        json.Member("in_progress", status.IsInProgress);
        json.Member("update_percentage", status.Percent);
        json.Member("state", status.State);
        json.Member("error", status.Error);
        json.Member("file", status.File);
        json.Member("resumable", status.IsResumable);
    });
}
