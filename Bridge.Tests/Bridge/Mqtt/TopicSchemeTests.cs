using Bridge.Mqtt;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Mqtt;

public sealed class TopicSchemeTests
{
    private static readonly TopicScheme s_topics = new("home/zwave");

    public static TheoryData<string, CommandTopic?> Rows => new()
    {
        { "home/zwave/bridge/request/info", new RequestTopic("info") },
        { "home/zwave/bridge/request/device/ping", new RequestTopic("device/ping") },
        { "home/zwave/bridge/request/", null },
        { "home/zwave/bridge/request", null },
        { "home/zwave/bridge/set", null },
        { "home/zwave/bridge/state", null },
        { "home/zwave/node_4/set", new SetTopic("node_4", null, null) },
        { "home/zwave/node_4/set/state", new SetTopic("node_4", null, "state") },
        { "home/zwave/node_4/2/set", new SetTopic("node_4", "2", null) },
        { "home/zwave/node_4/2/set/reset_meter", new SetTopic("node_4", "2", "reset_meter") },
        { "home/zwave/node_4/get", new GetTopic("node_4") },
        { "home/zwave/node_4", null },
        { "home/zwave/node_4/availability", null },
        { "home/zwave/node_4/2/set/a/b", null },
        { "home/zwaves/node_4/set", null },
        { "home/zwave", null },
        { "", null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Incoming_topic_says_what_it_is_about(string topic, CommandTopic? expected) => Assert.Equal(expected, s_topics.Parse(topic));

    [Fact]
    public void Set_topics_are_understood_as_they_are_made()
    {
        Assert.Equal(new SetTopic("heater", null, "led"), s_topics.Parse(s_topics.Set("heater", EndpointIndex.Root, "led")));
        Assert.Equal(new SetTopic("heater", "3", null), s_topics.Parse(s_topics.Set("heater", new(3))));
        Assert.Equal(new RequestTopic("device/ping"), s_topics.Parse(s_topics.Request("device/ping")));
    }
}
