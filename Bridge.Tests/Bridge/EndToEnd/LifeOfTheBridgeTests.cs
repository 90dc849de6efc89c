using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Start, stop, the other program's start, and a second bridge.</summary>
public sealed class LifeOfTheBridgeTests
{
    [Fact]
    public async Task A_stop_says_offline_before_the_goodbye()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var bench = await BridgeBench.StartAsync(new() { SharedBroker = BenchBroker.Of(broker) });
        var since = bench.Observer.Count;
        await bench.StopSessionAsync();
        await bench.Observer.UntilAsync("zwbridge/bridge/state", "offline", since);
        Assert.Equal("offline", (await MqttObserver.RetainedAsync(broker.Port))["zwbridge/bridge/state"]);
        // in order: with a goodbye the will is not published, so it was said before
        await broker.LoggedAsync("Received DISCONNECT from zwbridge-");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task The_program_is_offline_on_the_broker_however_it_ends(string signal)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var observer = new MqttObserver();
        await observer.ConnectAsync(broker.Port);
        using var folder = new TemporaryFolder();
        string[] settings = ["--ZWave:Port=simulator", "--Mqtt:Host=127.0.0.1", $"--Mqtt:Port={broker.Port}", $"--Storage:Directory={folder["state"]}"];
        using var program = BridgeProcess.Start(folder.Path, ["run", .. settings]);
        await observer.UntilAsync("zwbridge/bridge/state", "online");
        await program.SignalAsync(signal);
        var code = await program.WaitForExitAsync();
        await observer.UntilAsync("zwbridge/bridge/state", "offline");
        Assert.Equal("offline", (await MqttObserver.RetainedAsync(broker.Port))["zwbridge/bridge/state"]);
        if (signal == "KILL") return;
        // Said by itself: with a goodbye the broker does not publish the will.
        Assert.Equal(0, code);
        await broker.LoggedAsync("Received DISCONNECT from zwbridge-c0de2026");
    }

    [Theory]
    [InlineData(BrokerKind.Mosquitto)]
    [InlineData(BrokerKind.Embedded)]
    public async Task A_birth_message_brings_discovery_availability_and_states_again_in_this_order(BrokerKind kind)
    {
        await using var bench = await BridgeBench.StartAsync(new() { Broker = kind });
        var since = bench.Observer.Count;
        await bench.Observer.PublishAsync("homeassistant/status", "online");
        foreach (var node in bench.Plugs.Nodes) await bench.Observer.UntilAsync($"zwbridge/node_{node.Id}", static text => text.StartsWith('{'), since);
        var order = bench.Observer.Since(since).Select(static message => message.Topic).ToList();
        foreach (var node in bench.Plugs.Nodes)
        {
            var discovery = order.IndexOf(bench.DiscoveryTopic(node.Id.Value));
            var availability = order.IndexOf($"zwbridge/node_{node.Id}/availability");
            Assert.InRange(discovery, 0, availability);
            Assert.InRange(availability, 0, order.IndexOf($"zwbridge/node_{node.Id}"));
        }
    }

    [Fact]
    public async Task Two_bridges_on_one_broker_leave_each_other_alone()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var one = await BridgeBench.StartAsync(new() { SharedBroker = BenchBroker.Of(broker) });
        await using var two = await BridgeBench.StartAsync(new()
        {
            SharedBroker = BenchBroker.Of(broker),
            Mqtt = static options => options.BaseTopic = "garage",
            Plugs = static () =>
            {
                var network = new SimulatedNetwork(TimeProvider.System, new(0xABCD1234), new(1));
                network.Add(new(2), PlugFile.Read("n4003"));
                return network;
            },
        });
        // Both have looked through what the broker keeps, and had the time to clear what they take for their own.
        await broker.LoggedAsync("Received UNSUBSCRIBE from zwbridge-c0de2026");
        await broker.LoggedAsync("Received UNSUBSCRIBE from zwbridge-abcd1234");
        await one.SettleAsync();
        await two.SettleAsync();
        var kept = await MqttObserver.RetainedAsync(broker.Port);
        Assert.Equal(5 + (3 * 3) + 1 + 5 + 3 + 1, kept.Count);
        Assert.DoesNotContain(one.Log.Lines.Concat(two.Log.Lines), static line => line.Contains("Cleared", StringComparison.OrdinalIgnoreCase));

        Assert.Equal("ok", (string?)(await two.Observer.AskAsync("garage/node_2/set", "ON"))["status"]);
        Assert.Equal((false, true), (one.Plugs[2].IsOn(), two.Plugs[2].IsOn()));
        await two.StopSessionAsync();
        kept = await MqttObserver.RetainedAsync(broker.Port);
        Assert.Equal(("online", "offline"), (kept["zwbridge/bridge/state"], kept["garage/bridge/state"]));
        Assert.Equal("ok", (string?)(await one.Observer.AskAsync("zwbridge/node_2/set", "ON"))["status"]);
    }
}
