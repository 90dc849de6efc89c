using System.Globalization;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Discovery;

/// <summary>Everything the document of one device is made of. Immutable: it may leave the network's loop.</summary>
/// <param name="DeviceId">"zw_e1a2b3c4", "zw_e1a2b3c4_2": never from a name.</param>
/// <param name="Root">Facts of the bridge or of the node.</param>
/// <param name="Properties">Facts of each property, those of the node among them.</param>
public sealed record DeviceFacts(string DeviceId, Facts Root, IReadOnlyList<Facts> Properties);

/// <summary>Finds out the facts of the bridge and of nodes.</summary>
/// <param name="topics">Where MQTT has everything.</param>
/// <param name="version">Of this program.</param>
/// <param name="pageUrl">Where the bridge can be looked at with a browser; null: nowhere.</param>
public sealed class NodeFacts(TopicScheme topics, string version, string? pageUrl = null)
{
    /// <summary>Who has sent a document, if it is one of ours.</summary>
    public const string OriginName = "zwbridge";

    /// <summary>The id of the device that stands for the bridge; those of nodes begin with it.</summary>
    public static string BridgeId(HomeId home) => "zw_" + home.ToString().ToLowerInvariant();

    public static string NodeDeviceId(HomeId home, NodeId node) => $"{BridgeId(home)}_{node}";

    /// <summary>Any thread may call.</summary>
    public DeviceFacts OfBridge(HomeId home) => new(BridgeId(home), Common(home, "bridge", BridgeId(home), topics.BridgeInfo), []);

    /// <summary>To be called on the network's loop.</summary>
    public DeviceFacts OfNode(INetworkView view, Node node, NodeEntry entry, NodeProperties properties, HomeId home)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(properties);
        Value Read(PropertyId property) => view.Values.Read(new(node.Id, EndpointIndex.Root, property));
        var id = NodeDeviceId(home, node.Id);
        var facts = Common(home, "node", id, topics.State(entry.Topic)).With(
            ("node", (long)node.Id.Value),
            ("device_name", entry.DisplayName),
            ("device_topic", entry.Topic),
            ("area", entry.Area),
            ("manufacturer", node.Device?.Manufacturer),
            ("model", node.Device?.Model),
            ("model_id", ModelId(Read)),
            ("firmware", Read(VersionCommandClass.FirmwareVersion).AsText),
            ("hardware", Read(VersionCommandClass.HardwareVersion).AsInteger?.ToString(CultureInfo.InvariantCulture)),
            ("availability_topic", topics.Availability(entry.Topic)),
            ("update_topic", topics.Update(entry.Topic)));
        return new(id, facts, [.. PropertyFacts.Of(view, properties, facts, property => SetTopic(entry.Topic, property))]);
    }

    private Facts Common(HomeId home, string kind, string device, string stateTopic) => Facts.Empty.With(
        (FactName.Kind, kind),
        (FactName.DeviceId, device),
        ("bridge_id", BridgeId(home)),
        ("home_id", home.ToString().ToLowerInvariant()),
        ("origin_name", OriginName),
        ("version", version),
        ("page_url", pageUrl),
        ("bridge_state_topic", topics.BridgeState),
        ("bridge_info_topic", topics.BridgeInfo),
        ("request_topic", topics.Request(string.Empty).TrimEnd('/')),
        ("state_topic", stateTopic));

    private static string? ModelId(Func<PropertyId, Value> read)
    {
        long?[] ids =
        [
            read(ManufacturerSpecificCommandClass.ManufacturerId).AsInteger,
            read(ManufacturerSpecificCommandClass.ProductTypeId).AsInteger,
            read(ManufacturerSpecificCommandClass.ProductId).AsInteger,
        ];
        if (ids.Contains(null)) return null;
        return string.Join('-', ids.Select(static id => string.Create(CultureInfo.InvariantCulture, $"0x{id:x4}")));
    }

    // Below its endpoint a property goes by the name without the endpoint's number; a relay is what is meant when nothing is named.
    private string SetTopic(string device, NodeProperty property) => property.Kind == PropertyKind.Switch
        ? topics.Set(device, property.Endpoint)
        : topics.Set(device, property.Endpoint, property.Endpoint.IsRoot ? property.Name : property.Stem);
}
