using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The bridge between other people's network and other people's broker: what is asked for on MQTT reaches the plugs.</summary>
[Collection(BridgeReadingsTests.Collection)]
public sealed class BridgeCommandsTests(BridgeWithKnownPlugs bridge) : IAsyncLifetime
{
    private MockNetwork Network => bridge.Network;

    private MqttPeer Client => bridge.Client;

    public async ValueTask InitializeAsync() => await bridge.SwitchOffAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    // node 2: Supervision Get with any session around a Switch Binary Set of version 2; the others plain or in Multi Channel
    [InlineData(2, "zwbridge/node_2/set", "ON", "^6C01..042501FF..$", "state", "[0]")]
    [InlineData(2, "zwbridge/node_2/set/state", "true", "^6C01..042501FF..$", "state", "[0]")]
    [InlineData(3, "zwbridge/node_3/set", "{\"state\":\"ON\"}", "^2501FF$", "state", "[0]")]
    [InlineData(3, "zwbridge/node_3/set", "TOGGLE", "^2501FF$", "state", "[0]")]
    [InlineData(4, "zwbridge/node_4/1/set", "ON", "^600D00012501FF$", "state_1", "[1]")]
    [InlineData(4, "zwbridge/node_4/set", "{\"state_2\":\"ON\"}", "^600D00022501FF$", "state_2", "[2]")]
    [InlineData(4, "zwbridge/node_4/set", "ON", "^600D00032501FF$", "state_3", "[1,2]")]
    public async Task Switching_sends_the_frame_and_tells_what_the_plug_confirmed(
        byte node, string topic, string payload, string frame, string key, string relays)
    {
        var (since, sent) = (Client.Position, Network.Peer.Position);
        var done = await Client.DoAsync(topic, payload);
        Assert.Equal("ON", done.Text(key));
        await Network.Peer.NextEventAsync(
            "command", line => line.Number("node") == node && Regex.IsMatch(line.Text("hex"), frame), sent);
        var state = await Client.NextObjectAsync($"zwbridge/node_{node}", told => told.Text(key) == "ON", since);
        Assert.Equal("ON", state.Text(key));
        using var moved = JsonDocument.Parse(relays);
        foreach (var relay in (await Network.NodeAsync(node)).GetProperty("relays").EnumerateObject())
        {
            var isMoved = moved.RootElement.EnumerateArray().Any(one => one.GetInt32() == int.Parse(relay.Name, null));
            Assert.Equal((relay.Name, isMoved), (relay.Name, relay.Value.GetBoolean()));
        }
    }

    [Theory]
    [InlineData(2, "led_indicator", "Always off", "7004010102", 1, 2)]
    [InlineData(2, "auto_off_timer", "60", "7004020400 00003C", 2, 60)]
    [InlineData(3, "power_limit", "2000", "70040302 07D0", 3, 2000)]
    [InlineData(4, "power_report_threshold", "10 %", "70040E01 02", 14, 2)]
    public async Task A_parameter_set_by_its_name_is_written_read_back_and_told(
        byte node, string name, string value, string frame, int parameter, int number)
    {
        var (since, sent) = (Client.Position, Network.Peer.Position);
        var topic = $"zwbridge/node_{node}";
        var done = await Client.DoAsync($"{topic}/set/{name}", value);
        Assert.Equal(value, done.GetProperty(name).ToString());
        // Inside Supervision or not: its bytes are the same.
        var hex = frame.Replace(" ", "", StringComparison.Ordinal);
        var written = await Network.Peer.NextEventAsync("command", line => line.Text("hex").Contains(hex, StringComparison.Ordinal), sent);
        Assert.Equal(node, written.Number("node"));
        await Network.Peer.NextEventAsync(
            "answer", line => line.Text("hex").Contains($"7006{parameter:X2}", StringComparison.Ordinal), sent);
        await Client.NextObjectAsync(topic, state => state.GetProperty(name).ToString() == value, since);
        Assert.Equal(number, (await Network.NodeAsync(node)).GetProperty("parameters").Number($"{parameter}"));
    }

    [Fact]
    public async Task A_parameter_out_of_its_range_is_refused_with_the_range_and_nothing_is_sent()
    {
        var (since, before) = (Client.Position, (await Network.ReceivedAsync(3)).Count);
        var answer = await Client.AskAsync("zwbridge/node_3/set", """{"state":"ON","power_limit":4501}""");
        Assert.Equal(("error", "invalid"), (answer.Text("status"), answer.Text("code")));
        Assert.Contains("0..4500", answer.Text("error"), StringComparison.Ordinal);
        await Client.NextObjectAsync("zwbridge/bridge/logging", static told => told.Text("topic") == "zwbridge/node_3/set", since);
        Assert.Equal(before, (await Network.ReceivedAsync(3)).Count);
    }

    [Fact]
    public async Task Resetting_the_meter_of_one_relay_brings_its_energy_to_0_and_the_sum_down()
    {
        var (since, sent) = (Client.Position, Network.Peer.Position);
        var done = await Client.DoAsync("zwbridge/node_4/1/set/reset_meter", "PRESS");
        Assert.Equal("0", done.GetProperty("energy_1").GetRawText());
        // Multi Channel to endpoint 1, Meter Reset
        await Network.CommandAsync(4, "600D00013205", sent);
        await Client.NextObjectAsync(
            "zwbridge/node_4", static state => state.Number("energy_1") == 0 && state.GetProperty("energy_3").GetDecimal() == 7.89m, since);
    }

