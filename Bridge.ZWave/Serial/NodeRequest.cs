using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>A request whose whole payload is a node.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// </remarks>
public abstract record NodeRequest(NodeId NodeId)
{
    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteNodeId(width, NodeId);

    public void Describe(FieldWriter fields) => fields.Number("nodeId", (long)NodeId.Value);
}
