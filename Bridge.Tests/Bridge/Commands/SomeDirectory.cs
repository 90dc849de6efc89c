using System.Globalization;
using Bridge.Naming;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Commands;

/// <summary>Names as they come, in memory.</summary>
internal sealed class SomeDirectory : INodeDirectory
{
    private readonly Dictionary<NodeId, NodeEntry> _entries = [];

    public NodeEntry Find(NodeId node) => _entries.GetValueOrDefault(node) ?? new(node, $"node_{node}");

    public NodeId? Resolve(string text)
    {
        foreach (var entry in _entries.Values)
        {
            if (string.Equals(entry.Topic, text, StringComparison.OrdinalIgnoreCase) || string.Equals(entry.Name, text, StringComparison.OrdinalIgnoreCase)) return entry.Id;
        }

        var number = text.StartsWith("node_", StringComparison.Ordinal) ? text[5..] : text;
        return ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && new NodeId(id).IsValid ? new(id) : null;
    }

    public string? TryReplace(NodeEntry entry)
    {
        if (_entries.Values.Any(other => other.Id != entry.Id && other.Topic == entry.Topic)) return $"the topic \"{entry.Topic}\" is in use";
        _entries[entry.Id] = entry;
        return null;
    }

    public void Remove(NodeId node) => _entries.Remove(node);
}
