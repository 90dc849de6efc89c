using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Encrypted commands on their way, node by node: one at a time, each held until the node gave a nonce, and afterwards until it is certain that the node could
/// decrypt it. A command it could not decrypt is sent once more. Nonces themselves never wait here. Belongs to the network's loop.
/// </summary>
internal sealed class EncryptedTraffic(NetworkContext context, NetworkSecurity security)
{
    private const int MaximumQuestions = 3;

    private readonly Dictionary<NodeId, Lane> _lanes = [];

    /// <summary>Queues something; set by the sender.</summary>
    public Func<SendItem, Task<SendOutcome>> Send { get; set; } = static _ => Task.FromResult(SendOutcome.LinkLost);

    /// <summary>Commands that were held may go now.</summary>
    public event Action? Released;

    /// <summary>Sends what agrees on nonces: at once, in the clear.</summary>
    public void SendNonce(NodeId node, ICommand command) => _ = Send(NonceItem(node, command));

    /// <summary>An item cannot be sent before the node gave a nonce: it waits in front of the queue, and the node is asked unless it was already.</summary>
    /// <param name="isAsked">The frame before asked for it.</param>
    public void WaitForNonce(SendItem item, SecurityClass securityClass, bool isAsked = false)
    {
        var lane = LaneOf(item.Node);
        context.Queue.PutBack(item, context.Time.GetTimestamp());
        Hold(lane);
        if (lane.Nonce is not null && lane.IsS0 == (securityClass == SecurityClass.S0)) return;
        lane.IsS0 = securityClass == SecurityClass.S0;
        _ = AskAsync(lane, lane.Nonce = new(TaskCreationOptions.RunContinuationsAsynchronously), isAsked);
    }

    /// <summary>The frame of an item is handed to the module. What the node makes of it may be known before the end of its transmission is.</summary>
    public void OnTransmitting(SendItem item, SecurityClass securityClass)
    {
        if (!CanGetLost(item, securityClass)) return;
        var lane = LaneOf(item.Node);
        (lane.OnItsWay, lane.HasSpoken, lane.IsLost) = (item, false, false);
    }

    /// <summary>The frame for a node was not sent, or not acknowledged.</summary>
    public void OnNotAcknowledged(NodeId node)
    {
        if (_lanes.TryGetValue(node, out var lane)) lane.OnItsWay = null;
    }

