using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>One thing a meter can be asked.</summary>
internal readonly record struct MeterReading(byte MeterType, byte RateType, int ScaleIndex)
{
    private const int Watt = 2;

    public bool IsPower => MeterType == MeterScales.Electric && ScaleIndex == Watt;

    public bool IsAccumulating => MeterScales.IsAccumulating(MeterType, ScaleIndex);

    public MeterGet Question => MeterGet.For(ScaleIndex, RateType);

    /// <summary>A report without a rate answers any rate.</summary>
    public ReplyMatch IsReply(ICommand command)
    {
        var (scale, rate) = (ScaleIndex, RateType);
        return command is MeterReport report && report.ScaleIndex == scale && (report.RateType == rate || report.RateType == 0 || rate == 0)
            ? ReplyMatch.Complete
            : ReplyMatch.None;
    }
}

/// <summary>What the meter of an endpoint can be asked, from what it said it supports or what it reported before.</summary>
internal static class MeterReadings
{
    public static IEnumerable<MeterReading> Of(ValueStore values, NodeId node, EndpointIndex endpoint)
    {
        if (values.Read(new(node, endpoint, MeterCommandClass.SupportedScales)).AsNumbers is { } scales)
        {
            var meterType = (byte)(values.Read(new(node, endpoint, MeterCommandClass.MeterType)).AsInteger ?? MeterScales.Electric);
            byte[] rateTypes = values.Read(new(node, endpoint, MeterCommandClass.RateTypes)).AsNumbers is { Length: > 0 } rates
                ? [.. rates.Select(static rate => (byte)rate)]
                : [0];
            return scales.SelectMany(scale => rateTypes.Select(rate => new MeterReading(meterType, rate, scale)));
        }

        List<MeterReading> reported = [];
        foreach (var (id, _) in values.OfNode(node))
        {
            if (id.Endpoint == endpoint && MeterCommandClass.IsReading(id.Property)
                && MeterCommandClass.TryUnpack(id.Property.Key, out var type, out var rate, out var scale))
            {
                reported.Add(new(type, rate, scale));
            }
        }

        return reported;
    }
}
