using Bridge.Mqtt;
using Xunit;

namespace Bridge.Tests.Mqtt;

public sealed class TopicRulesTests
{
    [Theory]
    [InlineData("zwbridge")]
    [InlineData("home/zwave")]
    [InlineData("wohnung/küche")]
    public void Ordinary_topics_are_legal(string topic) => Assert.Null(TopicRules.Fault(topic));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a+b")]
    [InlineData("a/#")]
    [InlineData("$SYS/a")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a\0b")]
    [InlineData(" a")]
    public void Topics_a_broker_would_refuse_or_people_would_not_find_are_not(string? topic) => Assert.NotNull(TopicRules.Fault(topic));

    [Fact]
    public void Half_a_character_is_not_legal() => Assert.NotNull(TopicRules.Fault("a" + '\ud800'));

    [Fact]
    public void Topic_of_more_than_200_bytes_is_not_legal()
    {
        Assert.Null(TopicRules.Fault(new string('ä', 100)));
        Assert.NotNull(TopicRules.Fault(new string('ä', 101)));
    }

    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("+/set/#", "a/set", true)]
    [InlineData("+/set/#", "a/set/state", true)]
    [InlineData("+/set/#", "a/b/set", false)]
    [InlineData("a/+/b", "a//b", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("a", "a/b", false)]
    public void Filters_ask_for_topics_as_the_specification_says(string filter, string topic, bool expected) =>
        Assert.Equal(expected, TopicRules.Matches(filter, topic));
}