    /// <summary>
    /// The node acknowledged the frame of an item. True: whether it could decrypt it is not certain before a while, and the item is completed
    /// then. Questions and supervised commands are proven by their answers.
    /// </summary>
    public bool OnAcknowledged(Node node, SendItem item, SecurityClass securityClass)
    {
        if (!CanGetLost(item, securityClass)) return false;
        var lane = LaneOf(node.Id);
        lane.OnItsWay = null;
        lane.IsRepetition = lane.LastSent == item;
        lane.LastSent = item;
        lane.SentAt = context.Time.GetTimestamp();
        if (lane.IsLost)
        {
            Repeat(lane, item);
            return true;
        }

        if (item.IsAskedForAgain || (item.Priority == SendPriority.Answer && !item.IsConversation)) return false;
        var isAnswered = item.OwesAnswer || item.SupervisionSession is not null;
        if (isAnswered && lane.HasSpoken) return false;
        lane.IsProven = false;
        Hold(lane);
        lane.Timer ??= context.Time.CreateTimer(_ => context.Loop.Post(() => OnProven(lane)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lane.Timer.Change(context.Timeouts.Decryption + node.RoundTrip, Timeout.InfiniteTimeSpan);
        if (isAnswered || item.IsConversation) return false;
        lane.Uncertain = item;
        return true;
    }

    /// <summary>A nonce of the node came.</summary>
    public void OnNonce(NodeId node, bool isS0)
    {
        if (!_lanes.TryGetValue(node, out var lane)) return;
        if (lane.Nonce is not null)
        {
            if (lane.IsS0 == isS0) lane.Nonce.TrySetResult(true);
            return;
        }

        // Nobody asked: the node could not decrypt the last frame. Nonces come in the clear, so anybody can say that: it counts for a moment only, or an old
        // command could be called back.
        if (isS0) return;
        if (lane.OnItsWay is not null) lane.IsLost = true;
        else if (lane.LastSent is { } item && context.Time.GetElapsedTime(lane.SentAt) <= context.Timeouts.Nonce) Repeat(lane, item);
    }

    /// <summary>A frame of the node was opened: it has the nonce sequence.</summary>
    public void OnOpened(NodeId node)
    {
        if (!_lanes.TryGetValue(node, out var lane)) return;
        if (!lane.IsS0) lane.Nonce?.TrySetResult(true);
        lane.HasSpoken = true;
        lane.LastSent = null;
        if (!lane.IsProven) OnProven(lane);
    }

    /// <summary>The module is gone, or the node: nothing waits any more.</summary>
    public void Forget(NodeId node)
    {
        if (!_lanes.Remove(node, out var lane)) return;
        lane.Nonce?.TrySetResult(false);
        lane.Timer?.Dispose();
        lane.Uncertain?.Complete(SendOutcome.LinkLost);
        context.Queue.Release(node);
    }

    public void Clear()
    {
        foreach (var node in _lanes.Keys.ToArray()) Forget(node);
    }

    private static bool CanGetLost(SendItem item, SecurityClass securityClass) =>
        securityClass is not (SecurityClass.None or SecurityClass.S0) && item.Priority != SendPriority.Protocol;

    // The node could not decrypt it.
    private void Repeat(Lane lane, SendItem item)
    {
        context.Counters.NotDecryptedByNode++;
        lane.Uncertain = null;
        lane.IsProven = true;
        if (lane.IsRepetition || item.IsRetired)
        {
            lane.LastSent = null;
            item.Complete(SendOutcome.NotSecured);
        }
        else
        {
            // It stays the last one sent: so it is known as a repetition when it is acknowledged.
            item.ReleaseAnswer(context.Queue);
            context.Queue.PutBack(item, context.Time.GetTimestamp());
        }

        Release(lane);
    }

    private static SendItem NonceItem(NodeId node, ICommand command) =>
        new() { Node = node, Command = command, Priority = SendPriority.Protocol, SecurityClass = SecurityClass.None };

    private Lane LaneOf(NodeId node)
    {
        if (!_lanes.TryGetValue(node, out var lane)) _lanes[node] = lane = new(node);
        return lane;
    }

    private async Task AskAsync(Lane lane, TaskCompletionSource<bool> nonce, bool isAsked)
    {
        var outcome = SendOutcome.NotSecured;
        for (var question = isAsked ? 0 : 1; question <= MaximumQuestions; question++)
        {
            if (question > 0)
            {
                var answer = Ask(lane);
                if (answer is null) break;
                var sent = await Send(NonceItem(lane.Node, answer));
                if (sent != SendOutcome.Acknowledged)
                {
                    outcome = sent;
                    break;
                }
            }

            if (!await context.IsFirstAsync(nonce.Task, context.Timeouts.Nonce, CancellationToken.None)) continue;
            lane.Nonce = null;
            if (await nonce.Task) Release(lane);
            return;
        }

        lane.Nonce = null;
        context.Logger.NoNonce(lane.Node.Value, outcome);
        context.Queue.ClearHeld(lane.Node, outcome);
        Release(lane);
    }

    private ICommand? Ask(Lane lane) => lane.IsS0 ? new Security0NonceGet() : security.S2?.CreateNonceGet(lane.Node);

    private void OnProven(Lane lane)
    {
        lane.IsProven = true;
        lane.Timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var item = lane.Uncertain;
        lane.Uncertain = null;
        item?.Complete(SendOutcome.Acknowledged);
        if (lane.Nonce is null) Release(lane);
    }

    private void Hold(Lane lane) => context.Queue.Hold(lane.Node);

    private void Release(Lane lane)
    {
        context.Queue.Release(lane.Node);
        Released?.Invoke();
    }

    /// <summary>What is under way to one node.</summary>
    private sealed class Lane(NodeId node)
    {
        public NodeId Node { get; } = node;

        /// <summary>A nonce is waited for; false as a result: given up.</summary>
        public TaskCompletionSource<bool>? Nonce { get; set; }

        /// <summary>The nonce waited for is one of Security 0.</summary>
        public bool IsS0 { get; set; }

        /// <summary>The last command sent, to be repeated when the node could not decrypt it.</summary>
        public SendItem? LastSent { get; set; }

        /// <summary>When that was.</summary>
        public long SentAt { get; set; }

        /// <summary>It was the second time.</summary>
        public bool IsRepetition { get; set; }

        /// <summary>The command whose frame the module has.</summary>
        public SendItem? OnItsWay { get; set; }

        /// <summary>A frame of the node was opened since then.</summary>
        public bool HasSpoken { get; set; }

        /// <summary>The node said since then that it could not decrypt a frame.</summary>
        public bool IsLost { get; set; }

        /// <summary>Nothing is open about the last command.</summary>
        public bool IsProven { get; set; } = true;

        /// <summary>A command to complete when it is certain that the node could decrypt it.</summary>
        public SendItem? Uncertain { get; set; }

        public ITimer? Timer { get; set; }
    }
}
