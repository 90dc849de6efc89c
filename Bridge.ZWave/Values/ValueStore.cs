using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Values;

/// <summary>What the store holds of one property.</summary>
/// <param name="Value">The last value; unknown when only the metadata came.</param>
/// <param name="Metadata">What it means; null when nobody said.</param>
/// <param name="UpdatedAt">When a report last told the value (also an equal one); null when it is only remembered from an earlier run.</param>
public sealed record StoredValue(Value Value, ValueMetadata? Metadata, DateTimeOffset? UpdatedAt);

/// <summary>A value was told again.</summary>
/// <param name="Id">Which.</param>
/// <param name="Previous">What was known before.</param>
/// <param name="Current">What is known now.</param>
public readonly record struct ValueUpdate(ValueId Id, Value Previous, Value Current)
{
    /// <summary>False when the report only repeated what was known.</summary>
    public bool IsChange => Previous != Current;
}

/// <summary>
/// The single truth about all values of all nodes. Not thread-safe: it belongs to the network's loop. Bounded: a node that invents
/// properties without end is cut off at <see cref="MaximumValuesPerNode"/>.
/// </summary>
public sealed class ValueStore(TimeProvider time)
{
    public const int MaximumValuesPerNode = 2048;

    private readonly Dictionary<NodeId, Dictionary<(EndpointIndex, PropertyId), StoredValue>> _nodes = [];

    /// <summary>Raised after every told value, changed or not, on the caller's thread.</summary>
    public event Action<ValueUpdate>? Updated;

    /// <summary>Values refused because their node has too many.</summary>
    public long Refused { get; private set; }

    public Value Read(ValueId id) => Find(id)?.Value ?? Value.Unknown;

    public StoredValue? Find(ValueId id) =>
        _nodes.TryGetValue(id.Node, out var values) && values.TryGetValue((id.Endpoint, id.Property), out var stored) ? stored : null;

    /// <summary>All values of a node, in no particular order.</summary>
    public IEnumerable<KeyValuePair<ValueId, StoredValue>> OfNode(NodeId node)
    {
        if (!_nodes.TryGetValue(node, out var values)) yield break;
        foreach (var (key, stored) in values) yield return new(new(node, key.Item1, key.Item2), stored);
    }

    /// <summary>A report told this value.</summary>
    public void Set(ValueId id, Value value)
    {
        var previous = Find(id);
        if (!Put(id, new(value, previous?.Metadata, time.GetUtcNow()))) return;
        Updated?.Invoke(new(id, previous?.Value ?? Value.Unknown, value));
    }

    /// <summary>What a property means; leaves its value alone.</summary>
    public void Describe(ValueId id, ValueMetadata metadata)
    {
        var previous = Find(id);
        if (previous is not null && (ReferenceEquals(previous.Metadata, metadata) || previous.Metadata == metadata)) return;
        Put(id, previous is null ? new(Value.Unknown, metadata, null) : previous with { Metadata = metadata });
    }

    /// <summary>Puts back what an earlier run remembered, without an event.</summary>
    public void Restore(ValueId id, Value value, ValueMetadata? metadata) => Put(id, new(value, metadata, null));

    public void RemoveNode(NodeId node) => _nodes.Remove(node);

    /// <summary>Forgets the values of one endpoint.</summary>
    public void RemoveEndpoint(NodeId node, EndpointIndex endpoint)
    {
        if (!_nodes.TryGetValue(node, out var values)) return;
        foreach (var key in values.Keys.Where(key => key.Item1 == endpoint).ToArray()) values.Remove(key);
    }

    private bool Put(ValueId id, StoredValue stored)
    {
        if (!_nodes.TryGetValue(id.Node, out var values)) _nodes[id.Node] = values = [];
        var key = (id.Endpoint, id.Property);
        if (values.Count >= MaximumValuesPerNode && !values.ContainsKey(key))
        {
            Refused++;
            return false;
        }

        values[key] = stored;
        return true;
    }
}
