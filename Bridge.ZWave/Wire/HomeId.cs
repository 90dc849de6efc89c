using System.Globalization;

namespace Bridge.ZWave.Wire;

/// <summary>The 32-bit number all nodes of one network share; written as 8 upper-case hex digits.</summary>
public readonly record struct HomeId(uint Value)
{
    public override string ToString() => Value.ToString("X8", CultureInfo.InvariantCulture);
}
