using System.Globalization;
using Bridge.Properties;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;

namespace Bridge.Discovery;

/// <summary>Finds out the facts of the properties of a node. To be used on the network's loop.</summary>
internal static class PropertyFacts
{
    private const string Off = "Off";
    private const string On = "On";

    /// <param name="view">Tells how many bytes a parameter has that nobody described.</param>
    /// <param name="properties">Everything the node has.</param>
    /// <param name="node">The facts of the node.</param>
    /// <param name="setTopic">Where a property is set.</param>
    public static IEnumerable<Facts> Of(INetworkView view, NodeProperties properties, Facts node, Func<NodeProperty, string> setTopic)
    {
        // Some makers give two parameters one label: the number tells them apart. A meter with two scales of one quantity: the unit does.
        var twice = properties.All.GroupBy(static property => property.FullLabel, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Count() > 1).Select(static group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in properties.All)
        {
            var facts = Of(property, Range(view, property), node).With(("set_topic", property.IsSettable ? setTopic(property) : null));
            var number = property.ParameterNumber?.ToString(CultureInfo.InvariantCulture);
            var difference = property.Kind == PropertyKind.Reading ? property.Unit : number;
            yield return difference is not null && twice.Contains(property.FullLabel)
                ? facts.With(("label", $"{property.FullLabel} ({difference})"))
                : facts;
        }
    }

    private static Facts Of(NodeProperty property, (decimal Minimum, decimal Maximum)? range, Facts node)
    {
        var labels = property.Options.OrderBy(static option => option.Key).Select(static option => option.Value);
        string[] options = property.IsEnumeration ? [.. labels.Distinct(StringComparer.Ordinal)] : [];
        return node.With(
            (FactName.Kind, PropertyKindWords.Of(property.Kind)),
            (FactName.Id, ComponentId(property)),
            ("name", property.Name),
            ("stem", property.Stem),
            ("label", property.FullLabel),
            ("title", property.Label),
            ("endpoint", property.Endpoint.IsRoot ? null : (long)property.Endpoint.Value),
            ("endpoint_label", property.EndpointLabel),
            ("has_endpoint", property.EndpointLabel is not null),
            ("individual", !property.IsGroup),
            ("quantity", property.Quantity),
            ("produced", property.IsProduced),
            ("accumulating", property.IsAccumulating),
            ("unit", property.Unit),
            ("multiple_unit", property.Unit is { Length: > 0 } unit && char.IsAsciiDigit(unit[0])),
            ("parameter", property.ParameterNumber is { } number ? (long)number : null),
            ("minimum", range?.Minimum),
            ("maximum", range?.Maximum),
            ("single_value", range is { } limits && limits.Minimum == limits.Maximum),
            ("only_value", range is { } only && only.Minimum == only.Maximum ? only.Minimum.ToString(CultureInfo.InvariantCulture) : null),
            ("options", options.Length > 0 ? options : null),
            ("enumeration", options.Length > 0),
            ("on_off", options.Length == 2 && options.Contains(Off) && options.Contains(On)),
            ("readable", property.IsState),
            ("settable", property.IsSettable),
            ("hidden", property.IsHidden));
    }

    /// <summary>
    /// Stable for ever, whatever the device or the endpoint is called: a parameter goes by its number, because the name in a device file
    /// may be mended.
    /// </summary>
    private static string ComponentId(NodeProperty property)
    {
        if (property.ParameterNumber is { } number) return string.Create(CultureInfo.InvariantCulture, $"parameter_{number}");
        var stem = property.Kind == PropertyKind.Switch ? "switch" : property.Stem;
        return property.Endpoint.IsRoot ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}_{property.Endpoint.Value}");
    }

    /// <summary>
    /// Everything the number can be: what may be set, and a default outside of it. The reader refuses what is outside, also when the device
    /// tells it.
    /// </summary>
    private static (decimal Minimum, decimal Maximum)? Range(INetworkView view, NodeProperty property)
    {
        if (property.Kind != PropertyKind.Parameter) return null;
        var (low, high) = property is { Minimum: { } minimum, Maximum: { } maximum } ? (minimum, maximum) : Representable(view, property);
        decimal[] others = [.. (property.Parameter?.AlsoAllowed ?? []).Select(static number => (decimal)number), property.Default ?? low];
        return (Math.Min(low, others.Min()), Math.Max(high, others.Max()));
    }

    // Without a word of the device or of a file both readings of the bytes are possible.
    private static (decimal Minimum, decimal Maximum) Representable(INetworkView view, NodeProperty property)
    {
        var size = property.Source is { } source
            ? view.Values.Read(source with { Property = ConfigurationCommandClass.ParameterSize(source.Property.Key) }).AsInteger
            : null;
        return size switch
        {
            1 => (sbyte.MinValue, byte.MaxValue),
            2 => (short.MinValue, ushort.MaxValue),
            _ => (int.MinValue, uint.MaxValue),
        };
    }
}
