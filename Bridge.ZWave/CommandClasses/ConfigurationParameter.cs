using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Configuration Set (0x70 0x04): writes one parameter.</summary>
/// <remarks>
/// byte 0  parameter number, 0..255
/// byte 1  bit 7      take the factory default, whatever the value says
///         bits 2..0  size of the value: 1, 2 or 4; others are refused
/// 2..     value, two's complement
/// With "default" the value may be missing, but devices expect it: it is sent. A size other than the device uses is ignored silently or
/// costs the whole frame. Source: application command class specification, Configuration Set.
/// </remarks>
public sealed record ConfigurationSet(byte ParameterNumber, bool Default, byte Size, int Value) : ICommand<ConfigurationSet>
{
    private const byte DefaultBit = 0x80;

    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x04);

    /// <summary>False for a Set to the default that came without value bytes.</summary>
    public bool HasValue { get; init; } = true;

    /// <summary>The value when the parameter is unsigned.</summary>
    public long ValueUnsigned => ConfigurationValue.Unsigned(Size, Value);

    /// <summary>The request to take the factory default.</summary>
    public static ConfigurationSet ToDefault(byte parameterNumber, byte size) => new(parameterNumber, Default: true, size, 0);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var number) || !payload.TryReadByte(out var format)) return DecodeError.Truncated;
        var isDefault = (format & DefaultBit) != 0;
        var size = (byte)(format & ConfigurationValue.SizeMask);
        if (!PayloadReader.IsNumberSize(size)) return DecodeError.ReservedValue;
        var hasValue = payload.TryReadSigned(size, out var value);
        if (!hasValue && !isDefault) return DecodeError.Truncated;
        command = new(number, isDefault, size, value) { HasValue = hasValue };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(ParameterNumber);
        payload.WriteByte((byte)((Default ? DefaultBit : 0) | (Size & ConfigurationValue.SizeMask)));
        if (HasValue) payload.WriteSized(Size, Value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("parameterNumber", (long)ParameterNumber);
        fields.Flag("default", Default);
        fields.Number("size", (long)Size);
        if (!HasValue) return;
        fields.Number("value", (long)Value);
        fields.Number("valueUnsigned", ValueUnsigned);
    }
}

/// <summary>Configuration Get (0x70 0x05): ask for one parameter.</summary>
/// <remarks>
/// byte 0  parameter number. A device that lacks it answers with another parameter or not at all.
/// Source: application command class specification, Configuration Get.
/// </remarks>
public sealed record ConfigurationGet(byte ParameterNumber) : ICommand<ConfigurationGet>
{
    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var number)) return DecodeError.Truncated;
        command = new(number);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(ParameterNumber);

    public void Describe(FieldWriter fields) => fields.Number("parameterNumber", (long)ParameterNumber);
}

/// <summary>Configuration Report (0x70 0x06): the value of one parameter.</summary>
/// <remarks>
/// byte 0  parameter number; may differ from the one asked
/// byte 1  bits 2..0  size of the value: 1, 2 or 4; others are refused
/// 2..     value, two's complement
/// Source: application command class specification, Configuration Report.
/// </remarks>
public sealed record ConfigurationReport(byte ParameterNumber, byte Size, int Value) : ICommand<ConfigurationReport>, IValueReport
{
    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x06);

    /// <summary>The value when the parameter is unsigned.</summary>
    public long ValueUnsigned => ConfigurationValue.Unsigned(Size, Value);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var number) || !payload.TryReadByte(out var format)) return DecodeError.Truncated;
        var size = (byte)(format & ConfigurationValue.SizeMask);
        if (!PayloadReader.IsNumberSize(size)) return DecodeError.ReservedValue;
        if (!payload.TryReadSigned(size, out var value)) return DecodeError.Truncated;
        command = new(number, size, value);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(ParameterNumber);
        payload.WriteByte((byte)(Size & ConfigurationValue.SizeMask));
        payload.WriteSized(Size, Value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("parameterNumber", (long)ParameterNumber);
        fields.Number("size", (long)Size);
        fields.Number("value", (long)Value);
        fields.Number("valueUnsigned", ValueUnsigned);
    }

    /// <summary>The value and its size only: what a parameter is comes from elsewhere and must not be overwritten here.</summary>
    public void CollectValues(IValueSink values) => ConfigurationValue.Collect(values, ParameterNumber, Size, Value);
}

/// <summary>Configuration Default Reset (0x70 0x01): every parameter back to its factory default. No parameters. Since V4.</summary>
public sealed record ConfigurationDefaultReset : EmptyCommand<ConfigurationDefaultReset>, ICommand<ConfigurationDefaultReset>
{
    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x01);
}

/// <summary>What all commands with parameter values share.</summary>
internal static class ConfigurationValue
{
    public const byte SizeMask = 0x07;

    /// <summary>The same bytes read as an unsigned number.</summary>
    public static long Unsigned(byte size, int value) => size switch
    {
        1 => (byte)value,
        2 => (ushort)value,
        _ => (uint)value,
    };

    public static void Collect(IValueSink values, int number, byte size, int value)
    {
        values.Set(ConfigurationCommandClass.ParameterSize(number), Value.Of((long)size));
        values.Set(ConfigurationCommandClass.Parameter(number), Value.Of((long)value));
    }
}
