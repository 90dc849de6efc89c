using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>ReplaceFailedNode (0x63): gives the id of a node that is gone to a new node.</summary>
public static class ReplaceFailedNode
{
    public static readonly FunctionId Id = new(0x63);

    public static readonly FunctionDefinition Definition = new(Id, "ReplaceFailedNode",
    [
        SerialMessageDefinition.Of<ReplaceFailedNodeRequest>(),
        SerialMessageDefinition.Of<ReplaceFailedNodeResponse>(),
        SerialMessageDefinition.Of<ReplaceFailedNodeCallback>(),
    ]);
}

/// <summary>ReplaceFailedNode request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  callback id
/// Source: Serial API reference, ReplaceFailedNode.
/// </remarks>
public sealed record ReplaceFailedNodeRequest(NodeId NodeId, byte CallbackId = 0)
    : NodeCallbackRequest(NodeId, CallbackId), ISerialMessage<ReplaceFailedNodeRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => ReplaceFailedNode.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out ReplaceFailedNodeRequest? message)
    {
        message = TryRead(ref payload, width, out var node, out var callbackId) ? new(node, callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>ReplaceFailedNode response: whether the replacement started.</summary>
public sealed record ReplaceFailedNodeResponse
    : FailedNodeResponse<ReplaceFailedNodeResponse>, ISerialMessage<ReplaceFailedNodeResponse>, IStatusResponse
{
    public static FunctionId FunctionId => ReplaceFailedNode.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>ReplaceFailedNode callback: ready for the new node, then how it ended.</summary>
public sealed record ReplaceFailedNodeCallback
    : FailedNodeCallback<ReplaceFailedNodeCallback>, ISerialMessage<ReplaceFailedNodeCallback>, ICallback
{
    public static FunctionId FunctionId => ReplaceFailedNode.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
