using Bridge.Properties;

namespace Bridge.Discovery;

/// <summary>What a fact is made of.</summary>
public enum FactType
{
    Text,
    Number,
    Flag,

    /// <summary>A list of texts.</summary>
    List,
}

/// <summary>What a fact is about, and so in which templates it can be used.</summary>
public enum FactScope
{
    /// <summary>The bridge and its network: everywhere.</summary>
    Bridge,

    /// <summary>A node: in templates for nodes and for their properties.</summary>
    Node,

    /// <summary>One property of a node: only there.</summary>
    Property,
}

/// <summary>One name a template may use in <c>match</c> and as <c>${name}</c>.</summary>
/// <param name="Name">snake_case.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Scope">Where it is known.</param>
public sealed record FactName(string Name, FactType Type, FactScope Scope)
{
    public const string Kind = "kind";
    public const string DeviceId = "device_id";
    public const string ComponentId = "component_id";
    public const string Id = "id";

    /// <summary>What a template is for: the document of the bridge, that of a node, or a kind of property.</summary>
    public static IReadOnlyDictionary<string, FactScope> Kinds { get; } = Enum.GetValues<PropertyKind>()
        .Select(static kind => KeyValuePair.Create(PropertyKindWords.Of(kind), FactScope.Property))
        .Prepend(new("node", FactScope.Node)).Prepend(new("bridge", FactScope.Bridge))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Every name there is (discovery-templates/README.md says what each means).</summary>
    public static IReadOnlyDictionary<string, FactName> All { get; } = List().ToDictionary(static fact => fact.Name, StringComparer.Ordinal);

    private static IEnumerable<FactName> List() =>
    [
        .. Of(FactScope.Bridge, FactType.Text, Kind, DeviceId, ComponentId, "bridge_id", "home_id", "origin_name", "version", "page_url"),
        .. Of(FactScope.Bridge, FactType.Text, "bridge_state_topic", "bridge_info_topic", "request_topic", "state_topic"),
        .. Of(FactScope.Node, FactType.Number, "node"),
        .. Of(FactScope.Node, FactType.Text, "device_name", "device_topic", "area", "manufacturer", "model", "model_id"),
        .. Of(FactScope.Node, FactType.Text, "firmware", "hardware", "availability_topic", "update_topic"),
        .. Of(FactScope.Property, FactType.Text, Id, "name", "stem", "label", "title", "endpoint_label", "quantity", "unit"),
        .. Of(FactScope.Property, FactType.Text, "only_value", "set_topic"),
        .. Of(FactScope.Property, FactType.Number, "endpoint", "parameter", "minimum", "maximum"),
        .. Of(FactScope.Property, FactType.Flag, "has_endpoint", "individual", "produced", "accumulating", "multiple_unit", "single_value"),
        .. Of(FactScope.Property, FactType.Flag, "enumeration", "on_off", "readable", "settable", "hidden"),
        .. Of(FactScope.Property, FactType.List, "options"),
    ];

    private static IEnumerable<FactName> Of(FactScope scope, FactType type, params string[] names) =>
        names.Select(name => new FactName(name, type, scope));
}
