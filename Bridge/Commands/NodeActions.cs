using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Commands;

/// <summary>
/// Carries actions out. Belongs to the network's loop: started there, everything of it runs there. Actions are handed to the network's
/// queue in the order they are started, which keeps it per node; nobody waits for the confirmation of the one before.
/// </summary>
/// <param name="install">Brings the newest firmware to a node; null: there is nobody who does.</param>
internal sealed class NodeActions(ZWaveNetwork network, PropertyCache properties, Func<NodeId, Task>? install = null)
{
    private readonly Dictionary<(NodeId Node, string Name), RunningAction> _running = [];

    /// <summary>
    /// Does one action. A running one of the same property gives up: it could only undo or misjudge the newer one. So does one of a relay
    /// that is switched together with this one; what it had to send is sent all the same, in its order.
    /// </summary>
    /// <param name="message">What the action is part of: parts of one message may overlap ({"state_3":"OFF","state_1":"ON"}), which is no
    /// failure of the first.</param>
    /// <returns>What the device confirmed, as the state object shows it.</returns>
    /// <exception cref="ZWaveException">It was not done, or not confirmed.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, PayloadValue>>> RunAsync(
        INetworkView view, Node node, NodeAction action, object message, CommandDeadline deadline)
    {
        var key = (node.Id, action.Name);
        var before = _running.GetValueOrDefault(key);
        var overlapping = Overlapping(node, action);
        using var running = new RunningAction(action);
        _running[key] = running;
        try
        {
            // The new one is in the queue before the old one is told: the network replaces what it has not sent yet.
            var done = StartAsync(view, node, action, running, before?.Target, deadline);
            before?.Supersede(message);
            foreach (var other in overlapping) other.Supersede(message);
            return await done;
        }
        catch (OperationCanceledException) when (running.SupersededBy is { } by)
        {
            if (by == message) return [];
            throw new ZWaveException(ZWaveErrorCode.Superseded, "a newer command took its place") { Node = node.Id };
        }
        finally
        {
            if (_running.GetValueOrDefault(key) == running) _running.Remove(key);
        }
    }

    private RunningAction[] Overlapping(Node node, NodeAction action)
    {
        if (action is not SwitchAction { Property.Endpoint: var endpoint }) return [];
        return [.. _running.Where(pair => pair.Key.Node == node.Id && pair.Key.Name != action.Name).Select(static pair => pair.Value)
            .Where(running => running.Action is SwitchAction { Property.Endpoint: var other }
                && (IsMember(node, endpoint, of: other) || IsMember(node, other, of: endpoint)))];
    }

    private static bool IsMember(Node node, EndpointIndex endpoint, EndpointIndex of) =>
        node.FindDefinition(of) is { } definition && definition.Members.Contains(endpoint.Value);

    private async Task<IReadOnlyList<KeyValuePair<string, PayloadValue>>> StartAsync(
        INetworkView view, Node node, NodeAction action, RunningAction running, bool? targetBefore, CommandDeadline deadline)
    {
        deadline.Check();
        switch (action)
        {
            case SwitchAction { Property: var relay } wanted:
                var isOn = wanted.IsOn ?? await OppositeAsync(view, node.Id, relay, targetBefore, running.Token);
                deadline.Check();
                running.Target = isOn;
                var confirmed = await network.SetSwitchAsync(node.Id, relay.Endpoint, isOn, deadline.Remaining, running.Token);
                return [new(relay.Name, PayloadValue.Of(confirmed ? "ON" : "OFF"))];
            case ParameterAction { Property: var parameter } wanted:
                var told = await network.SetParameterAsync(node.Id, parameter.ParameterNumber!.Value, wanted.Value, running.Token);
                return [new(parameter.Name, PropertyInput.Show(parameter, told))];
            case ProtectionAction { Property: var protection } wanted:
                var state = await network.SetProtectionAsync(node.Id, wanted.State, running.Token);
                return [new(protection.Name, PropertyInput.Show(protection, state))];
            case ResetMeterAction reset:
                return await ResetMetersAsync(view, node, reset, deadline, running.Token);
            default:
                await StartAsync(node.Id, ((StartAction)action).Property, running.Token);
                return [new(action.Name, PayloadValue.Of(true))];
        }
    }

    private async Task<bool> OppositeAsync(
        INetworkView view, NodeId node, NodeProperty relay, bool? targetBefore, CancellationToken cancellationToken)
    {
        // What is on its way counts: two toggles in a row are none.
        if ((targetBefore ?? view.Values.Read(relay.Source!.Value).AsBoolean) is { } known) return !known;
        var report = await network.QueryAsync<SwitchBinaryReport>(node, relay.Endpoint, new SwitchBinaryGet(), cancellationToken: cancellationToken);
        return report is not null && SwitchState.FromByte(report.CurrentValue) is { } isOn
            ? !isOn
            : throw new ZWaveException(ZWaveErrorCode.NodeTimeout, $"node {node} does not tell its state") { Node = node };
    }

    private async Task<IReadOnlyList<KeyValuePair<string, PayloadValue>>> ResetMetersAsync(
        INetworkView view, Node node, ResetMeterAction reset, CommandDeadline deadline, CancellationToken cancellationToken)
    {
        foreach (var endpoint in reset.Endpoints)
        {
            deadline.Check();
            await network.ResetMeterAsync(node.Id, endpoint, cancellationToken);
        }

        return [.. properties.Of(node).All
            .Where(property => property.IsAccumulating && reset.Shown.Contains(property.Endpoint))
            .Select(property => new KeyValuePair<string, PayloadValue>(property.Name, PropertyOutput.Of(view, node, property)))];
    }

    private async Task StartAsync(NodeId node, NodeProperty action, CancellationToken cancellationToken)
    {
        switch (action.Kind)
        {
            case PropertyKind.Identify:
                await network.IdentifyAsync(node, action.Endpoint, cancellationToken);
                break;
            case PropertyKind.ResetConfiguration:
                await network.ResetConfigurationAsync(node, cancellationToken);
                break;
            case PropertyKind.Update when install is not null:
                await install(node);
                break;
            case PropertyKind.Ping when !await network.PingAsync(node):
                throw new ZWaveException(ZWaveErrorCode.NodeNoAck, $"node {node} does not answer") { Node = node };
        }
    }

    /// <summary>One action under way.</summary>
    private sealed class RunningAction(NodeAction action) : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public CancellationToken Token => _stop.Token;

        public NodeAction Action { get; } = action;

        /// <summary>The message whose action took its place: another one, or its own.</summary>
        public object? SupersededBy { get; private set; }

        /// <summary>What a relay is being switched to; null while that is not known.</summary>
        public bool? Target { get; set; }

        public void Supersede(object by)
        {
            SupersededBy ??= by;
            _stop.Cancel();
        }

        public void Dispose() => _stop.Dispose();
    }
}
