using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>
/// The up to four repeaters of a route, in the order the frame passes them. Always one byte each, in both node id widths, because
/// Long Range nodes neither use nor are repeaters; 0 = unused.
/// </summary>
public readonly record struct Repeaters(byte First = 0, byte Second = 0, byte Third = 0, byte Fourth = 0)
{
    /// <summary>Repeaters a route may have.</summary>
    public const int Maximum = 4;

    /// <summary>No repeater: the destination hears us directly.</summary>
    public static readonly Repeaters Direct;

    /// <summary>The repeaters in use.</summary>
    public IEnumerable<NodeId> Nodes => Bytes.Where(static node => node != 0).Select(static node => new NodeId((ushort)node));

    /// <summary>All four bytes as numbers, unused ones included.</summary>
    internal IEnumerable<int> Bytes => [First, Second, Third, Fourth];

    internal static bool TryRead(ref PayloadReader payload, out Repeaters repeaters)
    {
        var found = payload.TryReadBytes(Maximum, out var bytes);
        repeaters = found ? new(bytes[0], bytes[1], bytes[2], bytes[3]) : default;
        return found;
    }

    internal void Write(ref PayloadWriter payload) => payload.WriteBytes([First, Second, Third, Fourth]);
}
