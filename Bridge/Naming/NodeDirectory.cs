using System.Collections.Immutable;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.Naming;

/// <summary>
/// The names and choices of one network, remembered in a file beside the network's. Any thread may call; a change is written at once, beside the caller. No
/// two nodes ever share a topic or name, whatever the case.
/// </summary>
public sealed class NodeDirectory(string directory, TimeProvider time, ILogger logger) : INodeDirectory
{
    private readonly Lock _gate = new();
    private readonly NodeDirectoryFile _file = new(directory, time, logger);
    private volatile ImmutableSortedDictionary<NodeId, NodeEntry> _entries = ImmutableSortedDictionary<NodeId, NodeEntry>.Empty;
    private HomeId? _homeId;
    private Task _saving = Task.CompletedTask;
    private Dictionary<HomeId, IEnumerable<NodeEntry>> _due = [];
    private bool _isSaveDue;

    /// <summary>An entry was replaced: before, after. Raised on the caller's thread, after the fact.</summary>
    public event Action<NodeEntry, NodeEntry>? Replaced;

    /// <summary>Which network it is of; null until one was loaded.</summary>
    public HomeId? HomeId
    {
        get
        {
            lock (_gate) return _homeId;
        }
    }

    /// <summary>Everything that is remembered, by number; nodes that are not in the network any more among them.</summary>
    public IReadOnlyCollection<NodeEntry> All => [.. _entries.Values];

    /// <summary>Takes what is remembered of a network in place of what is known. Reads a small file.</summary>
    public void Load(HomeId homeId)
    {
        var loaded = _file.Load(homeId);
        lock (_gate)
        {
            _homeId = homeId;
            _entries = ImmutableSortedDictionary<NodeId, NodeEntry>.Empty;
            foreach (var entry in loaded)
            {
                var fault = Fault(entry);
                if (fault is not null) logger.NameLeftOut(entry.Id, fault);
                _entries = _entries.SetItem(entry.Id, fault is null ? entry : entry with { Topic = TopicNames.Of(entry.Id), Name = null });
            }
        }
    }

    public NodeEntry Find(NodeId node) => _entries.TryGetValue(node, out var entry) ? entry : new(node, TopicNames.Of(node));

    public NodeId? Resolve(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var wanted = text.Trim();
        var entries = _entries.Values;
        return (entries.FirstOrDefault(entry => IsSame(entry.Topic, wanted)) ?? entries.FirstOrDefault(entry => IsSame(entry.Name, wanted)))?.Id
            ?? TopicNames.Parse(wanted);
    }

    public string? TryReplace(NodeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        NodeEntry before;
        lock (_gate)
        {
            if (Fault(entry) is { } fault) return fault;
            before = Find(entry.Id);
            if (before == entry && _entries.ContainsKey(entry.Id)) return null;
            _entries = _entries.SetItem(entry.Id, entry);
            Save();
        }

        Replaced?.Invoke(before, entry);
        return null;
    }

    /// <summary>A node nobody named is remembered as well: what the broker keeps of it can be cleared when it is gone.</summary>
    public void Remember(NodeId node)
    {
        lock (_gate)
        {
            if (_entries.ContainsKey(node)) return;
            _entries = _entries.SetItem(node, new(node, TopicNames.Of(node)));
            Save();
        }
    }

    public void Remove(NodeId node)
    {
        lock (_gate)
        {
            if (!_entries.ContainsKey(node)) return;
            _entries = _entries.Remove(node);
            Save();
        }
    }

    /// <summary>Ends when everything is written.</summary>
    public Task FlushAsync()
    {
        lock (_gate) return _saving;
    }

    private static bool IsSame(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private string? Fault(NodeEntry entry)
    {
        if (!entry.Id.IsValid) return $"{entry.Id} is no node; allowed: 1 to 232, 256 to 4000";
        if (TopicNames.Fault(entry.Topic, entry.Id) is { } topicFault) return topicFault;
        if (entry.Name is not null && TopicNames.NameFault(entry.Name, entry.Id) is { } nameFault) return nameFault;
        foreach (var other in _entries.Values)
        {
            if (other.Id == entry.Id) continue;
            if (IsSame(other.Topic, entry.Topic) || IsSame(other.Name, entry.Topic))
            {
                return $"'{entry.Topic}' is node {other.Id}; free: '{TopicNames.Numbered(entry.Topic, entry.Id)}'";
            }

            if (!IsSame(other.Name, entry.Name) && !IsSame(other.Topic, entry.Name)) continue;
            return $"'{entry.Name}' is node {other.Id}; allowed: a name no other node has";
        }

        return null;
    }

    // Under the lock. Writes follow each other; several changes during one of them become one more. What is due of a network stays due when another
    // one is loaded.
    private void Save()
    {
        if (_homeId is not { } homeId) return;
        _due[homeId] = _entries.Values;
        if (_isSaveDue) return;
        _isSaveDue = true;
        _saving = _saving.ContinueWith(SaveDue, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    // On the thread pool: the caller may be the network's loop.
    private void SaveDue(Task earlier)
    {
        Dictionary<HomeId, IEnumerable<NodeEntry>> due;
        lock (_gate) (due, _due, _isSaveDue) = (_due, [], false);
        foreach (var (homeId, entries) in due)
        {
            try
            {
                _file.Save(homeId, entries);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.NamesNotWritten(exception.Message);
            }
        }
    }
}
