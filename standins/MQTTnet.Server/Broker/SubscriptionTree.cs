namespace StandIns.Broker;

/// <summary>All subscriptions, one tree node a filter level: finding those of a topic costs by its levels, not by their number.</summary>
/// <remarks>Not thread-safe. As deep as the deepest filter, which <see cref="BrokerLimits.FilterLevels"/> bounds.</remarks>
internal sealed class SubscriptionTree
{
    private readonly Node _root = new();

    /// <summary>Adds it, in place of the one the session has for the same filter.</summary>
    public void Add(GrantedSubscription subscription)
    {
        var pattern = subscription.Filter.Pattern.AsSpan();
        var node = _root;
        foreach (var range in pattern.Split('/')) node = node.ChildOrNew(pattern[range]);
        node.Set(subscription);
    }

    public void Remove(GrantedSubscription subscription) => Remove(_root, subscription, subscription.Filter.Pattern);

    /// <summary>Adds every subscription that the topic matches to the list; of a group that shares a filter one member.</summary>
    public void Find(ReadOnlySpan<char> topic, List<GrantedSubscription> found) => Find(_root, topic, found, isFirstLevel: true);

    private static void Find(Node node, ReadOnlySpan<char> rest, List<GrantedSubscription> found, bool isFirstLevel)
    {
        var end = rest.IndexOf('/');
        var level = end < 0 ? rest : rest[..end];
        // A leading wildcard does not stand for $SYS and the like (4.7.2).
        var takesWildcards = !isFirstLevel || level.Length == 0 || level[0] != '$';
        if (takesWildcards) node.AnyRest?.Collect(found);
        Visit(node.Child(level), rest, end, found);
        if (takesWildcards) Visit(node.AnyLevel, rest, end, found);
    }

    private static void Visit(Node? node, ReadOnlySpan<char> rest, int end, List<GrantedSubscription> found)
    {
        if (node is null) return;
        if (end >= 0)
        {
            Find(node, rest[(end + 1)..], found, isFirstLevel: false);
            return;
        }

        node.Collect(found);
        // "sport/#" stands for "sport", too (4.7.1.2).
        node.AnyRest?.Collect(found);
    }

    /// <returns>True: the node is empty and can go.</returns>
    private static bool Remove(Node node, GrantedSubscription subscription, ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('/');
        var level = end < 0 ? rest : rest[..end];
        if (node.Existing(level) is not { } next) return false;
        if (end < 0) next.Unset(subscription);
        if (end < 0 ? next.IsEmpty : Remove(next, subscription, rest[(end + 1)..])) node.Drop(level);
        return node.IsEmpty;
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? _children;
        private Dictionary<Session, GrantedSubscription>? _subscriptions;
        private Dictionary<string, SharedSubscriptions>? _groups;

        /// <summary>The level <c>+</c>.</summary>
        public Node? AnyLevel { get; private set; }

        /// <summary>The level <c>#</c>.</summary>
        public Node? AnyRest { get; private set; }

        public bool IsEmpty => _children is null && _subscriptions is null && _groups is null && AnyLevel is null && AnyRest is null;

        public Node? Child(ReadOnlySpan<char> level) =>
            _children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

        public Node? Existing(ReadOnlySpan<char> level) => level switch
        {
            "+" => AnyLevel,
            "#" => AnyRest,
            _ => Child(level),
        };

        public Node ChildOrNew(ReadOnlySpan<char> level)
        {
            if (level is "+") return AnyLevel ??= new();
            if (level is "#") return AnyRest ??= new();
            if (Child(level) is { } child) return child;
            child = new();
            (_children ??= new(StringComparer.Ordinal)).Add(level.ToString(), child);
            return child;
        }

        public void Drop(ReadOnlySpan<char> level)
        {
            if (level is "+") AnyLevel = null;
            else if (level is "#") AnyRest = null;
            else if (_children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level) && _children.Count == 0)
                _children = null;
        }

        public void Set(GrantedSubscription subscription)
        {
            if (subscription.Filter.Group is not { } name)
            {
                (_subscriptions ??= [])[subscription.Session] = subscription;
                return;
            }

            _groups ??= new(StringComparer.Ordinal);
            if (!_groups.TryGetValue(name, out var group)) _groups.Add(name, group = new());
            group.Set(subscription);
        }

        public void Unset(GrantedSubscription subscription)
        {
            if (subscription.Filter.Group is not { } name)
            {
                if (_subscriptions is not null && _subscriptions.Remove(subscription.Session) && _subscriptions.Count == 0)
                    _subscriptions = null;
            }
            else if (_groups is not null && _groups.TryGetValue(name, out var group) && group.Unset(subscription))
            {
                _groups.Remove(name);
                if (_groups.Count == 0) _groups = null;
            }
        }

        public void Collect(List<GrantedSubscription> found)
        {
            if (_subscriptions is not null) found.AddRange(_subscriptions.Values);
            if (_groups is null) return;
            foreach (var group in _groups.Values) found.Add(group.Next());
        }
    }
}
