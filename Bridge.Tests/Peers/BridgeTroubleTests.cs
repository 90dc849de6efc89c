using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The bridge between other people's network and other people's broker, when one of the three goes away and comes back.</summary>
public sealed class BridgeTroubleTests(BridgeWithKnownPlugs bridge) : IClassFixture<BridgeWithKnownPlugs>, IAsyncLifetime
{
    private const string State = "zwbridge/bridge/state";
    private const string Info = "zwbridge/bridge/info";

    private MockNetwork Network => bridge.Network;

    private MqttPeer Client => bridge.Client;

    public async ValueTask InitializeAsync() => await bridge.SwitchOffAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_dead_plug_is_offline_until_it_is_heard_of_again()
    {
        var since = Client.Position;
        await Network.SetDeadAsync(4, true);
        var answer = await Client.AskAsync("zwbridge/node_4/1/set", "ON");
        Assert.Equal(("error", "node_no_ack"), (answer.Text("status"), answer.Text("code")));
        await Client.NextAsync("zwbridge/node_4/availability", "offline", since);
        await Client.NextObjectAsync("zwbridge/node_4", static state => state.Text("node_status") == "dead", since);
        var told = await Client.NextValueAsync("zwbridge/bridge/event", "type", "node_status", since);
        Assert.Equal((4, "dead"), (told.Number("id"), told.Text("status")));
        Assert.Equal("online", Client.Latest("zwbridge/node_2/availability"));

        since = Client.Position;
        await Network.Peer.RunAsync("relay", ("node", 4), ("endpoint", 2), ("on", true));
        await Network.SetDeadAsync(4, false);
        await Network.ReportAsync(4, "32 02 21 34 00 00 03 E8 00 00", endpoint: 1);
        await Client.NextAsync("zwbridge/node_4/availability", "online", since);
        // Its relays may have moved meanwhile: one did.
        await Client.NextObjectAsync(
            "zwbridge/node_4", static state => state.Text("state_2") == "ON" && state.Text("node_status") == "alive", since);
        // What nobody could send is not sent late.
        Assert.Equal("OFF", Client.LatestObject("zwbridge/node_4").Text("state_1"));
    }

