using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetPriorityRoute (0x92): the route the module tries first to a node.</summary>
public static class GetPriorityRoute
{
    public static readonly FunctionId Id = new(0x92);

    public static readonly FunctionDefinition Definition = new(Id, "GetPriorityRoute",
    [
        SerialMessageDefinition.Of<GetPriorityRouteRequest>(),
        SerialMessageDefinition.Of<GetPriorityRouteResponse>(),
    ]);
}

/// <summary>Where a route comes from. Source: Serial API reference, priority route.</summary>
public enum RouteKind : byte
{
    None = 0x00,
    LastWorkingRoute = 0x01,
    NextToLastWorkingRoute = 0x02,

    /// <summary>Set by the application.</summary>
    Application = 0x10,
}

/// <summary>GetPriorityRoute request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// Source: Serial API reference, priority route.
/// </remarks>
public sealed record GetPriorityRouteRequest(NodeId NodeId) : NodeRequest(NodeId), ISerialMessage<GetPriorityRouteRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetPriorityRoute.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetPriorityRouteRequest? message)
    {
        message = payload.TryReadNodeId(width, out var node) ? new(node) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>GetPriorityRoute response.</summary>
/// <remarks>
/// byte 0     node id (2 bytes in 16-bit mode)
/// byte 1     kind: 00 none, 01 last working, 02 next to last working, 10 set by the application
/// bytes 2-5  repeaters, one byte each in both node id widths, 0 = unused; may be missing with kind 00
/// byte 6     speed; may be missing with kind 00
/// Source: Serial API reference, priority route.
/// </remarks>
public sealed record GetPriorityRouteResponse(NodeId NodeId, RouteKind Kind, Route? Route = null) : ISerialMessage<GetPriorityRouteResponse>
{
    public static FunctionId FunctionId => GetPriorityRoute.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetPriorityRouteResponse? message)
    {
        message = null;
        if (!payload.TryReadNodeId(width, out var node) || !payload.TryReadByte(out var kind)) return DecodeError.Truncated;
        var hasRoute = Serial.Route.TryRead(ref payload, out var route);
        if (!hasRoute && kind != (byte)RouteKind.None) return DecodeError.Truncated;
        message = new(node, (RouteKind)kind, hasRoute ? route : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteNodeId(width, NodeId);
        payload.WriteByte((byte)Kind);
        Route?.Write(ref payload);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Number("routeKind", (long)Kind);
        Route?.Describe(fields);
    }
}
