using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// What is to be sent next: by priority, in order per node, paced, bounded; newer commands replace older ones with the same key, expired ones
/// fall out. Pure: timestamps come in, outcomes go out through the items; no clock, no I/O. Not thread-safe.
/// </summary>
/// <remarks>
/// A node that owes an answer is blocked for everything of the same or a lower priority, so that two questions to one node never cross; a
/// user's command still overtakes a poll's missing answer.
/// </remarks>
public sealed class SendQueue
{
    public const int MaximumItems = 512;
    public const int MaximumItemsPerNode = 96;

    private readonly List<SendItem> _items = [];
    private readonly Dictionary<NodeId, List<SendPriority>> _blocked = [];
    private readonly Dictionary<NodeId, long> _pausedUntil = [];
    private readonly HashSet<NodeId> _held = [];
    private NodeId _reserved;
    private long _sequence;

    public int Count => _items.Count;

    /// <summary>How many commands wait for one node.</summary>
    public int CountFor(NodeId node) => _items.Count(item => item.Node == node);

    /// <summary>True when a command with this key waits for the node: whoever confirms an older one may stop.</summary>
    public bool IsWaiting(NodeId node, string replaceKey) => _items.Exists(item => item.Node == node && item.ReplaceKey == replaceKey);

    /// <summary>
    /// Adds an item. One with the same key is superseded and the new one takes its place in line, unless that would change the order of the
    /// node's commands: "both off" between two commands for one of the relays has to stay between them. In a full queue the least important
    /// item has to go; that may be the new one.
    /// </summary>
    public void Add(SendItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        item.Sequence = ++_sequence;
        if (item.ReplaceKey is not null)
        {
            var index = _items.FindIndex(queued => queued.Node == item.Node && queued.ReplaceKey == item.ReplaceKey);
            if (index >= 0)
            {
                var superseded = _items[index];
                // A command the node was given since was meant to come before this one.
                if (!_items.Exists(other => other.Node == item.Node && other.ReplaceKey is not null && other.Sequence > superseded.Sequence))
                {
                    item.Sequence = superseded.Sequence;
                }

                _items[index] = item;
                superseded.Complete(SendOutcome.Superseded);
                return;
            }
        }

        var crowd = CountFor(item.Node) >= MaximumItemsPerNode ? _items.Where(queued => queued.Node == item.Node)
            : _items.Count >= MaximumItems ? _items
            : null;
        if (crowd is not null)
        {
            var least = crowd.Append(item).OrderByDescending(static queued => queued.Priority).ThenByDescending(static queued => queued.Sequence).First();
            if (least == item)
            {
                item.Complete(SendOutcome.QueueFull);
                return;
            }

            _items.Remove(least);
            least.Complete(SendOutcome.QueueFull);
        }

        _items.Add(item);
    }

    /// <summary>Puts an item back after a failed transmission, before everything of its priority, not to be sent before <paramref name="notBefore"/>.</summary>
    public void PutBack(SendItem item, long notBefore)
    {
        ArgumentNullException.ThrowIfNull(item);
        // While it was on its way a newer one with the same key may have come.
        if (item.ReplaceKey is not null && IsWaiting(item.Node, item.ReplaceKey))
        {
            item.Complete(SendOutcome.Superseded);
            return;
        }

        item.NotBefore = notBefore;
        _items.Add(item);
    }

    /// <summary>Takes the item to send now, if any. <paramref name="dueAt"/> tells when to ask again: null = after the next change.</summary>
    public SendItem? Take(long now, out long? dueAt)
    {
        dueAt = null;
        DropExpired(now);
        SendItem? next = null;
        foreach (var item in _items)
        {
            if (IsHeld(item) || IsReservedAgainst(item)) continue;
            if (_blocked.TryGetValue(item.Node, out var blocked) && item.Priority >= blocked.Min()) continue;
            var notBefore = NotBefore(item);
            if (notBefore > now || IsBehindAnEarlierOne(item))
            {
                if (notBefore > now && (dueAt is null || notBefore < dueAt)) dueAt = notBefore;
                continue;
            }

            if (next is null || item.Priority < next.Priority || (item.Priority == next.Priority && item.Sequence < next.Sequence)) next = item;
        }

        if (next is null) return null;
        _items.Remove(next);
        dueAt = now;
        return next;
    }

    /// <summary>Drops what waited longer than it may; tells when the next one has.</summary>
    public long? Expire(long now)
    {
        DropExpired(now);
        return _items.Min(static item => item.ExpiresAt);
    }

    /// <summary>The node owes an answer to a question of this priority.</summary>
    public void Block(NodeId node, SendPriority priority)
    {
        if (!_blocked.TryGetValue(node, out var questions)) _blocked[node] = questions = [];
        questions.Add(priority);
    }

    /// <summary>The answer to a question of this priority came, or nobody waits for it any more.</summary>
    public void Unblock(NodeId node, SendPriority priority)
    {
        if (!_blocked.TryGetValue(node, out var questions)) return;
        questions.Remove(priority);
        if (questions.Count == 0) _blocked.Remove(node);
    }

    /// <summary>Paced commands to the node wait until then.</summary>
    public void Pause(NodeId node, long until) => _pausedUntil[node] = until;

    /// <summary>Encrypted commands to the node wait until it gave a nonce, or until it is certain that it decrypted the last one.</summary>
    public void Hold(NodeId node) => _held.Add(node);

    public void Release(NodeId node) => _held.Remove(node);

    /// <summary>Keys are being exchanged with the node: only what belongs to that is sent to it. None: that is over.</summary>
    public void Reserve(NodeId node) => _reserved = node;

    /// <summary>Gives up what is held for a node.</summary>
    public void ClearHeld(NodeId node, SendOutcome outcome)
    {
        foreach (var item in _items.Where(item => item.Node == node && IsHeld(item)).ToArray())
        {
            _items.Remove(item);
            item.Complete(outcome);
        }
    }

    /// <summary>Gives up everything that waits, for one node or (null) for all.</summary>
    public void Clear(NodeId? node, SendOutcome outcome)
    {
        foreach (var item in _items.Where(item => node is null || item.Node == node).ToArray())
        {
            _items.Remove(item);
            item.Complete(outcome);
        }
    }

    private bool IsHeld(SendItem item) => item.SecurityClass != SecurityClass.None && _held.Contains(item.Node);

    private bool IsReservedAgainst(SendItem item) => item.Node == _reserved && !item.IsConversation && item.Priority != SendPriority.Protocol;

    private void DropExpired(long now) => _items.RemoveAll(item =>
    {
        if (item.IsRetired) return true;
        if (item.ExpiresAt is not { } expires || now < expires) return false;
        item.Complete(SendOutcome.Expired);
        return true;
    });

    private long NotBefore(SendItem item) =>
        item.IsPaced && _pausedUntil.TryGetValue(item.Node, out var paused) ? Math.Max(item.NotBefore, paused) : item.NotBefore;

    // A command that waits (pause, retry) holds back later ones of its node and priority, or their order would change. What is held for a nonce holds
    // back nothing that goes in the clear.
    private bool IsBehindAnEarlierOne(SendItem item) => _items.Exists(earlier =>
        earlier != item && earlier.Node == item.Node && earlier.Priority == item.Priority && earlier.Sequence < item.Sequence
        && !IsHeld(earlier) && !IsReservedAgainst(earlier));
}
