using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// A plug of the simulated network: takes commands by radio, does what its definition says, reports to its association groups. Any thread may call the
/// public members.
/// </summary>
public sealed class SimulatedNode
{
    private const int LongestCommand = 170;

    private readonly SimulatedNetwork _network;
    private readonly NodeReceiver _receiver;
    private readonly SimulatedTransportService _segments;
    private readonly PlugButton _button;
    private readonly PlugOverloads _overloads;
    private readonly IReportRule _reportRule;
    private Appointment? _nextEvaluation;
    private bool _isEvaluating;
    private bool _isDirty;

    internal SimulatedNode(NodeId id, PlugDefinition plug, SimulatedNetwork network, ReadOnlyMemory<byte> privateKey = default)
    {
        (Id, Plug, _network) = (id, plug, network);
        Parameters = new(plug);
        Groups = new(plug);
        Relays = new(plug, Parameters, Agenda);
        Meter = new(plug, Parameters, Relays, Agenda);
        Reports = new(this);
        Notifications = new(this);
        Protection = new(plug);
        Firmware = new(plug.Identity.FirmwareVersion);
        CommandClasses = SimulatedCommandClasses.For(this);
        Membership = new(this, network);
        _receiver = new(this);
        _segments = new(this, (source, command) => Receive(source, command, isSinglecast: true));
        Security = new(this, privateKey, _receiver.Receive);
        _button = new(this);
        _overloads = new(this);
        _reportRule = plug.Reporting switch
        {
            ReportRule.ThreeConditions => new ThreeConditionReports(this),
            ReportRule.StepAndPeriods => new StepAndPeriodReports(this),
            _ => new ThresholdReports(this),
        };
        Relays.Moved = (relays, cause) =>
        {
            if (cause != SwitchCause.PowerUp) Reports.Switched(relays, cause);
            Evaluate();
        };
        Parameters.Changed = parameter =>
        {
            if (parameter is null or { Role: ParameterRole.AutoOffMinutes or ParameterRole.AutoOnMinutes or ParameterRole.AutoOffSeconds }) Relays.PlanTimers();
            Evaluate();
        };
        Evaluate();
    }

    /// <summary><see cref="NodeId.None"/> while it is in no network, or in another one.</summary>
    public NodeId Id { get; internal set; }

    public PlugDefinition Plug { get; }

    /// <summary>A dead plug hears nothing, acknowledges nothing and says nothing; its relays and timers go on.</summary>
    public bool IsDead { get; set; }

    /// <summary>Sends its reports supervised, three times when nobody confirms them; only plugs that have Supervision.</summary>
    public bool SupervisesReports { get; set; }

    /// <summary>The firmware it runs, and what goes wrong with a new one.</summary>
    public SimulatedFirmware Firmware { get; }

    /// <summary>A plug that joins by itself a moment after the controller begins to add nodes, and leaves when it removes nodes.</summary>
    public bool JoinsByItself { get; set; }

    /// <summary>Its keys and what it does with them.</summary>
    public SimulatedSecurity Security { get; }

    /// <summary>
    /// Device classes and classes, as in its node information frame. Basic is not listed, and once the plug has keys nothing that needs them.
    /// </summary>
    public NodeInformation Information => new(
        Plug.Identity.BasicDeviceClass, Plug.Identity.GenericDeviceClass, Plug.Identity.SpecificDeviceClass,
        [.. Listed(Plug.CommandClasses).Where(commandClass => Security.Granted.IsEmpty || Security.IsPlain(commandClass))]);

    internal PlugMembership Membership { get; }

    internal Agenda Agenda => _network.Agenda;

    internal NodeId ControllerNodeId => _network.ControllerNodeId;

    internal ParameterStore Parameters { get; }

    internal AssociationGroups Groups { get; }

    internal RelayBoard Relays { get; }

    internal MeterReadings Meter { get; }

    internal NodeReports Reports { get; }

    internal NotificationStates Notifications { get; }

    internal LocalProtection Protection { get; }

    internal IReadOnlyDictionary<CommandClassId, ISimulatedCommandClass> CommandClasses { get; }

