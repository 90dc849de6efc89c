using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>One thing a meter can be asked.</summary>
internal readonly record struct MeterReading(byte MeterType, byte RateType, int ScaleIndex)
{
    public const int Watt = 2;
    public const int Volt = 4;
    public const int Ampere = 5;
    public const int PowerFactor = 6;
    public const int KiloVoltAmpereReactive = 7;

    private const byte FirstVersionWithScales = 2;
    private const byte FirstVersionWithRates = 4;

    public bool IsPower => MeterType == MeterScales.Electric && ScaleIndex == Watt;

    public bool IsAccumulating => MeterScales.IsAccumulating(MeterType, ScaleIndex);

    /// <summary>True where import and export are two things; voltage, current and power factor are the same for both.</summary>
    public bool HasDirection => MeterType != MeterScales.Electric || ScaleIndex is not (Volt or Ampere or PowerFactor);

    public MeterGet Question => MeterGet.For(ScaleIndex, RateType);

    public PropertyId Property => MeterCommandClass.Reading(MeterType, RateType, ScaleIndex);

    /// <summary>A report without a rate answers any rate.</summary>
    public ReplyMatch IsReply(ICommand command)
    {
        var (scale, rate) = (ScaleIndex, RateType);
        return command is MeterReport report && report.ScaleIndex == scale && (report.RateType == rate || report.RateType == 0 || rate == 0)
            ? ReplyMatch.Complete
            : ReplyMatch.None;
    }

    /// <summary>The same for a meter of some version: what its Meter Get has no room for is its own choice.</summary>
    public ReplyMatch IsReply(ICommand command, byte version) => version switch
    {
        < FirstVersionWithScales => command is MeterReport ? ReplyMatch.Complete : ReplyMatch.None,
        < FirstVersionWithRates => (this with { RateType = 0 }).IsReply(command),
        _ => IsReply(command),
    };

    /// <summary>True when a Meter Get of this version has bits for the scale.</summary>
    public bool CanBeAsked(byte version) => version switch { 1 => true, 2 => ScaleIndex <= 3, 3 => ScaleIndex <= 6, _ => true };
}

/// <summary>What the meter of an endpoint can be asked, from what it said it supports or what it reported before.</summary>
internal static class MeterReadings
{
    public static IEnumerable<MeterReading> Of(ValueStore values, NodeId node, EndpointIndex endpoint)
    {
        if (values.Read(new(node, endpoint, MeterCommandClass.SupportedScales)).AsNumbers is not { } scales) return Known(values, node, endpoint);
        var meterType = (byte)(values.Read(new(node, endpoint, MeterCommandClass.MeterType)).AsInteger ?? MeterScales.Electric);
        byte[] rateTypes = values.Read(new(node, endpoint, MeterCommandClass.RateTypes)).AsNumbers is { Length: > 0 } rates
            ? [.. rates.Select(static rate => (byte)rate)]
            : [0];
        return scales.SelectMany(scale => rateTypes.Select(rate => new MeterReading(meterType, rate, scale)));
    }

    /// <summary>The series a value is known of.</summary>
    public static IReadOnlyList<MeterReading> Known(ValueStore values, NodeId node, EndpointIndex endpoint)
    {
        List<MeterReading> known = [];
        foreach (var (id, stored) in values.OfNode(node))
        {
            if (id.Endpoint == endpoint && stored.Value.IsKnown && MeterCommandClass.IsReading(id.Property)
                && MeterCommandClass.TryUnpack(id.Property.Key, out var type, out var rate, out var scale))
            {
                known.Add(new(type, rate, scale));
            }
        }

        return known;
    }
}
