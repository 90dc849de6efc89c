namespace Bridge.ZWave.Simulation;

/// <summary>What a meter sees at one moment: W = V x A x power factor, but for the rounding of A and power factor.</summary>
/// <param name="Watts">Negative when the load produces.</param>
public readonly record struct Electricity(decimal Watts, decimal Volts, decimal Amperes, decimal PowerFactor);

/// <summary>
/// The circuit behind one relay: what flows now and the energy that flowed so far. Current follows from power, voltage and power factor, energy is the
/// power summed up over time, import and export apart; nothing flows while the relay is open.
/// </summary>
public sealed class LoadModel
{
    private const decimal TicksPerKilowattHour = 1000m * TimeSpan.TicksPerHour;
    private static readonly TimeSpan s_voltageStep = TimeSpan.FromMinutes(1);

    private TimeSpan _settledAt;
    private TimeSpan _savedAt;
    private decimal _importWattTicks;
    private decimal _exportWattTicks;
    private (decimal Import, decimal Export) _saved;
    private ILoad _load = ConstantLoad.None;
    private bool _isClosed;

    /// <summary>The voltage of the mains: around 230 V, slowly up and down, the same for all plugs, one value a minute.</summary>
    public static decimal VoltsAt(TimeSpan moment)
    {
        var minutes = Math.Floor(moment / s_voltageStep);
        return decimal.Round(230m + (decimal)((2.4 * Math.Sin(minutes / 7.5)) + (1.3 * Math.Sin(minutes / 2.1))), 1);
    }

    /// <summary>How often the energy is saved where a power failure cannot take it; null = all the time.</summary>
    public TimeSpan? SavesEvery { get; init; }

    /// <summary>Closes or opens the circuit.</summary>
    public void Switch(bool isClosed, TimeSpan now)
    {
        Settle(now);
        _isClosed = isClosed;
    }

    /// <summary>Plugs something else in.</summary>
    public void Plug(ILoad load, TimeSpan now)
    {
        Settle(now);
        _load = load;
    }

    /// <summary>What flows now.</summary>
    public Electricity Read(TimeSpan now)
    {
        var volts = VoltsAt(now);
        if (!_isClosed) return new(0, volts, 0, 0);
        var (watts, powerFactor) = _load.At(now);
        var amperes = powerFactor == 0 ? 0 : Math.Abs(watts) / (volts * powerFactor);
        return new(watts, volts, amperes, watts == 0 ? 0 : powerFactor);
    }

    /// <summary>Energy taken since the last reset.</summary>
    public decimal ImportKilowattHours(TimeSpan now)
    {
        Settle(now);
        return _importWattTicks / TicksPerKilowattHour;
    }

    /// <summary>Energy produced since the last reset.</summary>
    public decimal ExportKilowattHours(TimeSpan now)
    {
        Settle(now);
        return _exportWattTicks / TicksPerKilowattHour;
    }

    /// <summary>The next moment at which something else may flow though nobody does anything; null when never.</summary>
    public TimeSpan? NextChangeAfter(TimeSpan now)
    {
        if (!_isClosed) return null;
        var byLoad = _load.NextChangeAfter(now);
        if (_load.At(now).Watts == 0) return byLoad;
        var byVoltage = (Math.Floor(now / s_voltageStep) + 1) * s_voltageStep;
        return byLoad < byVoltage ? byLoad : byVoltage;
    }

    /// <summary>Both counters start anew, with what they are given.</summary>
    public void Reset(TimeSpan now, decimal importKilowattHours = 0, decimal exportKilowattHours = 0)
    {
        Settle(now);
        (_importWattTicks, _exportWattTicks) = (importKilowattHours * TicksPerKilowattHour, exportKilowattHours * TicksPerKilowattHour);
        _saved = (_importWattTicks, _exportWattTicks);
    }

    /// <summary>The mains failed: what was not saved yet is lost.</summary>
    public void FailPower(TimeSpan now)
    {
        Settle(now);
        if (SavesEvery is not null) (_importWattTicks, _exportWattTicks) = _saved;
    }

    private void Settle(TimeSpan now)
    {
        while (_settledAt < now)
        {
            var end = _isClosed && _load.NextChangeAfter(_settledAt) is { } change && change < now ? change : now;
            if (SavesEvery is { } every && _savedAt + every is var save && save <= end) end = _savedAt = save;
            if (_isClosed)
            {
                var wattTicks = _load.At(_settledAt).Watts * (end - _settledAt).Ticks;
                if (wattTicks > 0) _importWattTicks += wattTicks;
                else _exportWattTicks -= wattTicks;
            }

            _settledAt = end;
            if (_savedAt == end) _saved = (_importWattTicks, _exportWattTicks);
        }
    }
}
