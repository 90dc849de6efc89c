using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>A list of node ids behind their number: it counts nodes, not bytes.</summary>
internal static class NodeIdList
{
    public static bool TryRead(ref PayloadReader payload, NodeIdWidth width, out NodeId[] nodes)
    {
        nodes = [];
        if (!payload.TryReadByte(out var count) || payload.Remaining < count * (int)width) return false;
        nodes = new NodeId[count];
        for (var index = 0; index < count; index++) payload.TryReadNodeId(width, out nodes[index]);
        return true;
    }

    public static void Write(ref PayloadWriter payload, NodeIdWidth width, IReadOnlyList<NodeId> nodes)
    {
        payload.WriteByte((byte)nodes.Count);
        foreach (var node in nodes) payload.WriteNodeId(width, node);
    }
}
