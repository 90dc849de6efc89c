using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>AssignReturnRoute (0x46): gives a node routes to another node.</summary>
public static class AssignReturnRoute
{
    public static readonly FunctionId Id = new(0x46);

    public static readonly FunctionDefinition Definition = new(Id, "AssignReturnRoute",
    [
        SerialMessageDefinition.Of<AssignReturnRouteRequest>(),
        SerialMessageDefinition.Of<AssignReturnRouteResponse>(),
        SerialMessageDefinition.Of<AssignReturnRouteCallback>(),
    ]);
}

/// <summary>AssignReturnRoute request.</summary>
/// <remarks>
/// byte 0  node that gets the routes (2 bytes in 16-bit mode)
/// byte 1  where the routes lead (2 bytes in 16-bit mode)
/// byte 2  callback id
/// Source: Serial API reference, AssignReturnRoute.
/// </remarks>
public sealed record AssignReturnRouteRequest(NodeId NodeId, NodeId DestinationNodeId, byte CallbackId = 0)
    : ISerialMessage<AssignReturnRouteRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => AssignReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out AssignReturnRouteRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node)
            || !payload.TryReadNodeId(width, out var destination)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(node, destination, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        payload.WriteNodeId(width, DestinationNodeId);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Number("destinationNodeId", (long)DestinationNodeId.Value);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>AssignReturnRoute response: whether the module took it.</summary>
public sealed record AssignReturnRouteResponse
    : StatusResponse<AssignReturnRouteResponse>, ISerialMessage<AssignReturnRouteResponse>, IStatusResponse
{
    public static FunctionId FunctionId => AssignReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>AssignReturnRoute callback: how the transmission ended.</summary>
public sealed record AssignReturnRouteCallback
    : TransmitCallback<AssignReturnRouteCallback>, ISerialMessage<AssignReturnRouteCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => AssignReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
