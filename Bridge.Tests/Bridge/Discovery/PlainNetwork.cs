using Bridge.Discovery;
using Bridge.Firmware;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.Publishing;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Discovery;

/// <summary>A network on paper: nodes with the classes and values a test gives them.</summary>
internal sealed class PlainNetwork(TimeProvider? time = null) : INetworkView
{
    public static readonly HomeId Home = new(0xE1A2B3C4);

    private readonly SortedDictionary<NodeId, Node> _nodes = [];

    public ControllerStatus Status { get; set; } = ControllerStatus.Ready;

    public ControllerIdentity? Identity { get; set; } = IdentityOf(Home);

    public IEnumerable<Node> OtherNodes => _nodes.Values;

    public ValueStore Values { get; } = new(time ?? TimeProvider.System);

    public Node? FindNode(NodeId id) => _nodes.GetValueOrDefault(id);

    public static ControllerIdentity IdentityOf(HomeId home) => new()
    {
        HomeId = home,
        NodeId = new(1),
        LibraryVersion = "Z-Wave 7.18",
        LibraryType = 1,
        ApiVersion = 1,
        ApiRevision = 0,
        ManufacturerId = 0,
        ProductTypeId = 0,
        ProductId = 0,
        Functions = new HashSet<Bridge.ZWave.Serial.FunctionId>(),
        NodeIds = [],
    };

    /// <summary>A plug whose interview is complete: a relay and what is added.</summary>
    public Node Add(ushort id, params CommandClassId[] classes)
    {
        var node = new Node(new(id)) { Interview = new(InterviewState.Complete, 100, string.Empty), Status = NodeStatus.Alive };
        foreach (var commandClass in classes.Prepend(SwitchBinaryCommandClass.Id)) node.Root.Add(commandClass);
        _nodes[node.Id] = node;
        return node;
    }

    public void Remove(Node node)
    {
        _nodes.Remove(node.Id);
        Values.RemoveNode(node.Id);
    }

    public void Set(Node node, byte endpoint, PropertyId property, Value value) => Values.Set(new(node.Id, new(endpoint), property), value);

    public void Describe(Node node, PropertyId property, ValueMetadata metadata) => Values.Describe(new(node.Id, EndpointIndex.Root, property), metadata);

    /// <summary>An electric meter that has told which scales and directions it has.</summary>
    public void AddMeter(Node node, byte endpoint, int[] scales, int[] rates, bool canReset = true, byte type = MeterScales.Electric)
    {
        node.AddEndpoint(new(endpoint)).Add(MeterCommandClass.Id);
        Set(node, endpoint, MeterCommandClass.MeterType, Value.Of(type));
        Set(node, endpoint, MeterCommandClass.SupportedScales, Value.Of(scales));
        Set(node, endpoint, MeterCommandClass.RateTypes, Value.Of(rates));
        Set(node, endpoint, MeterCommandClass.ResetSupported, Value.Of(canReset));
    }

    public void SetIdentity(Node node, int manufacturer, int type, int product, string firmware)
    {
        Set(node, 0, ManufacturerSpecificCommandClass.ManufacturerId, Value.Of(manufacturer));
        Set(node, 0, ManufacturerSpecificCommandClass.ProductTypeId, Value.Of(type));
        Set(node, 0, ManufacturerSpecificCommandClass.ProductId, Value.Of(product));
        Set(node, 0, VersionCommandClass.FirmwareVersion, Value.Of(firmware));
    }

    public static DeviceDefinition Device(params ParameterDefinition[] parameters) =>
        new("maker/model.json", "Maker", "Model") { Fingerprints = [], Parameters = parameters };
}

/// <summary>Names of nodes, held in memory.</summary>
internal sealed class PlainDirectory : INodeDirectory
{
    private readonly Dictionary<NodeId, NodeEntry> _entries = [];

    public NodeEntry Find(NodeId node) => _entries.GetValueOrDefault(node) ?? new(node, $"node_{node}");

