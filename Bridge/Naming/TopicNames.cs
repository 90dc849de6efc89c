using System.Globalization;
using System.Text;
using Bridge.ZWave.Wire;

namespace Bridge.Naming;

/// <summary>
/// What a node's level in topics may be: it must never make a topic with a wildcard, be taken for another topic of ours, or be read as another node.
/// </summary>
public static class TopicNames
{
    public const int MaximumLength = 64;

    private const string NodePrefix = "node_";

    /// <summary>Levels that have a meaning of their own below or beside a node.</summary>
    private static readonly string[] s_reserved = ["bridge", "set", "get", "availability", "update"];

    /// <summary>"node_4": what a node has until it is named, and no other node ever.</summary>
    public static string Of(NodeId node) => NodePrefix + node;

    /// <summary>
    /// The level a name becomes: <c>+ # $ /</c> and everything invisible is left out, blanks become <c>_</c>; what cannot be used alone gets the number
    /// behind it.
    /// </summary>
    public static string FromName(string name, NodeId node)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder();
        foreach (var rune in name.Trim().EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) text.Append('_');
            else if (rune.Value is not ('+' or '#' or '$' or '/') && IsVisible(rune)) text.Append(rune.ToString());
        }

        var topic = Cut(text.ToString().Trim('_'), MaximumLength);
        if (topic.Length == 0) return Of(node);
        return Fault(topic, node) is null ? topic : Numbered(topic, node);
    }

    /// <summary>The level with the node's number behind it, for one that another node has: "heater_4".</summary>
    public static string Numbered(string topic, NodeId node)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var suffix = "_" + node;
        var numbered = Cut(topic, MaximumLength - suffix.Length) + suffix;
        // "node" with a number behind it would be another way to write the default.
        return Fault(numbered, node) is null ? numbered : Of(node);
    }

    /// <summary>Why a node cannot have this level, in words with what is allowed; null when it can, as far as the other nodes leave it.</summary>
    public static string? Fault(string topic, NodeId node)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (topic.Length is 0 or > MaximumLength) return $"a topic name has 1 to {MaximumLength} characters";
        // A wildcard or control character would make the broker cut the connection.
        var isLegal = topic.AsSpan().IndexOfAny("+#$/") < 0 && topic.EnumerateRunes().All(static rune => IsVisible(rune) && !Rune.IsWhiteSpace(rune));
        if (!isLegal) return $"'{FromName(topic, node)}' would be allowed: a topic name has no + # $ /, no blanks and no control characters";
        return s_reserved.Contains(topic, StringComparer.OrdinalIgnoreCase)
            ? $"'{topic}' has a meaning of its own; allowed: anything but {string.Join(", ", s_reserved)}"
            : IdentifierFault(topic, node);
    }

    /// <summary>Why a node cannot be called this; null when it can, as far as the other nodes leave it.</summary>
    public static string? NameFault(string name, NodeId node)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Trim().Length == 0) return "a name is not empty";
        if (name.Length > MaximumLength) return $"a name has at most {MaximumLength} characters";
        if (name != name.Trim()) return "a name does not begin or end with a blank";
        return !name.EnumerateRunes().All(IsVisible) ? "a name has no control characters" : IdentifierFault(name, node);
    }

    /// <summary>The node a number or "node_4" means, whatever it is called; null when the text is neither.</summary>
    public static NodeId? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.StartsWith(NodePrefix, StringComparison.OrdinalIgnoreCase) ? text.AsSpan(NodePrefix.Length) : text;
        if (!ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return new NodeId(number) is { IsValid: true } id ? id : null;
    }

    // A number, or "node_" and a number, means that node for ever.
    private static string? IdentifierFault(string text, NodeId node)
    {
        if (text.All(char.IsDigit)) return $"'{text}' is a number, which means a node by its id; allowed: anything else";
        var isNumbered = text.StartsWith(NodePrefix, StringComparison.OrdinalIgnoreCase) && text.AsSpan(NodePrefix.Length) is { Length: > 0 } rest
            && rest.IndexOfAnyExceptInRange('0', '9') < 0;
        return isNumbered && text != Of(node) ? $"'{text}' means another node; allowed: '{Of(node)}', or anything that is not {NodePrefix} and a number" : null;
    }

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => true,
    };

    // Never in the middle of a character of two code units.
    private static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }
}
