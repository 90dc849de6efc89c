using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>One thing to be asked for now and then.</summary>
/// <param name="Endpoint">Which endpoint.</param>
/// <param name="Reading">The reading of its meter; null: its switch.</param>
/// <param name="Period">Time from when it was last told to the next question.</param>
/// <param name="IsForSilence">The device tells it by itself: asked only after it was silent for long.</param>
internal sealed record PollTarget(Endpoint Endpoint, MeterReading? Reading, TimeSpan Period, bool IsForSilence)
{
    /// <summary>The question.</summary>
    public ICommand Question => Reading is { } reading ? reading.Question : new SwitchBinaryGet();

    /// <summary>Whether a command answers the question.</summary>
    public ReplyMatch IsAnswer(ICommand command) =>
        Reading is { } reading ? reading.IsReply(command, Endpoint.VersionOf(MeterCommandClass.Id))
        : command is SwitchBinaryReport ? ReplyMatch.Complete
        : ReplyMatch.None;

    /// <summary>True for a report of this target.</summary>
    public bool IsToldBy(EndpointIndex endpoint, ICommand command) => endpoint == Endpoint.Index && command switch
    {
        SwitchBinaryReport or BasicReport or BasicSet => Reading is null,
        MeterReport => IsAnswer(command) == ReplyMatch.Complete,
        _ => false,
    };
}

/// <summary>
/// What of a node is polled, and how often: what the user chose, else what the device file says, else what its kind demands. Pure.
/// </summary>
internal static class PollPlan
{
    public static readonly TimeSpan PowerPeriod = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan EnergyPeriod = TimeSpan.FromHours(1);

    private const string Power = "W";
    private const string PowerFactor = "PF";
    private const byte Lifeline = 1;

    /// <summary>Everything to be polled; empty for nodes that sleep, are not known yet, or are not to be polled.</summary>
    public static IReadOnlyList<PollTarget> Of(Node node, ValueStore values)
    {
        if (node.Protocol is not { IsListening: true, IsController: false } || node.Interview.State != InterviewState.Complete) return [];
        if (node.Settings.PollSeconds == 0) return [];
        List<PollTarget> targets = [];
        foreach (var endpoint in node.Endpoints)
        {
            if (IsPolled(node, endpoint, SwitchBinaryCommandClass.Id)) Add(targets, node, values, endpoint, null);
            if (!IsPolled(node, endpoint, MeterCommandClass.Id)) continue;
            var version = endpoint.VersionOf(MeterCommandClass.Id);
            var readings = MeterReadings.Of(values, node.Id, endpoint.Index).Where(reading => reading.CanBeAsked(version));
            // Version 1 has one question, and the meter chooses what it answers.
            foreach (var reading in version == 1 ? readings.Take(1) : readings) Add(targets, node, values, endpoint, reading);
        }

        return targets;
    }

    // Where endpoints have a class the root repeats them.
    private static bool IsPolled(Node node, Endpoint endpoint, CommandClassId commandClass) =>
        endpoint.Supports(commandClass)
        && node.FindDefinition(endpoint.Index) is not { IsHidden: true }
        && !(endpoint.Index.IsRoot && node.Endpoints.Any(other => !other.Index.IsRoot && other.Supports(commandClass)));

    private static void Add(List<PollTarget> targets, Node node, ValueStore values, Endpoint endpoint, MeterReading? reading)
    {
        if (node.Settings.PollSeconds is { } chosen)
        {
            targets.Add(new(endpoint, reading, TimeSpan.FromSeconds(chosen), IsForSilence: false));
            return;
        }

        var tells = TellsByItself(node, values);
        if (!tells && node.Device?.Quirks.PollSeconds is { Count: > 0 } seconds)
        {
            if (!seconds.TryGetValue(Key(reading), out var every)) return;
            targets.Add(new(endpoint, reading, TimeSpan.FromSeconds(every), IsForSilence: false));
            return;
        }

        // The state comes with the power, or alone where nothing is measured.
        TimeSpan? period = reading is not { } measured || measured.IsPower ? PowerPeriod : measured.IsAccumulating ? EnergyPeriod : null;
        if (period is { } due) targets.Add(new(endpoint, reading, due, IsForSilence: tells));
    }

    private static string Key(MeterReading? reading) =>
        reading is not { } measured ? Power
        : measured is { MeterType: MeterScales.Electric, ScaleIndex: MeterReading.PowerFactor } ? PowerFactor
        : MeterScales.Find(measured.MeterType, measured.ScaleIndex) is { } scale ? scale.Unit ?? scale.Name
        : string.Empty;

    /// <summary>
    /// True for devices that report what changes: since Z-Wave Plus all shall. Where the lifeline names what it sends, that counts; a device
    /// file that asks for polling otherwise knows better.
    /// </summary>
    private static bool TellsByItself(Node node, ValueStore values)
    {
        var lifeline = AssociationGroupInformationCommandClass.GroupCommands(Lifeline);
        if (values.Read(new(node.Id, EndpointIndex.Root, lifeline)).AsNumbers is { Length: > 0 } commands)
        {
            return commands.Contains(Number(MeterReport.CommandId)) || commands.Contains(Number(SwitchBinaryReport.CommandId));
        }

        return node.Root.Supports(ZWavePlusInfoCommandClass.Id) && node.Device?.Quirks.PollSeconds is not { Count: > 0 };
    }

    private static int Number(CommandId command) => (command.CommandClass.Value << 8) | command.Command;
}
