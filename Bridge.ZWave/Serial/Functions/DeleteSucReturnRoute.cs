using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>DeleteSucReturnRoute (0x55): removes the routes of a node to the SUC.</summary>
public static class DeleteSucReturnRoute
{
    public static readonly FunctionId Id = new(0x55);

    public static readonly FunctionDefinition Definition = new(Id, "DeleteSucReturnRoute",
    [
        SerialMessageDefinition.Of<DeleteSucReturnRouteRequest>(),
        SerialMessageDefinition.Of<DeleteSucReturnRouteResponse>(),
        SerialMessageDefinition.Of<DeleteSucReturnRouteCallback>(),
    ]);
}

/// <summary>DeleteSucReturnRoute request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  callback id
/// Source: Serial API reference, DeleteSUCReturnRoute.
/// </remarks>
public sealed record DeleteSucReturnRouteRequest(NodeId NodeId, byte CallbackId = 0)
    : NodeCallbackRequest(NodeId, CallbackId), ISerialMessage<DeleteSucReturnRouteRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => DeleteSucReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out DeleteSucReturnRouteRequest? message)
    {
        message = TryRead(ref payload, width, out var node, out var callbackId) ? new(node, callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>DeleteSucReturnRoute response: whether the module took it.</summary>
public sealed record DeleteSucReturnRouteResponse
    : StatusResponse<DeleteSucReturnRouteResponse>, ISerialMessage<DeleteSucReturnRouteResponse>, IStatusResponse
{
    public static FunctionId FunctionId => DeleteSucReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>DeleteSucReturnRoute callback: how the transmission ended.</summary>
public sealed record DeleteSucReturnRouteCallback
    : TransmitCallback<DeleteSucReturnRouteCallback>, ISerialMessage<DeleteSucReturnRouteCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => DeleteSucReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
