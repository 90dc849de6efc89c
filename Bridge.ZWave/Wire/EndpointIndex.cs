using System.Globalization;

namespace Bridge.ZWave.Wire;

/// <summary>An endpoint of a node: 0 is the root device, 1..127 the endpoints of Multi Channel.</summary>
public readonly record struct EndpointIndex(byte Value) : IComparable<EndpointIndex>
{
    /// <summary>The node itself.</summary>
    public static readonly EndpointIndex Root;

    /// <summary>True for endpoint 0.</summary>
    public bool IsRoot => Value == 0;

    public int CompareTo(EndpointIndex other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(EndpointIndex left, EndpointIndex right) => left.Value < right.Value;

    public static bool operator >(EndpointIndex left, EndpointIndex right) => left.Value > right.Value;

    public static bool operator <=(EndpointIndex left, EndpointIndex right) => left.Value <= right.Value;

    public static bool operator >=(EndpointIndex left, EndpointIndex right) => left.Value >= right.Value;
}
