using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>AssignSucReturnRoute (0x51): gives a node routes to the SUC.</summary>
public static class AssignSucReturnRoute
{
    public static readonly FunctionId Id = new(0x51);

    public static readonly FunctionDefinition Definition = new(Id, "AssignSucReturnRoute",
    [
        SerialMessageDefinition.Of<AssignSucReturnRouteRequest>(),
        SerialMessageDefinition.Of<AssignSucReturnRouteResponse>(),
        SerialMessageDefinition.Of<AssignSucReturnRouteCallback>(),
    ]);
}

/// <summary>AssignSucReturnRoute request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  callback id
/// Source: Serial API reference, AssignSUCReturnRoute.
/// </remarks>
public sealed record AssignSucReturnRouteRequest(NodeId NodeId, byte CallbackId = 0)
    : NodeCallbackRequest(NodeId, CallbackId), ISerialMessage<AssignSucReturnRouteRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => AssignSucReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out AssignSucReturnRouteRequest? message)
    {
        message = TryRead(ref payload, width, out var node, out var callbackId) ? new(node, callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>AssignSucReturnRoute response: whether the module took it.</summary>
public sealed record AssignSucReturnRouteResponse
    : StatusResponse<AssignSucReturnRouteResponse>, ISerialMessage<AssignSucReturnRouteResponse>, IStatusResponse
{
    public static FunctionId FunctionId => AssignSucReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>AssignSucReturnRoute callback: how the transmission ended.</summary>
public sealed record AssignSucReturnRouteCallback
    : TransmitCallback<AssignSucReturnRouteCallback>, ISerialMessage<AssignSucReturnRouteCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => AssignSucReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
