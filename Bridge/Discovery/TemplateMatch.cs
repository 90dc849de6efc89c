using System.Globalization;

namespace Bridge.Discovery;

/// <summary>For which things a template is: every condition has to hold.</summary>
/// <param name="Conditions">A fact and the values it may have; a null among them: the fact may be absent.</param>
public sealed record TemplateMatch(IReadOnlyDictionary<string, IReadOnlyList<object?>> Conditions)
{
    /// <summary>The more it asks for, the more it is meant for just this.</summary>
    public int Specificity => Conditions.Count;

    public bool Fits(Facts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        foreach (var (name, allowed) in Conditions)
        {
            facts.TryFind(name, out var value);
            if (!allowed.Any(wanted => IsSame(wanted, value))) return false;
        }

        return true;
    }

    private static bool IsSame(object? wanted, object? value) => (wanted, value) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string text, string other) => string.Equals(text, other, StringComparison.Ordinal),
        (bool flag, bool other) => flag == other,
        (IConvertible number, IConvertible other) when number is not (string or bool) && other is not (string or bool) =>
            number.ToDecimal(CultureInfo.InvariantCulture) == other.ToDecimal(CultureInfo.InvariantCulture),
        _ => false,
    };
}
