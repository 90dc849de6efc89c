using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetSucNodeId (0x56): who keeps the routes and, as SIS, the node ids of the network.</summary>
public static class GetSucNodeId
{
    public static readonly FunctionId Id = new(0x56);

    public static readonly FunctionDefinition Definition = new(Id, "GetSucNodeId",
    [
        SerialMessageDefinition.Of<GetSucNodeIdRequest>(),
        SerialMessageDefinition.Of<GetSucNodeIdResponse>(),
    ]);
}

/// <summary>GetSucNodeId request: no payload.</summary>
public sealed record GetSucNodeIdRequest : EmptyMessage<GetSucNodeIdRequest>, ISerialMessage<GetSucNodeIdRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetSucNodeId.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetSucNodeId response.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode), 0 = none
/// Source: Serial API reference, GetSUCNodeId.
/// </remarks>
public sealed record GetSucNodeIdResponse(NodeId SucNodeId) : ISerialMessage<GetSucNodeIdResponse>
{
    public static FunctionId FunctionId => GetSucNodeId.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetSucNodeIdResponse? message)
    {
        message = payload.TryReadNodeId(width, out var node) ? new(node) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteNodeId(width, SucNodeId);

    public void Describe(FieldWriter fields) => fields.Number("sucNodeId", (long)SucNodeId.Value);
}
