using System.Globalization;

namespace Bridge.ZWave.Wire;

/// <summary>
/// A node of a Z-Wave network: 1..232 classic, 256..4000 Long Range. 0 means "none", 255 (4095 on Long Range) is broadcast.
/// </summary>
public readonly record struct NodeId(ushort Value) : IComparable<NodeId>
{
    /// <summary>No node.</summary>
    public static readonly NodeId None;

    /// <summary>Every classic node in reach.</summary>
    public static readonly NodeId Broadcast = new(255);

    /// <summary>Every Long Range node in reach.</summary>
    public static readonly NodeId LongRangeBroadcast = new(4095);

    /// <summary>True for 1..232.</summary>
    public bool IsClassic => Value is >= 1 and <= 232;

    /// <summary>True for 256..4000.</summary>
    public bool IsLongRange => Value is >= 256 and <= 4000;

    /// <summary>True when a single node can be meant.</summary>
    public bool IsValid => IsClassic || IsLongRange;

    public int CompareTo(NodeId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(NodeId left, NodeId right) => left.Value < right.Value;

    public static bool operator >(NodeId left, NodeId right) => left.Value > right.Value;

    public static bool operator <=(NodeId left, NodeId right) => left.Value <= right.Value;

    public static bool operator >=(NodeId left, NodeId right) => left.Value >= right.Value;
}

/// <summary>
/// How many bytes a node id takes in Serial API messages: one after every reset of the module, two after
/// SerialApiSetup "node id base type" 2. Decided before the first message with a node id is parsed.
/// </summary>
public enum NodeIdWidth
{
    /// <summary>One byte, ids 1..232 and 255.</summary>
    Bits8 = 1,

    /// <summary>Two bytes, big-endian, in both directions and for classic nodes as well.</summary>
    Bits16 = 2,
}