    [Fact]
    public async Task A_plug_that_is_away_during_its_interview_is_interviewed_when_it_is_back()
    {
        const string Events = "zwbridge/bridge/event";
        var since = Client.Position;
        await Network.SetDeadAsync(4, true);
        // The plug may still be read after the start: then it is refused until that has ended.
        while ((await Client.AskAsync("zwbridge/bridge/request/device/interview", """{"id":4}""")).Text("code") == "not_ready")
        {
        }

        Assert.Equal(4, (await Client.NextValueAsync(Events, "type", "node_interview_failed", since)).Number("id"));
        await Client.NextAsync("zwbridge/node_4/availability", "offline", since);

        since = Client.Position;
        await Network.SetDeadAsync(4, false);
        // It says something by itself: endpoint 2 is off.
        await Network.ReportAsync(4, "25 03 00", endpoint: 2);
        await Client.NextAsync("zwbridge/node_4/availability", "online", since);
        Assert.Equal(4, (await Client.NextValueAsync(Events, "type", "node_interviewed", since)).Number("id"));
        Assert.Equal("ON", (await Client.DoAsync("zwbridge/node_4/2/set", "ON")).Text("state_2"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_line_that_was_lost_makes_everything_unavailable_and_what_changed_meanwhile_is_read(bool abruptly)
    {
        var since = Client.Position;
        await Network.Peer.RunAsync("relay", ("node", 3), ("on", true));
        await Network.CloseAsync(abruptly);
        await Client.NextObjectAsync(Info, static info => info.GetProperty("controller").Text("status") == "unplugged", since);
        await Client.NextObjectAsync(
            "zwbridge/bridge/event", static told => told.Text("type") == "controller_status" && told.Text("status") == "unplugged", since);
        foreach (var plug in BridgeOnMockNetwork.Plugs) await Client.NextAsync(plug + "/availability", "offline", since);
        await Client.NextObjectAsync(Info, static info => info.GetProperty("controller").Text("status") == "ready", since);
        foreach (var plug in BridgeOnMockNetwork.Plugs) await Client.NextAsync(plug + "/availability", "online", since);
        await Client.NextObjectAsync("zwbridge/node_3", static state => state.Text("state") == "ON", since);
        Assert.Equal("online", Client.Latest(State));
        Assert.Equal("OFF", (await Client.DoAsync("zwbridge/node_3/set", "OFF")).Text("state"));
    }

    [Fact]
    public async Task A_stopped_bridge_leaves_offline_behind()
    {
        await bridge.StopAsync();
        await using (var late = await bridge.ConnectAsync("late"))
        {
            var left = await late.NextAsync(State);
            Assert.Equal(("offline", true), (left.Text("payload"), left.GetProperty("retain").GetBoolean()));
        }

        var since = Client.Position;
        await bridge.StartAsync();
        await Client.NextAsync(State, "online", since);
    }

    [Fact]
    public async Task The_broker_says_offline_for_a_bridge_that_was_killed()
    {
        var since = Client.Position;
        await bridge.KillAsync();
        await Client.NextAsync(State, "offline", since);
        await bridge.StartAsync();
    }

    [Fact]
    public async Task A_restarted_bridge_remembers_its_plugs_and_reads_only_what_may_have_changed()
    {
        await Client.DoAsync("zwbridge/node_2/set/led_indicator", "Always on");
        await bridge.StopAsync();
        await Network.Peer.RunAsync("relay", ("node", 2), ("on", true));
        foreach (var node in (byte[])[2, 3, 4]) await Network.Peer.RunAsync("received", ("node", node), ("clear", true));
        var since = Client.Position;
        await bridge.StartAsync();
        await Client.NextObjectAsync("zwbridge/node_2", static state => state.Text("state") == "ON", since);
        foreach (var node in (byte[])[2, 3, 4])
        {
            // No version, no identity, no parameter, no association, no supported scale
            var asked = (await Network.ReceivedAsync(node)).ToArray();
            Assert.NotEmpty(asked);
            Assert.DoesNotContain(asked, static hex => hex[..2] is "86" or "72" or "70" or "85" or "8E" or "59");
            Assert.DoesNotContain(asked, static hex => hex.EndsWith("3203", StringComparison.Ordinal));
        }

        // And what was never asked again is told all the same.
        Assert.Equal("Always on", Client.LatestObject("zwbridge/node_2").Text("led_indicator"));
    }

    [Fact]
    public async Task A_retained_command_is_not_carried_out_at_the_next_start()
    {
        await bridge.StopAsync();
        await Client.PublishAsync("zwbridge/node_3/set", "ON", retain: true);
        try
        {
            await Network.Peer.RunAsync("received", ("node", 3), ("clear", true));
            await bridge.StartAsync();
            // A command after it is carried out: the retained one would have been before.
            Assert.Equal("OFF", (await Client.DoAsync("zwbridge/node_3/set", "OFF")).Text("state"));
            Assert.DoesNotContain("2501FF", await Network.ReceivedAsync(3));
        }
        finally
        {
            await Client.PublishAsync("zwbridge/node_3/set", "", retain: true);
        }
    }

    [Fact]
    public async Task A_broker_that_forgot_everything_is_told_everything_again()
    {
        await bridge.RestartBrokerAsync();
        await Client.NextAsync(State, "online");
        await Client.NextAsync(Info);
        await Client.NextAsync("homeassistant/device/zw_c0ffee01/config");
        foreach (var plug in BridgeOnMockNetwork.Plugs)
        {
            await Client.NextAsync(BridgeOnMockNetwork.AnnouncementOf(plug));
            await Client.NextAsync(plug + "/availability", "online");
            await Client.NextAsync(plug);
        }

        Assert.Equal("ON", (await Client.DoAsync("zwbridge/node_3/set", "ON")).Text("state"));
    }
}
