using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Puts the values of a report where they belong. One for all reports: <see cref="Turn"/> it before each.</summary>
internal sealed class StoreSink(ValueStore values, PendingSwitches pendingSwitches) : IValueSink
{
    private NodeId _node;
    private EndpointIndex _endpoint;

    /// <summary>What comes next is from this endpoint.</summary>
    public StoreSink Turn(NodeId node, EndpointIndex endpoint)
    {
        _node = node;
        _endpoint = endpoint;
        return this;
    }

    public void Set(PropertyId property, Value value)
    {
        var id = new ValueId(_node, _endpoint, property);
        if (property == SwitchBinaryCommandClass.State && pendingSwitches.Holds(id, value)) return;
        values.Set(id, value);
    }

    public void Describe(PropertyId property, ValueMetadata metadata) => values.Describe(new(_node, _endpoint, property), metadata);

    public Value Read(PropertyId property) => values.Read(new(_node, _endpoint, property));
}
