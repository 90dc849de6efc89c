using System.Text;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Manufacturer Specific (0x72, V1-V2): who made the device, which product it is, and its serial number.</summary>
public static class ManufacturerSpecificCommandClass
{
    public static readonly CommandClassId Id = new(0x72);

    public static readonly PropertyId ManufacturerId = new(Id, "manufacturerId");

    public static readonly PropertyId ProductTypeId = new(Id, "productTypeId");

    public static readonly PropertyId ProductId = new(Id, "productId");

    public static readonly CommandClassDefinition Definition = new(Id, "MANUFACTURER_SPECIFIC", ImplementedVersion: 2,
    [
        CommandDefinition.Of<ManufacturerSpecificGet>("MANUFACTURER_SPECIFIC_GET"),
        CommandDefinition.Of<ManufacturerSpecificReport>("MANUFACTURER_SPECIFIC_REPORT"),
        CommandDefinition.Of<DeviceSpecificGet>("DEVICE_SPECIFIC_GET"),
        CommandDefinition.Of<DeviceSpecificReport>("DEVICE_SPECIFIC_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Manufacturer and product", InterviewPhase.Manufacturer,
                static _ => [InterviewRequest.For<ManufacturerSpecificReport>(new ManufacturerSpecificGet())])
            {
                RootOnly = true,
            },

            // A device without a serial number answers with the id of its factory default type: any type is a reply.
            new("Serial number", InterviewPhase.Manufacturer,
                static _ => [InterviewRequest.For<DeviceSpecificReport>(new DeviceSpecificGet(DeviceIdType.SerialNumber))])
            {
                MinimumVersion = 2,
                RootOnly = true,
            },
        ],
    };

    internal static readonly ValueMetadata ManufacturerIdMetadata = new("Manufacturer id");

    internal static readonly ValueMetadata ProductTypeIdMetadata = new("Product type id");

    internal static readonly ValueMetadata ProductIdMetadata = new("Product id");

    /// <summary>The id of the single device, as text: UTF-8 as it came, binary as upper-case hex digits.</summary>
    public static PropertyId DeviceId(DeviceIdType type) => new(Id, "deviceId", (int)type);
}

/// <summary>What an id of a single device is. Numbers not named here are kept as they come.</summary>
public enum DeviceIdType : byte
{
    /// <summary>In a Get: whichever of the others the device has from the factory.</summary>
    FactoryDefault = 0,
    SerialNumber = 1,
    PseudoRandom = 2,
}

/// <summary>How the id of a single device is written. Numbers not named here are kept as they come.</summary>
public enum DeviceIdDataFormat : byte
{
    Utf8 = 0,
    Binary = 1,
}

/// <summary>Manufacturer Specific Get (0x72 0x04). No parameters.</summary>
public sealed record ManufacturerSpecificGet : EmptyCommand<ManufacturerSpecificGet>, ICommand<ManufacturerSpecificGet>
{
    public static CommandId CommandId => new(ManufacturerSpecificCommandClass.Id, 0x04);
}

/// <summary>Manufacturer Specific Report (0x72 0x05): the three numbers that name a product.</summary>
/// <remarks>
/// byte 0-1  manufacturer id
/// byte 2-3  product type id
/// byte 4-5  product id
/// Source: management command class specification, Manufacturer Specific Report.
/// </remarks>
public sealed record ManufacturerSpecificReport(ushort ManufacturerId, ushort ProductTypeId, ushort ProductId)
    : ICommand<ManufacturerSpecificReport>, IValueReport
{
    public static CommandId CommandId => new(ManufacturerSpecificCommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out ManufacturerSpecificReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var manufacturer)) return DecodeError.Truncated;
        if (!payload.TryReadUInt16(out var productType)) return DecodeError.Truncated;
        if (!payload.TryReadUInt16(out var product)) return DecodeError.Truncated;
        command = new(manufacturer, productType, product);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ManufacturerId);
        payload.WriteUInt16(ProductTypeId);
        payload.WriteUInt16(ProductId);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("manufacturerId", (long)ManufacturerId);
        fields.Number("productTypeId", (long)ProductTypeId);
        fields.Number("productId", (long)ProductId);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(ManufacturerSpecificCommandClass.ManufacturerId, ManufacturerSpecificCommandClass.ManufacturerIdMetadata);
        values.Set(ManufacturerSpecificCommandClass.ManufacturerId, Value.Of(ManufacturerId));
        values.Describe(ManufacturerSpecificCommandClass.ProductTypeId, ManufacturerSpecificCommandClass.ProductTypeIdMetadata);
        values.Set(ManufacturerSpecificCommandClass.ProductTypeId, Value.Of(ProductTypeId));
        values.Describe(ManufacturerSpecificCommandClass.ProductId, ManufacturerSpecificCommandClass.ProductIdMetadata);
        values.Set(ManufacturerSpecificCommandClass.ProductId, Value.Of(ProductId));
    }
}

