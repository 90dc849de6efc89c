using System.Text;
using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.Discovery;

/// <summary>
/// Keeps what is announced of the bridge and its nodes equal to what they are: when an interview ends, something changes, the broker or its
/// reader comes back; and clears what an earlier run left behind.
/// </summary>
/// <remarks>
/// As an observer it runs on the network's loop, and has to be told after <see cref="PropertyCache"/>. The other members may be called by
/// any thread.
/// </remarks>
/// <param name="documents">The documents as they are now.</param>
/// <param name="options">Valid settings.</param>
/// <param name="sink">Where messages go.</param>
/// <param name="onLoop">Runs work on the network's loop, at once when already there.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets a line for each topic that was cleared.</param>
public sealed class DiscoveryPublisher(
    DeviceDocuments documents, DiscoveryOptions options, IMessageSink sink, Func<Action, Task> onLoop, TimeProvider time, ILogger logger)
    : INetworkObserver, IDisposable
{
    /// <summary>How long the broker has to send what it has kept.</summary>
    public static readonly TimeSpan SweepTime = TimeSpan.FromSeconds(5);

    private const int MaximumKept = 4096;
    private const int MaximumBytes = 256 * 1024;

    private readonly Dictionary<string, DevicePublication> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeId, NodeProperties> _announced = [];
    private HomeId? _home;
    private List<MqttMessage> _kept = [];

    /// <summary>What is looked through after each connect.</summary>
    public IReadOnlyList<string> SweepFilters => [$"{options.Prefix}/+/+/config", $"{options.Prefix}/+/+/+/config"];

    /// <summary>
    /// To be called on every connect, before anything else is published on these topics: looks through what the broker has kept, announces
    /// everything, and clears what is not wanted any more.
    /// </summary>
    /// <returns>The call ends when everything is announced, the task it gives after <see cref="SweepTime"/>.</returns>
    public async Task<Task> ConnectedAsync(IDiscoverySweepLink link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        Sweep sweep = new();
        // First the question, then our own: what was there before us would be overwritten unseen.
        var subscription = await link.SubscribeAsync(SweepFilters, sweep.Take, cancellationToken);
        await PublishAllAsync();
        return SweepAsync(subscription, sweep, cancellationToken);
    }

    /// <summary>Announces everything again, also what has not changed.</summary>
    public Task PublishAllAsync() => onLoop(() => RequestAll(isForced: true));

    /// <summary>The templates have changed: announces what is different now.</summary>
    public Task TemplatesChangedAsync() => onLoop(() => RequestAll(isForced: false));

    /// <summary>The node has another name, topic or area.</summary>
    public Task RenamedAsync(NodeId node) => onLoop(() =>
    {
        if (documents.View.FindNode(node) is { } found) Request(found);
    });

    public void ControllerChanged(ControllerStatus status)
    {
        if (status != ControllerStatus.Ready || documents.View.Identity is not { } identity) return;
        if (_home != identity.HomeId) Forget();
        _home = identity.HomeId;
        RequestAll(isForced: false);
        if (_kept.Count > 0) Judge();
    }

    public void InterviewProgressed(Node node) => NodeChanged(node);

    public void NodeChanged(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.Interview.State == InterviewState.Complete) Request(node);
    }

    /// <summary>A value may bring a property nobody knew of, or tell another version of the device.</summary>
    public void ValueUpdated(ValueUpdate update)
    {
        if (!_announced.TryGetValue(update.Id.Node, out var announced)) return;
        if (documents.View.FindNode(update.Id.Node) is not { } node) return;
        var now = documents.Properties(node);
        if (IsIdentity(update) || !IsSame(now, announced)) NodeChanged(node);
        else if (!ReferenceEquals(now, announced)) _announced[node.Id] = now;
    }

    /// <summary>The device says that it left: what was announced is cleared, until it speaks again.</summary>
    public void NodeReset(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Clear(node.Id);
    }

    public void NodeRemoved(NodeId node) => Clear(node);

    private void Clear(NodeId node)
    {
        _announced.Remove(node);
        if (_home is not { } home || !options.Discovery) return;
        var id = NodeFacts.NodeDeviceId(home, node);
        // Of an interview that never ended in this run nothing was announced, but an earlier run may have.
        if (_devices.Remove(id, out var device)) device.Clear();
        else sink.Publish(DevicePublication.Message(DiscoveryDocument.DeviceTopic(options.Prefix, id), string.Empty));
        device?.Dispose();
    }

    public void Dispose() => Forget();

    private async Task SweepAsync(IAsyncDisposable subscription, Sweep sweep, CancellationToken cancellationToken)
    {
        await using (subscription) await Task.Delay(SweepTime, time, cancellationToken);
        var kept = sweep.End();
        if (kept.Count == MaximumKept) logger.SweepFull(MaximumKept, options.Prefix);
        await onLoop(() =>
        {
            _kept = kept;
            Judge();
        });
    }

    private static bool IsIdentity(ValueUpdate update)
    {
        var commandClass = update.Id.Property.CommandClass;
        return update.IsChange && (commandClass == VersionCommandClass.Id || commandClass == ManufacturerSpecificCommandClass.Id);
    }

    // Values no property shows make a new list of the old properties: not worth a document.
    private static bool IsSame(NodeProperties left, NodeProperties right)
    {
        static IEnumerable<(string, string?)> Names(NodeProperties properties) => properties.All.Select(static one => (one.Name, one.Unit));
        return ReferenceEquals(left, right) || Names(left).SequenceEqual(Names(right));
    }

    private void Forget()
    {
        foreach (var device in _devices.Values) device.Dispose();
        _devices.Clear();
        _announced.Clear();
    }

    private void RequestAll(bool isForced)
    {
        if (_home is null || !options.Discovery) return;
        // The bridge first: the devices of the nodes refer to it.
        Bridge()?.Request(isForced);
        foreach (var node in documents.View.OtherNodes.Where(static node => node.Interview.State == InterviewState.Complete)) Request(node, isForced);
    }

    private void Request(Node node, bool isForced = false)
    {
        if (node.HasLeft) return;
        if (Bridge() is { IsAnnounced: false } bridge) bridge.Request(isForced: false);
        Device(node)?.Request(isForced);
    }

    private DevicePublication? Bridge() => Device(NodeFacts.BridgeId, home => documents.Bridge(home));

    private DevicePublication? Device(Node node) =>
        Device(home => NodeFacts.NodeDeviceId(home, node.Id), home =>
        {
            // The node as it is by then: a device file that is found later gives it more.
            if (documents.View.FindNode(node.Id) is not { } now) return null;
            if (now.Interview.State == InterviewState.Complete) _announced[node.Id] = documents.Properties(now);
            return documents.Node(home, now);
        });

    private DevicePublication? Device(Func<HomeId, string> id, Func<HomeId, DiscoveryDocument?> build)
    {
        if (_home is not { } home || !options.Discovery) return null;
        if (_devices.TryGetValue(id(home), out var device)) return device;
        return _devices[id(home)] = new(() => build(home), options, sink, onLoop, time);
    }

    /// <summary>Looks at what the broker had kept, once it is known which nodes there are.</summary>
    private void Judge()
    {
        if (_home is not { } home) return;
        var bridge = NodeFacts.BridgeId(home);
        var nodes = documents.View.OtherNodes.Where(static node => !node.HasLeft)
            .ToDictionary(node => NodeFacts.NodeDeviceId(home, node.Id), StringComparer.Ordinal);
        HashSet<DevicePublication> learned = [];
        foreach (var message in _kept)
        {
            if (FoundDocument.Find(message.Topic, Encoding.UTF8.GetString(message.Payload.Span), bridge) is not { } found) continue;
            var device = found.DeviceId == bridge ? Bridge() : nodes.TryGetValue(found.DeviceId, out var node) ? Device(node) : null;
            if (device is null)
            {
                logger.StaleCleared(found.Topic);
                sink.Publish(DevicePublication.Message(found.Topic, string.Empty));
                continue;
            }

            device.Learn(found);
            learned.Add(device);
        }

        _kept = [];
        foreach (var device in learned) device.Request(isForced: false);
    }

    /// <summary>What came in while the broker was asked. Any thread adds.</summary>
    private sealed class Sweep
    {
        private static readonly byte[] s_origin = Encoding.UTF8.GetBytes($"\"{NodeFacts.OriginName}\"");

        private readonly List<MqttMessage> _messages = [];
        private bool _isOver;

        public void Take(MqttMessage message)
        {
            // What is not kept somebody says just now, we ourselves among others; and there may be thousands of documents of others.
            if (!message.Retain || message.Payload.Length > MaximumBytes || message.Payload.Span.IndexOf(s_origin) < 0) return;
            lock (_messages)
            {
                if (!_isOver && _messages.Count < MaximumKept) _messages.Add(message);
            }
        }

        public List<MqttMessage> End()
        {
            lock (_messages)
            {
                _isOver = true;
                return _messages;
            }
        }
    }
}
