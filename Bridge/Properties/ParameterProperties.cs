using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Properties;

/// <summary>Configuration parameters as properties: those of the device file, and those the device itself told of.</summary>
internal static class ParameterProperties
{
    public static IEnumerable<NodeProperty> Of(INetworkView view, Node node)
    {
        if (!node.Root.Supports(ConfigurationCommandClass.Id)) yield break;
        HashSet<int> listed = [];
        foreach (var parameter in node.Device?.Parameters ?? [])
        {
            listed.Add(parameter.Number);
            yield return Listed(node, parameter);
        }

        var told = view.Values.OfNode(node.Id)
            .Where(pair => pair.Key.Endpoint.IsRoot && IsParameter(pair.Key.Property) && !listed.Contains(pair.Key.Property.Key))
            .OrderBy(static pair => pair.Key.Property.Key);
        foreach (var (id, stored) in told)
        {
            // The device's own name for it, where it tells one.
            var name = view.Values.Read(id with { Property = ConfigurationCommandClass.ParameterName(id.Property.Key) }).AsText;
            yield return Told(id, stored.Metadata, string.IsNullOrWhiteSpace(name) ? null : name.Trim());
        }
    }

    private static bool IsParameter(PropertyId property) => property == ConfigurationCommandClass.Parameter(property.Key);

    private static NodeProperty Listed(Node node, ParameterDefinition parameter) => new(parameter.Name, PropertyKind.Parameter)
    {
        Stem = parameter.Name,
        Label = parameter.Label,
        Source = new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.Parameter(parameter.Number)),
        ParameterNumber = parameter.Number,
        Parameter = parameter,
        Unit = parameter.Unit,
        Minimum = parameter.Minimum,
        Maximum = parameter.Maximum,
        Default = parameter.Default,
        Options = parameter.Values,
        IsEnumeration = parameter.IsEnumeration,
        IsState = !parameter.IsWriteOnly,
        IsSettable = !parameter.IsReadOnly,
        IsHidden = parameter.IsHidden,
    };

    private static NodeProperty Told(ValueId id, ValueMetadata? metadata, string? label)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"parameter_{id.Property.Key}");
        return new(name, PropertyKind.Parameter)
        {
            Stem = name,
            Label = label ?? metadata?.Label ?? string.Create(CultureInfo.InvariantCulture, $"Parameter {id.Property.Key}"),
            Source = id,
            ParameterNumber = id.Property.Key,
            Unit = metadata?.Unit,
            Minimum = metadata?.Minimum,
            Maximum = metadata?.Maximum,
            Default = metadata?.Default,
            Options = metadata?.States ?? new Dictionary<long, string>(),
            IsState = true,
            IsSettable = metadata?.IsWriteable ?? true,
        };
    }
}
