using Bridge.Mqtt;

namespace Bridge.Commands;

/// <summary>One thing that is wrong with a command.</summary>
/// <param name="Key">Which key or property.</param>
/// <param name="Value">The value that was refused, as text; null: the key itself is wrong.</param>
/// <param name="Allowed">What is allowed instead, or why not.</param>
public sealed record CommandFault(string Key, string? Value, string Allowed)
{
    private const int MaximumCharacters = 60;

    /// <summary>A value that was refused.</summary>
    public static CommandFault Of(string key, PayloadValue value, string allowed)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(key, value.Kind == PayloadKind.Text ? $"\"{Cut(value.Text)}\"" : Cut(value.ToString()), allowed);
    }

    /// <summary>"power_limit" cannot be 9000; allowed are 0..4500.</summary>
    public override string ToString() => Value is null ? $"\"{Cut(Key)}\" {Allowed}" : $"\"{Cut(Key)}\" cannot be {Value}; {Allowed}";

    private static string Cut(string text) => text.Length <= MaximumCharacters ? text : PayloadFormat.Shorten(text, MaximumCharacters) + "…";
}
