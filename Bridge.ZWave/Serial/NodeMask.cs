using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>
/// The bit mask of classic nodes: byte k bit b = node 8k + b + 1. The same in both node id widths.
/// </summary>
internal static class NodeMask
{
    /// <summary>Bytes of a whole mask: 232 nodes.</summary>
    public const int Length = 29;

    /// <summary>The nodes of a mask.</summary>
    public static NodeId[] Read(ReadOnlySpan<byte> mask, int firstNode = 1) =>
        Array.ConvertAll(BitMask.Read(mask, firstNode), static node => new NodeId((ushort)node));

    /// <summary>Writes a mask of <paramref name="length"/> bytes; nodes it has no bit for are left out.</summary>
    public static void Write(ref PayloadWriter payload, IEnumerable<NodeId> nodes, int firstNode = 1, int length = Length)
    {
        Span<byte> mask = stackalloc byte[byte.MaxValue];
        mask = mask[..length];
        mask.Clear();
        BitMask.Write(mask, firstNode, nodes.Select(static node => (int)node.Value));
        payload.WriteBytes(mask);
    }

    /// <summary>A list of nodes as numbers.</summary>
    public static void NodeIds(this FieldWriter fields, string name, IEnumerable<NodeId> nodes) =>
        fields.Numbers(name, nodes.Select(static node => (int)node.Value));
}
