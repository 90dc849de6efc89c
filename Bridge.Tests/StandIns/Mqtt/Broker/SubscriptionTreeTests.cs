using StandIns.Broker;
using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

public sealed class SubscriptionTreeTests
{
    private readonly SubscriptionTree _tree = new();
    private readonly Session _session = new("one", new());

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "a/b", false)]
    [InlineData("a/b", "a", false)]
    [InlineData("a", "A", false)]
    [InlineData("/a", "a", false)]
    [InlineData("a/", "a", false)]
    [InlineData("a/", "a/", true)]
    [InlineData("+", "a", true)]
    [InlineData("+", "/a", false)]
    [InlineData("/+", "/a", true)]
    [InlineData("+/+", "/a", true)]
    [InlineData("+/+", "/", true)]
    [InlineData("a/+/b", "a//b", true)]
    [InlineData("a/+/b", "a/x/b", true)]
    [InlineData("a/+/b", "a/x/y/b", false)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("+/b/+", "a/b/c", true)]
    [InlineData("+/b/+", "a/c/c", false)]
    [InlineData("#", "a", true)]
    [InlineData("#", "/", true)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("a/+/#", "a", false)]
    [InlineData("a/+/#", "a/b", true)]
    [InlineData("+/#", "a", true)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("$SYS/+", "$SYS/a", true)]
    [InlineData("a/+", "a/$b", true)]
    [InlineData("a/#", "a/$b", true)]
    public void Filter_and_topic(string filter, string topic, bool matches)
    {
        _tree.Add(Of(_session, filter));
        Assert.Equal(matches, Found(topic).Length == 1);
        Assert.Equal(matches, TopicRules.Matches(filter, topic));
    }

    [Fact]
    public void Every_subscription_that_matches_is_found_once()
    {
        foreach (var filter in (string[])["a/b", "a/+", "+/b", "+/+", "a/#", "#", "+/#", "a/b/#"]) _tree.Add(Of(_session, filter));
        Assert.Equal(["#", "+/#", "+/+", "+/b", "a/#", "a/+", "a/b", "a/b/#"], Found("a/b"));
        Assert.Equal(["#", "+/#", "a/#"], Found("a/x/y"));
    }

    [Fact]
    public void Random_filters_match_as_the_rule_says_and_are_gone_when_removed()
    {
        var random = new Random(17);
        string Level(string[] of) => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => of[random.Next(of.Length)]));
        var filters = Enumerable.Range(0, 300)
            .Select(_ => Level(["a", "b", "", "+"]) + (random.Next(3) == 0 ? "/#" : ""))
            .Distinct()
            .ToArray();
        foreach (var filter in filters) _tree.Add(Of(_session, filter));
        for (var round = 0; round < 300; round++)
        {
            var topic = Level(["a", "b", "", "$c"]);
            if (topic.Length == 0) continue;
            Assert.Equal(filters.Where(filter => TopicRules.Matches(filter, topic)).Order(StringComparer.Ordinal), Found(topic));
        }

        foreach (var filter in filters) _tree.Remove(Of(_session, filter));
        Assert.Empty(Found("a/b"));
    }

    [Fact]
    public void A_second_subscription_of_a_session_takes_the_place_of_the_first()
    {
        _tree.Add(Of(_session, "a"));
        _tree.Add(Of(_session, "a") with { Identifier = 7 });
        List<GrantedSubscription> found = [];
        _tree.Find("a", found);
        Assert.Equal(7u, Assert.Single(found).Identifier);
    }

    [Fact]
    public void Removing_one_session_s_subscription_leaves_the_others()
    {
        var other = new Session("other", new());
        _tree.Add(Of(_session, "a/+"));
        _tree.Add(Of(other, "a/+"));
        _tree.Remove(Of(_session, "a/+"));
        List<GrantedSubscription> found = [];
        _tree.Find("a/b", found);
        Assert.Same(other, Assert.Single(found).Session);
    }

    private static GrantedSubscription Of(Session session, string filter) =>
        new(session, TopicFilter.Of(filter), QualityOfService.AtMostOnce, NoLocal: false, RetainAsPublished: false, Identifier: 0);

    private string[] Found(string topic)
    {
        List<GrantedSubscription> found = [];
        _tree.Find(topic, found);
        return [.. found.Select(static subscription => subscription.Filter.Text).Order(StringComparer.Ordinal)];
    }
}
