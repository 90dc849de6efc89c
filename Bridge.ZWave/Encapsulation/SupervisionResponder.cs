using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>What to do with a received frame as far as Supervision is concerned.</summary>
public enum SupervisionAction
{
    /// <summary>Take the commands; <see cref="SupervisionDecision.Report"/> goes back when there is one.</summary>
    Deliver,

    /// <summary>The commands came before: only send the report again.</summary>
    Repeat,

    /// <summary>Take nothing and send nothing: the sender broke the rules.</summary>
    Drop,
}

/// <summary>What to do with a received frame, and the report to send back.</summary>
/// <param name="Report">Null when none is due.</param>
/// <param name="Options">The layers the report goes back in.</param>
public readonly record struct SupervisionDecision(SupervisionAction Action, SupervisionReport? Report, EnvelopeOptions Options);

/// <summary>
/// The receiving side of Supervision: confirms supervised commands, else their sender repeats them, and recognises repetitions. The
/// last session of each sender is remembered, of a bounded number of senders. Called by one loop only.
/// </summary>
/// <param name="capacity">How many senders (endpoints of nodes) are remembered; the longest known is forgotten first.</param>
public sealed class SupervisionResponder(int capacity = SupervisionResponder.DefaultCapacity)
{
    public const int DefaultCapacity = 1024;

    private readonly Dictionary<(NodeId Node, EndpointIndex Endpoint), SupervisionReport> _last = [];
    private readonly Queue<(NodeId Node, EndpointIndex Endpoint)> _order = new();

    /// <summary>Decides on a received frame, supervised or not.</summary>
    public SupervisionDecision Receive(NodeId node, scoped in Unwrapped unwrapped)
    {
        var envelope = unwrapped.Envelope;
        if (envelope.SupervisionSession is not { } session) return new(SupervisionAction.Deliver, null, default);
        // "Must not be used with multicast, broadcast, or a Get": such a frame is ignored altogether (CC:006C.01.01).
        if (envelope.IsMulticast || envelope.IsBitAddress) return new(SupervisionAction.Drop, null, default);
        var isKnown = true;
        foreach (var command in unwrapped)
        {
            var error = CommandCodec.TryFind(command, out var definition, out _, out _);
            if (definition is not null && IsGet(definition)) return new(SupervisionAction.Drop, null, default);
            isKnown &= error == DecodeError.None;
        }

        var sender = (node, envelope.SourceEndpoint);
        if (_last.TryGetValue(sender, out var last) && last.SessionId == session)
        {
            return new(SupervisionAction.Repeat, last, envelope.Reply);
        }

        var report = new SupervisionReport(session, isKnown ? SupervisionStatus.Success : SupervisionStatus.NoSupport);
        Remember(sender, report);
        return new(SupervisionAction.Deliver, report, envelope.Reply);
    }

    /// <summary>Forgets a node that left the network.</summary>
    public void Forget(NodeId node)
    {
        foreach (var sender in _last.Keys.Where(sender => sender.Node == node).ToArray()) _last.Remove(sender);
        for (var left = _order.Count; left > 0; left--)
        {
            var sender = _order.Dequeue();
            if (sender.Node != node) _order.Enqueue(sender);
        }
    }

    /// <summary>The specification ends the name of every command that asks for a report with GET.</summary>
    private static bool IsGet(CommandDefinition definition) => definition.Name.EndsWith("_GET", StringComparison.Ordinal);

    private void Remember((NodeId Node, EndpointIndex Endpoint) sender, SupervisionReport report)
    {
        if (!_last.ContainsKey(sender))
        {
            if (_order.Count >= capacity) _last.Remove(_order.Dequeue());
            _order.Enqueue(sender);
        }

        _last[sender] = report;
    }
}
