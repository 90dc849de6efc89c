using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>Switch states and meter readings in words. To be used on the network's loop.</summary>
public static class ReadingText
{
    /// <summary>True for what people want to read: not the configuration, not what the interview learned.</summary>
    public static bool IsReading(PropertyId property) =>
        property == SwitchBinaryCommandClass.State || MeterCommandClass.IsReading(property);

    /// <summary>"Relay 1" where the device file names the endpoint, else "root" or "endpoint 1".</summary>
    public static string EndpointName(Node node, EndpointIndex endpoint)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.FindDefinition(endpoint)?.Label ?? (endpoint.IsRoot ? "root" : $"endpoint {endpoint}");
    }

    /// <summary>False for endpoints the device file hides: their readings repeat those of others.</summary>
    public static bool IsShown(Node node, EndpointIndex endpoint)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.FindDefinition(endpoint) is not { IsHidden: true };
    }

    /// <summary>"Power", "Energy"; the name of the property where nobody labelled it.</summary>
    public static string Label(INetworkView view, ValueId id)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Values.Find(id)?.Metadata?.Label ?? id.Property.Name;
    }

    /// <summary>"on", "100.2 W", "unknown".</summary>
    public static string Text(INetworkView view, ValueId id, Value value)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (value.Kind == ValueKind.Boolean) return value.AsBoolean == true ? "on" : "off";
        return view.Values.Find(id)?.Metadata?.Unit is { } unit && value.IsKnown ? $"{value} {unit}" : value.ToString();
    }

    /// <summary>"node 4, Relay 1: Power 100.2 W (was 0.0 W)"; null when its endpoint is not shown or the node is gone.</summary>
    public static string? Change(INetworkView view, ValueUpdate update)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.FindNode(update.Id.Node) is not { } node || !IsShown(node, update.Id.Endpoint)) return null;
        var was = update.Previous.IsKnown ? $" (was {Text(view, update.Id, update.Previous)})" : string.Empty;
        var what = $"{Label(view, update.Id)} {Text(view, update.Id, update.Current)}{was}";
        return $"node {node.Id}, {EndpointName(node, update.Id.Endpoint)}: {what}";
    }
}
