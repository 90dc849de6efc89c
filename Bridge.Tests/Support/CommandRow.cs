using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Checks of commands whose records hold arrays and so do not compare by content.</summary>
internal static class CommandRow
{
    /// <summary>
    /// The bytes decode to a <typeparamref name="T"/> that encodes to the same bytes, and the same holds of the record when bytes a
    /// newer version might append follow, unless the last field reaches to the end of the frame.
    /// </summary>
    public static T RoundTrip<T>(string hex, byte version = byte.MaxValue, bool ignoresTrailing = false)
        where T : class, ICommand<T>
    {
        var bytes = WireAssert.Bytes(hex);
        var command = WireAssert.Decode<T>(bytes);
        Assert.Equal(Hex.Spaced(bytes), Encode(command, version));
        if (ignoresTrailing) Assert.Equal(Hex.Spaced(bytes), Encode(WireAssert.Decode<T>([.. bytes, 0xA5, 0x5A]), version));
        return command;
    }

    public static string Encode(ICommand command, byte version = byte.MaxValue) =>
        Hex.Spaced(CommandCodec.Encode(command, new(version)));

    /// <summary>The values a report tells, as "property = value", in the order told.</summary>
    public static string[] Values(string hex)
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command));
        var told = new ToldValues();
        Assert.IsAssignableFrom<IValueReport>(command).CollectValues(told);
        Assert.All(told.Values.Keys, property => Assert.Contains(property, told.Described.Keys));
        return [.. told.Values.Select(static pair => pair.Key + " = " + pair.Value)];
    }
}

/// <summary>Remembers what reports told.</summary>
internal sealed class ToldValues : IValueSink
{
    public Dictionary<PropertyId, Value> Values { get; } = [];

    public Dictionary<PropertyId, ValueMetadata> Described { get; } = [];

    public void Set(PropertyId property, Value value) => Values[property] = value;

    public void Describe(PropertyId property, ValueMetadata metadata) => Described[property] = metadata;
}
