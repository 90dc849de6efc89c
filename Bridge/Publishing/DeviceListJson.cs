using System.Globalization;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;

namespace Bridge.Publishing;

/// <summary>
/// One entry of <c>bridge/devices</c>: enough to make a flow or a page for the node without asking anybody. To be used on the network's loop.
/// </summary>
internal sealed class DeviceListJson(INetworkView view, PropertyCache properties, INodeDirectory directory)
{
    /// <summary>"0x1234"; null: not known.</summary>
    public static string? Hex(long? number) => number is { } known ? "0x" + known.ToString("x4", CultureInfo.InvariantCulture) : null;

    public void Write(JsonTextWriter json, Node node)
    {
        var entry = directory.Find(node.Id);
        json.Member("id", node.Id.Value);
        json.Member("name", entry.DisplayName);
        json.Member("topic", entry.Topic);
        json.Member("area", entry.Area);
        json.Member("manufacturer", node.Device?.Manufacturer);
        json.Member("model", node.Device?.Model);
        json.Member("manufacturer_id", Hex(Number(node, ManufacturerSpecificCommandClass.ManufacturerId)));
        json.Member("product_type_id", Hex(Number(node, ManufacturerSpecificCommandClass.ProductTypeId)));
        json.Member("product_id", Hex(Number(node, ManufacturerSpecificCommandClass.ProductId)));
        json.Member("firmware", Read(node, VersionCommandClass.FirmwareVersion).AsText);
        json.Member("security", Security(node));
        json.Member("interview", StatusWords.Of(node.Interview.State));
        json.Member("status", PropertyReading.StatusText(node.Status));
        json.Member("listening", node.Protocol?.IsListening);
        json.List("endpoints", node.Endpoints, endpoint => json.Object(members => WriteEndpoint(members, node, endpoint)));
        json.List("command_classes", Classes(node), item => json.Object(members => WriteClass(members, item.Endpoint, item.Class)));
        json.List("properties", properties.Of(node).All, property => json.Object(members => WriteProperty(members, property)));
        json.Object("settings", members => WriteSettings(members, node.Settings));
        json.List("notes", node.Device?.Notes ?? [], json.WriteValue);
    }

    // A node that lists neither scheme cannot have keys, whoever included it.
    private static string Security(Node node) =>
        node.GrantedClasses is not null || !(node.Root.Supports(Security2CommandClass.Id) || node.Root.Supports(Security0CommandClass.Id))
            ? SecurityClassWords.Of(node.SecurityClass)
            : "unknown";

    private static void WriteEndpoint(JsonTextWriter json, Node node, Endpoint endpoint)
    {
        var definition = node.FindDefinition(endpoint.Index);
        json.Member("index", endpoint.Index.Value);
        json.Member("label", definition?.Label);
        json.Member("role", definition?.Role == EndpointRole.Group ? "group" : "single");
    }

    private static void WriteClass(JsonTextWriter json, Endpoint endpoint, CommandClassId commandClass)
    {
        json.Member("endpoint", endpoint.Index.Value);
        json.Member("id", commandClass.ToString());
        json.Member("name", CommandRegistry.Find(commandClass)?.Name);
        json.Member("version", endpoint.KnowsVersionOf(commandClass) ? endpoint.VersionOf(commandClass) : null);
    }

    private static void WriteProperty(JsonTextWriter json, NodeProperty property)
    {
        json.Member("name", property.Name);
        json.Member("kind", PropertyKindWords.Of(property.Kind));
        json.Member("label", property.FullLabel);
        json.Member("endpoint", property.Endpoint.Value);
        json.Member("unit", property.Unit);
        json.Member("minimum", property.Minimum);
        json.Member("maximum", property.Maximum);
        json.Member("default", property.Default);
        if (property.ParameterNumber is { } number) json.Member("parameter", number);
        if (property.Options.Count > 0)
        {
            json.List("options", property.Options.OrderBy(static option => option.Key), option => json.Object(members =>
            {
                members.Member("value", option.Key);
                members.Member("label", option.Value);
            }));
        }

        json.Member("readable", property.IsState);
        json.Member("settable", property.IsSettable);
        if (property.IsHidden) json.Member("hidden", true);
    }

    private static void WriteSettings(JsonTextWriter json, NodeSettings settings)
    {
        json.Member("endpoint_order", settings.EndpointOrder);
        json.Member("maximum_power", settings.MaximumPowerWatts);
        json.Member("meter_filter", settings.FiltersMeters);
        json.Member("poll_interval", settings.PollSeconds);
    }

    private static IEnumerable<(Endpoint Endpoint, CommandClassId Class)> Classes(Node node) =>
        node.Endpoints.SelectMany(static endpoint => endpoint.Classes.Keys.Order().Select(commandClass => (endpoint, commandClass)));

    private Value Read(Node node, PropertyId property) => view.Values.Read(new(node.Id, EndpointIndex.Root, property));

    private long? Number(Node node, PropertyId property) => Read(node, property).AsInteger;
}
