using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>NvmWriteLongByte (0x2D): writes a byte of the module's non-volatile memory.</summary>
public static class NvmWriteLongByte
{
    public static readonly FunctionId Id = new(0x2D);

    public static readonly FunctionDefinition Definition = new(Id, "NvmWriteLongByte",
    [
        SerialMessageDefinition.Of<NvmWriteLongByteRequest>(),
        SerialMessageDefinition.Of<NvmWriteLongByteResponse>(),
    ]);
}

/// <summary>NvmWriteLongByte request.</summary>
/// <remarks>
/// bytes 0-2  offset
/// byte 3     the byte
/// Source: Serial API reference, NVM.
/// </remarks>
public sealed record NvmWriteLongByteRequest(uint Offset, byte Value) : ISerialMessage<NvmWriteLongByteRequest>, IHostRequest
{
    public static FunctionId FunctionId => NvmWriteLongByte.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out NvmWriteLongByteRequest? message)
    {
        message = null;
        if (!payload.TryReadUInt24(out var offset) || !payload.TryReadByte(out var value)) return DecodeError.Truncated;
        message = new(offset, value);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteUInt24(Offset);
        payload.WriteByte(Value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("offset", (long)Offset);
        fields.Number("value", (long)Value);
    }
}

/// <summary>NvmWriteLongByte response: whether the module took it.</summary>
public sealed record NvmWriteLongByteResponse
    : StatusResponse<NvmWriteLongByteResponse>, ISerialMessage<NvmWriteLongByteResponse>, IStatusResponse
{
    public static FunctionId FunctionId => NvmWriteLongByte.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}
