namespace Bridge.ZWave.Values;

/// <summary>What a value means: label, unit, legal range, whether it may be written, names of its states.</summary>
public sealed record ValueMetadata(string Label)
{
    /// <summary>kWh, W, V, A, s …; null for numbers without a unit and for everything else.</summary>
    public string? Unit { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public decimal? Default { get; init; }

    /// <summary>True when a Set command exists for it.</summary>
    public bool IsWriteable { get; init; }

    /// <summary>False when the device never reports it back.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>Names of the numbers a value can have, where they have names.</summary>
    public IReadOnlyDictionary<long, string>? States { get; init; }
}

/// <summary>
/// Takes the values a report carries. The command class names them; where they belong (node, endpoint) and what follows is
/// decided by the receiver.
/// </summary>
public interface IValueSink
{
    /// <summary>The report says: this property now has this value.</summary>
    void Set(PropertyId property, Value value);

    /// <summary>The same, with what the report says about the property itself.</summary>
    void Describe(PropertyId property, ValueMetadata metadata);

    /// <summary>
    /// What the receiver holds for a property of the same endpoint, for reports that mean something only together with an earlier
    /// one; <see cref="Value.Unknown"/> when it keeps nothing.
    /// </summary>
    Value Read(PropertyId property) => Value.Unknown;
}
