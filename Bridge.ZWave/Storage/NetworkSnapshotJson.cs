using System.Globalization;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Storage;

/// <summary>The JSON of a <see cref="NetworkSnapshot"/>, written and read by hand (docs/decisions/0006).</summary>
internal static class NetworkSnapshotJson
{
    /// <summary>Raised when an older program could not read the file any more.</summary>
    public const int SchemaVersion = 1;

    public static void Write(JsonTextWriter json, NetworkSnapshot snapshot)
    {
        json.WriteStartObject();
        Property(json, "schemaVersion", SchemaVersion);
        Property(json, "homeId", snapshot.HomeId.ToString());
        json.WritePropertyName("nodes");
        json.WriteStartArray();
        foreach (var node in snapshot.Nodes) WriteNode(json, node);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">The text is not what <see cref="Write"/> writes; the message says where.</exception>
    public static NetworkSnapshot Read(JObject root)
    {
        var version = Number(root, "schemaVersion");
        if (version != SchemaVersion) throw new FormatException($"schema version {version}, this program reads {SchemaVersion}");
        return new(new(uint.Parse(Text(root, "homeId"), NumberStyles.HexNumber, CultureInfo.InvariantCulture)), [.. List(root, "nodes").Select(ReadNode)]);
    }

    private static void WriteNode(JsonTextWriter json, NodeSnapshot node)
    {
        json.WriteStartObject();
        Property(json, "id", node.Id.Value);
        Property(json, "interview", node.Interview.ToString());
        Property(json, "slow", node.IsSlow);
        if (node.LastSeen is { } lastSeen) Property(json, "lastSeen", lastSeen.ToString("O", CultureInfo.InvariantCulture));
        if (node.HasLeft) Property(json, "hasLeft", true);
        if (node.IsHidden) Property(json, "hidden", true);
        if (node.GrantedClasses is { } granted) Texts(json, "security", granted.StrongestFirst.Select(SecurityClassWords.Of));
        if (node.SecureClasses is { } secure) Texts(json, "secureClasses", secure.Order().Select(static id => id.ToString()));
        if (node.ObservedEndpointOrder is { } order) Property(json, "observedEndpointOrder", order);
        if (node.Protocol is { } protocol)
        {
            json.WritePropertyName("protocol");
            json.WriteStartObject();
            Property(json, "listening", protocol.IsListening);
            Property(json, "frequentlyListening", protocol.IsFrequentlyListening);
            Property(json, "routing", protocol.IsRouting);
            Property(json, "controller", protocol.IsController);
            Property(json, "basic", protocol.BasicDeviceClass);
            Property(json, "generic", protocol.GenericDeviceClass);
            Property(json, "specific", protocol.SpecificDeviceClass);
            json.WriteEndObject();
        }

        Texts(json, "completedSteps", node.CompletedSteps);
        Texts(json, "failedSteps", node.FailedSteps);
        json.WritePropertyName("endpoints");
        json.WriteStartArray();
        foreach (var endpoint in node.Endpoints) WriteEndpoint(json, endpoint);
        json.WriteEndArray();
        json.WritePropertyName("values");
        json.WriteStartArray();
        foreach (var value in node.Values) WriteValue(json, value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEndpoint(JsonTextWriter json, EndpointSnapshot endpoint)
    {
        json.WriteStartObject();
        Property(json, "index", endpoint.Index.Value);
        Property(json, "generic", endpoint.GenericDeviceClass);
        Property(json, "specific", endpoint.SpecificDeviceClass);
        json.WritePropertyName("classes");
        json.WriteStartObject();
        foreach (var (commandClass, version) in endpoint.Classes.OrderBy(static pair => pair.Key)) Property(json, commandClass.ToString(), version);
        json.WriteEndObject();
        Texts(json, "controlled", endpoint.ControlledClasses.Select(static id => id.ToString()));
        json.WriteEndObject();
    }

    private static void WriteValue(JsonTextWriter json, ValueSnapshot value)
    {
        json.WriteStartObject();
        Property(json, "endpoint", value.Endpoint.Value);
        Property(json, "class", value.Property.CommandClass.ToString());
        Property(json, "name", value.Property.Name);
        if (value.Property.Key != 0) Property(json, "key", value.Property.Key);
        Property(json, "kind", value.Value.Kind.ToString());
        switch (value.Value.Kind)
        {
            case ValueKind.Boolean: Property(json, "value", value.Value.AsBoolean); break;
            case ValueKind.Integer: Property(json, "value", value.Value.RawNumber); break;
            case ValueKind.Decimal:
                Property(json, "value", value.Value.RawNumber);
                Property(json, "precision", value.Value.Precision);
                break;
            case ValueKind.Text: Property(json, "value", value.Value.AsText); break;
            case ValueKind.Bytes: Property(json, "value", Convert.ToHexString(value.Value.AsBytes!)); break;
            case ValueKind.Numbers:
                json.WritePropertyName("value");
                json.WriteStartArray();
                foreach (var number in value.Value.AsNumbers!) json.WriteValue(number);
                json.WriteEndArray();
                break;
        }

        if (value.Metadata is { } metadata) WriteMetadata(json, metadata);
        json.WriteEndObject();
    }

    private static void WriteMetadata(JsonTextWriter json, ValueMetadata metadata)
    {
        json.WritePropertyName("metadata");
        json.WriteStartObject();
        Property(json, "label", metadata.Label);
        if (metadata.Unit is not null) Property(json, "unit", metadata.Unit);
        if (metadata.Minimum is not null) Property(json, "minimum", metadata.Minimum);
        if (metadata.Maximum is not null) Property(json, "maximum", metadata.Maximum);
        if (metadata.Default is not null) Property(json, "default", metadata.Default);
        if (metadata.IsWriteable) Property(json, "writeable", true);
        if (!metadata.IsReadable) Property(json, "readable", false);
        if (metadata.States is { } states)
        {
            json.WritePropertyName("states");
            json.WriteStartObject();
            foreach (var (number, label) in states) Property(json, number.ToString(CultureInfo.InvariantCulture), label);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static NodeSnapshot ReadNode(JObject node) => new(new NodeId((ushort)Number(node, "id")))
    {
        Interview = Enum.TryParse<InterviewState>(Text(node, "interview"), out var state) ? state : InterviewState.None,
        IsSlow = Flag(node, "slow"),
        LastSeen = node.Value<string>("lastSeen") is { } seen ? DateTimeOffset.Parse(seen, CultureInfo.InvariantCulture) : null,
        HasLeft = node.Value<bool?>("hasLeft") ?? false,
        IsHidden = node.Value<bool?>("hidden") ?? false,
        GrantedClasses = node["security"] is null ? null : SecurityClasses.Of([.. TextList(node, "security").Select(ReadSecurityClass)]),
        SecureClasses = node["secureClasses"] is null ? null : TextList(node, "secureClasses").Select(Class).ToHashSet(),
        ObservedEndpointOrder = node.Value<string>("observedEndpointOrder"),
        Protocol = node["protocol"] is JObject protocol
            ? new(Flag(protocol, "listening"), Flag(protocol, "frequentlyListening"), Flag(protocol, "routing"), Flag(protocol, "controller"),
                (byte)Number(protocol, "basic"), (byte)Number(protocol, "generic"), (byte)Number(protocol, "specific"))
            : null,
        CompletedSteps = TextList(node, "completedSteps"),
        FailedSteps = TextList(node, "failedSteps"),
        Endpoints = [.. List(node, "endpoints").Select(ReadEndpoint)],
        Values = [.. List(node, "values").Select(ReadValue)],
    };

    private static EndpointSnapshot ReadEndpoint(JObject endpoint) => new(
        new((byte)Number(endpoint, "index")), (byte)Number(endpoint, "generic"), (byte)Number(endpoint, "specific"),
        (endpoint["classes"] as JObject ?? []).Properties().ToDictionary(
            static property => Class(property.Name), static property => property.Value.Value<byte>()),
        [.. TextList(endpoint, "controlled").Select(Class)]);

    private static ValueSnapshot ReadValue(JObject value)
    {
        var property = new PropertyId(Class(Text(value, "class")), Text(value, "name"), value["key"] is { } key ? key.Value<int>() : 0);
        var content = value["value"];
        var read = Enum.TryParse<ValueKind>(Text(value, "kind"), out var kind) ? kind switch
        {
            ValueKind.Boolean => Value.Of(content!.Value<bool>()),
            ValueKind.Integer => Value.Of(content!.Value<long>()),
            ValueKind.Decimal => Value.OfDecimal(content!.Value<long>(), (byte)Number(value, "precision")),
            ValueKind.Text => Value.Of(content!.Value<string>()!),
            ValueKind.Bytes => Value.Of(Convert.FromHexString(content!.Value<string>()!)),
            ValueKind.Numbers => Value.Of([.. content!.Values<int>()]),
            _ => Value.Unknown,
        } : Value.Unknown;
        return new(new((byte)Number(value, "endpoint")), property, read, value["metadata"] is JObject metadata ? ReadMetadata(metadata) : null);
    }

    private static ValueMetadata ReadMetadata(JObject metadata) => new(Text(metadata, "label"))
    {
        Unit = metadata.Value<string>("unit"),
        Minimum = metadata.Value<decimal?>("minimum"),
        Maximum = metadata.Value<decimal?>("maximum"),
        Default = metadata.Value<decimal?>("default"),
        IsWriteable = metadata.Value<bool?>("writeable") ?? false,
        IsReadable = metadata.Value<bool?>("readable") ?? true,
        States = metadata["states"] is JObject states
            ? states.Properties().ToDictionary(
                static property => long.Parse(property.Name, CultureInfo.InvariantCulture), static property => property.Value.Value<string>()!)
            : null,
    };

    private static SecurityClass ReadSecurityClass(string word) =>
        SecurityClassWords.TryParse(word, out var read) ? read : throw new FormatException($"there is no security class \"{word}\"");

    private static CommandClassId Class(string text) =>
        new(ushort.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static void Property(JsonTextWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static void Texts(JsonTextWriter json, string name, IEnumerable<string> texts)
    {
        json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var text in texts) json.WriteValue(text);
        json.WriteEndArray();
    }

    private static long Number(JObject from, string key) =>
        from[key] is JValue { Value: long number } ? number : throw new FormatException($"{from.Path}.{key} is not a number");

    private static string Text(JObject from, string key) =>
        from[key] is JValue { Value: string text } ? text : throw new FormatException($"{from.Path}.{key} is not a text");

    private static bool Flag(JObject from, string key) =>
        from[key] is JValue { Value: bool flag } ? flag : throw new FormatException($"{from.Path}.{key} is not true or false");

    private static IEnumerable<JObject> List(JObject from, string key) =>
        from[key] is JArray list ? list.OfType<JObject>() : throw new FormatException($"{from.Path}.{key} is not a list");

    private static IReadOnlyList<string> TextList(JObject from, string key) =>
        from[key] is JArray list ? [.. list.Values<string>().OfType<string>()] : throw new FormatException($"{from.Path}.{key} is not a list");
}