    /// <summary>True when the relay is closed.</summary>
    public bool IsOn(int relay = 1) => Agenda.Do(() => Relays[relay].IsOn);

    /// <summary>What flows through a relay now.</summary>
    public Electricity Read(int relay = 1) => Agenda.Do(() => Relays[relay].Circuit.Read(Agenda.Now));

    /// <summary>Energy taken and produced behind a relay since the last reset.</summary>
    public (decimal Import, decimal Export) ReadEnergy(int relay = 1) => Agenda.Do(() =>
        (Relays[relay].Circuit.ImportKilowattHours(Agenda.Now), Relays[relay].Circuit.ExportKilowattHours(Agenda.Now)));

    /// <summary>The value of a parameter as it is read back; null when the plug has none of this number.</summary>
    public long? ReadParameter(int number) => Agenda.Do<long?>(() => Parameters.Find(number) is { } parameter ? Parameters.Read(parameter) : null);

    /// <summary>Plugs a constant load in; negative watts are produced.</summary>
    public void SetLoad(decimal watts, decimal powerFactor = 1, int relay = 1) => SetLoad(new ConstantLoad(watts, powerFactor), relay);

    /// <summary>Plugs a load in.</summary>
    public void SetLoad(ILoad load, int relay = 1) => Agenda.Do(() =>
    {
        Relays[relay].Circuit.Plug(load, Agenda.Now);
        Evaluate();
    });

    /// <summary>Sets the energy counters of a relay.</summary>
    public void SetEnergy(decimal importKilowattHours, decimal exportKilowattHours = 0, int relay = 1) => Agenda.Do(() =>
    {
        Relays[relay].Circuit.Reset(Agenda.Now, importKilowattHours, exportKilowattHours);
        Evaluate();
    });

    /// <summary>Closes a relay as if it had always been closed: nobody is told.</summary>
    internal void Close(int relay) => Agenda.Do(() => Relays.Move([relay], static _ => true, SwitchCause.PowerUp));

    /// <summary>Somebody presses the button (turns the wall switch) of an endpoint; 0 is the plug itself.</summary>
    public void PressButton(byte endpoint = 0) => Agenda.Do(() => _button.Press(endpoint));

    /// <summary>
    /// Somebody does with the button what joins or leaves: for 30 seconds the plug joins (or leaves) as soon as the controller adds (or removes) nodes.
    /// </summary>
    public void PressInclusionButton() => Agenda.Do(Membership.Press);

    /// <summary>Somebody presses the button that an offer of a firmware waits for.</summary>
    public void ConfirmFirmware() => Agenda.Do(() =>
    {
        if (CommandClasses.GetValueOrDefault(FirmwareUpdateMetaDataCommandClass.Id) is SimulatedFirmwareUpdate update) update.Confirm();
    });

    /// <summary>The mains fail and come back: relays take their start state, locks end, unsaved energy is gone.</summary>
    public void FailPower() => Agenda.Do(() =>
    {
        Notifications.Clear();
        Relays.FailPower();
        Evaluate();
        Membership.PoweredUp();
    });

    /// <summary>The plug's processor restarts: it hears nothing for that long.</summary>
    internal void Restart(TimeSpan time, Action restarted)
    {
        IsDead = true;
        Agenda.After(time, () =>
        {
            restarted();
            IsDead = false;
        });
    }

    /// <summary>A circuit takes too much: as if its load had gone above the limit for a moment.</summary>
    public void Overload(int relay = 1) => Agenda.Do(() => _overloads.Trip(relay));

    /// <summary>
    /// Back to what came in the box: parameters, groups, counters. Plugs that can say so tell the controller first; after that the plug is no longer in
    /// the network and counts as dead until its inclusion button is pressed.
    /// </summary>
    public void FactoryReset() => Agenda.Do(() =>
    {
        if (Plug.VersionOf(DeviceResetLocallyCommandClass.Id) > 0) Reports.SendTo([1], new DeviceResetLocallyNotification());
        Groups.Clear();
        Parameters.Reset();
        foreach (var commandClass in CommandClasses.Values) commandClass.Reset();
        Meter.Reset([.. Relays.All.Select(static relay => relay.Number)]);
        Security.AfterLastFrame(() =>
        {
            ForgetNetwork();
            Membership.Forgot();
            IsDead = Membership.HasLeft;
        });
    });

