using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Sticks that are pulled, lines that lose something, plugs that are away: what people see of it on MQTT.</summary>
public sealed class StickTroubleTests
{
    [Theory]
    [InlineData(BrokerKind.Mosquitto)]
    [InlineData(BrokerKind.Embedded)]
    public async Task A_stick_that_is_pulled_takes_everything_offline_and_afterwards_all_states_are_read_again(BrokerKind kind)
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = kind });
        var observer = bench.Observer;
        var since = observer.Count;
        bench.IsPlugged = false;
        await observer.UntilObjectAsync("zwbridge/bridge/info", static info => (string?)info["controller"]!["status"] == "unplugged", since);
        foreach (var node in new[] { 2, 3, 4 }) await observer.UntilAsync($"zwbridge/node_{node}/availability", "offline", since);

        var said = bench.SaidCount;
        var logged = observer.Count;
        var answer = await observer.AskAsync("zwbridge/node_3/set", "ON");
        Assert.Equal("error", (string?)answer["status"]);
        Assert.Equal("zwbridge/node_3/set", (string?)JObject.Parse(Assert.Single(observer.Since(logged, "zwbridge/bridge/logging")).Payload)["topic"]);

        // somebody at the plugs meanwhile
        bench.Plugs[2].PressButton();
        bench.Plugs[4].PressButton(2);
        since = observer.Count;
        bench.IsPlugged = true;
        foreach (var node in new[] { 2, 3, 4 }) await observer.UntilAsync($"zwbridge/node_{node}/availability", "online", since);
        await observer.UntilObjectAsync("zwbridge/bridge/info", static info => (string?)info["controller"]!["status"] == "ready", since);
        await observer.UntilLastAsync("zwbridge/node_2", "state", "ON");
        await observer.UntilLastAsync("zwbridge/node_4", "state_2", "ON");
        await bench.SettleAsync();
        // and the command that was refused is not carried out late
        Assert.False(bench.Plugs[3].IsOn());
        Assert.DoesNotContain(bench.Said(3, said), static frame => frame.StartsWith("25 01", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(BrokerKind.Mosquitto)]
    [InlineData(BrokerKind.Embedded)]
    public async Task A_dead_plug_is_offline_with_an_answer_that_says_so_and_comes_back_by_itself_with_its_true_state(BrokerKind kind)
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = kind });
        var observer = bench.Observer;
        bench.Plugs[3].IsDead = true;
        var since = observer.Count;
        var answer = await observer.AskAsync("zwbridge/node_3/set", "ON");
        Assert.Equal(("error", "node_no_ack"), ((string?)answer["status"], (string?)answer["code"]));
        await observer.UntilAsync("zwbridge/node_3/availability", "offline", since);
        await observer.UntilLastAsync("zwbridge/node_3", "node_status", "dead");
        Assert.Single(observer.Since(since, "zwbridge/bridge/logging"), static line => line.Payload.Contains("node_3/set", StringComparison.Ordinal));

        bench.Plugs[3].PressButton();
        Assert.True(bench.Plugs[3].IsOn());
        since = observer.Count;
        bench.Plugs[3].IsDead = false;
        await observer.UntilAsync("zwbridge/node_3/availability", "online", since);
        await observer.UntilLastAsync("zwbridge/node_3", "state", "ON");
    }

    [Fact]
    public async Task Any_frame_of_a_dead_plug_brings_it_back()
    {
        await using var bench = await BridgeBench.StartAsync(new()
        {
            Timeouts = static timeouts => timeouts with { FirstPing = TimeSpan.FromHours(1), LongestPing = TimeSpan.FromHours(1) },
        });
        bench.Plugs[2].IsDead = true;
        await bench.Observer.AskAsync("zwbridge/node_2/set", "ON");
        await bench.Observer.UntilAsync("zwbridge/node_2/availability", "offline");
        var since = bench.Observer.Count;
        bench.Plugs[2].IsDead = false;
        bench.Plugs[2].PressButton();
        await bench.Observer.UntilAsync("zwbridge/node_2/availability", "online", since);
        await bench.Observer.UntilLastAsync("zwbridge/node_2", "state", "ON");
    }

    [Fact]
    public async Task Relays_and_meters_that_moved_while_the_bridge_was_down_are_put_right_by_a_warm_start()
    {
        await using var bench = await BridgeBench.StartAsync();
        await bench.StopSessionAsync();
        bench.Plugs[2].PressButton();
        bench.Plugs[3].PressButton();
        bench.Plugs[4].PressButton(1);
        bench.Plugs[3].SetEnergy(800.99m, 12.34m);
        var (since, said) = (bench.Observer.Count, bench.SaidCount);
        bench.StartSession();
        await bench.UntilShownAsync(since);
        await bench.Observer.UntilLastAsync("zwbridge/node_2", "state", "ON");
        await bench.Observer.UntilLastAsync("zwbridge/node_3", "state", "ON");
        await bench.Observer.UntilLastAsync("zwbridge/node_3", "energy", 800.99m);
        await bench.Observer.UntilLastAsync("zwbridge/node_4", "state_1", "ON");
        await bench.Observer.UntilLastAsync("zwbridge/node_4", "state_3", "ON");
        // read, not interviewed again: nobody asks who made it (Manufacturer Specific Get)
        Assert.All(new ushort[] { 2, 3, 4 }, node => Assert.DoesNotContain("72 04", bench.Said(node, said)));
    }

    [Fact]
    public async Task A_plug_that_is_dead_at_a_warm_start_keeps_its_name_and_is_shown_offline_with_what_was_known()
    {
        await using var bench = await BridgeBench.StartAsync();
        await bench.Observer.AskAsync("zwbridge/bridge/request/device/rename", """{"id":3,"to":"Heater"}""");
        await bench.StopSessionAsync();
        bench.Plugs[3].IsDead = true;
        await bench.Broker.RestartAsync();
        var since = bench.Observer.Count;
        await bench.Observer.ConnectAsync(bench.Broker.Port);
        bench.StartSession();
        await bench.Observer.UntilAsync("zwbridge/Heater/availability", "offline", since);
        await bench.Observer.UntilObjectAsync(
            "zwbridge/Heater", static state => (decimal?)state["energy"] == 800.35m && (string?)state["node_status"] == "dead", since);
        await bench.Observer.UntilObjectAsync(bench.DiscoveryTopic(3), static document => (string?)document["device"]!["name"] == "Heater", since);
        Assert.DoesNotContain(bench.Observer.Since(since, "zwbridge/Heater/availability"), static message => message.Payload == "online");
        bench.Plugs[3].IsDead = false;
        await bench.Observer.UntilAsync("zwbridge/Heater/availability", "online", since);
    }

    [Fact]
    public async Task Garbage_with_a_start_byte_and_a_length_swallows_none_of_the_four_frames_behind_it()
    {
        await using var bench = await BridgeBench.StartAsync();
        var (since, said) = (bench.Observer.Count, bench.SaidCount);
        // a start byte and the length of four frames, random bytes
        bench.Faults.GarbageBeforeNextFrame(new byte[] { 0x01, 0x48, 0xA5, 0x17, 0x7E });
        bench.Plugs[2].Say(WireAssert.Bytes("25 03 FF FF 00"));
        bench.Plugs[2].Say(WireAssert.Bytes("32 02 21 34 00 00 01 41 00 00"));
        bench.Plugs[2].Say(WireAssert.Bytes("32 02 A1 22 09 2E 00 00"));
        bench.Plugs[2].Say(WireAssert.Bytes("32 02 A1 4A 00 7B 00 00"));
        await bench.Observer.UntilObjectAsync(
            "zwbridge/node_2",
            static state => (string?)state["state"] == "ON" && (decimal?)state["power"] == 32.1m
                && (decimal?)state["voltage"] == 235.0m && (decimal?)state["current"] == 1.23m,
            since, "with what all four reports told");
        // heard, not asked for
        Assert.Empty(bench.Said(2, said));
    }
}
