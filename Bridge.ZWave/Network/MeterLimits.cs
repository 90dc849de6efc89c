using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;

namespace Bridge.ZWave.Network;

/// <summary>What a series of readings can be at most. A limit that is too low only costs a question, so none has to be exact.</summary>
/// <param name="IsAccumulating">A counter; else a momentary reading.</param>
/// <param name="HourlyMaximum">By how much a counter can grow in an hour.</param>
/// <param name="Minimum">Least momentary reading.</param>
/// <param name="Maximum">Greatest momentary reading.</param>
internal readonly record struct MeterLimits(bool IsAccumulating, decimal HourlyMaximum, decimal Minimum, decimal Maximum)
{
    // A supply of 100 V is the lowest there is: it makes the most amperes of the watts.
    private const decimal LowestMainsVoltage = 100;
    private const decimal HighestVoltage = 1000;
    private const decimal MomentaryMargin = 4;
    private const decimal WattsPerKilowatt = 1000;

    // A meter that makes 10,000 pulses of a kilowatt-hour is the finest; other pulses are not faster.
    private const decimal PulsesPerKilowattHour = 10_000;
    private const decimal HeatKilowatts = 100;
    private const decimal CubicMetresPerHour = 15;
    private const decimal CubicFeetPerCubicMetre = 35.3147m;
    private const decimal GallonsPerCubicMetre = 264.172m;
    private const decimal PulsesPerHour = 36_000;

    /// <summary>The limits of a series whose node can take this much power; the precision tells how a power factor is written.</summary>
    public static MeterLimits Of(MeterReading reading, byte precision, decimal maximumWatts)
    {
        if (reading.IsAccumulating) return new(true, Hourly(reading, maximumWatts), 0, decimal.MaxValue);
        if (reading.MeterType != MeterScales.Electric) return Momentary(decimal.MaxValue);
        return reading.ScaleIndex switch
        {
            MeterReading.Watt => Momentary(MomentaryMargin * maximumWatts),
            MeterReading.Volt => new(false, 0, 0, HighestVoltage),
            MeterReading.Ampere => Momentary(MomentaryMargin * maximumWatts / LowestMainsVoltage),
            // Whole numbers are percent.
            MeterReading.PowerFactor => Momentary(precision == 0 ? 100 : 1),
            MeterReading.KiloVoltAmpereReactive => Momentary(MomentaryMargin * maximumWatts / WattsPerKilowatt),
            _ => Momentary(decimal.MaxValue),
        };
    }

    private static MeterLimits Momentary(decimal most) => new(false, 0, -most, most);

    private static decimal Hourly(MeterReading reading, decimal maximumWatts)
    {
        var kilowatts = maximumWatts / WattsPerKilowatt;
        var name = MeterScales.Find(reading.MeterType, reading.ScaleIndex)?.Name;
        if (reading.MeterType == MeterScales.Electric) return name == "pulses" ? kilowatts * PulsesPerKilowattHour : kilowatts;
        return name switch
        {
            "kWh" => HeatKilowatts,
            "m3" => CubicMetresPerHour,
            "ft3" => CubicMetresPerHour * CubicFeetPerCubicMetre,
            "gal" => CubicMetresPerHour * GallonsPerCubicMetre,
            _ => PulsesPerHour,
        };
    }
}

/// <summary>What the meter of an endpoint said it can report.</summary>
/// <param name="Version">Version of the class: below 4 the Supported Report has no room for rate types.</param>
/// <param name="MeterType">Kind of meter; null while it did not say (version 1 never does).</param>
/// <param name="Scales">Scale indexes; null while it did not say.</param>
/// <param name="RateTypes">The rate types it tells apart; empty when it does not.</param>
internal readonly record struct MeterCapabilities(byte Version, long? MeterType, int[]? Scales, int[] RateTypes)
{
    private const byte FirstVersionWithRates = 4;

    public static MeterCapabilities Of(ValueStore values, Node node, Endpoint endpoint)
    {
        Value Read(PropertyId property) => values.Read(new(node.Id, endpoint.Index, property));
        return new(
            endpoint.VersionOf(MeterCommandClass.Id), Read(MeterCommandClass.MeterType).AsInteger,
            Read(MeterCommandClass.SupportedScales).AsNumbers, Read(MeterCommandClass.RateTypes).AsNumbers ?? []);
    }

    /// <summary>True when the endpoint named its scales: what it did not name is damage.</summary>
    public bool AreListed => Scales is not null;

    /// <summary>Why such a reading cannot come from this meter; null when it can.</summary>
    public MeterRejectionReason? Refuse(MeterReading reading)
    {
        if (MeterType is { } type && type != reading.MeterType) return MeterRejectionReason.UnsupportedMeterType;
        if (Scales is { } scales ? !scales.Contains(reading.ScaleIndex) : MeterScales.Find(reading.MeterType, reading.ScaleIndex) is null)
        {
            return MeterRejectionReason.UnsupportedScale;
        }

        return IsRateCredible(reading) ? null : MeterRejectionReason.UnsupportedRateType;
    }

    // A voltage has no direction, so it may come without one from a meter that tells directions apart. Older versions tell the direction in
    // the report alone.
    private bool IsRateCredible(MeterReading reading) =>
        RateTypes.Length > 0 ? RateTypes.Contains(reading.RateType) || (reading.RateType == 0 && !reading.HasDirection)
        : reading.RateType <= (Version < FirstVersionWithRates ? MeterScales.Export : MeterScales.Import);
}
