namespace Bridge.ZWave.Simulation;

/// <summary>Who moved a relay.</summary>
internal enum SwitchCause
{
    Radio,
    Button,
    Timer,
    Overload,
    PowerUp,
}

/// <summary>One relay and the circuit behind it.</summary>
internal sealed class SimulatedRelay(int number, LoadModel circuit)
{
    public int Number => number;

    public LoadModel Circuit => circuit;

    public bool IsOn { get; set; }

    /// <summary>When it moved last; null = never.</summary>
    public TimeSpan? MovedAt { get; set; }

    /// <summary>Opened by an overload; closes again only after a power failure.</summary>
    public bool IsLocked { get; set; }

    /// <summary>Where the wall switch stands that follows edges.</summary>
    public bool IsWallSwitchOn { get; set; }

    /// <summary>The automatic switching that is planned.</summary>
    public Appointment? Planned { get; set; }
}

/// <summary>The relays of a plug and everything that may move or hold them: radio, button, timers, dead time, lock.</summary>
internal sealed class RelayBoard
{
    private readonly PlugDefinition _plug;
    private readonly ParameterStore _parameters;
    private readonly Agenda _agenda;
    private readonly SimulatedRelay[] _relays;

    public RelayBoard(PlugDefinition plug, ParameterStore parameters, Agenda agenda)
    {
        (_plug, _parameters, _agenda) = (plug, parameters, agenda);
        _relays = [.. Enumerable.Range(1, plug.Relays).Select(number => new SimulatedRelay(number, new() { SavesEvery = plug.Meter.SavesEvery }))];
    }

    public IReadOnlyList<SimulatedRelay> All => _relays;

    /// <summary>Called after relays moved, with their numbers.</summary>
    public Action<IReadOnlyList<int>, SwitchCause> Moved { get; set; } = static (_, _) => { };

    /// <summary>The relays of an endpoint; of the root, those a parameter selects. Null when there is no such endpoint.</summary>
    public IReadOnlyList<int>? RelaysOf(byte endpoint)
    {
        if (endpoint == 0)
        {
            var selected = (int)_parameters.Working(ParameterRole.RootSelection);
            return selected <= 1 ? [.. _relays.Select(static relay => relay.Number)] : [selected - 1];
        }

        var found = _plug.Endpoints.FirstOrDefault(candidate => candidate.Number == endpoint);
        return found is null || (found.Relays.Count > 1 && _parameters.Working(ParameterRole.SumEndpoint) == 2) ? null : found.Relays;
    }

    public SimulatedRelay this[int number] => _relays[number - 1];

    /// <summary>Any of them closed counts as on.</summary>
    public bool IsOn(IReadOnlyList<int> relays) => relays.Any(number => this[number].IsOn);

    /// <summary>A command by radio; false when nothing is as asked afterwards.</summary>
    public bool SwitchByRadio(IReadOnlyList<int> relays, bool isOn)
    {
        var offMode = isOn ? 0 : _parameters.Working(ParameterRole.RadioOffMode);
        Move(relays, relay => offMode switch { 1 => relay.IsOn, 2 => !relay.IsOn, 3 => true, _ => isOn }, SwitchCause.Radio);
        return relays.All(number => this[number].IsOn == isOn);
    }

    /// <summary>An actuation of the button or wall switch; false when the dead time or a lock held every relay.</summary>
    public bool Press(IReadOnlyList<int> relays)
    {
        var followsEdges = _parameters.Working(ParameterRole.SwitchMode) == 1;
        foreach (var number in relays) this[number].IsWallSwitchOn = !this[number].IsWallSwitchOn;
        return Move(relays, relay => followsEdges ? relay.IsWallSwitchOn : !relay.IsOn, SwitchCause.Button);
    }

    /// <summary>Moves relays to what <paramref name="target"/> says; true when one moved.</summary>
    public bool Move(IReadOnlyList<int> relays, Func<SimulatedRelay, bool> target, SwitchCause cause)
    {
        List<int> moved = [];
        var now = _agenda.Now;
        foreach (var number in relays)
        {
            var relay = this[number];
            var isOn = target(relay);
            if (relay.IsOn == isOn || IsHeld(relay, isOn, cause, now)) continue;
            relay.Circuit.Switch(isOn, now);
            relay.IsOn = isOn;
            relay.MovedAt = now;
            moved.Add(number);
        }

        foreach (var number in moved) PlanTimer(this[number]);
        if (moved.Count > 0) Moved(moved, cause);
        return moved.Count > 0;
    }

    /// <summary>Starts the automatic switching of every relay anew, with the times that hold now.</summary>
    public void PlanTimers()
    {
        foreach (var relay in _relays) PlanTimer(relay);
    }

    /// <summary>The mains failed and came back.</summary>
    public void FailPower()
    {
        var states = _plug.ParameterOf(ParameterRole.StartState)?.States;
        var value = (int)Math.Min(_parameters.Working(ParameterRole.StartState), int.MaxValue);
        var start = states is { Count: > 0 } ? states[Math.Min(value, states.Count - 1)] : StartState.Previous;
        foreach (var relay in _relays)
        {
            relay.Circuit.FailPower(_agenda.Now);
            relay.IsLocked = false;
            relay.MovedAt = null;
        }

        Move(
            [.. _relays.Select(static relay => relay.Number)],
            relay => start == StartState.Previous ? relay.IsOn : start == StartState.On,
            SwitchCause.PowerUp);
        PlanTimers();
    }

    private bool IsHeld(SimulatedRelay relay, bool isOn, SwitchCause cause, TimeSpan now)
    {
        if (relay.IsLocked && isOn) return true;
        if (cause is not (SwitchCause.Radio or SwitchCause.Button)) return false;
        var deadTime = TimeSpan.FromMilliseconds(10 * _parameters.Working(ParameterRole.RelayDelay));
        return relay.MovedAt + deadTime > now;
    }

    private void PlanTimer(SimulatedRelay relay)
    {
        relay.Planned?.Cancel();
        relay.Planned = null;
        var delay = relay.IsOn
            ? TimeSpan.FromMinutes(_parameters.Working(ParameterRole.AutoOffMinutes)) + TimeSpan.FromSeconds(_parameters.Working(ParameterRole.AutoOffSeconds))
            : TimeSpan.FromMinutes(_parameters.Working(ParameterRole.AutoOnMinutes));
        if (delay == TimeSpan.Zero) return;
        var target = !relay.IsOn;
        relay.Planned = _agenda.After(delay, () => Move([relay.Number], _ => target, SwitchCause.Timer));
    }
}
