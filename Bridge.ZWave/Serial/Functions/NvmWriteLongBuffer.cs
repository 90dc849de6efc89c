using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>NvmWriteLongBuffer (0x2B): writes bytes of the module's non-volatile memory.</summary>
public static class NvmWriteLongBuffer
{
    public static readonly FunctionId Id = new(0x2B);

    public static readonly FunctionDefinition Definition = new(Id, "NvmWriteLongBuffer",
    [
        SerialMessageDefinition.Of<NvmWriteLongBufferRequest>(),
        SerialMessageDefinition.Of<NvmWriteLongBufferResponse>(),
    ]);
}

/// <summary>NvmWriteLongBuffer request.</summary>
/// <remarks>
/// bytes 0-2  offset
/// bytes 3-4  n
/// byte 5..   n bytes
/// Source: Serial API reference, NVM.
/// </remarks>
public sealed record NvmWriteLongBufferRequest(uint Offset, ReadOnlyMemory<byte> Data)
    : ISerialMessage<NvmWriteLongBufferRequest>, IHostRequest
{
    public static FunctionId FunctionId => NvmWriteLongBuffer.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out NvmWriteLongBufferRequest? message)
    {
        message = null;
        if (!payload.TryReadUInt24(out var offset)
            || !payload.TryReadUInt16(out var length)
            || !payload.TryReadBytes(length, out var data))
        {
            return DecodeError.Truncated;
        }

        message = new(offset, data.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteUInt24(Offset);
        payload.WriteUInt16((ushort)Data.Length);
        payload.WriteBytes(Data.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("offset", (long)Offset);
        fields.Hex("data", Data.Span);
    }
}

/// <summary>NvmWriteLongBuffer response: whether the module took it.</summary>
public sealed record NvmWriteLongBufferResponse
    : StatusResponse<NvmWriteLongBufferResponse>, ISerialMessage<NvmWriteLongBufferResponse>, IStatusResponse
{
    public static FunctionId FunctionId => NvmWriteLongBuffer.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}
