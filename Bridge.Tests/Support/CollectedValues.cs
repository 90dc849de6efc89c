using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Keeps what reports tell: the last value and the last metadata of each property.</summary>
internal sealed class CollectedValues : IValueSink
{
    private readonly Dictionary<PropertyId, Value> _values = [];
    private readonly Dictionary<PropertyId, ValueMetadata> _metadata = [];

    public int Count => _values.Count;

    public IEnumerable<PropertyId> Properties => _values.Keys;

    /// <summary>What the reports of these bytes tell, one after the other.</summary>
    public static CollectedValues Of(params string[] hexReports)
    {
        var values = new CollectedValues();
        foreach (var hex in hexReports) values.Take(hex);
        return values;
    }

    /// <summary>The values a report tells, as "property = value", in the order told. Each is described as well.</summary>
    public static string[] TextOf(string hexReport)
    {
        var values = Of(hexReport);
        Assert.All(values.Properties, property => Assert.NotNull(values.MetadataOf(property)));
        return [.. values._values.Select(static pair => pair.Key + " = " + pair.Value)];
    }

    /// <summary>The value, or <see cref="Value.Unknown"/> when no report told it.</summary>
    public Value this[PropertyId property] => _values.GetValueOrDefault(property);

    /// <summary>What was said about the property, or null.</summary>
    public ValueMetadata? MetadataOf(PropertyId property) => _metadata.GetValueOrDefault(property);

    /// <summary>Adds the values of the report these bytes hold.</summary>
    public CollectedValues Take(string hexReport)
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hexReport), out var command));
        return Add(command!);
    }

    /// <summary>Adds the values of a report.</summary>
    public CollectedValues Add(ICommand command)
    {
        Assert.IsAssignableFrom<IValueReport>(command).CollectValues(this);
        return this;
    }

    public Value Read(PropertyId property) => this[property];

    public void Set(PropertyId property, Value value) => _values[property] = value;

    public void Describe(PropertyId property, ValueMetadata metadata) => _metadata[property] = metadata;
}
