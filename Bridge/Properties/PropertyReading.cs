using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;

namespace Bridge.Properties;

/// <summary>What a property is right now, as MQTT tells it. To be used on the network's loop.</summary>
public static class PropertyReading
{
    /// <summary>
    /// The value in the words of the state object: text, number, flag, or unknown (which becomes null). A value outside the options of an enumeration is
    /// unknown: whoever reads knows only the options.
    /// </summary>
    public static Value Of(INetworkView view, Node node, NodeProperty property)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(property);
        switch (property.Kind)
        {
            case PropertyKind.NodeStatus:
                return Value.Of(StatusText(node.Status));
            case PropertyKind.LastSeen:
                return node.LastSeen is { } seen ? Value.Of(seen.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)) : Value.Unknown;
        }

        if (property.Source is not { } source) return Value.Unknown;
        var value = view.Values.Read(source);
        return property.Kind switch
        {
            PropertyKind.Switch => value.AsBoolean is { } isOn ? Value.Of(isOn ? "ON" : "OFF") : Value.Unknown,
            PropertyKind.Parameter => Parameter(view, property, value),
            PropertyKind.Protection => Option(property, value.AsInteger),
            _ => value,
        };
    }

    /// <summary>"alive", "dead", "unknown".</summary>
    public static string StatusText(NodeStatus status) => status switch
    {
        NodeStatus.Alive => "alive",
        NodeStatus.Dead => "dead",
        _ => "unknown",
    };

    private static Value Parameter(INetworkView view, NodeProperty property, Value value)
    {
        if (ParameterNumber(view, property, value) is not { } number) return Value.Unknown;
        return property.IsEnumeration ? Option(property, number) : Value.Of(number);
    }

    private static long? ParameterNumber(INetworkView view, NodeProperty property, Value value)
    {
        if (value.AsInteger is not { } signed || property.Source is not { } source) return null;
        var size = view.Values.Read(source with { Property = ConfigurationCommandClass.ParameterSize(source.Property.Key) }).AsInteger
            ?? property.Parameter?.Size ?? sizeof(int);
        if (property.Parameter is { } parameter) return parameter.FromReport((int)signed, (byte)size);
        // Without a file the device itself told whether the number has a sign.
        var format = view.Values.Read(source with { Property = ConfigurationCommandClass.ParameterFormat(source.Property.Key) }).AsInteger;
        if (format is null or (long)ConfigurationFormat.Signed) return signed;
        return size switch { 1 => (byte)signed, 2 => (ushort)signed, _ => (uint)signed };
    }

    private static Value Option(NodeProperty property, long? number) =>
        number is { } known && property.Options.TryGetValue(known, out var label) ? Value.Of(label) : Value.Unknown;
}
