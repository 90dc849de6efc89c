using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The example flow in Node-RED, on the built-in broker of the demonstration.</summary>
public sealed class NodeRedOnDemoTests(BridgeDemo demo) : IClassFixture<BridgeDemo>
{
    [Fact]
    public async Task The_mini_plug_follows_relay_1_of_the_double_switch()
    {
        var client = demo.Client;
        // Both on, as they are at first.
        await client.NextObjectAsync("zwbridge/node_4", static told => told.Text("state_1") == "ON");
        await client.NextObjectAsync("zwbridge/node_2", static told => told.Text("state") == "ON");
        await using var red = await NodeRed.StartAsync(demo.Port, client);
        foreach (var state in (string[])["OFF", "ON"])
        {
            var since = client.Position;
            await client.DoAsync("zwbridge/node_4/1/set", state);
            var command = await client.NextAsync("zwbridge/node_2/set", state, since);
            Assert.Equal((1, false), (command.Number("qos"), command.GetProperty("retain").GetBoolean()));
            Assert.InRange(command.GetProperty("properties").Number("messageExpiryInterval") ?? 0, 1, 10);
            await client.NextObjectAsync("zwbridge/node_2", told => told.Text("state") == state, since);
        }
    }
}

/// <summary>The example flow in Node-RED, on Mosquitto, with a network whose plugs say what they are told to.</summary>
[Collection(BridgeReadingsTests.Collection)]
public sealed class NodeRedOnMockNetworkTests(BridgeWithKnownPlugs bridge)
{
    [Fact]
    public async Task More_than_2000_W_on_relay_1_switch_it_off_and_trouble_is_shown()
    {
        await bridge.SwitchOffAsync();
        await bridge.Client.DoAsync("zwbridge/node_4/1/set", "ON");
        await using var red = await NodeRed.StartAsync(bridge.BrokerPort, bridge.Client);
        var (since, sent) = (bridge.Client.Position, bridge.Network.Peer.Position);
        // 1999.9 W, then 2100.0 W of endpoint 1
        await bridge.Network.ReportAsync(4, "32 02 21 34 00 00 4E 1F 00 00", endpoint: 1);
        await bridge.Client.NextValueAsync("zwbridge/node_4", "power_1", "1999.9", since);
        Assert.Empty(bridge.Client.Messages("zwbridge/node_4/1/set", since));
        await bridge.Network.ReportAsync(4, "32 02 21 34 00 00 52 08 00 00", endpoint: 1);
        await bridge.Client.NextAsync("zwbridge/node_4/1/set", "OFF", since);
        await bridge.Network.CommandAsync(4, "600D0001250100", sent);
        await bridge.Client.NextObjectAsync("zwbridge/node_4", static state => state.Text("state_1") == "OFF", since);

        await bridge.Client.PublishAsync("zwbridge/node_3/set", "PERHAPS");
        await red.NextEventAsync("log", static line => line.Text("text").Contains("PERHAPS", StringComparison.Ordinal));
        await bridge.Network.ReportAsync(4, "32 02 21 34 00 00 03 EA 00 00", endpoint: 1);
    }
}

/// <summary>Starts Node-RED.</summary>
internal static class NodeRed
{
    private const string Probe = "zwbridge/probe/availability";

    /// <summary>Starts it with the example flow and waits until the flow hears of everything.</summary>
    public static async Task<NodePeer> StartAsync(int broker, MqttPeer client)
    {
        // The flow shows who is offline: once it shows this one its subscriptions are made and what is retained has come.
        await client.PublishAsync(Probe, "offline", retain: true);
        var red = NodePeer.Start("node-red.mjs", "--broker", $"{broker}");
        try
        {
            await red.NextEventAsync("connected", limit: TimeSpan.FromSeconds(60));
            await red.NextEventAsync("log", static line => line.Text("text").Contains(Probe, StringComparison.Ordinal));
            await client.PublishAsync(Probe, "", retain: true);
            return red;
        }
        catch
        {
            await red.DisposeAsync();
            throw;
        }
    }
}
