using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetPriorityRoute (0x93): sets or deletes the route the module tries first to a node.</summary>
public static class SetPriorityRoute
{
    public static readonly FunctionId Id = new(0x93);

    public static readonly FunctionDefinition Definition = new(Id, "SetPriorityRoute",
    [
        SerialMessageDefinition.Of<SetPriorityRouteRequest>(),
        SerialMessageDefinition.Of<SetPriorityRouteResponse>(),
    ]);
}

/// <summary>SetPriorityRoute request.</summary>
/// <remarks>
/// byte 0     node id (2 bytes in 16-bit mode); alone it deletes the route
/// bytes 1-4  repeaters, one byte each in both node id widths, 0 = unused
/// byte 5     speed
/// Source: Serial API reference, priority route.
/// </remarks>
/// <param name="Route">Null deletes the route.</param>
public sealed record SetPriorityRouteRequest(NodeId NodeId, Route? Route) : ISerialMessage<SetPriorityRouteRequest>, IHostRequest
{
    public static FunctionId FunctionId => SetPriorityRoute.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetPriorityRouteRequest? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node)) return DecodeError.Truncated;
        var isDeletion = payload.IsAtEnd;
        if (!Serial.Route.TryRead(ref payload, out var route) && !isDeletion) return DecodeError.Truncated;
        message = new(node, isDeletion ? null : route);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        Route?.Write(ref payload);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        Route?.Describe(fields);
    }
}

/// <summary>SetPriorityRoute response.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// byte 1  00 refused, else accepted
/// Source: Serial API reference, priority route.
/// </remarks>
public sealed record SetPriorityRouteResponse(NodeId NodeId, byte Status) : ISerialMessage<SetPriorityRouteResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SetPriorityRoute.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public bool IsAccepted => Status != 0;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetPriorityRouteResponse? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node) || !payload.TryReadByte(out var status)) return DecodeError.Truncated;
        message = new(node, status);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        payload.WriteByte(Status);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Number("status", (long)Status);
    }
}
