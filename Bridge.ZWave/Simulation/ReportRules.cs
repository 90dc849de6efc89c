using Bridge.ZWave.CommandClasses;

namespace Bridge.ZWave.Simulation;

/// <summary>When a plug sends meter reports by itself.</summary>
internal interface IReportRule
{
    /// <summary>Sends what is due; gives the next moment at which something becomes due while nothing changes, null when never.</summary>
    TimeSpan? Evaluate(TimeSpan now);
}

/// <summary>
/// W, A and kWh each when they moved by their threshold since they were reported; all scales when an interval passed without.
/// </summary>
internal sealed class ThresholdReports(SimulatedNode node) : IReportRule
{
    private const byte Energy = 0;
    private const byte Power = 2;
    private const byte Current = 5;

    // Closer together an energy report is not repeated, however large the load.
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<byte, decimal> _last = [];
    private TimeSpan _reportedAt;

    public TimeSpan? Evaluate(TimeSpan now)
    {
        var unit = node.Reports.Units[0];
        var reading = node.Meter.Now(unit.Relays);
        var energy = node.Meter.Energy(unit.Relays, MeterScales.Import);
        if (_last.Count == 0) Remember(reading, energy, now);
        var energyStep = node.Parameters.Working(ParameterRole.ThresholdCentikilowattHours) / 100m;
        if (energy < _last[Energy]) _last[Energy] = energy; // the counter was reset
        var powerStep = node.Parameters.Working(ParameterRole.ThresholdWatts);
        var currentStep = node.Parameters.Working(ParameterRole.ThresholdDeciamperes) / 10m;
        if (Math.Abs(reading.Watts - _last[Power]) >= powerStep) Report(unit, Power, reading.Watts, now);
        if (Math.Abs(reading.Amperes - _last[Current]) >= currentStep) Report(unit, Current, reading.Amperes, now);
        if (energy - _last[Energy] >= energyStep) Report(unit, Energy, energy, now);
        var interval = TimeSpan.FromMinutes(node.Parameters.Working(ParameterRole.IntervalMinutes));
        if (interval > TimeSpan.Zero && now - _reportedAt >= interval)
        {
            foreach (var scale in node.Plug.Meter.Scales) node.Reports.SendMeter(unit, scale.Scale, MeterScales.Import);
            Remember(reading, energy, now);
        }

        TimeSpan? byInterval = interval > TimeSpan.Zero ? _reportedAt + interval : null;
        if (reading.Watts == 0) return byInterval;
        var byEnergy = now + Max(s_shortest, TimeFor(_last[Energy] + energyStep - energy, Math.Abs(reading.Watts)));
        return byInterval < byEnergy ? byInterval : byEnergy;
    }

    private void Report(ReportUnit unit, byte scale, decimal value, TimeSpan now)
    {
        _last[scale] = value;
        _reportedAt = now;
        node.Reports.SendMeter(unit, scale, MeterScales.Import);
    }

    private void Remember(Electricity reading, decimal energy, TimeSpan now)
    {
        (_last[Power], _last[Current], _last[Energy]) = (reading.Watts, reading.Amperes, energy);
        _reportedAt = now;
    }

    // Rounded up to whole milliseconds, so that the step is complete by then.
    private static TimeSpan TimeFor(decimal kilowattHours, decimal watts) =>
        TimeSpan.FromMilliseconds((long)decimal.Ceiling(kilowattHours * 3_600_000_000m / watts));

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}

/// <summary>W when it changed by a percentage and by watts and seconds passed since the last report: all three that are not switched off.</summary>
internal sealed class ThreeConditionReports(SimulatedNode node) : IReportRule
{
    private const byte Power = 2;
    private decimal _last;
    private TimeSpan? _reportedAt;

    public TimeSpan? Evaluate(TimeSpan now)
    {
        var percent = node.Parameters.Working(ParameterRole.ReportPercent);
        var watts = node.Parameters.Working(ParameterRole.ReportWatts);
        var seconds = node.Parameters.Working(ParameterRole.ReportSeconds);
        if (percent == 0 && watts == 0 && seconds == 0) return null;
        var unit = node.Reports.Units[0];
        var power = node.Meter.Power(unit.Relays);
        var change = Math.Abs(power - _last);
        if (change == 0 || change < watts || change * 100 < Math.Abs(_last) * percent) return null;
        if (_reportedAt + TimeSpan.FromSeconds(seconds) is { } due && due > now) return due;
        // Where the energy turns round, the direction it no longer flows in goes to 0 as well.
        if (_last < 0 && power >= 0) node.Reports.SendMeter(unit, Power, MeterScales.Export);
        if (_last > 0 && power < 0) node.Reports.SendMeter(unit, Power, MeterScales.Import);
        node.Reports.SendMeter(unit, Power, power < 0 || (power == 0 && _last < 0) ? MeterScales.Export : MeterScales.Import);
        (_last, _reportedAt) = (power, now);
        return null;
    }
}

/// <summary>W when it changed by a percentage of what was reported; W and kWh once a period; for each unit by itself.</summary>
internal sealed class StepAndPeriodReports(SimulatedNode node) : IReportRule
{
    private const byte Energy = 0;
    private const byte Power = 2;
    private const int PercentPerStep = 5;

    private readonly Dictionary<(byte Unit, bool FromEndpoint), Reported> _units = [];

    public TimeSpan? Evaluate(TimeSpan now)
    {
        var percent = node.Parameters.Working(ParameterRole.PowerStep) * PercentPerStep;
        var powerPeriod = TimeSpan.FromSeconds(5 * node.Parameters.Working(ParameterRole.PowerPeriod));
        var energyPeriod = TimeSpan.FromMinutes(10 * node.Parameters.Working(ParameterRole.EnergyPeriod));
        TimeSpan? next = null;
        foreach (var unit in node.Reports.Units)
        {
            var key = (unit.Key, unit.Endpoint is not null);
            var power = node.Meter.Power(unit.Relays);
            if (!_units.TryGetValue(key, out var last)) last = new(power, now, now);
            var change = Math.Abs(power - last.Power);
            var isStep = percent > 0 && change > 0 && change * 100 > Math.Abs(last.Power) * percent;
            if (isStep || IsOver(last.PowerAt, powerPeriod, now))
            {
                last = last with { Power = power, PowerAt = now };
                node.Reports.SendMeter(unit, Power, MeterScales.Import);
            }

            if (IsOver(last.EnergyAt, energyPeriod, now))
            {
                last = last with { EnergyAt = now };
                node.Reports.SendMeter(unit, Energy, MeterScales.Import);
            }

            _units[key] = last;
            next = Earlier(Earlier(next, End(last.PowerAt, powerPeriod)), End(last.EnergyAt, energyPeriod));
        }

        return next;
    }

    private static bool IsOver(TimeSpan since, TimeSpan period, TimeSpan now) => End(since, period) <= now;

    private static TimeSpan? End(TimeSpan since, TimeSpan period) => period > TimeSpan.Zero ? since + period : null;

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right ?? left : left;

    private readonly record struct Reported(decimal Power, TimeSpan PowerAt, TimeSpan EnergyAt);
}
