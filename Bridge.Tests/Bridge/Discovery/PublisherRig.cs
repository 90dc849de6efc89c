using System.Text;
using Bridge.Discovery;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json.Linq;

namespace Bridge.Tests.Discovery;

/// <summary>A publisher on a network on paper, with a broker that only keeps what it is told to.</summary>
internal sealed class PublisherRig : IMessageSink, IDiscoverySweepLink, IDisposable
{
    public const string BridgeTopic = "homeassistant/device/zw_e1a2b3c4/config";
    public const string PlugTopic = "homeassistant/device/zw_e1a2b3c4_2/config";

    private readonly List<MqttMessage> _published = [];
    private Action<MqttMessage>? _received;

    public PublisherRig(DiscoveryOptions? options = null, Func<TemplateCatalog>? templates = null)
    {
        Network = new(Time);
        Network.Values.Updated += update =>
        {
            Cache?.ValueUpdated(update);
            Publisher?.ValueUpdated(update);
        };
        Plug = Network.Add(2, MeterCommandClass.Id);
        Network.AddMeter(Plug, 0, [0, 2], [MeterScales.Import]);
        Cache = new(Network);
        DeviceDocuments documents = new(Network, Cache, Directory, Documents.Facts, templates ?? (static () => Documents.Shipped));
        Publisher = new(documents, options ?? new(), this, Run, Time, NullLogger.Instance);
    }

    public ManualTimeProvider Time { get; } = new();

    public PlainNetwork Network { get; }

    public Node Plug { get; }

    public PropertyCache? Cache { get; }

    public PlainDirectory Directory { get; } = new();

    public DiscoveryPublisher? Publisher { get; }

    public IReadOnlyList<string> Filters { get; private set; } = [];

    public bool IsSubscribed => _received is not null;

    /// <summary>What the broker had kept before: sent to whoever subscribes.</summary>
    public List<MqttMessage> Kept { get; } = [];

    public IEnumerable<string> Topics => _published.Select(static message => message.Topic);

    public IReadOnlyList<MqttMessage> Messages => _published;

    /// <summary>What was published since the last time this was asked: topic and text.</summary>
    public List<(string Topic, string Payload)> TakePublished()
    {
        List<(string, string)> taken = [.. _published.Select(static message => (message.Topic, Encoding.UTF8.GetString(message.Payload.Span)))];
        _published.Clear();
        return taken;
    }

    public void Ready() => Publisher!.ControllerChanged(ControllerStatus.Ready);

    public void Change(Node node)
    {
        Cache!.NodeChanged(node);
        Publisher!.NodeChanged(node);
    }

    public void Rename(string topic, string name)
    {
        Directory.TryReplace(new(Plug.Id, topic) { Name = name });
        Publisher!.RenamedAsync(Plug.Id);
    }

    /// <summary>Connects, and lets the time of the sweep pass.</summary>
    public async Task ConnectAsync()
    {
        var connected = Publisher!.ConnectedAsync(this, CancellationToken.None);
        await Time.ElapseAsync(DiscoveryPublisher.SweepTime);
        await await connected;
    }

    public void Keep(string topic, string payload) => Kept.Add(new(topic, Encoding.UTF8.GetBytes(payload)) { Retain = true });

    /// <summary>The document of the plug with one component more, as an earlier run would have left it.</summary>
    public string DocumentWith(string component, string platform)
    {
        var root = Documents.Json(Network, Plug);
        root["components"]![component] = new JObject(new JProperty("platform", platform), new JProperty("unique_id", "zw_e1a2b3c4_2_" + component));
        return root.ToString();
    }

    public void Dispose() => Publisher!.Dispose();

    void IMessageSink.Publish(MqttMessage message) => _published.Add(message);

    Task<IAsyncDisposable> IDiscoverySweepLink.SubscribeAsync(IReadOnlyList<string> filters, Action<MqttMessage> received, CancellationToken cancellationToken)
    {
        Filters = filters;
        _received = received;
        foreach (var message in Kept) received(message);
        return Task.FromResult<IAsyncDisposable>(new Subscription(this));
    }

    private static Task Run(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    private sealed class Subscription(PublisherRig rig) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            rig._received = null;
            return ValueTask.CompletedTask;
        }
    }
}
