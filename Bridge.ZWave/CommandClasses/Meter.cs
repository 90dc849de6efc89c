using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Meter (0x32, V1-V6): counters and momentary readings of energy, gas, water, heat.</summary>
public static class MeterCommandClass
{
    public static readonly CommandClassId Id = new(0x32);

    /// <summary>1 electric, 2 gas, 3 water, 4 heating, 5 cooling.</summary>
    public static readonly PropertyId MeterType = new(Id, "meterType");

    /// <summary>The rate types the meter tells apart (1 import, 2 export); empty when it does not.</summary>
    public static readonly PropertyId RateTypes = new(Id, "rateTypes");

    /// <summary>True when Meter Reset works.</summary>
    public static readonly PropertyId ResetSupported = new(Id, "resetSupported");

    /// <summary>Scale indexes the meter reports (0..6, from 7 on 7 + Scale 2).</summary>
    public static readonly PropertyId SupportedScales = new(Id, "supportedScales");

    public static readonly CommandClassDefinition Definition = new(Id, "METER", ImplementedVersion: 6,
    [
        CommandDefinition.Of<MeterGet>("METER_GET"),
        CommandDefinition.Of<MeterReport>("METER_REPORT"),
        CommandDefinition.Of<MeterSupportedGet>("METER_SUPPORTED_GET"),
        CommandDefinition.Of<MeterSupportedReport>("METER_SUPPORTED_REPORT"),
        CommandDefinition.Of<MeterReset>("METER_RESET"),
    ])
    {
        InterviewSteps =
        [
            new("Supported scales", InterviewPhase.Values, static _ =>
                [InterviewRequest.For<MeterSupportedReport>(new MeterSupportedGet())])
            {
                MinimumVersion = 2,
            },
            new("Readings", InterviewPhase.Values, AskReadings) { IsState = true },
        ],
    };

    internal static readonly ValueMetadata MeterTypeMetadata = new("Meter type")
    {
        States = new Dictionary<long, string>
        {
            [MeterScales.Electric] = "Electric",
            [MeterScales.Gas] = "Gas",
            [MeterScales.Water] = "Water",
            [MeterScales.Heating] = "Heating",
            [MeterScales.Cooling] = "Cooling",
        },
    };

    internal static readonly ValueMetadata RateTypesMetadata = new("Rate types");
    internal static readonly ValueMetadata ResetSupportedMetadata = new("Reset supported");
    internal static readonly ValueMetadata SupportedScalesMetadata = new("Supported scales");

    /// <summary>
    /// More scales than any meter type defines are not asked: a report with a long run of set bits would otherwise keep the interview
    /// busy for minutes.
    /// </summary>
    private const int MaximumScalesAsked = 32;

    private const string ReadingName = "reading";
    private const int TypeShift = 16;
    private const int RateShift = 12;
    private const int ScaleMask = (1 << RateShift) - 1;

    /// <summary>The series of one meter type, rate type and scale index. Import and export are two series, never one sum.</summary>
    public static PropertyId Reading(byte meterType, byte rateType, int scaleIndex) =>
        new(Id, ReadingName, (meterType << TypeShift) | (rateType << RateShift) | scaleIndex);

    /// <summary>Takes the key of a <see cref="Reading"/> apart; false when it is the key of none.</summary>
    public static bool TryUnpack(int key, out byte meterType, out byte rateType, out int scaleIndex)
    {
        meterType = (byte)(key >> TypeShift);
        rateType = (byte)((key >> RateShift) & 0x0F);
        scaleIndex = key & ScaleMask;
        return key >= 0 && key >> TypeShift <= 0x1F && rateType <= 3 && scaleIndex <= MeterScales.HighestIndex;
    }

    /// <summary>True for a property made by <see cref="Reading"/>.</summary>
    public static bool IsReading(PropertyId property) => property.CommandClass == Id && property.Name == ReadingName;

