using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>RequestNodeInfo (0x60): asks a node for its node information frame; the answer comes as ApplicationUpdate.</summary>
public static class RequestNodeInfo
{
    public static readonly FunctionId Id = new(0x60);

    public static readonly FunctionDefinition Definition = new(Id, "RequestNodeInfo",
    [
        SerialMessageDefinition.Of<RequestNodeInfoRequest>(),
        SerialMessageDefinition.Of<RequestNodeInfoResponse>(),
    ]);
}

/// <summary>RequestNodeInfo request. Without callback id: the next ApplicationUpdate 84 of the node, or 81, is the answer.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// Source: Serial API reference, RequestNodeInfo.
/// </remarks>
public sealed record RequestNodeInfoRequest(NodeId NodeId) : NodeRequest(NodeId), ISerialMessage<RequestNodeInfoRequest>, IHostRequest
{
    public static FunctionId FunctionId => RequestNodeInfo.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out RequestNodeInfoRequest? message)
    {
        message = payload.TryReadNodeId(width, out var node) ? new(node) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>RequestNodeInfo response: whether the question was sent.</summary>
public sealed record RequestNodeInfoResponse
    : StatusResponse<RequestNodeInfoResponse>, ISerialMessage<RequestNodeInfoResponse>, IStatusResponse
{
    public static FunctionId FunctionId => RequestNodeInfo.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}
