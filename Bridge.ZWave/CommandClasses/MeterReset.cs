using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Meter Reset (0x32 0x05): sets the counters to 0, or one of them to a value. Since V2.</summary>
/// <remarks>
/// V2-V5   no parameters: every accumulated value of every rate type
/// byte 0, byte 1, value and Scale 2 as in Meter Report: "set this counter to this value"                  since V6
/// Only when Meter Supported Report says that reset works. Most meters do not report by themselves afterwards. A node below V6 gets no
/// parameters, so it resets everything. Source: application command class specification, Meter Reset.
/// </remarks>
public sealed record MeterReset(MeterResetTarget? Target = null) : ICommand<MeterReset>
{
    public static CommandId CommandId => new(MeterCommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out MeterReset? command)
    {
        command = null;
        if (payload.IsAtEnd)
        {
            command = new();
            return DecodeError.None;
        }

        // Half a target is no "reset everything".
        var error = MeterRegister.TryRead(ref payload, out var register);
        if (error != DecodeError.None) return error;
        byte? scale2 = null;
        if (register.Scale == MeterScales.MoreScales)
        {
            if (!payload.TryReadByte(out var more)) return DecodeError.Truncated;
            scale2 = more;
        }

        command = new(new MeterResetTarget(
            register.MeterType, register.RateType, register.Scale, register.Precision, register.Size, register.RawValue, scale2));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        if (context.Version < 6 || Target is not { } target) return;
        target.Register.Write(ref payload, context.Version);
        if (target.Scale == MeterScales.MoreScales) payload.WriteByte(target.Scale2 ?? 0);
    }

    public void Describe(FieldWriter fields)
    {
        if (Target is not { } target) return;
        target.Register.Describe(fields);
        fields.Number("scale2", (long?)target.Scale2);
        if (MeterScales.Find(target.MeterType, target.ScaleIndex) is { } scale) fields.Text("unit", scale.Name);
    }
}

/// <summary>Which counter a Meter Reset sets, and to what.</summary>
public sealed record MeterResetTarget(
    byte MeterType, byte RateType, byte Scale, byte Precision, byte Size, int RawValue, byte? Scale2 = null)
{
    /// <summary>0..6 as sent, or 7 + Scale 2.</summary>
    public int ScaleIndex => MeterScales.Index(Scale, Scale2);

    internal MeterRegister Register => new(MeterType, RateType, Scale, Precision, Size, RawValue);
}

/// <summary>Bytes 0 and 1 and the value: what Meter Report and Meter Reset have in common.</summary>
internal readonly record struct MeterRegister(byte MeterType, byte RateType, byte Scale, byte Precision, byte Size, int RawValue)
{
    public static DecodeError TryRead(ref PayloadReader payload, out MeterRegister register)
    {
        register = default;
        if (!payload.TryReadByte(out var meter) || !payload.TryReadByte(out var format)) return DecodeError.Truncated;
        var size = (byte)(format & 0x07);
        if (!PayloadReader.IsNumberSize(size)) return DecodeError.ReservedValue;
        if (!payload.TryReadSigned(size, out var value)) return DecodeError.Truncated;
        var scale = (byte)(((meter & 0x80) >> 5) | ((format >> 3) & 0x03));
        register = new((byte)(meter & 0x1F), (byte)((meter >> 5) & 0x03), scale, (byte)(format >> 5), size, value);
        return DecodeError.None;
    }

    /// <summary>The raw number with its decimal point; exact.</summary>
    public static decimal Divide(int raw, byte precision) => new((int)(uint)Math.Abs((long)raw), 0, 0, raw < 0, precision);

    public void Write(ref PayloadWriter payload, byte version)
    {
        var rate = version >= 2 ? (RateType & 0x03) << 5 : 0;
        var highScaleBit = version >= 3 ? (Scale & 0x04) << 5 : 0;
        payload.WriteByte((byte)(highScaleBit | rate | (MeterType & 0x1F)));
        payload.WriteByte((byte)(((Precision & 0x07) << 5) | ((Scale & 0x03) << 3) | (Size & 0x07)));
        payload.WriteSized(Size, RawValue);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("meterType", (long)MeterType);
        fields.Number("rateType", (long)RateType);
        fields.Number("scale", (long)Scale);
        fields.Number("precision", (long)Precision);
        fields.Number("size", (long)Size);
        fields.Number("meterValue", Divide(RawValue, Precision));
    }
}
