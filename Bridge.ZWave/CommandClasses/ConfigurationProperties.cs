using System.Globalization;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Configuration Properties Get (0x70 0x0E): ask for range, default and format of a parameter. Since V3.</summary>
/// <remarks>
/// bytes 0-1  parameter number; 0 starts the scan. Source: application command class specification, Configuration Properties Get.
/// </remarks>
public sealed record ConfigurationPropertiesGet(ushort ParameterNumber) : ICommand<ConfigurationPropertiesGet>
{
    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x0E);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationPropertiesGet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var number)) return DecodeError.Truncated;
        command = new(number);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteUInt16(ParameterNumber);

    public void Describe(FieldWriter fields) => fields.Number("parameterNumber", (long)ParameterNumber);
}

/// <summary>Configuration Properties Report (0x70 0x0F): what a parameter takes, and which one is next. Since V3.</summary>
/// <remarks>
/// bytes 0-1  parameter number
/// byte 2     bit 7      writing it changes what the device can do                                        since V4
///            bit 6      read only                                                                        since V4
///            bits 5..3  format: 0 signed, 1 unsigned, 2 enumerated, 3 bit field; others are read as unsigned
///            bits 2..0  size: 1, 2, 4, or 0 = there is no such parameter; others are refused
/// then       minimum, maximum, default, size bytes each (none with size 0); of a bit field the minimum is 0, the maximum the mask
/// then       number of the next parameter (2), 0 = this was the last
/// then       bit 0 for experts, bit 1 not in bulk commands                                               since V4
/// Some devices leave out the next number when the size is 0: read as 0.
/// Source: application command class specification, Configuration Properties Report.
/// </remarks>
public sealed record ConfigurationPropertiesReport(
    ushort ParameterNumber,
    ConfigurationFormat Format,
    byte Size,
    ConfigurationRange? Range,
    ushort NextParameterNumber,
    bool IsReadOnly = false,
    bool AltersCapabilities = false,
    bool? IsAdvanced = null,
    bool? HasNoBulkSupport = null) : ICommand<ConfigurationPropertiesReport>, IValueReport
{
    private const byte AlteringBit = 0x80;
    private const byte ReadOnlyBit = 0x40;
    private const byte AdvancedBit = 0x01;
    private const byte NoBulkBit = 0x02;

    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x0F);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationPropertiesReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var number) || !payload.TryReadByte(out var header)) return DecodeError.Truncated;
        var size = (byte)(header & ConfigurationValue.SizeMask);
        var format = (ConfigurationFormat)((header >> 3) & 0x07);
        ConfigurationRange? range = null;
        if (size != 0)
        {
            if (!PayloadReader.IsNumberSize(size)) return DecodeError.ReservedValue;
            if (!TryReadRange(ref payload, format, size, out range)) return DecodeError.Truncated;
        }

        if (!payload.TryReadUInt16(out var next) && size != 0) return DecodeError.Truncated;
        bool? isAdvanced = null;
        bool? hasNoBulkSupport = null;
        if (payload.TryReadByte(out var flags))
        {
            isAdvanced = (flags & AdvancedBit) != 0;
            hasNoBulkSupport = (flags & NoBulkBit) != 0;
        }

        command = new(
            number, format, size, range, next, (header & ReadOnlyBit) != 0, (header & AlteringBit) != 0, isAdvanced, hasNoBulkSupport);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ParameterNumber);
        var flags = context.Version >= 4 ? (AltersCapabilities ? AlteringBit : 0) | (IsReadOnly ? ReadOnlyBit : 0) : 0;
        payload.WriteByte((byte)(flags | (((byte)Format & 0x07) << 3) | (Size & ConfigurationValue.SizeMask)));
        if (Range is { } range)
        {
            payload.WriteSized(Size, range.Minimum);
            payload.WriteSized(Size, range.Maximum);
            payload.WriteSized(Size, range.Default);
        }

        payload.WriteUInt16(NextParameterNumber);
        if (context.Version < 4 || (IsAdvanced is null && HasNoBulkSupport is null)) return;
        payload.WriteByte((byte)((IsAdvanced == true ? AdvancedBit : 0) | (HasNoBulkSupport == true ? NoBulkBit : 0)));
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("parameterNumber", (long)ParameterNumber);
        fields.Number("format", (long)Format);
        fields.Number("size", (long)Size);
        fields.Number("minValue", Range?.Minimum);
        fields.Number("maxValue", Range?.Maximum);
        fields.Number("defaultValue", Range?.Default);
        fields.Number("nextParameterNumber", (long)NextParameterNumber);
        fields.Flag("readOnly", IsReadOnly);
        fields.Flag("alteringCapabilities", AltersCapabilities);
        fields.Flag("advanced", IsAdvanced);
        fields.Flag("noBulkSupport", HasNoBulkSupport);
    }

    public void CollectValues(IValueSink values)
    {
        values.Set(ConfigurationCommandClass.NextParameter(ParameterNumber), Value.Of((long)NextParameterNumber));
        if (Range is not { } range) return;
        values.Describe(ConfigurationCommandClass.Parameter(ParameterNumber), Metadata(range));
        values.Set(ConfigurationCommandClass.ParameterSize(ParameterNumber), Value.Of((long)Size));
        values.Set(ConfigurationCommandClass.ParameterFormat(ParameterNumber), Value.Of((long)Format));
        values.Set(ConfigurationCommandClass.ParameterAltersCapabilities(ParameterNumber), Value.Of(AltersCapabilities));
        if (IsAdvanced is { } isAdvanced) values.Set(ConfigurationCommandClass.ParameterAdvanced(ParameterNumber), Value.Of(isAdvanced));
    }

    private static bool TryReadRange(ref PayloadReader payload, ConfigurationFormat format, byte size, out ConfigurationRange? range)
    {
        range = null;
        if (!payload.TryReadSigned(size, out var minimum)
            || !payload.TryReadSigned(size, out var maximum)
            || !payload.TryReadSigned(size, out var byDefault))
        {
            return false;
        }

        range = format switch
        {
            ConfigurationFormat.Signed => new(minimum, maximum, byDefault),
            ConfigurationFormat.BitField => new(0, Unsigned(maximum), Unsigned(byDefault)),
            _ => new(Unsigned(minimum), Unsigned(maximum), Unsigned(byDefault)),
        };
        return true;

        long Unsigned(int value) => ConfigurationValue.Unsigned(size, value);
    }

    private ValueMetadata Metadata(ConfigurationRange range) =>
        new("Parameter " + ParameterNumber.ToString(CultureInfo.InvariantCulture))
        {
            Minimum = range.Minimum,
            Maximum = range.Maximum,
            Default = range.Default,
            IsWriteable = !IsReadOnly,
        };
}

/// <summary>What a parameter may be set to and what it is from the factory: signed or unsigned, as its format says.</summary>
public sealed record ConfigurationRange(long Minimum, long Maximum, long Default);
