using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Meter Report (0x32 0x02): one reading, by itself or as the answer to Meter Get.</summary>
/// <remarks>
/// byte 0  bits 4..0  meter type                                                                          since V1
///         bits 6..5  rate type: 0 unspecified, 1 import, 2 export, 3 reserved                            since V2
///         bit 7      bit 2 of the scale                                                                  since V3
/// byte 1  bits 7..5  precision: the value is raw / 10^precision
///         bits 4..3  bits 1..0 of the scale; a scale of 7 means "see Scale 2"                            since V1 (7: V4)
///         bits 2..0  size of the value: 1, 2 or 4; others are refused
/// then    value, two's complement, size bytes
/// then    delta time in seconds (2): 0 no previous value, FFFF unknown                                   since V2
/// then    previous value (size), only when the delta time is not 0                                       since V2
/// then    Scale 2, only and always when the scale is 7                                                   since V4
/// A previous value for which too few bytes are left is absent; bytes after a delta time of 0 are ignored. Size and precision belong to
/// this report alone: meters change both as the value grows. Source: application command class specification, Meter Report.
/// </remarks>
public sealed record MeterReport(
    byte MeterType,
    byte RateType,
    byte Scale,
    byte Precision,
    byte Size,
    int RawValue,
    ushort? DeltaTime = null,
    int? PreviousRawValue = null,
    byte? Scale2 = null) : ICommand<MeterReport>, IValueReport
{
    public static CommandId CommandId => new(MeterCommandClass.Id, 0x02);

    /// <summary>0..6 as sent, or 7 + Scale 2.</summary>
    public int ScaleIndex => MeterScales.Index(Scale, Scale2);

    /// <summary>The reading in the unit of its scale.</summary>
    public decimal MeterValue => MeterRegister.Divide(RawValue, Precision);

    /// <summary>The reading <see cref="DeltaTime"/> seconds ago, when the report tells it.</summary>
    public decimal? PreviousMeterValue => PreviousRawValue is { } raw ? MeterRegister.Divide(raw, Precision) : null;

    public static DecodeError TryDecode(ref PayloadReader payload, out MeterReport? command)
    {
        command = null;
        var error = MeterRegister.TryRead(ref payload, out var register);
        if (error != DecodeError.None) return error;
        ushort? deltaTime = payload.TryReadUInt16(out var delta) ? delta : null;
        int? previous = deltaTime is > 0 && payload.TryReadSigned(register.Size, out var raw) ? raw : null;
        byte? scale2 = null;
        if (register.Scale == MeterScales.MoreScales)
        {
            if (!payload.TryReadByte(out var more)) return DecodeError.Truncated;
            scale2 = more;
        }

        command = new(
            register.MeterType, register.RateType, register.Scale, register.Precision, register.Size, register.RawValue,
            deltaTime, previous, scale2);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        Register.Write(ref payload, context.Version);
        if (context.Version >= 2 && DeltaTime is { } deltaTime)
        {
            payload.WriteUInt16(deltaTime);
            if (deltaTime != 0 && PreviousRawValue is { } previous) payload.WriteSized(Size, previous);
        }

        if (context.Version >= 4 && Scale == MeterScales.MoreScales) payload.WriteByte(Scale2 ?? 0);
    }

    public void Describe(FieldWriter fields)
    {
        Register.Describe(fields);
        fields.Number("deltaTime", (long?)DeltaTime);
        if (PreviousMeterValue is { } previous) fields.Number("previousMeterValue", previous);
        fields.Number("scale2", (long?)Scale2);
        if (MeterScales.Find(MeterType, ScaleIndex) is { } scale) fields.Text("unit", scale.Name);
    }

    public void CollectValues(IValueSink values)
    {
        var property = MeterCommandClass.Reading(MeterType, RateType, ScaleIndex);
        values.Describe(property, MeterScales.Metadata(MeterType, RateType, ScaleIndex));
        values.Set(property, Value.OfDecimal(RawValue, Precision));
    }

    private MeterRegister Register => new(MeterType, RateType, Scale, Precision, Size, RawValue);
}

