using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.Commands;

/// <summary>
/// Carries out what comes in on set and get topics, and answers. Whatever the payload, nothing is thrown, nothing waits longer than the
/// network lets it, and no more than a fixed number of messages is under way.
/// </summary>
/// <param name="properties">Told of the network's events before everybody who asks it.</param>
/// <param name="replies">Shared with the requests: one limit for what is logged.</param>
/// <param name="install">Brings the newest firmware to a node; null: there is nobody who does.</param>
public sealed class CommandHandler(
    ZWaveNetwork network, PropertyCache properties, INodeDirectory directory, CommandReplies replies, TimeProvider time, ILogger logger,
    Func<NodeId, Task>? install = null)
{
    /// <summary>Messages under way at a time; more are refused at once.</summary>
    public const int MaximumMessages = 256;

    /// <summary>Messages for one node under way at a time.</summary>
    public const int MaximumMessagesPerNode = 32;

    private readonly NodeActions _actions = new(network, properties, install);
    private readonly NodeReadings _readings = new(network, properties);
    private readonly RecentMessages _recent = new();
    private readonly Dictionary<NodeId, int> _underWay = [];
    private int _messages;

    /// <summary>Messages under way now.</summary>
    public int MessagesUnderWay => Volatile.Read(ref _messages);

    /// <summary>
    /// A message on a set or get topic came in. Returns at once; messages for one node are carried out in the order of the calls. Requests
    /// are not for here. Any thread may call, one at a time if the order matters.
    /// </summary>
    public void Handle(CommandTopic topic, MqttMessage message)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(message);
        var device = topic switch { SetTopic set => set.Device, GetTopic get => get.Device, _ => null };
        if (device is null) return;
        if (message.Retain)
        {
            replies.RefuseRetained(message);
            return;
        }

        if (!PayloadFormat.TryRead(message.Payload.Span, out var payload, out var fault))
        {
            replies.Answer(message, CommandOutcome.Refused(fault));
            return;
        }

        if (topic is SetTopic && payload.Kind == PayloadKind.Empty) return;
        if (_recent.Note(message) && message.IsDuplicate)
        {
            logger.DuplicateDropped(message.Topic);
            return;
        }

        if (directory.Resolve(device) is not { } node)
        {
            replies.Answer(message, CommandOutcome.Refused($"there is no device \"{PayloadFormat.Shorten(device, 64)}\""));
            return;
        }

        if (Interlocked.Increment(ref _messages) > MaximumMessages)
        {
            Interlocked.Decrement(ref _messages);
            replies.Answer(message, CommandOutcome.Refused("too many commands are waiting", CommandError.Busy));
            return;
        }

        _ = RunAsync(topic, message, payload, node, CommandDeadline.Of(message, time));
    }

    private async Task RunAsync(CommandTopic topic, MqttMessage message, PayloadValue payload, NodeId node, CommandDeadline deadline)
    {
        CommandOutcome outcome;
        try
        {
            // Started on the loop in the order of the messages, waited for outside of it.
            outcome = await await network.ReadAsync(view => HandleAsync(view, topic, message, payload, node, deadline));
        }
        catch (OperationCanceledException)
        {
            outcome = CommandOutcome.Stopping();
        }
        catch (Exception exception)
        {
            logger.HandlerFault(exception);
            outcome = CommandOutcome.Faulty();
        }

        Interlocked.Decrement(ref _messages);
        replies.Answer(message, outcome);
    }

    private async Task<CommandOutcome> HandleAsync(
        INetworkView view, CommandTopic topic, MqttMessage message, PayloadValue payload, NodeId id, CommandDeadline deadline)
    {
        if (NetworkAvailability.Refusal(view, id, out var node) is { } refusal) return refusal;
        var underWay = _underWay.GetValueOrDefault(id);
        if (underWay >= MaximumMessagesPerNode) return CommandOutcome.Refused($"too many commands are waiting for node {id}", CommandError.Busy);
        _underWay[id] = underWay + 1;
        try
        {
            if (topic is not SetTopic set)
            {
                return deadline.IsOver ? Expired() : await _readings.ReadAsync(view, node!, payload);
            }

            var command = SetCommandReader.Read(set, payload, properties.Of(node!));
            if (command.Faults.Count > 0)
            {
                var faults = command.Faults.Select(static fault => fault.ToString());
                return CommandOutcome.Refused(node!.Interview.State == InterviewState.Complete ? faults : faults.Append("its interview is not complete"));
            }

            if (message.IsDuplicate && command.IsToggle)
            {
                return CommandOutcome.Refused("dropped a TOGGLE that was sent once more: the first one may have been carried out");
            }

            return deadline.IsOver ? Expired() : await CarryOutAsync(view, node!, command, deadline);
        }
        finally
        {
            if (--_underWay[id] == 0) _underWay.Remove(id);
        }
    }

    private async Task<CommandOutcome> CarryOutAsync(INetworkView view, Node node, SetCommand command, CommandDeadline deadline)
    {
        // All are in the queue before the first one is waited for.
        var running = command.Actions.Select(action => (action.Name, Task: _actions.RunAsync(view, node, action, command, deadline))).ToArray();
        List<KeyValuePair<string, PayloadValue>> data = [];
        List<(string Name, CommandError Error)> errors = [];
        foreach (var (name, task) in running)
        {
            try
            {
                data.AddRange(await task);
            }
            catch (ZWaveException exception)
            {
                errors.Add((name, CommandError.Of(exception)));
            }
        }

        if (errors.Count == 0) return new(data, null);
        var first = errors.Find(static entry => entry.Error.Code != CommandError.Superseded).Error ?? errors[0].Error;
        if (running.Length == 1) return new(data, first);
        return new(data, new(first.Code, string.Join("; ", errors.Select(static entry => $"\"{entry.Name}\": {entry.Error.Text}"))));
    }

    private static CommandOutcome Expired() => CommandOutcome.Refused("the message expired before it could be sent", CommandError.Expired);
}
