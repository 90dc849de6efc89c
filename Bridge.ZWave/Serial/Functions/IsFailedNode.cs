using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>IsFailedNode (0x62): whether a node is on the failed list of the module.</summary>
public static class IsFailedNode
{
    public static readonly FunctionId Id = new(0x62);

    public static readonly FunctionDefinition Definition = new(Id, "IsFailedNode",
    [
        SerialMessageDefinition.Of<IsFailedNodeRequest>(),
        SerialMessageDefinition.Of<IsFailedNodeResponse>(),
    ]);
}

/// <summary>IsFailedNode request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// Source: Serial API reference, IsFailedNode.
/// </remarks>
public sealed record IsFailedNodeRequest(NodeId NodeId) : NodeRequest(NodeId), ISerialMessage<IsFailedNodeRequest>, IHostRequest
{
    public static FunctionId FunctionId => IsFailedNode.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out IsFailedNodeRequest? message)
    {
        message = payload.TryReadNodeId(width, out var node) ? new(node) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>IsFailedNode response.</summary>
/// <remarks>
/// byte 0  01 = on the failed list
/// Source: Serial API reference, IsFailedNode.
/// </remarks>
public sealed record IsFailedNodeResponse(bool Failed) : ISerialMessage<IsFailedNodeResponse>
{
    public static FunctionId FunctionId => IsFailedNode.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out IsFailedNodeResponse? message)
    {
        message = payload.TryReadByte(out var failed) ? new(failed != 0) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte((byte)(Failed ? 1 : 0));

    public void Describe(FieldWriter fields) => fields.Flag("failed", Failed);
}
