using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>MemoryPutBuffer (0x24): writes bytes of the application memory, 500 series.</summary>
public static class MemoryPutBuffer
{
    public static readonly FunctionId Id = new(0x24);

    public static readonly FunctionDefinition Definition = new(Id, "MemoryPutBuffer",
    [
        SerialMessageDefinition.Of<MemoryPutBufferRequest>(),
        SerialMessageDefinition.Of<MemoryPutBufferResponse>(),
        SerialMessageDefinition.Of<MemoryPutBufferCallback>(),
    ]);
}

/// <summary>MemoryPutBuffer request.</summary>
/// <remarks>
/// bytes 0-1  offset
/// bytes 2-3  n
/// byte 4..   n bytes
/// byte 4+n   callback id
/// Source: Serial API reference, memory access.
/// </remarks>
public sealed record MemoryPutBufferRequest(ushort Offset, ReadOnlyMemory<byte> Data, byte CallbackId = 0)
    : ISerialMessage<MemoryPutBufferRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => MemoryPutBuffer.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.ResponseAndCallback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out MemoryPutBufferRequest? message)
    {
        message = null;
        if (!payload.TryReadUInt16(out var offset)
            || !payload.TryReadUInt16(out var length)
            || !payload.TryReadBytes(length, out var data)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(offset, data.ToArray(), callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteUInt16(Offset);
        payload.WriteUInt16((ushort)Data.Length);
        payload.WriteBytes(Data.Span);
        payload.WriteByte(CallbackId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("offset", (long)Offset);
        fields.Hex("data", Data.Span);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>MemoryPutBuffer response: whether the module took it.</summary>
public sealed record MemoryPutBufferResponse
    : StatusResponse<MemoryPutBufferResponse>, ISerialMessage<MemoryPutBufferResponse>, IStatusResponse
{
    public static FunctionId FunctionId => MemoryPutBuffer.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>MemoryPutBuffer callback: done.</summary>
/// <remarks>
/// byte 0  callback id of the request
/// Source: Serial API reference, memory access.
/// </remarks>
public sealed record MemoryPutBufferCallback(byte CallbackId) : ISerialMessage<MemoryPutBufferCallback>, ICallback
{
    public static FunctionId FunctionId => MemoryPutBuffer.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public bool IsFinal => true;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out MemoryPutBufferCallback? message)
    {
        message = payload.TryReadByte(out var callbackId) ? new(callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(CallbackId);

    public void Describe(FieldWriter fields) => fields.Number("callbackId", (long)CallbackId);
}
