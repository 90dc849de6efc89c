using System.Runtime.CompilerServices;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Keeps <see cref="NodeValues.Overload"/>: raised by a notification, an alarm, or an "off" that nobody sent at full load; over when the device
/// says so, or when a relay is closed again on a load it can carry. Belongs to the network's loop.
/// </summary>
internal sealed class OverloadWatch
{
    // Plugs report the power that is gone before the relay that opened: for this long the power before it counts.
    private static readonly TimeSpan s_powerFadesWithin = TimeSpan.FromSeconds(60);

    private static readonly ValueMetadata s_metadata = new("Overload");

    private readonly NetworkContext _context;
    private readonly CommandExchange _exchange;
    private readonly ConfigurationControl _configuration;
    private readonly CancellationToken _stopping;
    private readonly ConditionalWeakTable<Node, Load> _loads = [];

    public OverloadWatch(NetworkContext context, CommandExchange exchange, ConfigurationControl configuration, CancellationToken stopping)
    {
        (_context, _exchange, _configuration, _stopping) = (context, exchange, configuration, stopping);
        context.Values.Updated += OnUpdated;
    }

    /// <summary>Describes the value once the node is known to be able to tell, and says what is known when the interview is over.</summary>
    public void Consider(Node node)
    {
        if (OverloadSources.Of(node, _context.Values) is not { } source) return;
        _context.Values.Describe(Id(node), s_metadata);
        if (node.Interview.State != InterviewState.Complete) return;
        var stored = _context.Values.Read(Id(node)).AsBoolean;
        // Only a notification can be asked for; for the others "nothing was heard" is all there is to say.
        var isOn = source.Kind == OverloadKind.Notification ? IsStateActive(node, source) : stored ?? false;
        if (stored != isOn) _context.Values.Set(Id(node), Value.Of(isOn));
    }

    /// <summary>A relay was switched, and the device confirmed it.</summary>
    public void OnSwitched(Node node, EndpointIndex endpoint, bool isOn)
    {
        if (!isOn || !IsRaised(node) || OverloadSources.Of(node, _context.Values) is not { } source) return;
        var load = _loads.GetOrCreateValue(node);
        if (load.IsChecking) return;
        load.IsChecking = true;
        _ = CheckAsync(node, endpoint, source, load);
    }

    private void OnUpdated(ValueUpdate update)
    {
        var property = update.Id.Property;
        var isAlarm = property.CommandClass == NotificationCommandClass.Id && property != NodeValues.Overload;
        if (!isAlarm && property != SwitchBinaryCommandClass.State && !MeterCommandClass.IsReading(property)) return;
        if (_context.FindNode(update.Id.Node) is not { } node) return;
        // Readings come often and concern only models whose file says so.
        if (MeterCommandClass.IsReading(property)) TakeReading(node, update, node.Device?.Quirks.Overload);
        else if (!isAlarm && !update.IsChange) return;
        else if (OverloadSources.Of(node, _context.Values) is not { } source) return;
        else if (isAlarm) TakeAlarm(node, update, source);
        else TakeState(node, update, source);
    }

    private void TakeAlarm(Node node, ValueUpdate update, OverloadSource source)
    {
        var property = update.Id.Property;
        if (property == NotificationCommandClass.AlarmLevel(source.Type) && source.Kind != OverloadKind.Derived)
        {
            if (update.Current.AsInteger == 0) End(node);
            else if (source.Level == 0 || update.Current.AsInteger == source.Level) Raise(node, update.Id.Endpoint, "alarm");
        }

        if (source.Kind != OverloadKind.Notification) return;
        if (!source.Events.Any(number => NotificationCommandClass.State(source.Type, number) == property)) return;
        if (update.Current.AsBoolean == true) Raise(node, update.Id.Endpoint, "notification");
        else if (!IsStateActive(node, source)) End(node);
    }

    private void TakeState(Node node, ValueUpdate update, OverloadSource source)
    {
        if (update.Current.AsBoolean == true)
        {
            if (_context.PendingSwitches.LastCommand(update.Id) == false) _context.PendingSwitches.ForgetCommand(update.Id);
            OnSwitched(node, update.Id.Endpoint, isOn: true);
        }
        else if (source.Kind == OverloadKind.Derived && update.Previous.AsBoolean == true
            && _context.PendingSwitches.LastCommand(update.Id) != false && IsNearLimit(node, source))
        {
            Raise(node, update.Id.Endpoint, "switched off by itself near its limit");
        }
    }

    private void TakeReading(Node node, ValueUpdate update, OverloadSource? source)
    {
        if (source is not { Kind: OverloadKind.Derived } || update.Current.AsDecimal is not { } watts) return;
        if (!MeterCommandClass.TryUnpack(update.Id.Property.Key, out var type, out var rate, out var scale)) return;
        if (!new MeterReading(type, rate, scale).IsPower || rate == MeterScales.Export) return;
        var load = _loads.GetOrCreateValue(node);
        var now = _context.Time.GetTimestamp();
        if (watts != 0)
        {
            (load.Watts, load.GoneAt) = (Math.Abs(watts), null);
            return;
        }

        load.GoneAt ??= now;
        var relay = new ValueId(node.Id, update.Id.Endpoint, SwitchBinaryCommandClass.State);
        var isOn = _context.Values.Read(relay).AsBoolean == true;
        // Full load to nothing: the relay is asked at once, its next poll may be a minute away.
        if (isOn && IsNearLimit(node, source)) _ = AskAsync(node, update.Id.Endpoint);
    }

