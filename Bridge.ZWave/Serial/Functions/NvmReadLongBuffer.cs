using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>NvmReadLongBuffer (0x2A): reads bytes of the module's non-volatile memory.</summary>
public static class NvmReadLongBuffer
{
    public static readonly FunctionId Id = new(0x2A);

    public static readonly FunctionDefinition Definition = new(Id, "NvmReadLongBuffer",
    [
        SerialMessageDefinition.Of<NvmReadLongBufferRequest>(),
        SerialMessageDefinition.Of<NvmReadLongBufferResponse>(),
    ]);
}

/// <summary>NvmReadLongBuffer request.</summary>
/// <remarks>
/// bytes 0-2  offset
/// bytes 3-4  number of bytes
/// Source: Serial API reference, NVM.
/// </remarks>
public sealed record NvmReadLongBufferRequest(uint Offset, ushort Length) : ISerialMessage<NvmReadLongBufferRequest>, IHostRequest
{
    public static FunctionId FunctionId => NvmReadLongBuffer.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out NvmReadLongBufferRequest? message)
    {
        message = null;
        if (!payload.TryReadUInt24(out var offset) || !payload.TryReadUInt16(out var length)) return DecodeError.Truncated;
        message = new(offset, length);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteUInt24(Offset);
        payload.WriteUInt16(Length);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("offset", (long)Offset);
        fields.Number("length", (long)Length);
    }
}

/// <summary>NvmReadLongBuffer response: the bytes.</summary>
/// <remarks>
/// byte 0..  the bytes, as many as were asked for
/// Source: Serial API reference, NVM.
/// </remarks>
public sealed record NvmReadLongBufferResponse(ReadOnlyMemory<byte> Data) : ISerialMessage<NvmReadLongBufferResponse>
{
    public static FunctionId FunctionId => NvmReadLongBuffer.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out NvmReadLongBufferResponse? message)
    {
        message = new(payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteBytes(Data.Span);

    public void Describe(FieldWriter fields) => fields.Hex("data", Data.Span);
}
