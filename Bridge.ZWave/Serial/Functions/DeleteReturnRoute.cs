using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>DeleteReturnRoute (0x47): removes all routes of a node to other nodes.</summary>
public static class DeleteReturnRoute
{
    public static readonly FunctionId Id = new(0x47);

    public static readonly FunctionDefinition Definition = new(Id, "DeleteReturnRoute",
    [
        SerialMessageDefinition.Of<DeleteReturnRouteRequest>(),
        SerialMessageDefinition.Of<DeleteReturnRouteResponse>(),
        SerialMessageDefinition.Of<DeleteReturnRouteCallback>(),
    ]);
}

/// <summary>DeleteReturnRoute request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  callback id
/// Source: Serial API reference, DeleteReturnRoute.
/// </remarks>
public sealed record DeleteReturnRouteRequest(NodeId NodeId, byte CallbackId = 0)
    : NodeCallbackRequest(NodeId, CallbackId), ISerialMessage<DeleteReturnRouteRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => DeleteReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out DeleteReturnRouteRequest? message)
    {
        message = TryRead(ref payload, width, out var node, out var callbackId) ? new(node, callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>DeleteReturnRoute response: whether the module took it.</summary>
public sealed record DeleteReturnRouteResponse
    : StatusResponse<DeleteReturnRouteResponse>, ISerialMessage<DeleteReturnRouteResponse>, IStatusResponse
{
    public static FunctionId FunctionId => DeleteReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>DeleteReturnRoute callback: how the transmission ended.</summary>
public sealed record DeleteReturnRouteCallback
    : TransmitCallback<DeleteReturnRouteCallback>, ISerialMessage<DeleteReturnRouteCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => DeleteReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