    [Fact]
    public async Task Resetting_the_meter_of_a_plug_brings_its_energy_to_0()
    {
        var since = Client.Position;
        var done = await Client.DoAsync("zwbridge/bridge/request/device/reset_meter", """{"id":"node_3"}""");
        Assert.Equal("0", done.GetProperty("energy").GetRawText());
        await Client.NextObjectAsync(
            "zwbridge/node_3", static state => state.Number("energy") == 0 && state.Number("energy_produced") == 0, since);
    }

    [Fact]
    public async Task The_child_lock_is_set_read_back_and_told()
    {
        var since = Client.Position;
        await Client.DoAsync("zwbridge/node_3/set/protection", "By sequence");
        await Client.NextObjectAsync("zwbridge/node_3", static state => state.Text("protection") == "By sequence", since);
        Assert.Equal(1, (await Network.NodeAsync(3)).Number("protectionState"));
        await Client.DoAsync("zwbridge/node_3/set", """{"protection":"Unprotected"}""");
        Assert.Equal(0, (await Network.NodeAsync(3)).Number("protectionState"));
    }

    [Fact]
    public async Task Identify_makes_the_plug_blink()
    {
        var sent = Network.Peer.Position;
        await Client.DoAsync("zwbridge/node_2/set/identify", "PRESS");
        // Indicator Set, three objects of indicator 50 (node identify): length of a blink 03, number 04, on time 05
        await Network.Peer.NextEventAsync(
            "command",
            static line => line.Number("node") == 2 && Regex.IsMatch(line.Text("hex"), "87010003(500[345]..){3}"), sent);
    }

    [Theory]
    // Default Reset of version 4; FF into the parameter that resets the others
    [InlineData(2, "6C01..027001", "power_report_threshold", 5, 17, 5)]
    [InlineData(3, "^70040101FF$", "report_watts", 7, 99, 10)]
    public async Task Resetting_the_configuration_brings_every_parameter_back(
        byte node, string frame, string name, int parameter, int changed, int normal)
    {
        var topic = $"zwbridge/node_{node}";
        await Client.DoAsync($"{topic}/set/{name}", $"{changed}");
        var (since, sent) = (Client.Position, Network.Peer.Position);
        await Client.DoAsync($"{topic}/set/reset_configuration", "PRESS");
        await Network.Peer.NextEventAsync("command", line => Regex.IsMatch(line.Text("hex"), frame), sent);
        Assert.Equal(normal, (await Network.NodeAsync(node)).GetProperty("parameters").Number($"{parameter}"));
        await Client.NextObjectAsync(topic, state => state.Number(name) == normal, since);
    }

    [Theory]
    [InlineData("dropCommand", 1)]
    [InlineData("dropReport", 1)]
    [InlineData("failTransmit", 2)]
    [InlineData("dropCallback", 1)]
    public async Task A_command_that_got_lost_on_its_way_is_carried_out_all_the_same(string fault, int times)
    {
        var since = Client.Position;
        await Network.ArmAsync(fault, times, node: 3);
        Assert.Equal("ON", (await Client.DoAsync("zwbridge/node_3/set", "ON")).Text("state"));
        Assert.True((await Network.NodeAsync(3)).GetProperty("relays").GetProperty("0").GetBoolean());
        await Client.NextObjectAsync("zwbridge/node_3", static state => state.Text("state") == "ON", since);
    }

    [Fact]
    public async Task Of_a_storm_of_commands_the_newest_wins()
    {
        const int Count = 100;
        var since = Client.Position;
        // Sent without waiting for one another; the last one is "on".
        await Task.WhenAll(Enumerable.Range(1, Count).Select(number => Client.PublishAsync("zwbridge/node_3/set", number % 2 == 0 ? "ON" : "OFF")));
        // Behind all of them in the queue of the same plug
        await Client.DoAsync("zwbridge/node_3/get", "state");
        await Client.NextValueAsync("zwbridge/node_3", "state", "ON", since);
        Assert.True((await Network.NodeAsync(3)).GetProperty("relays").GetProperty("0").GetBoolean());
        Assert.Equal("ON", Client.LatestObject("zwbridge/node_3").Text("state"));
        // Most of them never went on the air.
        var sent = Network.Peer.Lines.Count(static line => line.IsEvent("command") && line.Text("hex") is "2501FF" or "250100");
        Assert.True(sent < Count, $"{sent} frames");
        Assert.Empty(Client.Messages("zwbridge/bridge/logging", since));
    }

    [Fact]
    public async Task Members_of_a_group_are_changed_and_read_back()
    {
        var done = await Client.DoAsync("zwbridge/bridge/request/device/associations", """{"id":2,"group":2,"add":["3"]}""");
        Assert.Equal("""["3"]""", done.GetProperty("groups")[0].GetProperty("members").GetRawText());
        Assert.Contains("3", (await Network.NodeAsync(2)).GetProperty("groups").GetProperty("2").GetRawText(), StringComparison.Ordinal);
        done = await Client.DoAsync("zwbridge/bridge/request/device/associations", """{"id":2,"group":2,"remove":["3"]}""");
        Assert.Equal("[]", done.GetProperty("groups")[0].GetProperty("members").GetRawText());
    }
}
