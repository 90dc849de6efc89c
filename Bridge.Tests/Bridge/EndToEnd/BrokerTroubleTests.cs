using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Brokers that go, come back empty, refuse us, or carry other people's commands.</summary>
public sealed class BrokerTroubleTests
{
    [Theory]
    [InlineData(BrokerKind.Mosquitto)]
    [InlineData(BrokerKind.Embedded)]
    public async Task A_broker_that_restarts_empty_gets_every_retained_topic_again(BrokerKind kind)
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = kind });
        var before = await MqttObserver.RetainedAsync(bench.Broker.Port);
        await bench.Broker.RestartAsync();
        Assert.Empty(await MqttObserver.RetainedAsync(bench.Broker.Port));
        var since = bench.Observer.Count;
        await bench.Observer.ConnectAsync(bench.Broker.Port);
        await bench.UntilShownAsync(since);
        var after = await MqttObserver.RetainedAsync(bench.Broker.Port);
        Assert.Equal(before.Keys, after.Keys);
        // bridge: state, info, devices, health, discovery; each plug: state, availability, discovery
        Assert.Equal(5 + (3 * 3), after.Count);
        Assert.Equal("online", after["zwbridge/bridge/state"]);
        foreach (var topic in before.Keys.Where(static topic => topic.Contains("node_", StringComparison.Ordinal) || topic.StartsWith("homeassistant", StringComparison.Ordinal)))
        {
            Assert.Equal(WithoutTime(before[topic]), WithoutTime(after[topic]));
        }
    }

    private static string WithoutTime(string payload)
    {
        if (!payload.StartsWith('{')) return payload;
        var state = JObject.Parse(payload);
        state.Remove("last_seen");
        return state.ToString();
    }
}