    private static IEnumerable<InterviewRequest> AskReadings(InterviewView view)
    {
        var scales = view.Version >= 2 ? view.Read(SupportedScales).AsNumbers ?? [] : [];
        // What the version of Meter Get has no bits for cannot be asked.
        var highest = view.Version switch { 2 => 3, 3 => 6, _ => MeterScales.HighestIndex };
        var rates = view.Version >= 4 ? view.Read(RateTypes).AsNumbers : null;
        if (rates is null or []) rates = [0];
        var isAsked = false;
        foreach (var scale in scales.Where(index => index >= 0 && index <= highest).Take(MaximumScalesAsked))
        {
            foreach (var rate in rates)
            {
                isAsked = true;
                yield return InterviewRequest.For<MeterReport>(MeterGet.For(scale, (byte)rate), report => Answers(report, scale, rate));
            }
        }

        if (!isAsked) yield return InterviewRequest.For<MeterReport>(new MeterGet());
    }

    /// <summary>A meter that does not tell rates apart reports rate type 0, and where none was asked it chooses; else they match.</summary>
    private static bool Answers(MeterReport report, int scaleIndex, int rateType) =>
        report.ScaleIndex == scaleIndex && (rateType == 0 || report.RateType == 0 || report.RateType == rateType);
}

/// <summary>Meter Get (0x32 0x01): ask for one reading.</summary>
/// <remarks>
/// byte 0  bits 4..3  scale 0..3, other bits 0                                                            V2
///         bits 5..3  scale 0..6; 7 = see Scale 2                                                         since V3 (7: V4)
///         bits 7..6  rate type wanted: 0 default, 1 import, 2 export                                     since V4
/// byte 1  Scale 2, only when the scale is 7                                                              since V4
/// V1 has no parameters, and without them the meter chooses. A scale the version has no bits for is left out as well.
/// Source: application command class specification, Meter Get.
/// </remarks>
public sealed record MeterGet(byte? Scale = null, byte? RateType = null, byte? Scale2 = null) : ICommand<MeterGet>
{
    public static CommandId CommandId => new(MeterCommandClass.Id, 0x01);

    /// <summary>The request for a scale index (0..6, from 7 on 7 + Scale 2); rate type 0 leaves the choice to the meter.</summary>
    public static MeterGet For(int scaleIndex, byte rateType)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scaleIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scaleIndex, MeterScales.HighestIndex);
        return scaleIndex < MeterScales.MoreScales
            ? new((byte)scaleIndex, rateType)
            : new(MeterScales.MoreScales, rateType, (byte)(scaleIndex - MeterScales.MoreScales));
    }

    public static DecodeError TryDecode(ref PayloadReader payload, out MeterGet? command)
    {
        if (!payload.TryReadByte(out var wanted))
        {
            command = new();
            return DecodeError.None;
        }

        var scale = (byte)((wanted >> 3) & 0x07);
        byte? scale2 = scale == MeterScales.MoreScales && payload.TryReadByte(out var more) ? more : null;
        command = new(scale, (byte)(wanted >> 6), scale2);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        if (Scale is not { } scale) return;
        var highest = context.Version switch { 0 or 1 => -1, 2 => 3, 3 => 6, _ => MeterScales.MoreScales };
        if (scale > highest) return;
        var rate = context.Version >= 4 ? RateType ?? 0 : 0;
        payload.WriteByte((byte)((rate << 6) | (scale << 3)));
        if (scale == MeterScales.MoreScales && Scale2 is { } scale2) payload.WriteByte(scale2);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("rateType", (long?)RateType);
        fields.Number("scale", (long?)Scale);
        fields.Number("scale2", (long?)Scale2);
    }
}

/// <summary>Meter Supported Get (0x32 0x03): ask what is measured. No parameters. Since V2.</summary>
public sealed record MeterSupportedGet : EmptyCommand<MeterSupportedGet>, ICommand<MeterSupportedGet>
{
    public static CommandId CommandId => new(MeterCommandClass.Id, 0x03);
}
