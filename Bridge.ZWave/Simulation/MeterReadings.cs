using Bridge.ZWave.CommandClasses;

namespace Bridge.ZWave.Simulation;

/// <summary>The meter of a plug: what its circuits do, written the way its reports write it.</summary>
internal sealed class MeterReadings(PlugDefinition plug, ParameterStore parameters, RelayBoard relays, Agenda agenda)
{
    private const byte EnergyScale = 0;
    private const byte PowerScale = 2;
    private const byte VoltageScale = 4;
    private const byte CurrentScale = 5;

    private readonly Dictionary<(byte Endpoint, byte Rate), (int Raw, TimeSpan At)> _reported = [];
    private readonly List<Misreading> _misreadings = [];

    /// <summary>What flows through several relays together.</summary>
    public Electricity Now(IReadOnlyList<int> numbers)
    {
        var now = agenda.Now;
        decimal watts = 0;
        decimal amperes = 0;
        foreach (var number in numbers)
        {
            var reading = relays[number].Circuit.Read(now);
            watts += reading.Watts;
            amperes += reading.Amperes;
        }

        var volts = LoadModel.VoltsAt(now);
        return new(watts, volts, amperes, amperes == 0 ? 0 : Math.Abs(watts) / (volts * amperes));
    }

    /// <summary>kWh of several relays together. A meter that knows no export counts what is produced as taken.</summary>
    public decimal Energy(IReadOnlyList<int> numbers, byte rate)
    {
        decimal energy = 0;
        foreach (var number in numbers)
        {
            var circuit = relays[number].Circuit;
            if (rate != MeterScales.Export) energy += circuit.ImportKilowattHours(agenda.Now);
            if (rate == MeterScales.Export || !CountsExport) energy += circuit.ExportKilowattHours(agenda.Now);
        }

        return energy;
    }

    /// <summary>Signed where export is counted, else what flows in whichever direction.</summary>
    public decimal Power(IReadOnlyList<int> numbers) => CountsExport ? Now(numbers).Watts : Math.Abs(Now(numbers).Watts);

    public bool CountsExport => plug.Meter.Rates.Contains(MeterScales.Export);

    /// <summary>The report of one scale, or null when the meter has no such scale or rate. Rate 0 is the default, import.</summary>
    public MeterReport? Report(byte endpoint, IReadOnlyList<int> numbers, byte scale, byte rate)
    {
        if (rate == 0) rate = plug.Meter.Rates[0];
        var style = plug.Meter.Scales.FirstOrDefault(candidate => candidate.Scale == scale);
        if (style is null || !plug.Meter.Rates.Contains(rate)) return null;
        var precision = scale == PowerScale && plug.ParameterOf(ParameterRole.WattDecimals) is not null
            ? (byte)parameters.Working(ParameterRole.WattDecimals)
            : style.Precision;
        var raw = Misread(endpoint, scale, Raw(ValueOf(numbers, scale, rate), precision, isCounter: scale == EnergyScale));
        var size = style.Size == 0 ? SizeFor(raw) : style.Size;
        var report = new MeterReport(MeterScales.Electric, rate, scale, precision, size, raw);
        return style.DeltaTime switch
        {
            DeltaTimeStyle.Zero => report with { DeltaTime = 0 },
            DeltaTimeStyle.Previous => WithPrevious(report, endpoint),
            _ => report,
        };
    }

    /// <summary>The next reports of a scale of an endpoint (null: of any) carry another number.</summary>
    public void Misread(byte? endpoint, byte scale, Func<int, int> change, int times) =>
        _misreadings.Add(new(endpoint, scale, change) { TimesLeft = times });

    /// <summary>The counters of some relays start anew.</summary>
    public void Reset(IReadOnlyList<int> numbers)
    {
        foreach (var number in numbers) relays[number].Circuit.Reset(agenda.Now);
        _reported.Clear();
    }

    private int Misread(byte endpoint, byte scale, int raw)
    {
        if (_misreadings.Find(misreading => misreading.Scale == scale && (misreading.Endpoint ?? endpoint) == endpoint) is not { } found) return raw;
        if (--found.TimesLeft <= 0) _misreadings.Remove(found);
        return found.Change(raw);
    }

    private decimal ValueOf(IReadOnlyList<int> numbers, byte scale, byte rate)
    {
        switch (scale)
        {
            case EnergyScale: return Energy(numbers, rate);
            case PowerScale:
                var power = Power(numbers);
                return rate == MeterScales.Export ? Math.Max(-power, 0) : Math.Max(power, 0);
            case VoltageScale: return Now(numbers).Volts;
            case CurrentScale: return Now(numbers).Amperes;
            default: return Now(numbers).PowerFactor;
        }
    }

    private MeterReport WithPrevious(MeterReport report, byte endpoint)
    {
        var key = (endpoint, report.RateType);
        var now = agenda.Now;
        var seconds = _reported.TryGetValue(key, out var before) ? (long)(now - before.At).TotalSeconds : 0;
        if (seconds == 0)
        {
            _reported.TryAdd(key, (report.RawValue, now));
            return report with { DeltaTime = 0 };
        }

        _reported[key] = (report.RawValue, now);
        return report with { DeltaTime = (ushort)Math.Min(seconds, ushort.MaxValue - 1), PreviousRawValue = before.Raw };
    }

    /// <summary>Counters show what is complete, other values are rounded.</summary>
    private static int Raw(decimal value, byte precision, bool isCounter)
    {
        for (var digit = 0; digit < precision; digit++) value *= 10;
        value = isCounter ? decimal.Floor(value) : decimal.Round(value, MidpointRounding.AwayFromZero);
        return (int)Math.Clamp(value, int.MinValue, int.MaxValue);
    }

    private static byte SizeFor(int raw) => raw switch
    {
        >= sbyte.MinValue and <= sbyte.MaxValue => 1,
        >= short.MinValue and <= short.MaxValue => 2,
        _ => 4,
    };

    private sealed record Misreading(byte? Endpoint, byte Scale, Func<int, int> Change)
    {
        public int TimesLeft { get; set; }
    }
}