    /// <summary>
    /// The next meter reports of a scale, asked for or not, carry another number than they should: a spike, a dip, a wrong sign, a value that is late.
    /// </summary>
    /// <param name="scale">Scale index 0..6.</param>
    /// <param name="change">Makes the number of the report out of the true one, both as whole numbers without the decimal point.</param>
    /// <param name="times">How many reports.</param>
    /// <param name="endpoint">Of which endpoint; null: of any.</param>
    public void MisreadMeter(byte scale, Func<int, int> change, int times = 1, byte? endpoint = null) =>
        Agenda.Do(() => Meter.Misread(endpoint, scale, change, times));

    /// <summary>The plug says this to the controller as it is, whatever it means.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Empty, or longer than a frame on the network can be.</exception>
    public void Say(ReadOnlyMemory<byte> command)
    {
        ArgumentOutOfRangeException.ThrowIfZero(command.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(command.Length, LongestCommand);
        Agenda.Do(() => Transmit(ControllerNodeId, command.ToArray()));
    }

    internal static IReadOnlyList<CommandClassId> Listed(IReadOnlyList<PlugCommandClass> classes) =>
        [.. classes.Select(static supported => supported.Id).Where(static id => id != BasicCommandClass.Id)];

    /// <summary>What it was told by its network.</summary>
    internal void ForgetNetwork()
    {
        Groups.Clear();
        _segments.Clear();
        Security.Left();
    }

    /// <summary>What another plug of the network was given.</summary>
    internal SecurityClasses GrantedTo(NodeId id) => _network.Find(id)?.Security.Granted ?? SecurityClasses.None;

    /// <summary>The classes that can only be used encrypted with this class.</summary>
    internal IReadOnlyList<CommandClassId> ClassesBehind(SecurityClass securityClass) =>
        securityClass == Security.Granted.Highest ? [.. Listed(Plug.CommandClasses).Where(id => !Security.IsPlain(id))] : [];

    /// <summary>A command arrived by radio.</summary>
    internal void Receive(NodeId source, ReadOnlyMemory<byte> command, bool isSinglecast)
    {
        if (IsDead || _segments.Take(source, command, isSinglecast)) return;
        if (!Security.Take(source, command, isSinglecast)) _receiver.Receive(source, command, isSinglecast, SecurityClass.None);
    }

    /// <summary>Writes a command in the version this plug has of its class.</summary>
    internal byte[] Encode(ICommand command) => CommandCodec.Encode(command, new(Math.Max((byte)1, Plug.VersionOf(command.Id.CommandClass))));

    /// <summary>Sends a command, as secure as the two can.</summary>
    internal void Send(NodeId destination, byte[] command) => Send(destination, command, Security.ClassFor(destination));

    internal void Send(NodeId destination, byte[] command, SecurityClass securityClass)
    {
        if (!IsDead) Security.Send(destination, command, securityClass);
    }

    /// <summary>Puts bytes on the air as they are.</summary>
    internal void Transmit(NodeId destination, byte[] command)
    {
        if (!IsDead && Id != NodeId.None) _network.Send(Id, destination, command);
    }

    /// <summary>Something changed: overloads first, then reports, then the next look is planned.</summary>
    internal void Evaluate()
    {
        _isDirty = true;
        if (_isEvaluating) return;
        _isEvaluating = true;
        TimeSpan? next = null;
        while (_isDirty)
        {
            _isDirty = false;
            _overloads.Check();
            if (!_isDirty) next = _reportRule.Evaluate(Agenda.Now);
        }

        _isEvaluating = false;
        _nextEvaluation?.Cancel();
        foreach (var relay in Relays.All)
        {
            var change = relay.Circuit.NextChangeAfter(Agenda.Now);
            if (next is null || change < next) next = change ?? next;
        }

        _nextEvaluation = next is { } due ? Agenda.At(due, Evaluate) : null;
    }
}