    public NodeId? Resolve(string text) => _entries.Values.FirstOrDefault(entry => entry.Topic == text)?.Id;

    public string? TryReplace(NodeEntry entry)
    {
        _entries[entry.Id] = entry;
        return null;
    }

    public void Remove(NodeId node) => _entries.Remove(node);
}

/// <summary>What the tests of documents share.</summary>
internal static class Documents
{
    public static readonly TopicScheme Topics = new("zwbridge");

    public static NodeFacts Facts { get; } = new(Topics, "1.0.0");

    public static TemplateCatalog Shipped { get; } = TemplateCatalog.Load(Support.Repository.Path("discovery-templates"));

    public static DiscoveryDocument Of(INetworkView view, Node node, NodeEntry entry, HomeId? home = null, TemplateCatalog? catalog = null)
    {
        var facts = Facts.OfNode(view, node, entry, PropertyCatalog.Of(view, node), home ?? PlainNetwork.Home);
        if (catalog is null) AssertNoChance(facts);
        return DiscoveryBuilder.Build(catalog ?? Shipped, facts) ?? throw new InvalidOperationException("no document");
    }

    /// <summary>Of two templates that ask for equally much, the name of the file would decide: ours must not need that.</summary>
    private static void AssertNoChance(DeviceFacts device)
    {
        foreach (var facts in device.Properties)
        {
            DiscoveryTemplate[] best = [.. Shipped.Matching(facts).Take(2)];
            if (best.Length == 2) Assert.True(best[0].Match.Specificity > best[1].Match.Specificity, $"{best[0].Source} and {best[1].Source}");
        }
    }

    /// <summary>The message of a node nobody named, as JSON.</summary>
    public static JObject Json(PlainNetwork network, Node node, TemplateCatalog? catalog = null) =>
        JObject.Parse(Message(Of(network, node, new(node.Id, $"node_{node.Id}"), catalog: catalog)).Payload);

    public static (string Topic, string Payload) Message(DiscoveryDocument document) => document.DeviceMessage("homeassistant", new Dictionary<string, string>());

    /// <summary>What the state topic of a node holds: every key, null where nothing is known.</summary>
    public static JObject State(INetworkView view, Node node)
    {
        JObject state = [];
        foreach (var property in PropertyCatalog.Of(view, node).All.Where(static property => property.IsState))
        {
            var value = PropertyReading.Of(view, node, property);
            state[property.Name] = value.Kind switch
            {
                ValueKind.Boolean => value.AsBoolean,
                ValueKind.Integer => value.AsInteger,
                ValueKind.Decimal => value.AsDecimal,
                ValueKind.Text => value.AsText,
                _ => JValue.CreateNull(),
            };
        }

        return state;
    }

    /// <summary>Every state topic a document of these nodes may read.</summary>
    public static Dictionary<string, string> States(INetworkView view, params (Node Node, string Topic)[] nodes)
    {
        Dictionary<string, string> states = new()
        {
            ["zwbridge/bridge/state"] = "online",
            ["zwbridge/bridge/info"] = """{"version":"1.0.0","home_id":"e1a2b3c4","controller":{"status":"ready","node_id":1},"permit_join":false}""",
        };
        foreach (var (node, topic) in nodes)
        {
            states[Topics.State(topic)] = State(view, node).ToString(Newtonsoft.Json.Formatting.None);
            if (!PropertyCatalog.Of(view, node).All.Any(static property => property.Kind == PropertyKind.Update)) continue;
            Publishing.RecordingSink sink = new();
            UpdatePublisher publisher = new(view, new(view), new Commands.SomeDirectory(), sink, Topics, static _ => new("1.2", "1.3", UpdateStatus.Idle, null));
            publisher.NodeAdded(node);
            states[Topics.Update(topic)] = Publishing.RecordingSink.Text(Assert.Single(sink.Messages));
        }

        return states;
    }
}
