using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Stands between the meter reports and the values: what is not true is dropped, what may not be is kept back until the meter says it again.
/// A value that was dropped or kept back leaves no trace in the store; the one before it stays. Belongs to the network's loop.
/// </summary>
internal sealed class MeterGuard(NetworkContext context, MeterQuestions questions, INetworkObserver observer)
{
    private readonly Dictionary<NodeId, Dictionary<(EndpointIndex, PropertyId), MeterSeries>> _nodes = [];
    private readonly Dictionary<(NodeId, EndpointIndex), MeterSupportedReport> _doubted = [];
    private readonly HashSet<(NodeId, MeterRejectionReason)> _told = [];

    private TimeSpan Now => context.Time.GetElapsedTime(0, context.Time.GetTimestamp());

    /// <summary>True when the values of a command may be stored; whatever is of no meter may.</summary>
    public bool Accepts(Node node, EndpointIndex endpoint, ICommand command) => command switch
    {
        MeterReport report => AcceptsReading(node, endpoint, report),
        MeterSupportedReport supported => AcceptsList(node, endpoint, supported),
        _ => true,
    };

    /// <summary>A series is about to be reset by us: the next reading near this one is true, the one before is not told again.</summary>
    public void ExpectReset(ValueId id, decimal expected)
    {
        if (context.Values.Read(id).AsDecimal is not { } before || before <= expected) return;
        Keep(id, Find(id) with { Reset = new(before, expected, Now), Suspicion = null });
    }

    /// <summary>The reset did not happen.</summary>
    public void ForgetReset(ValueId id)
    {
        if (Find(id) is { Reset.IsSeen: false } series) Keep(id, series with { Reset = null });
    }

    /// <summary>Forgets what is remembered of a node that left.</summary>
    public void Forget(NodeId node)
    {
        _nodes.Remove(node);
        foreach (var key in _doubted.Keys.Where(key => key.Item1 == node).ToArray()) _doubted.Remove(key);
        _told.RemoveWhere(told => told.Item1 == node);
        questions.Forget(node);
    }

    private bool AcceptsReading(Node node, EndpointIndex endpointIndex, MeterReport report)
    {
        var reading = new MeterReading(report.MeterType, report.RateType, report.ScaleIndex);
        var id = new ValueId(node.Id, endpointIndex, reading.Property);
        var value = Value.OfDecimal(report.RawValue, report.Precision);
        if (node.FindEndpoint(endpointIndex) is not { } endpoint)
        {
            return Reject(node, id, reading, value, MeterRejectionReason.UnknownEndpoint);
        }

        if (!node.Settings.FiltersMeters)
        {
            Keep(id, Find(id) with { AcceptedAt = Now, Suspicion = null });
            return true;
        }

        var capabilities = MeterCapabilities.Of(context.Values, node, endpoint);
        if (capabilities.Refuse(reading) is { } refusal) return Reject(node, id, reading, value, refusal);
        var limits = MeterLimits.Of(reading, report.Precision, node.Settings.MaximumPowerWatts);
        // The first scale a meter without a list tells is the one it has; another one may be damage.
        var isListed = capabilities.AreListed || !HasReadings(node, endpointIndex);
        var judgement = MeterJudge.Judge(Find(id), context.Values.Read(id), value, limits, isListed, Now);
        Keep(id, judgement.Series);
        if (judgement.Refuted is { } refuted) Reject(node, id, reading, refuted.Value, refuted.Reason);
        switch (judgement.Verdict)
        {
            case MeterVerdict.Accept:
                return true;
            case MeterVerdict.Hold:
                questions.Ask(node, id, reading, isFirst: judgement.Reason == MeterRejectionReason.Unconfirmed, () => BeginQuestion(id));
                return false;
            default:
                return Reject(node, id, reading, value, judgement.Reason ?? MeterRejectionReason.Impossible);
        }
    }

    // One damaged list would make every true reading look wrong: a known meter that tells another one has to tell it twice.
    private bool AcceptsList(Node node, EndpointIndex endpoint, MeterSupportedReport told)
    {
        var id = new ValueId(node.Id, endpoint, MeterCommandClass.SupportedScales);
        var isKnown = node.Interview.State == InterviewState.Complete && node.Settings.FiltersMeters && context.Values.Read(id).IsKnown;
        if (!isKnown || IsKnownList(id, told))
        {
            _doubted.Remove((node.Id, endpoint));
            return true;
        }

        if (_doubted.Remove((node.Id, endpoint), out var doubted) && IsSame(doubted, told)) return true;
        _doubted[(node.Id, endpoint)] = told;
        return false;
    }

    private bool IsKnownList(ValueId id, MeterSupportedReport told)
    {
        Value Read(PropertyId property) => context.Values.Read(id with { Property = property });
        return Read(MeterCommandClass.MeterType).AsInteger == told.MeterType
            && Read(MeterCommandClass.ResetSupported).AsBoolean == told.MeterReset
            && Read(MeterCommandClass.RateTypes).AsNumbers is { } rates && rates.Sum() == told.RateTypes
            && Read(MeterCommandClass.SupportedScales).AsNumbers is { } scales && scales.AsSpan().SequenceEqual(told.SupportedScales);
    }

    private static bool IsSame(MeterSupportedReport one, MeterSupportedReport other) =>
        one with { SupportedScales = other.SupportedScales } == other && one.SupportedScales.AsSpan().SequenceEqual(other.SupportedScales);

    private bool BeginQuestion(ValueId id)
    {
        if (Find(id) is not { Suspicion: { } suspicion } series) return false;
        Keep(id, series with { Suspicion = suspicion with { IsAsked = true } });
        return true;
    }

    private bool HasReadings(Node node, EndpointIndex endpoint) => MeterReadings.Known(context.Values, node.Id, endpoint).Any();

    private MeterSeries Find(ValueId id) =>
        _nodes.TryGetValue(id.Node, out var series) && series.TryGetValue((id.Endpoint, id.Property), out var found) ? found : MeterSeries.Unknown;

    private void Keep(ValueId id, MeterSeries series)
    {
        if (!_nodes.TryGetValue(id.Node, out var all)) _nodes[id.Node] = all = [];
        if (all.Count < ValueStore.MaximumValuesPerNode || all.ContainsKey((id.Endpoint, id.Property))) all[(id.Endpoint, id.Property)] = series;
    }

    // Always false: what is rejected is not stored.
    private bool Reject(Node node, ValueId id, MeterReading reading, Value value, MeterRejectionReason reason)
    {
        context.Counters.MeterReadingsRejected++;
        node.Counters.MeterReadingsRejected++;
        var last = context.Values.Read(id);
        var text = MeterRejectionText.Of(reading, value, last, reason);
        if (_told.Add((node.Id, reason))) context.Logger.MeterReadingRejected(node.Id.Value, id.Endpoint, text);
        observer.MeterReadingRejected(new(node, id.Endpoint, id.Property, value, last, reason, text));
        return false;
    }
}
