using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>NvmReadLongByte (0x2C): reads a byte of the module's non-volatile memory.</summary>
public static class NvmReadLongByte
{
    public static readonly FunctionId Id = new(0x2C);

    public static readonly FunctionDefinition Definition = new(Id, "NvmReadLongByte",
    [
        SerialMessageDefinition.Of<NvmReadLongByteRequest>(),
        SerialMessageDefinition.Of<NvmReadLongByteResponse>(),
    ]);
}

/// <summary>NvmReadLongByte request.</summary>
/// <remarks>
/// bytes 0-2  offset
/// Source: Serial API reference, NVM.
/// </remarks>
public sealed record NvmReadLongByteRequest(uint Offset) : ISerialMessage<NvmReadLongByteRequest>, IHostRequest
{
    public static FunctionId FunctionId => NvmReadLongByte.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out NvmReadLongByteRequest? message)
    {
        message = payload.TryReadUInt24(out var offset) ? new(offset) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteUInt24(Offset);

    public void Describe(FieldWriter fields) => fields.Number("offset", (long)Offset);
}

/// <summary>NvmReadLongByte response.</summary>
/// <remarks>
/// byte 0  the byte
/// Source: Serial API reference, NVM.
/// </remarks>
public sealed record NvmReadLongByteResponse(byte Value) : ISerialMessage<NvmReadLongByteResponse>
{
    public static FunctionId FunctionId => NvmReadLongByte.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out NvmReadLongByteResponse? message)
    {
        message = payload.TryReadByte(out var value) ? new(value) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(Value);

    public void Describe(FieldWriter fields) => fields.Number("value", (long)Value);
}
