using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Switches relays and makes sure they did: by Supervision, else by a report, else by asking. A switch the device swallowed (dead time after
/// the one before) is sent once more. Belongs to the network's loop.
/// </summary>
internal sealed class SwitchControl(NetworkContext context, CommandExchange exchange, EndpointRefresh refresh)
{
    private const int MaximumTries = 2;
    private const int MaximumReadBacks = 2;

    /// <summary>Switches and returns the state the device confirmed.</summary>
    /// <exception cref="ZWaveException">Not delivered, refused, superseded by a newer command, or read back different.</exception>
    public async Task<bool> SetAsync(Node node, EndpointIndex endpointIndex, bool isOn, CancellationToken cancellationToken)
    {
        var endpoint = node.FindEndpoint(endpointIndex) ?? throw Invalid(node, $"has no endpoint {endpointIndex}");
        if (!endpoint.Supports(SwitchBinaryCommandClass.Id)) throw Invalid(node, $"endpoint {endpointIndex} has no switch");
        var id = new ValueId(node.Id, endpointIndex, SwitchBinaryCommandClass.State);
        var replaceKey = "switch/" + endpointIndex;
        for (var attempt = 1; ; attempt++)
        {
            var pause = PauseAfterSwitch(node);
            var result = await exchange.SetAsync(
                node, endpointIndex, Command(endpoint, isOn), SendPriority.User, cancellationToken, replaceKey, isPaced: pause > TimeSpan.Zero);
            if (pause > TimeSpan.Zero) context.Queue.Pause(node.Id, context.TimestampAfter(pause));
            if (result == SetResult.Superseded) throw Superseded(node);
            if (result == SetResult.Confirmed)
            {
                context.Values.Set(id, Value.Of(isOn));
                refresh.Request(node, except: endpointIndex);
                return isOn;
            }

            var state = await ReadBackAsync(node, endpointIndex, id, isOn, replaceKey, pause, cancellationToken);
            if (state != isOn && context.Queue.IsWaiting(node.Id, replaceKey)) throw Superseded(node);
            if (state == isOn)
            {
                refresh.Request(node, except: endpointIndex);
                return isOn;
            }

            if (result != SetResult.Refused && attempt < MaximumTries) continue;
            refresh.Request(node, except: endpointIndex);
            throw new ZWaveException(
                result == SetResult.Refused ? ZWaveErrorCode.NodeRefused : ZWaveErrorCode.NotConfirmed,
                $"node {node.Id}, endpoint {endpointIndex}: asked for {Word(isOn)}, the device says {(state is { } told ? Word(told) : "nothing")}")
            { Node = node.Id };
        }
    }

    private async Task<bool?> ReadBackAsync(
        Node node, EndpointIndex endpoint, ValueId id, bool wanted, string replaceKey, TimeSpan pause, CancellationToken cancellationToken)
    {
        var delay = pause > context.Timeouts.ConfirmationDelay ? pause : context.Timeouts.ConfirmationDelay;
        var told = await ReportWithinAsync(id, wanted, delay, cancellationToken);
        if (told) return wanted;
        bool? state = null;
        for (var read = 0; read < MaximumReadBacks; read++)
        {
            // A newer command is on its way: its own read-back will tell the state, ours could only tell the old one.
            if (context.Queue.IsWaiting(node.Id, replaceKey)) return state;
            var report = await exchange.QueryAsync<SwitchBinaryReport>(node, endpoint, new SwitchBinaryGet(), SendPriority.Confirmation, cancellationToken);
            state = report is null ? null : SwitchState.FromByte(report.CurrentValue);
            if (state == wanted) return state;
            await context.DelayAsync(context.Timeouts.ConfirmationRetry, cancellationToken);
        }

        return state;
    }

    // An unsolicited report with the wanted state makes asking unnecessary.
    private async Task<bool> ReportWithinAsync(ValueId id, bool wanted, TimeSpan pause, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnUpdated(ValueUpdate update)
        {
            if (update.Id == id && update.Current.AsBoolean == wanted) told.TrySetResult();
        }

        context.Values.Updated += OnUpdated;
        try
        {
            return await context.IsFirstAsync(told.Task, pause, cancellationToken);
        }
        finally
        {
            context.Values.Updated -= OnUpdated;
        }
    }

    private TimeSpan PauseAfterSwitch(Node node)
    {
        if (node.Device?.Quirks.PauseAfterSwitch is not { } quirk) return TimeSpan.Zero;
        var stored = context.Values.Read(new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.Parameter(quirk.Parameter))).AsInteger;
        var units = stored is { } raw && node.Device.FindParameter(quirk.Parameter) is { } parameter
            ? parameter.FromReport((int)raw, parameter.Size)
            : quirk.DefaultValue;
        return (quirk.Unit * units) + quirk.Margin;
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
