using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.Network;

namespace Bridge.Commands;

/// <summary>What answers tell of properties: the same as the state object. To be used on the network's loop.</summary>
internal static class PropertyOutput
{
    /// <summary>What a property is now; null in JSON while it is not known.</summary>
    public static PayloadValue Of(INetworkView view, Node node, NodeProperty property)
    {
        var value = PropertyReading.Of(view, node, property);
        if (value.AsText is { } text) return PayloadValue.Of(text);
        if (value.AsBoolean is { } flag) return PayloadValue.Of(flag);
        return value.AsDecimal is { } number ? PayloadValue.Of(number) : PayloadValue.Null;
    }
}
