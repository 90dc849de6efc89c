using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>MemoryGetByte (0x21): reads a byte of the application memory, 500 series.</summary>
public static class MemoryGetByte
{
    public static readonly FunctionId Id = new(0x21);

    public static readonly FunctionDefinition Definition = new(Id, "MemoryGetByte",
    [
        SerialMessageDefinition.Of<MemoryGetByteRequest>(),
        SerialMessageDefinition.Of<MemoryGetByteResponse>(),
    ]);
}

/// <summary>MemoryGetByte request.</summary>
/// <remarks>
/// bytes 0-1  offset
/// Source: Serial API reference, memory access.
/// </remarks>
public sealed record MemoryGetByteRequest(ushort Offset) : ISerialMessage<MemoryGetByteRequest>, IHostRequest
{
    public static FunctionId FunctionId => MemoryGetByte.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out MemoryGetByteRequest? message)
    {
        message = payload.TryReadUInt16(out var offset) ? new(offset) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteUInt16(Offset);

    public void Describe(FieldWriter fields) => fields.Number("offset", (long)Offset);
}

/// <summary>MemoryGetByte response.</summary>
/// <remarks>
/// byte 0  the byte
/// Source: Serial API reference, memory access.
/// </remarks>
public sealed record MemoryGetByteResponse(byte Value) : ISerialMessage<MemoryGetByteResponse>
{
    public static FunctionId FunctionId => MemoryGetByte.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out MemoryGetByteResponse? message)
    {
        message = payload.TryReadByte(out var value) ? new(value) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(Value);

    public void Describe(FieldWriter fields) => fields.Number("value", (long)Value);
}
