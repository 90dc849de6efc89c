using System.Text;

namespace StandIns.Wire;

/// <summary>Topic names and filters (4.7, 4.8.2).</summary>
internal static class TopicRules
{
    private const string SharedPrefix = "$share/";
    private const int MaximumBytes = ushort.MaxValue;

    /// <summary>What keeps a text from being a topic to publish to, as the end of a sentence; null: nothing.</summary>
    public static string? FaultOfName(string topic)
    {
        if (FaultOfText(topic) is { } fault) return fault;
        return topic.AsSpan().IndexOfAny('+', '#') >= 0 ? "topic has a wildcard" : null;
    }

    /// <summary>What keeps a text from being a filter to subscribe to, as the end of a sentence; null: nothing.</summary>
    public static string? FaultOfFilter(string filter)
    {
        if (FaultOfText(filter) is { } fault) return fault;
        if (!IsShared(filter)) return FaultOfLevels(filter);
        if (!TryParseShared(filter, out _, out var rest)) return "topic of a shared subscription has no share name or no filter";
        return FaultOfLevels(rest);
    }

    /// <summary>True for everything that begins like a shared subscription, well-formed or not.</summary>
    public static bool IsShared(string filter) => filter.StartsWith(SharedPrefix, StringComparison.Ordinal);

    /// <summary>Takes <c>$share/{name}/{filter}</c> apart.</summary>
    public static bool TryParseShared(string subscription, out string name, out string filter)
    {
        (name, filter) = ("", "");
        if (!IsShared(subscription)) return false;
        var end = subscription.IndexOf('/', SharedPrefix.Length);
        if (end < 0 || end == SharedPrefix.Length || end == subscription.Length - 1) return false;
        name = subscription[SharedPrefix.Length..end];
        filter = subscription[(end + 1)..];
        return name.AsSpan().IndexOfAny('+', '#') < 0;
    }

    /// <summary>True when a message of the topic belongs to a (not shared) filter. Both are valid.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        // "MUST NOT match Topic Filters starting with a wildcard character with Topic Names beginning with a $ character" [MQTT-4.7.2-1]
        if (topic is ['$', ..] && filter is ['+' or '#', ..]) return false;
        while (true)
        {
            var filterLevel = Level(filter, out var filterRest, out var isLastOfFilter);
            if (filterLevel is "#") return true;
            var topicLevel = Level(topic, out var topicRest, out var isLastOfTopic);
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(topicLevel)) return false;
            // "a/#" takes "a", too.
            if (isLastOfTopic) return isLastOfFilter || filterRest is "#";
            if (isLastOfFilter) return false;
            filter = filterRest;
            topic = topicRest;
        }
    }

    private static ReadOnlySpan<char> Level(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest, out bool isLast)
    {
        var end = text.IndexOf('/');
        isLast = end < 0;
        rest = isLast ? default : text[(end + 1)..];
        return isLast ? text : text[..end];
    }

    private static string? FaultOfText(string text)
    {
        if (text.Length == 0) return "topic is empty";
        if (text.Contains('\0', StringComparison.Ordinal)) return "topic has the character U+0000";
        if (HasLoneSurrogate(text)) return "topic has half a surrogate pair";
        return text.Length > MaximumBytes / 3 && Encoding.UTF8.GetByteCount(text) > MaximumBytes ? "topic is longer than 65,535 bytes" : null;
    }

    private static string? FaultOfLevels(string filter)
    {
        foreach (var range in filter.AsSpan().Split('/'))
        {
            var level = filter.AsSpan(range);
            if (level.IndexOfAny('+', '#') < 0) continue;
            if (level.Length > 1) return "topic filter has a wildcard that is not a whole level";
            if (level is "#" && range.End.Value != filter.Length) return "topic filter has # before its end";
        }

        return null;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return true;
            index++;
        }

        return false;
    }
}