    private bool IsNearLimit(Node node, OverloadSource source)
    {
        if (LimitOf(node, source) is not { } limit || !_loads.TryGetValue(node, out var load)) return false;
        if (load.GoneAt is { } gone && _context.Time.GetElapsedTime(gone) > s_powerFadesWithin) return false;
        return load.Watts * 100 >= limit * source.NearPercent;
    }

    // Null: there is none. A device that stores more than its maximum works as if it were the maximum.
    private decimal? LimitOf(Node node, OverloadSource source)
    {
        if (source.LimitParameter == 0 || node.Device?.FindParameter(source.LimitParameter) is not { } parameter) return null;
        var limit = Math.Min(_configuration.Stored(node, source.LimitParameter) ?? parameter.Default ?? 0, parameter.Maximum);
        return limit > 0 ? limit : null;
    }

    private async Task AskAsync(Node node, EndpointIndex endpoint)
    {
        try
        {
            await _exchange.QueryAsync<SwitchBinaryReport>(node, endpoint, new SwitchBinaryGet(), SendPriority.Poll, _stopping);
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            // The node is away or we stop: read when it is back.
        }
    }

    // Closed again: over, unless the load is still too high, the relay opened once more, or the device says that it is not.
    private async Task CheckAsync(Node node, EndpointIndex endpoint, OverloadSource source, Load load)
    {
        try
        {
            var raises = load.Raises;
            await _context.DelayAsync(_context.Timeouts.ConfirmationDelay, _stopping);
            var isNormal = await IsPowerNormalAsync(node, endpoint, source);
            if (!isNormal || _context.Values.Read(new(node.Id, endpoint, SwitchBinaryCommandClass.State)).AsBoolean != true) return;
            if (source.Kind == OverloadKind.Notification && !await IsNotificationOverAsync(node, source)) return;
            if (raises == load.Raises) End(node);
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            // Not known then: it stays raised.
        }
        finally
        {
            load.IsChecking = false;
        }
    }

    private async Task<bool> IsPowerNormalAsync(Node node, EndpointIndex endpoint, OverloadSource source)
    {
        var readings = MeterReadings.Of(_context.Values, node.Id, endpoint).Where(static reading => reading.IsPower).ToArray();
        var limit = LimitOf(node, source) ?? node.Settings.MaximumPowerWatts;
        foreach (var reading in readings)
        {
            var answer = await _exchange.QueryAsync(node, endpoint, reading.Question, reading.IsReply, SendPriority.Confirmation, _stopping);
            if (answer is null) return false;
            var id = new ValueId(node.Id, endpoint, MeterCommandClass.Reading(reading.MeterType, reading.RateType, reading.ScaleIndex));
            if (Math.Abs(_context.Values.Read(id).AsDecimal ?? 0) > limit) return false;
        }

        return true;
    }

    private async Task<bool> IsNotificationOverAsync(Node node, OverloadSource source)
    {
        foreach (var (endpoint, number) in ActiveStates(node, source).ToArray())
        {
            var answer = await _exchange.QueryAsync<NotificationReport>(
                node, endpoint, new NotificationGet(0, source.Type, number), SendPriority.Confirmation, _stopping,
                report => report.NotificationType == source.Type);
            if (answer?.Event == number) return false;
            // Idle, or the device does not know any more: the alarm is stale.
            _context.Values.Set(new(node.Id, endpoint, NotificationCommandClass.State(source.Type, number)), Value.Of(false));
        }

        return true;
    }

    private IEnumerable<(EndpointIndex Endpoint, byte Event)> ActiveStates(Node node, OverloadSource source) =>
        from endpoint in node.Endpoints
        from number in source.Events
        where _context.Values.Read(new(node.Id, endpoint.Index, NotificationCommandClass.State(source.Type, number))).AsBoolean == true
        select (endpoint.Index, number);

    private bool IsStateActive(Node node, OverloadSource source) => ActiveStates(node, source).Any();

    private static ValueId Id(Node node) => new(node.Id, EndpointIndex.Root, NodeValues.Overload);

    private bool IsRaised(Node node) => _context.Values.Read(Id(node)).AsBoolean == true;

    private void Raise(Node node, EndpointIndex endpoint, string how)
    {
        _loads.GetOrCreateValue(node).Raises++;
        if (IsRaised(node)) return;
        _context.Logger.OverloadRaised(node.Id.Value, endpoint, how);
        _context.Values.Describe(Id(node), s_metadata);
        _context.Values.Set(Id(node), Value.Of(true));
    }

    private void End(Node node)
    {
        if (!IsRaised(node)) return;
        _context.Logger.OverloadEnded(node.Id.Value);
        _context.Values.Set(Id(node), Value.Of(false));
    }

    // What is known of the load of a node, as long as the node is.
    private sealed class Load
    {
        /// <summary>The last power that was not nothing.</summary>
        public decimal Watts { get; set; }

        /// <summary>When it was nothing for the first time after that.</summary>
        public long? GoneAt { get; set; }

        /// <summary>How often an overload was told.</summary>
        public int Raises { get; set; }

        public bool IsChecking { get; set; }
    }
}
