using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt;

public sealed class TopicRulesTests
{
    [Theory]
    // the specification's own examples (4.7.1, 4.7.2)
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "sport", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/monitor", false)]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
    [InlineData("$SYS/#", "$SYS/monitor", true)]
    [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients", true)]
    // empty levels, letter case, beginnings
    [InlineData("a/+/b", "a//b", true)]
    [InlineData("a//b", "a//b", true)]
    [InlineData("a/#", "a/", true)]
    [InlineData("/#", "/", true)]
    [InlineData("/#", "", true)]
    [InlineData("a", "A", false)]
    [InlineData("a", "a/", false)]
    [InlineData("a/b", "a", false)]
    [InlineData("a/b", "a/bc", false)]
    [InlineData("a/+/#", "a", false)]
    [InlineData("a/+/#", "a/b", true)]
    [InlineData("+/#", "a", true)]
    public void A_filter_takes_topics(string filter, string topic, bool matches) => Assert.Equal(matches, TopicRules.Matches(filter, topic));

    [Theory]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("a b/\u00E4/\U0001D11E")]
    [InlineData("$SYS/x")]
    public void A_topic_without_wildcards_can_be_published_to(string topic) => Assert.Null(TopicRules.FaultOfName(topic));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a/+", "wildcard")]
    [InlineData("a#", "wildcard")]
    [InlineData("a\0b", "U+0000")]
    public void What_is_no_topic_is_named(string topic, string words) =>
        Assert.Contains(words, TopicRules.FaultOfName(topic), StringComparison.Ordinal);

    [Fact]
    public void Half_a_surrogate_pair_is_no_text()
    {
        // not as rows: the test runner would write them as something else
        string[] topics = ["a\uD800b", "a\uDC00", "\uD834", "\uD834\uD834\uDD1E"];
        Assert.All(topics, static topic => Assert.Equal("topic has half a surrogate pair", TopicRules.FaultOfName(topic)));
    }

    [Fact]
    public void A_topic_has_65_535_bytes_at_most()
    {
        Assert.Null(TopicRules.FaultOfName(new string('a', 65_535)));
        Assert.Equal("topic is longer than 65,535 bytes", TopicRules.FaultOfName(new string('a', 65_536)));
        Assert.Equal("topic is longer than 65,535 bytes", TopicRules.FaultOfName(new string('\u20AC', 21_846)));
    }

    [Theory]
    [InlineData("#")]
    [InlineData("+")]
    [InlineData("+/a/+/#")]
    [InlineData("/+")]
    [InlineData("$share/group/#")]
    [InlineData("$share/group//a")]
    [InlineData("$share")]
    public void Filters(string filter) => Assert.Null(TopicRules.FaultOfFilter(filter));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a#", "not a whole level")]
    [InlineData("a/#b", "not a whole level")]
    [InlineData("a/+b/c", "not a whole level")]
    [InlineData("#/a", "before its end")]
    [InlineData("a/#/", "before its end")]
    [InlineData("$share/", "share name")]
    [InlineData("$share/g", "share name")]
    [InlineData("$share/g/", "share name")]
    [InlineData("$share//a", "share name")]
    [InlineData("$share/+/a", "share name")]
    [InlineData("$share/g/a#", "not a whole level")]
    public void What_is_no_filter_is_named(string filter, string words) =>
        Assert.Contains(words, TopicRules.FaultOfFilter(filter), StringComparison.Ordinal);

    [Fact]
    public void A_shared_subscription_is_a_name_and_a_filter()
    {
        Assert.True(TopicRules.TryParseShared("$share/group/a/+", out var name, out var filter));
        Assert.Equal(("group", "a/+"), (name, filter));
    }
}
