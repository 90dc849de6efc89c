using System.Text.RegularExpressions;
using Bridge.Mqtt;
using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Brokers that go, come back empty, or refuse us.</summary>
public sealed class BrokerTroubleTests
{
    [Theory]
    [InlineData(BrokerKind.Mosquitto)]
    [InlineData(BrokerKind.Embedded)]
    public async Task A_broker_that_restarts_empty_gets_every_retained_topic_again(BrokerKind kind)
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = kind });
        await bench.UntilListedAsync();
        var before = await MqttObserver.RetainedAsync(bench.Broker.Port);
        await bench.Broker.StopAsync();
        var since = bench.Observer.Count;
        await bench.Broker.RestartAsync();
        await bench.Observer.ConnectAsync(bench.Broker.Port);
        await bench.UntilShownAsync(since);
        var after = await MqttObserver.RetainedAsync(bench.Broker.Port);
        Assert.Equal(before.Keys, after.Keys);
        // bridge: state, info, devices, health, discovery; each plug: state, availability, discovery; one of them: update
        Assert.Equal(5 + (3 * 3) + 1, after.Count);
        Assert.Equal("online", after["zwbridge/bridge/state"]);
        foreach (var topic in before.Keys.Where(static topic => Regex.IsMatch(topic, "node_|^homeassistant")))
        {
            Assert.Equal(WithoutTime(before[topic]), WithoutTime(after[topic]));
        }
    }

    [Theory]
    [InlineData(BrokerKind.Mosquitto)]
    [InlineData(BrokerKind.Embedded)]
    public async Task A_set_while_the_broker_is_down_switches_nothing_later(BrokerKind kind)
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = kind });
        var said = bench.SaidCount;
        await bench.Broker.StopAsync();
        await Assert.ThrowsAsync<MqttLinkException>(() => bench.Observer.PublishAsync("zwbridge/node_3/set", "ON"));
        var since = bench.Observer.Count;
        await bench.Broker.RestartAsync();
        await bench.Observer.ConnectAsync(bench.Broker.Port);
        await bench.UntilShownAsync(since);
        AssertNothingSwitched(bench, said);
        Assert.Equal("OFF", (string?)bench.Observer.LastObject("zwbridge/node_3")["state"]);
    }

    [Fact]
    public async Task A_set_while_the_bridge_is_away_is_not_kept_for_it_by_a_broker_that_keeps_sessions()
    {
        await using var bench = await BridgeBench.StartAsync(new() { Mosquitto = new() { KeepsMessages = true } });
        await bench.StopSessionAsync();
        await bench.Observer.UntilAsync("zwbridge/bridge/state", "offline");
        var (said, since) = (bench.SaidCount, bench.Observer.Count);
        await bench.Observer.PublishAsync("zwbridge/node_3/set", "ON");
        bench.StartSession();
        await bench.Observer.UntilAsync("zwbridge/node_3/availability", "online", since);
        await bench.SettleAsync();
        AssertNothingSwitched(bench, said);
    }

    [Theory]
    // With version 5 the broker is told not to send what it keeps.
    [InlineData("5", 0)]
    [InlineData("3.1.1", 1)]
    public async Task A_retained_set_is_ignored_and_warned_of_once_where_the_broker_sends_it(string version, int warnings)
    {
        await using var broker = await MosquittoBroker.StartAsync(new() { KeepsMessages = true });
        await using var bench = await BridgeBench.PrepareAsync(new()
        {
            SharedBroker = BenchBroker.Of(broker),
            Mqtt = options => options.ProtocolVersion = version,
        });
        await bench.Observer.ConnectAsync(broker.Port);
        await bench.Observer.PublishAsync("zwbridge/node_3/set", "ON", retain: true);
        bench.StartSession();
        await bench.Observer.UntilAsync("zwbridge/node_3/availability", "online");
        // commands, birth message, what earlier runs announced
        await broker.LoggedAsync("Received SUBSCRIBE from zwbridge-c0de2026", times: 3);
        var logged = bench.Observer.Since(0, "zwbridge/bridge/logging");
        await broker.RestartAsync();
        await bench.Observer.ConnectAsync(broker.Port);
        // The broker gives it once more, right after the commands are subscribed to.
        await broker.LoggedAsync("Received SUBSCRIBE from zwbridge-c0de2026", times: 5);
        await bench.Observer.PublishAsync("zwbridge/bridge/request/health_check", "{}");
        await bench.Observer.UntilAsync("zwbridge/bridge/response/health_check", static _ => true);
        AssertNothingSwitched(bench, 0);
        var told = bench.Observer.Since(0, "zwbridge/bridge/logging")
            .Where(static line => line.Payload.Contains("retained", StringComparison.Ordinal)).ToArray();
        Assert.Equal((warnings, warnings), (logged.Count, told.Length));
        Assert.All(told, static line => Assert.Equal("warning", (string?)JObject.Parse(line.Payload)["level"]));
    }

    [Fact]
    public async Task A_broker_that_refuses_the_password_is_told_of_once_and_used_when_it_is_put_right()
    {
        var wanted = new MosquittoSettings { Username = "bridge", Password = "old" };
        await using var broker = await MosquittoBroker.StartAsync(wanted);
        await using var bench = await BridgeBench.PrepareAsync(new()
        {
            SharedBroker = BenchBroker.Of(broker),
            Mqtt = static options => (options.Username, options.Password) = ("bridge", "right"),
        });
        bench.StartSession();
        await broker.LoggedAsync("not authorised", times: 2);
        var line = Assert.Single(bench.Log.Lines, static line => Regex.IsMatch(line, "not authori[sz]ed|user name or password", RegexOptions.IgnoreCase));
        Assert.Contains($"127.0.0.1:{broker.Port}", line, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Log.Lines, static text => text.Contains("right", StringComparison.Ordinal));
        await broker.RestartAsync(wanted with { Password = "right" });
        await bench.Observer.ConnectAsync(broker.Port, ("bridge", "right"));
        await bench.Observer.UntilAsync("zwbridge/bridge/state", "online");
        await bench.UntilShownAsync();
    }

    private static void AssertNothingSwitched(BridgeBench bench, int said)
    {
        Assert.All(bench.Plugs.Nodes, static node => Assert.False(node.IsOn()));
        foreach (var node in bench.Plugs.Nodes)
        {
            Assert.DoesNotContain(bench.Said(node.Id.Value, said), static frame => Regex.IsMatch(frame, "^(60 0D .. .. )?25 01"));
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
