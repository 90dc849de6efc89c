using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Configuration parameters as people mean them. The store keeps the number as the bytes are sent, signed; whether 255 or -1 is meant is known from the device
/// file or from the format the device told. On the network's loop only.
/// </summary>
public static class NodeParameters
{
    /// <summary>What a parameter was when the device told it last; null: it never did.</summary>
    public static long? Read(ValueStore values, Node node, int number)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(node);
        if (Root(values, node, ConfigurationCommandClass.Parameter(number)).AsInteger is not { } raw) return null;
        if (!IsUnsigned(values, node, number)) return raw;
        return SizeOf(values, node, number) switch { 1 => unchecked((byte)raw), 2 => unchecked((ushort)raw), 4 => unchecked((uint)raw), _ => raw };
    }

    /// <summary>How many bytes the device uses for a parameter (1, 2, 4), as it told it; null: it never did.</summary>
    public static byte? SizeOf(ValueStore values, Node node, int number)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(node);
        return Root(values, node, ConfigurationCommandClass.ParameterSize(number)).AsInteger is { } size and (1 or 2 or 4) ? (byte)size : null;
    }

    /// <summary>True for numbers from 0 on. Where neither file nor device says so a parameter counts as signed.</summary>
    public static bool IsUnsigned(ValueStore values, Node node, int number)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(node);
        if (node.Device?.FindParameter(number) is { } parameter) return !parameter.IsSigned;
        return Root(values, node, ConfigurationCommandClass.ParameterFormat(number)).AsInteger is { } format && format != (long)ConfigurationFormat.Signed;
    }

    private static Value Root(ValueStore values, Node node, PropertyId property) => values.Read(new(node.Id, EndpointIndex.Root, property));
}
