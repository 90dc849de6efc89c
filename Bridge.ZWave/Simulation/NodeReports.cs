using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>What is reported together: some relays, the groups that want to know, and the endpoint it comes from (null = sent plain).</summary>
internal sealed record ReportUnit(byte Key, IReadOnlyList<int> Relays, IReadOnlyList<PlugGroup> Groups, byte? Endpoint);

/// <summary>What a plug says without being asked, to the members of its association groups and to nobody else.</summary>
internal sealed class NodeReports(SimulatedNode node)
{
    private const int FromEndpoints = 2;
    private const int SupervisedTries = 3;
    private static readonly TimeSpan s_confirmationLimit = TimeSpan.FromSeconds(2);

    private readonly Dictionary<byte, Appointment> _unconfirmed = [];
    private byte _lastSessionId;

    /// <summary>The units of this plug as it is set now.</summary>
    public IReadOnlyList<ReportUnit> Units
    {
        get
        {
            var groups = node.Plug.Groups.Where(static group => !group.SendsBasicSet).ToArray();
            return node.Parameters.Working(ParameterRole.EndpointReports) == FromEndpoints
                ? [.. node.Plug.Endpoints.Where(static endpoint => endpoint.Relays.Count == 1).Select(endpoint => new ReportUnit(
                    endpoint.Number, endpoint.Relays, [.. groups.Where(group => group.Relays.Contains(endpoint.Relays[0]))], endpoint.Number))]
                : [.. groups.Select(static group => new ReportUnit(group.Number, group.Relays, [group], null))];
        }
    }

    /// <summary>Relays moved.</summary>
    public void Switched(IReadOnlyList<int> relays, SwitchCause cause)
    {
        if (cause == SwitchCause.Button || !node.Plug.Quirks.Contains(PlugQuirk.NoReportAfterRadioSwitch)) ReportSwitch(relays);
        foreach (var group in node.Plug.Groups.Where(static group => group.SendsBasicSet))
        {
            Send(group, new BasicSet(node.Relays.IsOn(group.Relays)), endpoint: null);
        }
    }

    /// <summary>Tells the state of every unit that has one of these relays.</summary>
    public void ReportSwitch(IReadOnlyList<int> relays)
    {
        foreach (var unit in UnitsOf(relays))
        {
            var state = SwitchState.ToByte(node.Relays.IsOn(unit.Relays));
            Send(unit, new SwitchBinaryReport(state, state, Duration.Instantly));
        }
    }

    /// <summary>Sends a command to the members of the groups of every unit that has one of these relays.</summary>
    public void SendTo(IReadOnlyList<int> relays, ICommand command)
    {
        foreach (var unit in UnitsOf(relays)) Send(unit, command);
    }

    /// <summary>Sends a reading to the members of a unit's groups.</summary>
    public void SendMeter(ReportUnit unit, byte scale, byte rate)
    {
        if (node.Meter.Report(unit.Endpoint ?? 0, unit.Relays, scale, rate) is { } report) Send(unit, report);
    }

    public void Send(ReportUnit unit, ICommand command)
    {
        foreach (var group in unit.Groups) Send(group, command, unit.Endpoint);
    }

    /// <summary>A supervised report arrived.</summary>
    public void Confirmed(byte sessionId)
    {
        if (_unconfirmed.Remove(sessionId, out var repetition)) repetition.Cancel();
    }

    private IEnumerable<ReportUnit> UnitsOf(IReadOnlyList<int> relays) => Units.Where(unit => unit.Relays.Intersect(relays).Any());

    private void Send(PlugGroup group, ICommand command, byte? endpoint)
    {
        foreach (var member in node.Groups.MembersOf(group))
        {
            var bytes = node.Encode(command);
            var isSupervised = node.SupervisesReports && node.Plug.VersionOf(SupervisionCommandClass.Id) > 0;
            if (isSupervised)
            {
                _lastSessionId = (byte)((_lastSessionId + 1) & SupervisionCommandClass.SessionIdMask);
                bytes = CommandCodec.Encode(new SupervisionGet(false, _lastSessionId, bytes), CodecContext.Newest);
            }

            var destination = member.Endpoint?.EndpointByte ?? 0;
            if (endpoint is not null || destination != 0)
            {
                bytes = CommandCodec.Encode(
                    new MultiChannelEncapsulation(new(endpoint ?? 0), new MultiChannelDestination(destination), bytes), CodecContext.Newest);
            }

            node.Send(new(member.NodeId), bytes);
            if (isSupervised) Await(_lastSessionId, new(member.NodeId), bytes, SupervisedTries - 1);
        }
    }

    private void Await(byte sessionId, NodeId destination, byte[] supervised, int triesLeft)
    {
        Confirmed(sessionId);
        _unconfirmed[sessionId] = node.Agenda.After(s_confirmationLimit, () =>
        {
            _unconfirmed.Remove(sessionId);
            if (triesLeft == 0) return;
            node.Send(destination, supervised);
            Await(sessionId, destination, supervised, triesLeft - 1);
        });
    }
}
