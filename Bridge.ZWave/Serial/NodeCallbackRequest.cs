using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>A request of a node and a callback id.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  callback id
/// </remarks>
public abstract record NodeCallbackRequest(NodeId NodeId, byte CallbackId)
{
    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Number("callbackId", (long)CallbackId);
    }

    private protected static bool TryRead(ref PayloadReader payload, NodeIdWidth width, out NodeId node, out byte callbackId)
    {
        callbackId = 0;
        return payload.TryReadNodeId(width, out node) && payload.TryReadByte(out callbackId);
    }
}
