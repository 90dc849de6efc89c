using System.Text;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Indicator Supported Get (0x87 0x04): ask for the properties of an indicator. Since V2.</summary>
/// <remarks>
/// byte 0  indicator id; 0 for the first one
/// Source: application command class specification, Indicator Supported Get.
/// </remarks>
public sealed record IndicatorSupportedGet(byte IndicatorId) : ICommand<IndicatorSupportedGet>
{
    /// <summary>Asks for whatever indicator comes first.</summary>
    public const byte First = 0;

    public static CommandId CommandId => new(IndicatorCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out IndicatorSupportedGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var indicator)) return DecodeError.Truncated;
        command = new(indicator);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(IndicatorId);

    public void Describe(FieldWriter fields) => fields.Number("indicatorId", (long)IndicatorId);
}

/// <summary>Indicator Supported Report (0x87 0x05): the properties of an indicator, and which indicator is next.</summary>
/// <remarks>
/// byte 0   indicator id; 0 when the one asked for does not exist
/// byte 1   next indicator id; 0 for the last one
/// byte 2   bits 4..0 n; the others reserved
/// byte 3.. n bytes, bit number = property id (bit 0 stands for nothing)
/// The whole command exists since V2. Source: application command class specification, Indicator Supported Report.
/// </remarks>
public sealed record IndicatorSupportedReport(byte IndicatorId, byte NextIndicatorId, int[] SupportedProperties)
    : ICommand<IndicatorSupportedReport>, IValueReport
{
    public static CommandId CommandId => new(IndicatorCommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out IndicatorSupportedReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var indicator) || !payload.TryReadByte(out var next)) return DecodeError.Truncated;
        if (!CountedBitMask.TryRead(ref payload, out _, out var properties)) return DecodeError.Truncated;
        command = new(indicator, next, properties);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(IndicatorId);
        payload.WriteByte(NextIndicatorId);
        CountedBitMask.Write(ref payload, flags: 0, SupportedProperties);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("indicatorId", (long)IndicatorId);
        fields.Number("nextIndicatorId", (long)NextIndicatorId);
        fields.Numbers("supportedProperties", SupportedProperties);
    }

    public void CollectValues(IValueSink values)
    {
        if (IndicatorId == 0) return;
        var supported = IndicatorCommandClass.SupportedProperties(IndicatorId);
        values.Describe(supported, new(IndicatorCommandClass.Label(IndicatorId) + " properties"));
        values.Set(supported, Value.Of(SupportedProperties));
    }
}

/// <summary>Indicator Description Get (0x87 0x06): ask what an indicator of the manufacturer is for. Since V4.</summary>
/// <remarks>
/// byte 0  indicator id, 80..9F
/// Source: application command class specification, Indicator Description Get.
/// </remarks>
public sealed record IndicatorDescriptionGet(byte IndicatorId) : ICommand<IndicatorDescriptionGet>
{
    /// <summary>Lowest indicator id a manufacturer may give a meaning of its own.</summary>
    public const byte FirstManufacturerIndicator = 0x80;

    /// <summary>Highest such id.</summary>
    public const byte LastManufacturerIndicator = 0x9F;

    public static CommandId CommandId => new(IndicatorCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out IndicatorDescriptionGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var indicator)) return DecodeError.Truncated;
        command = new(indicator);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(IndicatorId);

    public void Describe(FieldWriter fields) => fields.Number("indicatorId", (long)IndicatorId);
}

/// <summary>Indicator Description Report (0x87 0x07): what an indicator of the manufacturer is for.</summary>
/// <remarks>
/// byte 0   indicator id
/// byte 1   n; 0 when the indicator has no description
/// byte 2.. n bytes of UTF-8
/// The whole command exists since V4. Source: application command class specification, Indicator Description Report.
/// </remarks>
public sealed record IndicatorDescriptionReport(byte IndicatorId, string Description) : ICommand<IndicatorDescriptionReport>, IValueReport
{
    public static CommandId CommandId => new(IndicatorCommandClass.Id, 0x07);

    public static DecodeError TryDecode(ref PayloadReader payload, out IndicatorDescriptionReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var indicator) || !payload.TryReadByte(out var length)) return DecodeError.Truncated;
        if (!payload.TryReadBytes(length, out var text)) return DecodeError.Truncated;
        command = new(indicator, Encoding.UTF8.GetString(text));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        var text = Encoding.UTF8.GetBytes(Description);
        var length = Math.Min(text.Length, byte.MaxValue);
        // A character is kept whole or left out: 10xxxxxx continues one.
        while (length < text.Length && length > 0 && (text[length] & 0xC0) == 0x80) length--;
        payload.WriteByte(IndicatorId);
        payload.WriteByte((byte)length);
        payload.WriteBytes(text.AsSpan(0, length));
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("indicatorId", (long)IndicatorId);
        fields.Text("description", Description);
    }

    public void CollectValues(IValueSink values)
    {
        if (IndicatorId == 0 || Description.Length == 0) return;
        var description = IndicatorCommandClass.Description(IndicatorId);
        values.Describe(description, new(IndicatorCommandClass.Label(IndicatorId) + " description"));
        values.Set(description, Value.Of(Description));
    }
}
