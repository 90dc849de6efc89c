using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>MemoryGetBuffer (0x23): reads bytes of the application memory, 500 series.</summary>
public static class MemoryGetBuffer
{
    public static readonly FunctionId Id = new(0x23);

    public static readonly FunctionDefinition Definition = new(Id, "MemoryGetBuffer",
    [
        SerialMessageDefinition.Of<MemoryGetBufferRequest>(),
        SerialMessageDefinition.Of<MemoryGetBufferResponse>(),
    ]);
}

/// <summary>MemoryGetBuffer request.</summary>
/// <remarks>
/// bytes 0-1  offset
/// byte 2     number of bytes
/// Source: Serial API reference, memory access.
/// </remarks>
public sealed record MemoryGetBufferRequest(ushort Offset, byte Length) : ISerialMessage<MemoryGetBufferRequest>, IHostRequest
{
    public static FunctionId FunctionId => MemoryGetBuffer.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out MemoryGetBufferRequest? message)
    {
        message = null;
        if (!payload.TryReadUInt16(out var offset) || !payload.TryReadByte(out var length)) return DecodeError.Truncated;
        message = new(offset, length);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteUInt16(Offset);
        payload.WriteByte(Length);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("offset", (long)Offset);
        fields.Number("length", (long)Length);
    }
}

/// <summary>MemoryGetBuffer response: the bytes.</summary>
/// <remarks>
/// byte 0..  the bytes, as many as were asked for
/// Source: Serial API reference, memory access.
/// </remarks>
public sealed record MemoryGetBufferResponse(ReadOnlyMemory<byte> Data) : ISerialMessage<MemoryGetBufferResponse>
{
    public static FunctionId FunctionId => MemoryGetBuffer.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out MemoryGetBufferResponse? message)
    {
        message = new(payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteBytes(Data.Span);

    public void Describe(FieldWriter fields) => fields.Hex("data", Data.Span);
}
