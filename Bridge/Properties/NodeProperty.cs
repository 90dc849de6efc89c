using Bridge.ZWave.Devices;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Properties;

/// <summary>
/// One thing of a node that MQTT shows or takes: the same record serves the state object, the set topics, <c>bridge/devices</c> and discovery, so that they
/// cannot differ. Immutable; made by <see cref="PropertyCatalog"/>.
/// </summary>
/// <param name="Name">Key of the state object and last level of the set topic: "power_1", "auto_off_timer".</param>
/// <param name="Kind">What it is.</param>
public sealed record NodeProperty(string Name, PropertyKind Kind)
{
    /// <summary>The name without the number of the endpoint: "power".</summary>
    public required string Stem { get; init; }

    /// <summary>Where it is; the root for everything that belongs to the whole node.</summary>
    public EndpointIndex Endpoint { get; init; }

    /// <summary>"Relay 1"; null when the node has no endpoints for this.</summary>
    public string? EndpointLabel { get; init; }

    /// <summary>The endpoint stands for several others: its readings repeat theirs and never count in totals.</summary>
    public bool IsGroup { get; init; }

    /// <summary>What it is, for people, without the endpoint: "Power", "Energy produced", "Auto-off timer".</summary>
    public required string Label { get; init; }

    /// <summary>The value behind it; null for actions and for what the node itself tells.</summary>
    public ValueId? Source { get; init; }

    /// <summary>Of a reading: "energy", "power", "voltage" …: the stem without its direction.</summary>
    public string? Quantity { get; init; }

    /// <summary>Of a reading: fed back into the mains instead of taken from it.</summary>
    public bool IsProduced { get; init; }

    /// <summary>Of a reading: a counter that only grows until it is reset.</summary>
    public bool IsAccumulating { get; init; }

    /// <summary>W, kWh, V, A, s …; null: none.</summary>
    public string? Unit { get; init; }

    /// <summary>Of a parameter: its number.</summary>
    public int? ParameterNumber { get; init; }

    /// <summary>Of a parameter with a device file: all that is known of it.</summary>
    public ParameterDefinition? Parameter { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public decimal? Default { get; init; }

    /// <summary>Names of values; when <see cref="IsEnumeration"/> these are all there are.</summary>
    public IReadOnlyDictionary<long, string> Options { get; init; } = new Dictionary<long, string>();

    public bool IsEnumeration { get; init; }

    /// <summary>It has a key in the state object (null while not known).</summary>
    public bool IsState { get; init; }

    /// <summary>It may be set (an action: started).</summary>
    public bool IsSettable { get; init; }

    /// <summary>Reachable by name, but nothing to show to everybody.</summary>
    public bool IsHidden { get; init; }

    /// <summary>True for what is done rather than set to a value.</summary>
    public bool IsAction => Kind is PropertyKind.ResetMeter or PropertyKind.Identify or PropertyKind.ResetConfiguration or PropertyKind.Ping
        or PropertyKind.Update;

    /// <summary>"Relay 1 power", "Power"; the endpoint alone for its relay.</summary>
    public string FullLabel => EndpointLabel is null ? Label
        : Kind == PropertyKind.Switch ? EndpointLabel
        : $"{EndpointLabel} {char.ToLowerInvariant(Label[0])}{Label[1..]}";
}

/// <summary>Everything MQTT shows or takes of one node. Immutable.</summary>
/// <param name="Node">Which.</param>
/// <param name="All">In the order they are shown.</param>
public sealed record NodeProperties(NodeId Node, IReadOnlyList<NodeProperty> All)
{
    private readonly Dictionary<string, NodeProperty> _byName = All.ToDictionary(static property => property.Name, StringComparer.Ordinal);
    private readonly HashSet<ValueId> _sources = [.. All.Select(static property => property.Source).OfType<ValueId>()];

    /// <summary>By name; case counts.</summary>
    public NodeProperty? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>By name without the endpoint's number, on one endpoint: "state" on 2 is "state_2".</summary>
    public NodeProperty? Find(string stem, EndpointIndex endpoint)
    {
        foreach (var property in All)
        {
            if (property.Endpoint == endpoint && property.Stem == stem) return property;
        }

        return null;
    }

    /// <summary>True when a value is shown by any of them.</summary>
    public bool Shows(ValueId value) => _sources.Contains(value);
}
