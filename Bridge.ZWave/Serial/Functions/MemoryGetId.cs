using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>MemoryGetId (0x20): home id and own node id of the module.</summary>
public static class MemoryGetId
{
    public static readonly FunctionId Id = new(0x20);

    public static readonly FunctionDefinition Definition = new(Id, "MemoryGetId",
    [
        SerialMessageDefinition.Of<MemoryGetIdRequest>(),
        SerialMessageDefinition.Of<MemoryGetIdResponse>(),
    ]);
}

/// <summary>MemoryGetId request: no payload.</summary>
public sealed record MemoryGetIdRequest : EmptyMessage<MemoryGetIdRequest>, ISerialMessage<MemoryGetIdRequest>, IHostRequest
{
    public static FunctionId FunctionId => MemoryGetId.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>MemoryGetId response.</summary>
/// <remarks>
/// bytes 0-3  home id
/// byte 4     own node id (2 bytes in 16-bit mode)
/// Source: Serial API reference, MemoryGetId.
/// </remarks>
public sealed record MemoryGetIdResponse(HomeId HomeId, NodeId NodeId) : ISerialMessage<MemoryGetIdResponse>
{
    public static FunctionId FunctionId => MemoryGetId.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out MemoryGetIdResponse? message)
    {
        message = payload.TryReadUInt32(out var home) && payload.TryReadNodeId(width, out var node) ? new(new(home), node) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteUInt32(HomeId.Value);
        payload.WriteNodeId(width, NodeId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Text("homeId", HomeId.ToString());
        fields.Number("nodeId", (long)NodeId.Value);
    }
}