/// <summary>Device Specific Get (0x72 0x06, since V2): ask for an id of the single device.</summary>
/// <remarks>
/// byte 0  bits 2..0 device id type, others reserved
/// Source: management command class specification, Device Specific Get.
/// </remarks>
public sealed record DeviceSpecificGet(DeviceIdType DeviceIdType) : ICommand<DeviceSpecificGet>
{
    internal const byte TypeMask = 0x07;

    public static CommandId CommandId => new(ManufacturerSpecificCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out DeviceSpecificGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var type)) return DecodeError.Truncated;
        command = new((DeviceIdType)(type & TypeMask));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte((byte)((byte)DeviceIdType & TypeMask));

    public void Describe(FieldWriter fields) => fields.Number("deviceIdType", (long)DeviceIdType);
}

/// <summary>Device Specific Report (0x72 0x07, since V2): an id of the single device.</summary>
/// <remarks>
/// byte 0    bits 2..0 device id type, others reserved
/// byte 1    bits 7..5 data format: 0 UTF-8, 1 binary, others reserved; bits 4..0 length n of the data
/// byte 2..  data (n)
/// Source: management command class specification, Device Specific Report.
/// </remarks>
public sealed record DeviceSpecificReport(DeviceIdType DeviceIdType, DeviceIdDataFormat DataFormat, byte[] Data)
    : ICommand<DeviceSpecificReport>, IValueReport
{
    private const byte LengthMask = 0x1F;
    private const int FormatShift = 5;
    private static readonly ValueMetadata s_metadata = new("Device id");
    private static readonly ValueMetadata s_serialNumberMetadata = new("Serial number");

    public static CommandId CommandId => new(ManufacturerSpecificCommandClass.Id, 0x07);

    /// <summary>The id as text, when it came as text.</summary>
    public string? Text => DataFormat == DeviceIdDataFormat.Utf8 ? Encoding.UTF8.GetString(Data) : null;

    public static DecodeError TryDecode(ref PayloadReader payload, out DeviceSpecificReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var type)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var formatAndLength)) return DecodeError.Truncated;
        if (!payload.TryReadBytes(formatAndLength & LengthMask, out var data)) return DecodeError.Truncated;
        command = new(
            (DeviceIdType)(type & DeviceSpecificGet.TypeMask), (DeviceIdDataFormat)(formatAndLength >> FormatShift), data.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        var data = Data.AsSpan(0, Math.Min(Data.Length, LengthMask));
        payload.WriteByte((byte)((byte)DeviceIdType & DeviceSpecificGet.TypeMask));
        payload.WriteByte((byte)(((byte)DataFormat << FormatShift) | data.Length));
        payload.WriteBytes(data);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("deviceIdType", (long)DeviceIdType);
        fields.Number("deviceIdDataFormat", (long)DataFormat);
        fields.Hex("deviceIdData", Data);
        if (Text is { } text) fields.Text("deviceId", text);
    }

    public void CollectValues(IValueSink values)
    {
        if (Data.Length == 0) return;
        var property = ManufacturerSpecificCommandClass.DeviceId(DeviceIdType);
        values.Describe(property, DeviceIdType == DeviceIdType.SerialNumber ? s_serialNumberMetadata : s_metadata);
        values.Set(property, Value.Of(Text ?? Convert.ToHexString(Data)));
    }
}