/// <summary>Meter Supported Report (0x32 0x04): what the meter measures and whether it can be reset. Since V2.</summary>
/// <remarks>
/// byte 0  bit 7      Meter Reset works
///         bits 6..5  rate types: 1 import, 2 export, 3 both; 0 = not told apart                          since V4
///         bits 4..0  meter type
/// byte 1  bits 6..0  scales 0..6 (V2: 0..3)
///         bit 7      more scale bytes follow                                                             since V4
/// byte 2  how many (n), only with bit 7 of byte 1                                                        since V4
/// 3..     n bytes; bit 0 of the first is scale index 7                                                   since V4
/// Source: application command class specification, Meter Supported Report.
/// </remarks>
public sealed record MeterSupportedReport(byte MeterType, byte RateTypes, bool MeterReset, int[] SupportedScales)
    : ICommand<MeterSupportedReport>, IValueReport
{
    private const byte ResetBit = 0x80;
    private const byte MoreScaleTypesBit = 0x80;
    private const byte ScalesOfVersion2 = 0x0F;
    private const byte ScalesOfVersion3 = 0x7F;

    public static CommandId CommandId => new(MeterCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out MeterSupportedReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var meter) || !payload.TryReadByte(out var mask)) return DecodeError.Truncated;
        ReadOnlySpan<byte> more = default;
        if ((mask & MoreScaleTypesBit) != 0 && (!payload.TryReadByte(out var count) || !payload.TryReadBytes(count, out more)))
        {
            return DecodeError.Truncated;
        }

        // The further masks go on where the seven bits of the first end.
        Span<byte> scales = stackalloc byte[1 + more.Length];
        scales[0] = (byte)(mask & ScalesOfVersion3);
        for (var index = 0; index < more.Length; index++)
        {
            scales[index] |= (byte)(more[index] << MeterScales.MoreScales);
            scales[index + 1] = (byte)(more[index] >> (8 - MeterScales.MoreScales));
        }

        command = new((byte)(meter & 0x1F), (byte)((meter >> 5) & 0x03), (meter & ResetBit) != 0, BitMask.Read(scales, firstNumber: 0));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        var hasRates = context.Version >= 4;
        payload.WriteByte((byte)((MeterReset ? ResetBit : 0) | (hasRates ? (RateTypes & 0x03) << 5 : 0) | (MeterType & 0x1F)));
        Span<byte> first = stackalloc byte[1];
        BitMask.Write(first, 0, SupportedScales);
        first[0] &= context.Version < 3 ? ScalesOfVersion2 : ScalesOfVersion3;
        int[] more = context.Version >= 4 ? [.. SupportedScales.Where(static index => index >= MeterScales.MoreScales)] : [];
        if (more.Length == 0)
        {
            payload.WriteByte(first[0]);
            return;
        }

        var mask = new byte[Math.Min(BitMask.LengthFor(MeterScales.MoreScales, more), byte.MaxValue)];
        BitMask.Write(mask, MeterScales.MoreScales, more);
        payload.WriteByte((byte)(first[0] | MoreScaleTypesBit));
        payload.WriteByte((byte)mask.Length);
        payload.WriteBytes(mask);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("meterType", (long)MeterType);
        fields.Numbers("rateTypes", RateTypeList());
        fields.Flag("meterReset", MeterReset);
        fields.Numbers("supportedScales", SupportedScales);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(MeterCommandClass.MeterType, MeterCommandClass.MeterTypeMetadata);
        values.Set(MeterCommandClass.MeterType, Value.Of((long)MeterType));
        values.Describe(MeterCommandClass.RateTypes, MeterCommandClass.RateTypesMetadata);
        values.Set(MeterCommandClass.RateTypes, Value.Of(RateTypeList()));
        values.Describe(MeterCommandClass.ResetSupported, MeterCommandClass.ResetSupportedMetadata);
        values.Set(MeterCommandClass.ResetSupported, Value.Of(MeterReset));
        values.Describe(MeterCommandClass.SupportedScales, MeterCommandClass.SupportedScalesMetadata);
        values.Set(MeterCommandClass.SupportedScales, Value.Of(SupportedScales));
    }

    private int[] RateTypeList() => BitMask.Read([RateTypes], firstNumber: 1);
}
