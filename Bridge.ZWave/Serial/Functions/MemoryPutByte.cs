using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>MemoryPutByte (0x22): writes a byte of the application memory, 500 series.</summary>
public static class MemoryPutByte
{
    public static readonly FunctionId Id = new(0x22);

    public static readonly FunctionDefinition Definition = new(Id, "MemoryPutByte",
    [
        SerialMessageDefinition.Of<MemoryPutByteRequest>(),
        SerialMessageDefinition.Of<MemoryPutByteResponse>(),
    ]);
}

/// <summary>MemoryPutByte request.</summary>
/// <remarks>
/// bytes 0-1  offset
/// byte 2     the byte
/// Source: Serial API reference, memory access.
/// </remarks>
public sealed record MemoryPutByteRequest(ushort Offset, byte Value) : ISerialMessage<MemoryPutByteRequest>, IHostRequest
{
    public static FunctionId FunctionId => MemoryPutByte.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out MemoryPutByteRequest? message)
    {
        message = null;
        if (!payload.TryReadUInt16(out var offset) || !payload.TryReadByte(out var value)) return DecodeError.Truncated;
        message = new(offset, value);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteUInt16(Offset);
        payload.WriteByte(Value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("offset", (long)Offset);
        fields.Number("value", (long)Value);
    }
}

/// <summary>MemoryPutByte response: whether the module took it.</summary>
public sealed record MemoryPutByteResponse : StatusResponse<MemoryPutByteResponse>, ISerialMessage<MemoryPutByteResponse>, IStatusResponse
{
    public static FunctionId FunctionId => MemoryPutByte.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}
