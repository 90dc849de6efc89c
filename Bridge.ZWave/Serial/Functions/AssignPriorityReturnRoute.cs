using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>AssignPriorityReturnRoute (0x4F): gives a node the route to another node it shall try first.</summary>
public static class AssignPriorityReturnRoute
{
    public static readonly FunctionId Id = new(0x4F);

    public static readonly FunctionDefinition Definition = new(Id, "AssignPriorityReturnRoute",
    [
        SerialMessageDefinition.Of<AssignPriorityReturnRouteRequest>(),
        SerialMessageDefinition.Of<AssignPriorityReturnRouteResponse>(),
        SerialMessageDefinition.Of<AssignPriorityReturnRouteCallback>(),
    ]);
}

/// <summary>AssignPriorityReturnRoute request.</summary>
/// <remarks>
/// byte 0     node that gets the route (2 bytes in 16-bit mode)
/// byte 1     where the route leads (2 bytes in 16-bit mode)
/// bytes 2-5  repeaters, one byte each in both node id widths, 0 = unused
/// byte 6     speed
/// byte 7     callback id
/// Source: Serial API reference, AssignPriorityReturnRoute.
/// </remarks>
public sealed record AssignPriorityReturnRouteRequest(NodeId NodeId, NodeId DestinationNodeId, Route Route, byte CallbackId = 0)
    : ISerialMessage<AssignPriorityReturnRouteRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => AssignPriorityReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out AssignPriorityReturnRouteRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node)
            || !payload.TryReadNodeId(width, out var destination)
            || !Route.TryRead(ref payload, out var route)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(node, destination, route, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        payload.WriteNodeId(width, DestinationNodeId);
        Route.Write(ref payload);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Number("destinationNodeId", (long)DestinationNodeId.Value);
        Route.Describe(fields);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>AssignPriorityReturnRoute response: whether the module took it.</summary>
public sealed record AssignPriorityReturnRouteResponse
    : StatusResponse<AssignPriorityReturnRouteResponse>, ISerialMessage<AssignPriorityReturnRouteResponse>, IStatusResponse
{
    public static FunctionId FunctionId => AssignPriorityReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>AssignPriorityReturnRoute callback: how the transmission ended.</summary>
public sealed record AssignPriorityReturnRouteCallback
    : TransmitCallback<AssignPriorityReturnRouteCallback>, ISerialMessage<AssignPriorityReturnRouteCallback>, ITransmitCallback
{
    public static FunctionId FunctionId => AssignPriorityReturnRoute.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
