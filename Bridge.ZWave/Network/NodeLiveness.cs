using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Knows which nodes are there. Any frame revives a node; a missing acknowledgement makes it dead; dead nodes are pinged with growing pauses,
/// silent ones now and then. Our own node has no liveness. Belongs to the network's loop.
/// </summary>
internal sealed class NodeLiveness : IDisposable
{
    private readonly NetworkContext _context;
    private readonly CommandSender _sender;
    private readonly Dictionary<NodeId, (long DueAt, TimeSpan Pause)> _pings = [];
    private readonly ITimer _timer;

    public NodeLiveness(NetworkContext context, CommandSender sender)
    {
        _context = context;
        _sender = sender;
        _timer = context.Time.CreateTimer(_ => context.Loop.Post(PingDueNodes), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        sender.NodeAnswered += OnAnswered;
        context.Session.StateChanged += state =>
        {
            if (state == SessionState.Unplugged) context.Loop.Post(OnUnplugged);
        };
    }

    /// <summary>A node's status changed; the second argument is the status before.</summary>
    public event Action<Node, NodeStatus>? Changed;

    /// <summary>A frame came from the node.</summary>
    public void Seen(Node node)
    {
        node.LastSeen = _context.Time.GetUtcNow();
        Set(node, NodeStatus.Alive);
        Schedule(node, _context.Timeouts.SilenceBeforePing, TimeSpan.Zero);
    }

    /// <summary>The node was removed.</summary>
    public void Forget(NodeId node) => _pings.Remove(node);

    public void Dispose() => _timer.Dispose();

    // Without a stick nothing is known of anybody; a module that is only jammed comes back before a node could have changed.
    private void OnUnplugged()
    {
        foreach (var node in _context.OtherNodes.Where(static node => node.Status == NodeStatus.Alive).ToArray()) Set(node, NodeStatus.Unknown);
    }

    private void OnAnswered(Node node, bool isAcknowledged)
    {
        if (isAcknowledged)
        {
            Seen(node);
            return;
        }

        Set(node, NodeStatus.Dead);
        var pause = _pings.TryGetValue(node.Id, out var last) && last.Pause > TimeSpan.Zero ? last.Pause * 2 : _context.Timeouts.FirstPing;
        if (pause > _context.Timeouts.LongestPing) pause = _context.Timeouts.LongestPing;
        Schedule(node, pause, pause);
    }

    private void Set(Node node, NodeStatus status)
    {
        var before = node.Status;
        if (before == status) return;
        node.Status = status;
        Changed?.Invoke(node, before);
    }

    private void Schedule(Node node, TimeSpan after, TimeSpan pause)
    {
        // A node that sleeps cannot be pinged; it speaks when it wakes.
        if (node.Protocol is { IsListening: false, IsFrequentlyListening: false }) return;
        _pings[node.Id] = (_context.TimestampAfter(after), pause);
        Arm();
    }

    private void Arm()
    {
        if (_pings.Count == 0) return;
        var pause = _context.Time.GetElapsedTime(_context.Time.GetTimestamp(), _pings.Values.Min(static ping => ping.DueAt));
        _timer.Change(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void PingDueNodes()
    {
        var now = _context.Time.GetTimestamp();
        foreach (var (id, ping) in _pings.Where(ping => ping.Value.DueAt <= now).ToArray())
        {
            if (_context.FindNode(id) is null)
            {
                _pings.Remove(id);
                continue;
            }

            // Whatever comes of it schedules the next one; should nothing come (controller away), it is tried again then.
            _pings[id] = (_context.TimestampAfter(_context.Timeouts.LongestPing), ping.Pause);
            _ = _sender.Send(new SendItem { Node = id, Command = new NoOperation(), Priority = SendPriority.Ping, ReplaceKey = "ping", MaximumAttempts = 1 });
        }

        Arm();
    }
}
