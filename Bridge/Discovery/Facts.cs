namespace Bridge.Discovery;

/// <summary>
/// What templates can say of one thing: names (<see cref="FactName"/>) and their values. A name without a value is absent, which is
/// something else than null. Immutable.
/// </summary>
public sealed class Facts
{
    private readonly Dictionary<string, object?> _values;

    private Facts(Dictionary<string, object?> values) => _values = values;

    public static Facts Empty { get; } = new(new(StringComparer.Ordinal));

    /// <summary>The facts of a wider scope with more of a narrower one.</summary>
    /// <param name="more">Text, whole or decimal number, flag or list of texts; null: absent.</param>
    public Facts With(params IEnumerable<(string Name, object? Value)> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        Dictionary<string, object?> values = new(_values, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            if (value is null) values.Remove(name);
            else values[name] = value;
        }

        return new(values);
    }

    /// <summary>The same with one value that is null: not known, and yet there.</summary>
    public Facts WithNull(string name) => new(new(_values, StringComparer.Ordinal) { [name] = null });

    /// <summary>False: absent.</summary>
    public bool TryFind(string name, out object? value) => _values.TryGetValue(name, out value);
}
