using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetSerialApiCapabilities (0x07): who made the module and which functions it has.</summary>
public static class GetSerialApiCapabilities
{
    public static readonly FunctionId Id = new(0x07);

    public static readonly FunctionDefinition Definition = new(Id, "GetSerialApiCapabilities",
    [
        SerialMessageDefinition.Of<GetSerialApiCapabilitiesRequest>(),
        SerialMessageDefinition.Of<GetSerialApiCapabilitiesResponse>(),
    ]);
}

/// <summary>GetSerialApiCapabilities request: no payload.</summary>
public sealed record GetSerialApiCapabilitiesRequest
    : EmptyMessage<GetSerialApiCapabilitiesRequest>, ISerialMessage<GetSerialApiCapabilitiesRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetSerialApiCapabilities.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetSerialApiCapabilities response.</summary>
/// <remarks>
/// byte 0      API version
/// byte 1      API revision
/// bytes 2-3   manufacturer id
/// bytes 4-5   product type id
/// bytes 6-7   product id
/// bytes 8-39  function mask: byte k bit b = function 8k + b + 1, so bit 0 of the first byte is function 01; the last bit means nothing
/// Source: Serial API reference, GetSerialApiCapabilities.
/// </remarks>
public sealed record GetSerialApiCapabilitiesResponse(
    byte ApiVersion,
    byte ApiRevision,
    ushort ManufacturerId,
    ushort ProductTypeId,
    ushort ProductId,
    IReadOnlyList<FunctionId> FunctionIds) : ISerialMessage<GetSerialApiCapabilitiesResponse>
{
    private const int MaskLength = 32;
    private const int FirstFunction = 1;

    public static FunctionId FunctionId => GetSerialApiCapabilities.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    /// <summary>True when the module has the function.</summary>
    public bool Supports(FunctionId function) => FunctionIds.Contains(function);

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetSerialApiCapabilitiesResponse? message)
    {
        message = null;
        if (!payload.TryReadByte(out var version)
            || !payload.TryReadByte(out var revision)
            || !payload.TryReadUInt16(out var manufacturer)
            || !payload.TryReadUInt16(out var productType)
            || !payload.TryReadUInt16(out var product)
            || !payload.TryReadBytes(MaskLength, out var mask))
        {
            return DecodeError.Truncated;
        }

        var functions = BitMask.Read(mask, FirstFunction).Where(static id => id <= byte.MaxValue);
        message = new(
            version, revision, manufacturer, productType, product, functions.Select(static id => new FunctionId((byte)id)).ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(ApiVersion);
        payload.WriteByte(ApiRevision);
        payload.WriteUInt16(ManufacturerId);
        payload.WriteUInt16(ProductTypeId);
        payload.WriteUInt16(ProductId);
        Span<byte> mask = stackalloc byte[MaskLength];
        BitMask.Write(mask, FirstFunction, FunctionIds.Select(static id => (int)id.Value));
        payload.WriteBytes(mask);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("apiVersion", (long)ApiVersion);
        fields.Number("apiRevision", (long)ApiRevision);
        fields.Number("manufacturerId", (long)ManufacturerId);
        fields.Number("productTypeId", (long)ProductTypeId);
        fields.Number("productId", (long)ProductId);
        fields.Numbers("functionIds", FunctionIds.Select(static id => (int)id.Value));
    }
}
