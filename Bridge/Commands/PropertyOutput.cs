using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.Network;

namespace Bridge.Commands;

/// <summary>What answers tell of properties: the same as the state object. To be used on the network's loop.</summary>
internal static class PropertyOutput
{
    // Dividing by it takes the zeros at the end away: the same number has one form, 12.340 is told as 12.34.
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>What a property is now; null in JSON while it is not known.</summary>
    public static PayloadValue Of(INetworkView view, Node node, NodeProperty property)
    {
        var value = PropertyReading.Of(view, node, property);
        if (value.AsText is { } text) return PayloadValue.Of(text);
        if (value.AsBoolean is { } flag) return PayloadValue.Of(flag);
        return value.AsDecimal is { } number ? PayloadValue.Of(number / One) : PayloadValue.Null;
    }
}
