using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Properties;

/// <summary>One series of readings of a meter: a scale, taken or fed back.</summary>
/// <param name="Property">Where its readings are.</param>
/// <param name="Quantity">"energy", "power_factor": snake_case.</param>
/// <param name="ScaleName">The scale in snake_case, to tell two scales of one quantity apart.</param>
/// <param name="Unit">Null: it has none.</param>
/// <param name="IsProduced">Fed back into the mains.</param>
/// <param name="IsAccumulating">A counter.</param>
public sealed record MeterSeries(PropertyId Property, string Quantity, string ScaleName, string? Unit, bool IsProduced, bool IsAccumulating)
{
    /// <summary>"Energy", "Energy produced".</summary>
    public string Label => char.ToUpperInvariant(Quantity[0]) + Quantity[1..].Replace('_', ' ') + (IsProduced ? " produced" : string.Empty);

    /// <summary>
    /// The series of an endpoint: what its meter said it supports, else what it reported so far. A meter that tells taken and fed back apart
    /// has momentary values in both directions only where they differ: a voltage has none.
    /// </summary>
    public static IEnumerable<MeterSeries> Of(ValueStore values, NodeId node, EndpointIndex endpoint)
    {
        ArgumentNullException.ThrowIfNull(values);
        Dictionary<(byte Type, int Scale, bool IsProduced), (byte Rate, bool IsKnown)> found = [];
        foreach (var (id, stored) in values.OfNode(node))
        {
            if (id.Endpoint != endpoint || !MeterCommandClass.IsReading(id.Property)) continue;
            if (!MeterCommandClass.TryUnpack(id.Property.Key, out var type, out var rate, out var scale)) continue;
            var key = (type, scale, rate == MeterScales.Export);
            // A rate that was told wins over "unspecified", and a reading over none.
            var candidate = (rate, stored.Value.IsKnown);
            if (!found.TryGetValue(key, out var before) || Rank(candidate) > Rank(before)) found[key] = candidate;
        }

        foreach (var supported in Supported(values, node, endpoint)) found.TryAdd(supported.Key, (supported.Rate, false));
        return found.OrderBy(static series => Order(series.Key.Type, series.Key.Scale)).ThenBy(static series => series.Key)
            .Select(static series => Of(series.Key.Type, series.Value.Rate, series.Key.Scale));
    }

    private static int Rank((byte Rate, bool IsKnown) candidate) => (candidate.IsKnown ? 2 : 0) + (candidate.Rate != 0 ? 1 : 0);

    private static IEnumerable<((byte Type, int Scale, bool IsProduced) Key, byte Rate)> Supported(ValueStore values, NodeId node, EndpointIndex endpoint)
    {
        if (values.Read(new(node, endpoint, MeterCommandClass.SupportedScales)).AsNumbers is not { } scales) yield break;
        var type = (byte)(values.Read(new(node, endpoint, MeterCommandClass.MeterType)).AsInteger ?? MeterScales.Electric);
        var rates = values.Read(new(node, endpoint, MeterCommandClass.RateTypes)).AsNumbers is { Length: > 0 } told ? told : [MeterScales.Import];
        foreach (var scale in scales)
        {
            foreach (var rate in rates)
            {
                if (rate == MeterScales.Export && !HasDirection(type, scale)) continue;
                yield return ((type, scale, rate == MeterScales.Export), (byte)rate);
            }
        }
    }

    // Voltage, current and power factor are the same whichever way the energy flows.
    private static bool HasDirection(byte type, int scale) => type != MeterScales.Electric || scale is not (4 or 5 or 6);

    // Power and energy first: they are what most people look for.
    private static int Order(byte type, int scale) => (type, scale) switch
    {
        (MeterScales.Electric, 2) => 0,
        (MeterScales.Electric, 0) => 1,
        _ => 2,
    };

    private static MeterSeries Of(byte type, byte rate, int scaleIndex)
    {
        var scale = MeterScales.Find(type, scaleIndex);
        var unknown = string.Create(CultureInfo.InvariantCulture, $"meter_{type}_scale_{scaleIndex}");
        return new(
            MeterCommandClass.Reading(type, rate, scaleIndex),
            scale is null ? unknown : Snake(scale.Quantity),
            scale is null ? unknown : Snake(scale.Name),
            scale?.Unit,
            rate == MeterScales.Export,
            MeterScales.IsAccumulating(type, scaleIndex));
    }

    private static string Snake(string words) => words.ToLowerInvariant().Replace(' ', '_');
}
