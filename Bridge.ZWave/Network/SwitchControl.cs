using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Switches relays and makes sure they did: by Supervision, else by a report, else by asking. A switch the device swallowed (dead time after
/// the one before) is sent once more. Belongs to the network's loop.
/// </summary>
internal sealed class SwitchControl(NetworkContext context, CommandExchange exchange, EndpointRefresh refresh, ConfigurationControl configuration)
{
    private const int MaximumTries = 2;
    private const int MaximumReadBacks = 2;

    /// <summary>The device confirmed a switch of ours.</summary>
    public event Action<Node, EndpointIndex, bool>? Switched;

    /// <summary>Switches and returns the state the device confirmed.</summary>
    /// <exception cref="ZWaveException">Not delivered, refused, superseded by a newer command, or read back different.</exception>
    public async Task<bool> SetAsync(Node node, EndpointIndex endpointIndex, bool isOn, TimeSpan? expiry, CancellationToken cancellationToken)
    {
        long? expiresAt = expiry is { } limit ? context.TimestampAfter(limit) : null;
        var endpoint = node.FindEndpoint(endpointIndex) ?? throw Invalid(node, $"has no endpoint {endpointIndex}");
        if (!endpoint.Supports(SwitchBinaryCommandClass.Id)) throw Invalid(node, $"endpoint {endpointIndex} has no switch");
        using var pending = context.PendingSwitches.Begin(MovedBy(node, endpointIndex), isOn);
        var ignoresOff = !isOn && IgnoresOff(node, Stored(node));
        for (var attempt = 1; ; attempt++)
        {
            var pause = PauseAfterSwitch(node);
            var result = await exchange.SetAsync(
                node, endpointIndex, Command(endpoint, isOn), SendPriority.User, cancellationToken, "switch/" + endpointIndex,
                isPaced: pause > TimeSpan.Zero, expiresAt);
            if (pause > TimeSpan.Zero) context.Queue.Pause(node.Id, context.TimestampAfter(pause));
            if (result == SetResult.Superseded) throw Superseded(node);
            if (result == SetResult.Confirmed)
            {
                context.Values.Set(pending.Relays[0], Value.Of(isOn));
                return Conclude(node, endpointIndex, pending);
            }

            // Who waited for a Supervision Report waited long enough.
            var delay = result == SetResult.Unreported ? TimeSpan.Zero
                : pause > context.Timeouts.ConfirmationDelay ? pause
                : context.Timeouts.ConfirmationDelay;
            var state = await ReadBackAsync(node, endpointIndex, pending, delay, cancellationToken);
            if (state == isOn) return Conclude(node, endpointIndex, pending);
            if (pending.IsOvertaken) throw Superseded(node);
            if (result != SetResult.Refused && attempt < MaximumTries && !pending.IsTouched && !ignoresOff) continue;
            refresh.Request(node, except: endpointIndex);
            throw await FailureAsync(node, endpointIndex, isOn, state, result, cancellationToken);
        }
    }

    // The relay itself first; a group moves its members with it.
    private static ValueId[] MovedBy(Node node, EndpointIndex endpoint) =>
    [
        .. (node.FindDefinition(endpoint)?.Members ?? []).Select(static member => new EndpointIndex(member)).Prepend(endpoint)
            .Select(index => new ValueId(node.Id, index, SwitchBinaryCommandClass.State)),
    ];

    private bool Conclude(Node node, EndpointIndex endpoint, PendingSwitch pending)
    {
        pending.IsDone = true;
        refresh.Request(node, except: endpoint);
        Switched?.Invoke(node, endpoint, pending.IsOn);
        return pending.IsOn;
    }

    // Null: the device said nothing, or a newer command makes asking useless: its own read-back will tell the state.
    private async Task<bool?> ReadBackAsync(
        Node node, EndpointIndex endpoint, PendingSwitch pending, TimeSpan delay, CancellationToken cancellationToken)
    {
        // A report with the wanted state makes asking unnecessary.
        await context.IsFirstAsync(pending.News, delay, cancellationToken);
        bool? state = null;
        for (var read = 1; !pending.IsTold && !pending.IsOvertaken; read++)
        {
            var report = await exchange.QueryAsync<SwitchBinaryReport>(
                node, endpoint, new SwitchBinaryGet(), SendPriority.Confirmation, cancellationToken);
            state = report is null ? null : SwitchState.FromByte(report.CurrentValue);
            if (state == pending.IsOn || report is null || read == MaximumReadBacks) return state;
            await context.IsFirstAsync(pending.News, context.Timeouts.ConfirmationRetry, cancellationToken);
        }

        return pending.IsTold ? pending.IsOn : state;
    }

    private TimeSpan PauseAfterSwitch(Node node)
    {
        if (node.Device?.Quirks.PauseAfterSwitch is not { } quirk) return TimeSpan.Zero;
        return (quirk.Unit * (configuration.Stored(node, quirk.Parameter) ?? quirk.DefaultValue)) + quirk.Margin;
    }

    private long? Stored(Node node) =>
        node.Device?.Quirks.IgnoresRadioOff is { } condition ? configuration.Stored(node, condition.Parameter) : null;

    private static bool IgnoresOff(Node node, long? value) => value is not null && value == node.Device?.Quirks.IgnoresRadioOff?.Value;

    private async Task<ZWaveException> FailureAsync(
        Node node, EndpointIndex endpoint, bool isOn, bool? state, SetResult result, CancellationToken cancellationToken)
    {
        var text = $"node {node.Id}, endpoint {endpoint}: asked for {Word(isOn)}, the device says {(state is { } told ? Word(told) : "nothing")}";
        if (!isOn && state == true && node.Device?.Quirks.IgnoresRadioOff is { } condition)
        {
            var value = Stored(node) ?? await configuration.TryReadAsync(node, condition.Parameter, cancellationToken);
            if (IgnoresOff(node, value)) text += ". " + Explain(node, condition);
        }

        return new(result == SetResult.Refused ? ZWaveErrorCode.NodeRefused : ZWaveErrorCode.NotConfirmed, text) { Node = node.Id };
    }

    private static string Explain(Node node, Devices.ParameterCondition condition)
    {
        var parameter = node.Device?.FindParameter(condition.Parameter);
        string Named(long value) => parameter is not null && parameter.Values.TryGetValue(value, out var word) ? $"{value} ({word})" : $"{value}";
        var name = parameter is null ? string.Empty : $" ({parameter.Label})";
        var text = $"Parameter {condition.Parameter}{name} is {Named(condition.Value)}: off by radio does nothing";
        return condition.Instead is { } instead ? $"{text}. Set it to {Named(instead)}" : text;
    }

    private static SwitchBinarySet Command(Endpoint endpoint, bool isOn) => endpoint.VersionOf(SwitchBinaryCommandClass.Id) >= 2
        ? new(SwitchState.ToByte(isOn), Duration.Instantly)
        : new(isOn);

    private static string Word(bool isOn) => isOn ? "on" : "off";

    private static ZWaveException Superseded(Node node) =>
        new(ZWaveErrorCode.Superseded, $"node {node.Id}: a newer command took its place") { Node = node.Id };

    private static ZWaveException Invalid(Node node, string reason) =>
        new(ZWaveErrorCode.InvalidArgument, $"node {node.Id} {reason}") { Node = node.Id };
}
