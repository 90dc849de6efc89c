using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Plugs that leave, get another name, or are of a kind nobody wrote a file for.</summary>
public sealed class NodeLifeTests
{
    private static readonly string[] s_topicsOfNode2 =
        ["homeassistant/device/zw_c0de2026_2/config", "zwbridge/node_2", "zwbridge/node_2/availability"];

    [Theory]
    [InlineData(BrokerKind.Mosquitto)]
    [InlineData(BrokerKind.Embedded)]
    public async Task A_plug_that_says_it_was_reset_leaves_nothing_behind_and_comes_back_when_it_speaks(BrokerKind kind)
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = kind });
        var since = bench.Observer.Count;
        bench.Plugs[2].FactoryReset();
        await ClearedAsync(bench, since);
        // Not by the next connect either.
        since = bench.Observer.Count;
        await bench.Broker.RestartAsync();
        await bench.Observer.ConnectAsync(bench.Broker.Port);
        await bench.Observer.UntilAsync("zwbridge/node_4/availability", "online", since);
        await bench.Observer.UntilAsync(bench.DiscoveryTopic(4), static text => text.Length > 0, since);
        await bench.Observer.AskAsync("zwbridge/bridge/request/health_check", "{}");
        Assert.DoesNotContain((await MqttObserver.RetainedAsync(bench.Broker.Port)).Keys, static topic => s_topicsOfNode2.Contains(topic));

        since = bench.Observer.Count;
        bench.Plugs[2].IsDead = false;
        bench.Plugs[2].Say(WireAssert.Bytes("25 03 FF FF 00"));
        foreach (var topic in s_topicsOfNode2) await bench.Observer.UntilAsync(topic, static text => text.Length > 0, since);
    }

    [Fact]
    public async Task A_plug_that_was_reset_is_not_shown_again_by_the_next_start_although_the_controller_lists_it()
    {
        await using var bench = await BridgeBench.StartAsync();
        var since = bench.Observer.Count;
        bench.Plugs[2].FactoryReset();
        await ClearedAsync(bench, since);
        await bench.StopSessionAsync();
        since = bench.Observer.Count;
        bench.StartSession();
        await bench.Observer.UntilAsync("zwbridge/node_4/availability", "online", since);
        await bench.Observer.UntilAsync(bench.DiscoveryTopic(4), static text => text.Length > 0, since);
        await bench.Observer.AskAsync("zwbridge/bridge/request/health_check", "{}");
        Assert.DoesNotContain((await MqttObserver.RetainedAsync(bench.Broker.Port)).Keys, static topic => s_topicsOfNode2.Contains(topic));
    }

    [Fact]
    public async Task A_plug_that_left_the_network_between_two_sessions_leaves_nothing_behind()
    {
        await using var bench = await BridgeBench.StartAsync();
        await bench.StopSessionAsync();
        bench.Plugs.Agenda.Do(() => bench.Plugs.Remove(new(2)));
        var since = bench.Observer.Count;
        bench.StartSession();
        await ClearedAsync(bench, since);
        await bench.UntilShownAsync(since);
        Assert.Equal(["3", "4"], JArray.Parse(bench.Observer.Last("zwbridge/bridge/devices")!).Select(static node => (string?)node["id"]));
    }

    [Fact]
    public async Task A_plug_that_leaves_while_the_bridge_runs_leaves_nothing_behind()
    {
        await using var bench = await BridgeBench.StartAsync();
        bench.Plugs.Agenda.Do(() => bench.Plugs.Remove(new(2)));
        var since = bench.Observer.Count;
        // Who is in the network is asked when the controller starts.
        bench.Faults.Restart();
        await ClearedAsync(bench, since);
        await bench.Observer.UntilObjectAsync("zwbridge/bridge/event", static told => (string?)told["type"] == "node_removed" && (int?)told["id"] == 2, since);
    }

    [Fact]
    public async Task A_plug_that_leaves_while_the_broker_is_away_is_cleared_when_it_is_back()
    {
        await using var bench = await BridgeBench.StartAsync(new() { Mosquitto = new() { KeepsMessages = true } });
        await bench.Broker.StopAsync();
        bench.Plugs[2].FactoryReset();
        var since = bench.Observer.Count;
        await bench.Broker.RestartAsync();
        await bench.Observer.ConnectAsync(bench.Broker.Port);
        await ClearedAsync(bench, since);
    }

    [Theory]
    [InlineData(BrokerKind.Mosquitto)]
    [InlineData(BrokerKind.Embedded)]
    public async Task A_rename_moves_every_topic_clears_the_old_ones_and_leaves_the_number_as_an_alias(BrokerKind kind)
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = kind });
        var since = bench.Observer.Count;
        var answer = await bench.Observer.AskAsync("zwbridge/bridge/request/device/rename", """{"from":"node_3","to":"Heater upstairs","topic":true}""");
        Assert.Equal(("ok", "Heater_upstairs"), ((string?)answer["status"], (string?)answer["data"]!["topic"]));
        await bench.Observer.UntilAsync("zwbridge/Heater_upstairs/availability", "online", since);
        await bench.Observer.UntilAsync("zwbridge/Heater_upstairs", static text => text.StartsWith('{'), since);
        await bench.Observer.UntilAsync("zwbridge/node_3", "", since);
        await bench.Observer.UntilAsync("zwbridge/node_3/availability", "", since);
        await bench.Observer.UntilObjectAsync(
            bench.DiscoveryTopic(3),
            static document => (string?)document["state_topic"] == "zwbridge/Heater_upstairs" && (string?)document["device"]!["name"] == "Heater upstairs",
            since, "with the new topic and name");
        await bench.Observer.UntilAsync(
            "zwbridge/bridge/devices", static text => JArray.Parse(text).Any(static node => (string?)node["name"] == "Heater upstairs"), since);
        var kept = await MqttObserver.RetainedAsync(bench.Broker.Port);
        Assert.DoesNotContain(kept.Keys, static topic => topic.StartsWith("zwbridge/node_3", StringComparison.Ordinal));
        Assert.DoesNotContain("node_3", kept[bench.DiscoveryTopic(3)], StringComparison.Ordinal);

        Assert.Equal("ok", (string?)(await bench.Observer.AskAsync("zwbridge/Heater_upstairs/set", "ON"))["status"]);
        Assert.True(bench.Plugs[3].IsOn());
        Assert.Equal("ok", (string?)(await bench.Observer.AskAsync("zwbridge/node_3/set", "OFF"))["status"]);
        Assert.False(bench.Plugs[3].IsOn());
    }

    [Fact]
    public async Task A_rename_that_leaves_the_topic_changes_the_name_and_no_topic()
    {
        await using var bench = await BridgeBench.StartAsync();
        var since = bench.Observer.Count;
        var answer = await bench.Observer.AskAsync("zwbridge/bridge/request/device/rename", """{"id":3,"to":"Heater","topic":false}""");
        Assert.Equal("ok", (string?)answer["status"]);
        await bench.Observer.UntilObjectAsync(
            bench.DiscoveryTopic(3),
            static document => (string?)document["device"]!["name"] == "Heater" && (string?)document["state_topic"] == "zwbridge/node_3", since);
        Assert.DoesNotContain(bench.Observer.Since(since), static message => message.Payload.Length == 0);
        Assert.Equal("error", (string?)(await bench.Observer.AskAsync("zwbridge/bridge/request/device/rename", """{"id":2,"to":"Heater"}"""))["status"]);
    }

    [Fact]
    public async Task A_plug_of_an_unknown_product_that_describes_its_parameters_has_them_by_number()
    {
        await using var bench = await BridgeBench.StartAsync(new() { Plugs = static () => Unknown("n4003") });
        Assert.Equal("ok", (string?)(await bench.Observer.AskAsync("zwbridge/node_2/set", "ON"))["status"]);
        var state = bench.Observer.LastObject("zwbridge/node_2");
        Assert.Equal(123.45m, (decimal?)state["energy"]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Enumerable.Range(1, 20).Where(number => state.ContainsKey($"parameter_{number}")));
        var component = bench.Components(2)["parameter_2"]!;
        Assert.Equal(
            ("number", "Auto-off timer", 0, 65535),
            ((string?)component["platform"], (string?)component["name"], (int?)component["min"], (int?)component["max"]));
        var said = bench.SaidCount;
        await bench.Observer.AskAsync("zwbridge/node_2/set/parameter_2", "60");
        Assert.Contains("70 04 02 04 00 00 00 3C", bench.Said(2, said));
        await bench.Observer.UntilLastAsync("zwbridge/node_2", "parameter_2", 60);
        Assert.Equal("error", (string?)(await bench.Observer.AskAsync("zwbridge/node_2/set/parameter_2", "65536"))["status"]);
    }

    [Fact]
    public async Task A_plug_of_an_unknown_product_that_describes_nothing_works_and_takes_parameters_by_number()
    {
        await using var bench = await BridgeBench.StartAsync(new() { Plugs = static () => Unknown("energy-switch") });
        Assert.Equal("ok", (string?)(await bench.Observer.AskAsync("zwbridge/node_2/set", "ON"))["status"]);
        Assert.Equal(123.45m, (decimal?)bench.Observer.LastObject("zwbridge/node_2")["energy"]);
        var said = bench.SaidCount;
        var answer = await bench.Observer.AskAsync("zwbridge/bridge/request/device/configure", """{"id":2,"parameter":3,"value":1500}""");
        Assert.Equal("ok", (string?)answer["status"]);
        // its size is asked for: the device tells it
        Assert.Equal(
            ["70 05 03", "70 04 03 02 05 DC", "70 05 03"],
            bench.Said(2, said).Where(static frame => frame.StartsWith("70", StringComparison.Ordinal)));
        await bench.Observer.UntilLastAsync("zwbridge/node_2", "parameter_3", 1500);
    }

    private static SimulatedNetwork Unknown(string plug)
    {
        var network = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        var definition = PlugFile.Read(plug);
        var identity = definition.Identity with { ManufacturerId = 0x7777, ProductId = 0x8888 };
        network.Add(new(2), definition with { Identity = identity }).SetEnergy(123.45m);
        return network;
    }

    private static async Task ClearedAsync(BridgeBench bench, int since)
    {
        // zero bytes, not a text of no meaning
        foreach (var topic in s_topicsOfNode2) await bench.Observer.UntilAsync(topic, "", since);
        Assert.DoesNotContain((await MqttObserver.RetainedAsync(bench.Broker.Port)).Keys, static topic => s_topicsOfNode2.Contains(topic));
    }
}
