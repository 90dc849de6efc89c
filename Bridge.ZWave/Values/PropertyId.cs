using System.Globalization;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Values;

/// <summary>
/// One value a command class gives an endpoint: the class, a name in lowerCamelCase, and a number where there are several of the
/// name (parameter number, meter scale, association group); 0 where there is only one.
/// </summary>
public readonly record struct PropertyId(CommandClassId CommandClass, string Name, int Key = 0)
{
    public override string ToString() =>
        CommandClass + "/" + Name + (Key == 0 ? string.Empty : "/" + Key.ToString(CultureInfo.InvariantCulture));
}

/// <summary>A <see cref="PropertyId"/> on one endpoint of one node.</summary>
public readonly record struct ValueId(NodeId Node, EndpointIndex Endpoint, PropertyId Property)
{
    public override string ToString() => Node + "/" + Endpoint + "/" + Property;
}
