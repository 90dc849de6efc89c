using Bridge.ZWave.Values;

namespace Bridge.ZWave.CommandClasses;

/// <summary>What one scale of one meter type measures.</summary>
/// <param name="Name">The name in the output of <c>zwbridge decode</c>: "kWh", "powerFactor", "pulses".</param>
/// <param name="Unit">The unit as people write it; null for pulses and the power factor, which have none.</param>
/// <param name="Quantity">What is measured: "Energy", "Power".</param>
public sealed record MeterScale(string Name, string? Unit, string Quantity);

/// <summary>
/// The one table of meter types and scales. Scales are numbered by index: 0..6 as in the report, from 7 on 7 + Scale 2.
/// Source: application command class specification, Meter; assigned meter types and scales.
/// </summary>
public static class MeterScales
{
    public const byte Electric = 1;
    public const byte Gas = 2;
    public const byte Water = 3;
    public const byte Heating = 4;
    public const byte Cooling = 5;

    /// <summary>The scale value that says "the scale is in Scale 2"; also the index of Scale 2 = 0.</summary>
    public const byte MoreScales = 7;

    /// <summary>The highest index a report can carry: Scale 2 is one byte.</summary>
    public const int HighestIndex = MoreScales + byte.MaxValue;

    /// <summary>Rate type "import": what the load took.</summary>
    public const byte Import = 1;

    /// <summary>Rate type "export": what was fed back.</summary>
    public const byte Export = 2;

    private const int RateTypes = 4;

    private static readonly MeterScale?[][] s_scales =
    [
        [],
        [
            new("kWh", "kWh", "Energy"),
            new("kVAh", "kVAh", "Apparent energy"),
            new("W", "W", "Power"),
            new("pulses", null, "Pulses"),
            new("V", "V", "Voltage"),
            new("A", "A", "Current"),
            new("powerFactor", null, "Power factor"),
            new("kVar", "kvar", "Reactive power"),
            new("kVarh", "kvarh", "Reactive energy"),
        ],
        [new("m3", "m³", "Gas"), new("ft3", "ft³", "Gas"), null, new("pulses", null, "Gas pulses")],
        [new("m3", "m³", "Water"), new("ft3", "ft³", "Water"), new("gal", "gal", "Water"), new("pulses", null, "Water pulses")],
        [new("kWh", "kWh", "Heating energy")],
        [new("kWh", "kWh", "Cooling energy")],
    ];

    private static readonly ValueMetadata s_unknown = new("Meter reading");
    private static readonly ValueMetadata[]?[][] s_metadata = BuildMetadata();

    /// <summary>The scale, or null when type or index have no meaning here: then the number is kept without a unit.</summary>
    public static MeterScale? Find(byte meterType, int scaleIndex) =>
        meterType < s_scales.Length && scaleIndex >= 0 && scaleIndex < s_scales[meterType].Length ? s_scales[meterType][scaleIndex] : null;

    /// <summary>The index of a scale as sent: 0..6 itself, 7 + Scale 2 where it points there.</summary>
    public static int Index(byte scale, byte? scale2) => scale == MoreScales ? MoreScales + (scale2 ?? 0) : scale;

    /// <summary>True for counters, which only grow until they are reset; false for momentary readings and unknown meter types.</summary>
    public static bool IsAccumulating(byte meterType, int scaleIndex) => meterType switch
    {
        Electric => scaleIndex is 0 or 1 or 3 or 8,
        Gas or Water or Heating or Cooling => true,
        _ => false,
    };

    /// <summary>Label and unit of a reading; built once, because every report hands it over.</summary>
    internal static ValueMetadata Metadata(byte meterType, byte rateType, int scaleIndex) =>
        Find(meterType, scaleIndex) is null || rateType >= RateTypes ? s_unknown : s_metadata[meterType][scaleIndex]![rateType];

    private static ValueMetadata[]?[][] BuildMetadata()
    {
        var types = new ValueMetadata[]?[s_scales.Length][];
        for (byte type = 0; type < types.Length; type++)
        {
            types[type] = new ValueMetadata[]?[s_scales[type].Length];
            for (var index = 0; index < types[type].Length; index++)
            {
                if (s_scales[type][index] is not { } scale) continue;
                var rates = types[type][index] = new ValueMetadata[RateTypes];
                for (byte rate = 0; rate < RateTypes; rate++)
                {
                    rates[rate] = new(Label(scale, rate, IsAccumulating(type, index))) { Unit = scale.Unit };
                }
            }
        }

        return types;
    }

    private static string Label(MeterScale scale, byte rateType, bool isAccumulating) => rateType switch
    {
        Import when isAccumulating => scale.Quantity + " consumed",
        Export => scale.Quantity + " produced",
        _ => scale.Quantity,
    };
}
