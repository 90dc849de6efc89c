using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>A well-formed filter, split into what it matches and the group that shares it (MQTT 5.0, 4.7 and 4.8.2).</summary>
/// <param name="Text">As the client wrote it; what unsubscribing names.</param>
/// <param name="Pattern">Without <c>$share/group/</c>.</param>
/// <param name="Group">The share name; null: not shared.</param>
internal sealed record TopicFilter(string Text, string Pattern, string? Group)
{
    /// <summary>How deep it makes the tree of subscriptions.</summary>
    public int Levels => Pattern.AsSpan().Count('/') + 1;

    /// <param name="text">Checked by the decoder.</param>
    public static TopicFilter Of(string text) =>
        TopicRules.TryParseShared(text, out var group, out var pattern) ? new(text, pattern, group) : new(text, text, null);
}
