using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Properties;

/// <summary>
/// Finds out what a node has for MQTT, from its command classes and values; a device file only refines. To be used on the network's loop.
/// </summary>
/// <remarks>
/// The root device is left out class by class where endpoints have the class: what it could tell they tell, too, and a reading shown twice is
/// counted twice. A strip that measures only as a whole keeps its meter.
/// </remarks>
public static class PropertyCatalog
{
    /// <summary>Everything of one node.</summary>
    public static NodeProperties Of(INetworkView view, Node node)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(node);
        List<NodeProperty> all = [];
        foreach (var endpoint in Shown(node, SwitchBinaryCommandClass.Id)) all.Add(Switch(node, endpoint.Index));
        foreach (var endpoint in Shown(node, MeterCommandClass.Id)) AddReadings(all, view, node, endpoint.Index);
        if (view.Values.Find(new(node.Id, EndpointIndex.Root, NodeValues.Overload)) is not null) all.Add(Overload(node));
        all.AddRange(ParameterProperties.Of(view, node));
        if (Protection(view, node) is { } protection) all.Add(protection);
        foreach (var endpoint in Shown(node, MeterCommandClass.Id)) AddReset(all, view, node, endpoint.Index);
        AddActions(all, view, node);
        all.Add(new("node_status", PropertyKind.NodeStatus) { Stem = "node_status", Label = "Node status", IsState = true });
        all.Add(new("last_seen", PropertyKind.LastSeen) { Stem = "last_seen", Label = "Last seen", IsState = true });
        // Two parameters of one name in a user's file: the second keeps its number.
        return new(node.Id, Unique(all));
    }

    /// <summary>The endpoints that show a class: the endpoints that have it, else the root; not those the device file hides.</summary>
    public static IEnumerable<Endpoint> Shown(Node node, CommandClassId commandClass)
    {
        ArgumentNullException.ThrowIfNull(node);
        var having = node.Endpoints.Where(endpoint => endpoint.Supports(commandClass)).ToArray();
        return having.Where(endpoint => (having.Length == 1 || !endpoint.Index.IsRoot) && node.FindDefinition(endpoint.Index) is not { IsHidden: true });
    }

    private static NodeProperty Switch(Node node, EndpointIndex endpoint) => At(node, endpoint, "state", PropertyKind.Switch, "Switch") with
    {
        Source = new(node.Id, endpoint, SwitchBinaryCommandClass.State),
        IsState = true,
        IsSettable = true,
    };

    private static void AddReadings(List<NodeProperty> all, INetworkView view, Node node, EndpointIndex endpoint)
    {
        foreach (var series in MeterSeries.Of(view.Values, node.Id, endpoint))
        {
            var stem = series.IsProduced ? series.Quantity + "_produced" : series.Quantity;
            // A second unit of the same quantity (water in m³ and gallons).
            if (all.Exists(property => property.Endpoint == endpoint && property.Stem == stem)) stem += "_" + series.ScaleName;
            all.Add(At(node, endpoint, stem, PropertyKind.Reading, series.Label) with
            {
                Source = new(node.Id, endpoint, series.Property),
                Quantity = series.Quantity,
                IsProduced = series.IsProduced,
                IsAccumulating = series.IsAccumulating,
                Unit = series.Unit,
                IsState = true,
            });
        }
    }

    private static void AddReset(List<NodeProperty> all, INetworkView view, Node node, EndpointIndex endpoint)
    {
        if (view.Values.Read(new(node.Id, endpoint, MeterCommandClass.ResetSupported)).AsBoolean != true) return;
        all.Add(At(node, endpoint, "reset_meter", PropertyKind.ResetMeter, "Reset energy meter") with { IsSettable = true });
    }

    private static NodeProperty Overload(Node node) => new("overload", PropertyKind.Overload)
    {
        Stem = "overload",
        Label = "Overload",
        Source = new(node.Id, EndpointIndex.Root, NodeValues.Overload),
        IsState = true,
    };

    private static NodeProperty? Protection(INetworkView view, Node node)
    {
        if (!node.Root.Supports(ProtectionCommandClass.Id)) return null;
        var id = new ValueId(node.Id, EndpointIndex.Root, ProtectionCommandClass.LocalState);
        var states = view.Values.Find(id)?.Metadata?.States;
        if (states is null) return null;
        // Version 2 tells which of the states it has.
        var supported = view.Values.Read(new(node.Id, EndpointIndex.Root, ProtectionCommandClass.SupportedLocalStates)).AsNumbers;
        return new("protection", PropertyKind.Protection)
        {
            Stem = "protection",
            Label = "Child lock",
            Source = id,
            Options = supported is { Length: > 0 } ? states.Where(state => supported.Contains((int)state.Key)).ToDictionary() : states,
            IsEnumeration = true,
            IsState = true,
            IsSettable = true,
        };
    }

    private static void AddActions(List<NodeProperty> all, INetworkView view, Node node)
    {
        if (view.Values.Read(new(node.Id, EndpointIndex.Root, IndicatorCommandClass.SupportedProperties(IndicatorCommandClass.Identify))).IsKnown)
        {
            all.Add(new("identify", PropertyKind.Identify) { Stem = "identify", Label = "Identify", IsSettable = true });
        }

        if (node.Device?.Quirks.ConfigurationReset is not null || node.Root.VersionOf(ConfigurationCommandClass.Id) >= 4)
        {
            all.Add(new("reset_configuration", PropertyKind.ResetConfiguration)
            {
                Stem = "reset_configuration",
                Label = "Reset configuration",
                IsSettable = true,
            });
        }

        if (node.Root.Supports(FirmwareUpdateMetaDataCommandClass.Id)
            && view.Values.Read(new(node.Id, EndpointIndex.Root, FirmwareUpdateMetaDataCommandClass.IsUpgradable)).AsBoolean == true)
        {
            all.Add(new("update", PropertyKind.Update) { Stem = "update", Label = "Firmware", IsSettable = true });
        }

        all.Add(new("ping", PropertyKind.Ping) { Stem = "ping", Label = "Ping", IsSettable = true });
    }

    private static NodeProperty At(Node node, EndpointIndex endpoint, string stem, PropertyKind kind, string label)
    {
        var definition = node.FindDefinition(endpoint);
        return new(endpoint.IsRoot ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}_{endpoint.Value}"), kind)
        {
            Stem = stem,
            Endpoint = endpoint,
            EndpointLabel = endpoint.IsRoot ? null : definition?.Label ?? string.Create(CultureInfo.InvariantCulture, $"Outlet {endpoint.Value}"),
            IsGroup = definition?.Role == ZWave.Devices.EndpointRole.Group,
            Label = label,
        };
    }

    private static List<NodeProperty> Unique(List<NodeProperty> all)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        return [.. all.Select(property =>
        {
            var name = property.Name;
            while (!names.Add(name)) name = string.Create(CultureInfo.InvariantCulture, $"{name}_{property.ParameterNumber ?? property.Endpoint.Value}");
            return name == property.Name ? property : property with { Name = name };
        })];
    }
}
