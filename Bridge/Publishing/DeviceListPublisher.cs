using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Publishing;

/// <summary>
/// Keeps <c>bridge/devices</c> true: published when something of it changed, at most once a second. Belongs to the network's loop.
/// </summary>
/// <param name="post">Brings an action to the loop.</param>
public sealed class DeviceListPublisher : INetworkObserver, IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly INetworkView _view;
    private readonly IMessageSink _sink;
    private readonly TopicScheme _topics;
    private readonly DeviceListJson _json;
    private readonly ITimer _timer;
    private byte[]? _last;
    private bool _isWaiting;

    public DeviceListPublisher(
        INetworkView view, PropertyCache properties, INodeDirectory directory, IMessageSink sink, TopicScheme topics, Action<Action> post, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_view, _sink, _topics) = (view, sink, topics);
        _json = new(view, properties, directory);
        _timer = time.CreateTimer(_ => post(OnPauseEnded), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something of the list changed, names and choices of the user among it.</summary>
    public void Touch()
    {
        if (_isWaiting) return;
        _isWaiting = true;
        _timer.Change(s_pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Publishes the list as it is now, whether it changed or not. Until the controller has said which nodes there are, the one of the last run stays: an empty
    /// list would say that all of them are gone.
    /// </summary>
    public void Publish() => Publish(isForced: true);

    /// <summary>The document itself, for requests.</summary>
    public byte[] Document() => JsonPayload.ListOf(json =>
    {
        foreach (var node in _view.OtherNodes) json.Object(members => _json.Write(members, node));
    });

    public void ControllerChanged(ControllerStatus status) => Touch();

    public void NodeAdded(Node node) => Touch();

    public void NodeRemoved(NodeId node) => Touch();

    public void NodeStatusChanged(Node node, NodeStatus before) => Touch();

    public void InterviewProgressed(Node node) => Touch();

    public void NodeChanged(Node node) => Touch();

    public void Dispose() => _timer.Dispose();

    private void OnPauseEnded()
    {
        _isWaiting = false;
        Publish(isForced: false);
    }

    private void Publish(bool isForced)
    {
        if (_view.Identity is null) return;
        var document = Document();
        if (!isForced && _last is { } last && last.AsSpan().SequenceEqual(document)) return;
        _last = document;
        _sink.Publish(MqttMessages.Retained(_topics.BridgeDevices, document));
    }
}
