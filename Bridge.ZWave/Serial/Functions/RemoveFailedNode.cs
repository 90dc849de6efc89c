using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>RemoveFailedNode (0x61): removes a node that is gone. A transmission to it (a ping) must have failed before.</summary>
public static class RemoveFailedNode
{
    public static readonly FunctionId Id = new(0x61);

    public static readonly FunctionDefinition Definition = new(Id, "RemoveFailedNode",
    [
        SerialMessageDefinition.Of<RemoveFailedNodeRequest>(),
        SerialMessageDefinition.Of<RemoveFailedNodeResponse>(),
        SerialMessageDefinition.Of<RemoveFailedNodeCallback>(),
    ]);
}

/// <summary>RemoveFailedNode request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  callback id
/// Source: Serial API reference, RemoveFailedNode.
/// </remarks>
public sealed record RemoveFailedNodeRequest(NodeId NodeId, byte CallbackId = 0)
    : NodeCallbackRequest(NodeId, CallbackId), ISerialMessage<RemoveFailedNodeRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => RemoveFailedNode.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out RemoveFailedNodeRequest? message)
    {
        message = TryRead(ref payload, width, out var node, out var callbackId) ? new(node, callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>RemoveFailedNode response: whether the removal started.</summary>
public sealed record RemoveFailedNodeResponse
    : FailedNodeResponse<RemoveFailedNodeResponse>, ISerialMessage<RemoveFailedNodeResponse>, IStatusResponse
{
    public static FunctionId FunctionId => RemoveFailedNode.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>RemoveFailedNode callback: whether the node was removed.</summary>
public sealed record RemoveFailedNodeCallback
    : FailedNodeCallback<RemoveFailedNodeCallback>, ISerialMessage<RemoveFailedNodeCallback>, ICallback
{
    public static FunctionId FunctionId => RemoveFailedNode.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
