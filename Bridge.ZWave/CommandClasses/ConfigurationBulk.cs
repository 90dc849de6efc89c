using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Configuration Bulk Set (0x70 0x07): writes neighbouring parameters of one size. Since V2.</summary>
/// <remarks>
/// bytes 0-1  number of the first parameter
/// byte 2     how many
/// byte 3     bit 7      take the factory defaults, whatever the values say
///            bit 6      handshake: answer with a Bulk Report
///            bits 2..0  size of each value: 1, 2 or 4; others are refused
/// 4..        the values, two's complement; with "default" they may be missing
/// Source: application command class specification, Configuration Bulk Set.
/// </remarks>
public sealed record ConfigurationBulkSet(
    ushort ParameterOffset, byte NumberOfParameters, bool Default, bool Handshake, byte Size, int[]? Values)
    : ICommand<ConfigurationBulkSet>
{
    /// <summary>Writes <paramref name="values"/> to the parameters from <paramref name="parameterOffset"/> on.</summary>
    public ConfigurationBulkSet(ushort parameterOffset, byte size, int[] values, bool handshake = false)
        : this(parameterOffset, checked((byte)values.Length), Default: false, handshake, size, values)
    {
    }

    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x07);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationBulkSet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var offset) || !payload.TryReadByte(out var count) || !payload.TryReadByte(out var format))
        {
            return DecodeError.Truncated;
        }

        var flags = new ConfigurationBulkFormat(format);
        if (!PayloadReader.IsNumberSize(flags.Size)) return DecodeError.ReservedValue;
        var values = ConfigurationBulkFormat.ReadValues(ref payload, count, flags.Size);
        if (values is null && !flags.IsDefault) return DecodeError.Truncated;
        command = new(offset, count, flags.IsDefault, flags.IsHandshake, flags.Size, values);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ParameterOffset);
        payload.WriteByte(NumberOfParameters);
        payload.WriteByte(ConfigurationBulkFormat.ToByte(Default, Handshake, Size));
        foreach (var value in Values ?? []) payload.WriteSized(Size, value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("parameterOffset", (long)ParameterOffset);
        fields.Number("numberOfParameters", (long)NumberOfParameters);
        fields.Flag("default", Default);
        fields.Flag("handshake", Handshake);
        fields.Number("size", (long)Size);
        if (Values is not null) fields.Numbers("values", Values);
    }
}

/// <summary>Configuration Bulk Get (0x70 0x08): ask for neighbouring parameters. Since V2.</summary>
/// <remarks>
/// bytes 0-1  number of the first parameter
/// byte 2     how many
/// Source: application command class specification, Configuration Bulk Get.
/// </remarks>
public sealed record ConfigurationBulkGet(ushort ParameterOffset, byte NumberOfParameters) : ICommand<ConfigurationBulkGet>
{
    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x08);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationBulkGet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var offset) || !payload.TryReadByte(out var count)) return DecodeError.Truncated;
        command = new(offset, count);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ParameterOffset);
        payload.WriteByte(NumberOfParameters);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("parameterOffset", (long)ParameterOffset);
        fields.Number("numberOfParameters", (long)NumberOfParameters);
    }
}

/// <summary>Configuration Bulk Report (0x70 0x09): values of neighbouring parameters. Since V2.</summary>
/// <remarks>
/// bytes 0-1  number of the first parameter in this frame
/// byte 2     how many in this frame
/// byte 3     reports to follow
/// byte 4     bit 7      all of them have their factory defaults
///            bit 6      this answers a Bulk Set with handshake
///            bits 2..0  size of each value: 1, 2 or 4; others are refused
/// 5..        the values, two's complement
/// Every frame names its own first parameter and is complete in itself, so frames are not joined.
/// Source: application command class specification, Configuration Bulk Report.
/// </remarks>
public sealed record ConfigurationBulkReport(
    ushort ParameterOffset, byte NumberOfParameters, byte ReportsToFollow, bool Default, bool Handshake, byte Size, int[] Values)
    : ICommand<ConfigurationBulkReport>, IValueReport
{
    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x09);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationBulkReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var offset)
            || !payload.TryReadByte(out var count)
            || !payload.TryReadByte(out var reportsToFollow)
            || !payload.TryReadByte(out var format))
        {
            return DecodeError.Truncated;
        }

        var flags = new ConfigurationBulkFormat(format);
        if (!PayloadReader.IsNumberSize(flags.Size)) return DecodeError.ReservedValue;
        if (ConfigurationBulkFormat.ReadValues(ref payload, count, flags.Size) is not { } values) return DecodeError.Truncated;
        command = new(offset, count, reportsToFollow, flags.IsDefault, flags.IsHandshake, flags.Size, values);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ParameterOffset);
        payload.WriteByte(NumberOfParameters);
        payload.WriteByte(ReportsToFollow);
        payload.WriteByte(ConfigurationBulkFormat.ToByte(Default, Handshake, Size));
        foreach (var value in Values) payload.WriteSized(Size, value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("parameterOffset", (long)ParameterOffset);
        fields.Number("numberOfParameters", (long)NumberOfParameters);
        fields.Number("reportsToFollow", (long)ReportsToFollow);
        fields.Flag("default", Default);
        fields.Flag("handshake", Handshake);
        fields.Number("size", (long)Size);
        fields.Numbers("values", Values);
    }

    public void CollectValues(IValueSink values)
    {
        for (var index = 0; index < Values.Length && ParameterOffset + index <= ushort.MaxValue; index++)
        {
            ConfigurationValue.Collect(values, ParameterOffset + index, Size, Values[index]);
        }
    }
}

/// <summary>The format byte of the bulk commands, and the values it describes.</summary>
internal readonly record struct ConfigurationBulkFormat(byte Raw)
{
    private const byte DefaultBit = 0x80;
    private const byte HandshakeBit = 0x40;

    public bool IsDefault => (Raw & DefaultBit) != 0;

    public bool IsHandshake => (Raw & HandshakeBit) != 0;

    public byte Size => (byte)(Raw & ConfigurationValue.SizeMask);

    public static byte ToByte(bool isDefault, bool isHandshake, byte size) =>
        (byte)((isDefault ? DefaultBit : 0) | (isHandshake ? HandshakeBit : 0) | (size & ConfigurationValue.SizeMask));

    /// <summary>All the values, or null when one is missing.</summary>
    public static int[]? ReadValues(ref PayloadReader payload, byte count, byte size)
    {
        if (payload.Remaining < count * size) return null;
        var values = new int[count];
        for (var index = 0; index < count; index++)
        {
            if (!payload.TryReadSigned(size, out values[index])) return null;
        }

        return values;
    }
}
