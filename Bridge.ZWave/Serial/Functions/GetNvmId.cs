using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetNvmId (0x29): which non-volatile memory the module has.</summary>
public static class GetNvmId
{
    public static readonly FunctionId Id = new(0x29);

    public static readonly FunctionDefinition Definition = new(Id, "GetNvmId",
    [
        SerialMessageDefinition.Of<GetNvmIdRequest>(),
        SerialMessageDefinition.Of<GetNvmIdResponse>(),
    ]);
}

/// <summary>GetNvmId request: no payload.</summary>
public sealed record GetNvmIdRequest : EmptyMessage<GetNvmIdRequest>, ISerialMessage<GetNvmIdRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetNvmId.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetNvmId response.</summary>
/// <remarks>
/// byte 0  length of the payload, 4
/// byte 1  manufacturer of the memory
/// byte 2  type: 80 flash, 81 data flash, FF EEPROM
/// byte 3  size: 0E = 16 KB, each step doubles (18 = 16 MB); FF unknown
/// Source: Serial API reference, NVM.
/// </remarks>
public sealed record GetNvmIdResponse(byte ManufacturerId, byte MemoryType, byte SizeCode) : ISerialMessage<GetNvmIdResponse>
{
    private const byte PayloadLength = 4;
    private const byte SmallestSizeCode = 0x0E;
    private const byte LargestSizeCode = 0x18;
    private const int SmallestSizeBytes = 16 * 1024;

    public static FunctionId FunctionId => GetNvmId.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    /// <summary>The size in bytes, or null when the code tells none.</summary>
    public int? SizeBytes =>
        SizeCode is >= SmallestSizeCode and <= LargestSizeCode ? SmallestSizeBytes << (SizeCode - SmallestSizeCode) : null;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetNvmIdResponse? message)
    {
        message = null;
        if (!payload.TryReadByte(out _)
            || !payload.TryReadByte(out var manufacturer)
            || !payload.TryReadByte(out var type)
            || !payload.TryReadByte(out var size))
        {
            return DecodeError.Truncated;
        }

        message = new(manufacturer, type, size);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(PayloadLength);
        payload.WriteByte(ManufacturerId);
        payload.WriteByte(MemoryType);
        payload.WriteByte(SizeCode);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("manufacturerId", (long)ManufacturerId);
        fields.Number("memoryType", (long)MemoryType);
        fields.Number("memorySize", (long)SizeCode);
    }
}
