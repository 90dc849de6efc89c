using System.Text;

namespace Bridge.Mqtt;

/// <summary>What a topic may look like (MQTT 5.0, 4.7). A wildcard in a topic that is published to makes a broker cut the connection.</summary>
public static class TopicRules
{
    /// <summary>Longer ones are legal, but nobody wants to read them and some brokers refuse them.</summary>
    public const int MaximumBytes = 200;

    /// <summary>For messages: what <see cref="Fault"/> allows.</summary>
    public const string Allowed = "1 to 200 bytes, levels separated by single slashes, without + # and control characters, not beginning with $";

    /// <summary>Why a topic of the user cannot be published to or used as the beginning of others; null when it can.</summary>
    public static string? Fault(string? topic)
    {
        if (string.IsNullOrWhiteSpace(topic)) return "it is empty";
        if (topic.Contains('+') || topic.Contains('#')) return "it has a wildcard";
        if (topic[0] == '$') return "topics that begin with $ belong to the broker";
        if (topic[0] == '/' || topic[^1] == '/' || topic.Contains("//", StringComparison.Ordinal)) return "it has an empty level";
        if (topic.Any(char.IsControl)) return "it has control characters";
        if (char.IsWhiteSpace(topic[0]) || char.IsWhiteSpace(topic[^1])) return "it begins or ends with a blank";
        return !HasWholeCharacters(topic) ? "it is no valid text" : Encoding.UTF8.GetByteCount(topic) > MaximumBytes ? "it is too long" : null;
    }

    /// <summary>True when the topic is the other one or lies below it.</summary>
    public static bool IsAtOrBelow(string topic, string other)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(other);
        return topic == other || topic.StartsWith(other + "/", StringComparison.Ordinal);
    }

    /// <summary>Does a filter with <c>+</c> and <c>#</c> ask for this topic? Topics that begin with <c>$</c> are asked for only by name.</summary>
    public static bool Matches(string filter, string topic)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(topic);
        if (topic.Length > 0 && topic[0] == '$' && filter.Length > 0 && filter[0] is '+' or '#') return false;
        var asked = filter.AsSpan();
        var given = topic.AsSpan();
        while (true)
        {
            var level = Next(ref asked, out var isLastAsked);
            if (level is "#") return true;
            var actual = Next(ref given, out var isLastGiven);
            if (level is not "+" && !level.SequenceEqual(actual)) return false;
            // "a/#" asks for "a" as well.
            if (isLastGiven) return isLastAsked || asked is "#";
            if (isLastAsked) return false;
        }
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest, out bool isLast)
    {
        var end = rest.IndexOf('/');
        isLast = end < 0;
        var level = isLast ? rest : rest[..end];
        rest = isLast ? default : rest[(end + 1)..];
        return level;
    }

    // Half of a surrogate pair cannot be written as UTF-8.
    private static bool HasWholeCharacters(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (!char.IsHighSurrogate(text[index]) || index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1])) return false;
            index++;
        }

        return true;
    }
}
