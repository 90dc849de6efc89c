using System.Text.Json;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>What the demonstration tells people to try, pasted into a shell: Mosquitto's programs on the built-in broker.</summary>
public sealed class CommandLineClientTests(BridgeDemo demo) : IClassFixture<BridgeDemo>
{
    private MqttPeer Client => demo.Client;

    [Fact]
    public void Everything_told_is_tried_here() => Assert.Equal(
        [
            "everything there is", "what Home Assistant is told", "switch one relay", "reset its energy", "switch a plug",
            "ask it for everything", "set a parameter", "ask the bridge", "include one more plug", "when bridge/event asks for classes",
            "when it asks for the PIN", "exclude it again",
        ],
        demo.Commands.Keys);

    [Fact]
    public async Task Everything_there_is_shows_the_bridge_and_every_plug()
    {
        await using var command = ShellCommand.Start(demo.Commands["everything there is"]);
        string[] expected =
        [
            "zwbridge/bridge/state online", "zwbridge/bridge/info {", "zwbridge/bridge/devices [",
            .. BridgeOnMockNetwork.Plugs.Select(static plug => plug + " {"),
            .. BridgeOnMockNetwork.Plugs.Select(static plug => plug + "/availability online"),
        ];
        await command.ReadAsync(
            lines => Array.TrueForAll(expected, start => lines.Any(line => line.StartsWith(start, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task What_Home_Assistant_is_told_are_the_bridge_and_then_its_plugs()
    {
        await using var command = ShellCommand.Start(demo.Commands["what Home Assistant is told"]);
        var lines = await command.ReadAsync(static lines => lines.Count == 4);
        var told = lines.Select(static line => line.Split(' ', 2)).ToDictionary(static line => line[0], static line => Read(line[1]));
        Assert.Equal("homeassistant/device/zw_c0de2026/config", told.Keys.First());
        Assert.Equal(
            Enumerable.Range(2, 3).Select(static id => $"homeassistant/device/zw_c0de2026_{id}/config"),
            told.Keys.Skip(1).Order(StringComparer.Ordinal));
        foreach (var (topic, document) in told.Skip(1))
        {
            Assert.Equal("zw_c0de2026", document.GetProperty("device").Text("via_device"));
            var switches = document.GetProperty("components").EnumerateObject().Count(static one => one.Value.Text("platform") == "switch");
            Assert.Equal(topic.Contains("_4/", StringComparison.Ordinal) ? 3 : 1, switches);
        }
    }

    [Fact]
    public async Task One_more_plug_is_included_with_its_PIN_used_and_excluded_again()
    {
        var since = Client.Position;
        await ShellCommand.RunAsync(demo.Commands["include one more plug"]);
        await Client.NextObjectAsync("zwbridge/bridge/event", static told => told.Text("type") == "inclusion_grant", since);
        await ShellCommand.RunAsync(demo.Commands["when bridge/event asks for classes"]);
        await Client.NextObjectAsync("zwbridge/bridge/event", static told => told.Text("type") == "inclusion_dsk", since);
        await ShellCommand.RunAsync(demo.Commands["when it asks for the PIN"]);
        var included = await Client.NextObjectAsync("zwbridge/bridge/event", static told => told.Text("type") == "node_included", since);
        Assert.Equal("S2_Authenticated", included.Text("security"));
        var topic = $"zwbridge/node_{included.GetProperty("id").GetInt32()}";
        await Client.NextObjectAsync("zwbridge/bridge/event", static told => told.Text("type") == "node_interviewed", since);
        await Client.DoAsync(topic + "/set", """{"state":"OFF"}""");
        await Client.NextObjectAsync(topic, static state => state.Text("state") == "OFF", since);
        await ShellCommand.RunAsync(demo.Commands["exclude it again"]);
        await Client.NextObjectAsync("zwbridge/bridge/event", static told => told.Text("type") == "node_excluded", since);
    }

    [Fact]
    public async Task Switch_one_relay_switches_it_off_and_no_other()
    {
        await Client.DoAsync("zwbridge/node_4/set", """{"state_1":"ON","state_2":"ON"}""");
        await Client.NextObjectAsync("zwbridge/node_4", static state => state.Text("state_1") == "ON" && state.Text("state_2") == "ON");
        var since = Client.Position;
        await ShellCommand.RunAsync(demo.Commands["switch one relay"]);
        var state = await Client.NextObjectAsync("zwbridge/node_4", static state => state.Text("state_1") == "OFF", since);
        Assert.Equal("ON", state.Text("state_2"));
        await Client.NextObjectAsync("zwbridge/node_4", static state => state.Number("power_1") == 0, since);
    }

    [Fact]
    public async Task Reset_its_energy_begins_again_at_0()
    {
        var since = Client.Position;
        await ShellCommand.RunAsync(demo.Commands["reset its energy"]);
        await Client.NextObjectAsync("zwbridge/node_4", static state => IsLow(state, "energy_1") && IsLow(state, "energy_2"), since);
    }

    [Fact]
    public async Task Switch_a_plug_toggles_it()
    {
        var before = Client.LatestObject("zwbridge/node_2").Text("state");
        var since = Client.Position;
        await ShellCommand.RunAsync(demo.Commands["switch a plug"]);
        await Client.NextObjectAsync("zwbridge/node_2", state => state.Text("state") == (before == "ON" ? "OFF" : "ON"), since);
    }

    [Fact]
    public async Task Ask_it_for_everything_asks_the_plug()
    {
        var since = Client.Position;
        var before = await CommandsSentAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        await ShellCommand.RunAsync(demo.Commands["ask it for everything"]);
        // The relay and four scales of the meter at least
        while (await CommandsSentAsync() < before + 5) limit.Token.ThrowIfCancellationRequested();
        Assert.Empty(Client.Messages("zwbridge/bridge/logging", since));
    }

    [Fact]
    public async Task Set_a_parameter_changes_it()
    {
        await Client.DoAsync("zwbridge/node_2/set/led_indicator", "Always off");
        var since = Client.Position;
        await ShellCommand.RunAsync(demo.Commands["set a parameter"]);
        await Client.NextObjectAsync("zwbridge/node_2", static state => state.Text("led_indicator") == "Always on", since);
    }

    [Fact]
    public async Task Ask_the_bridge_prints_its_answer()
    {
        var answer = Read(await ShellCommand.RunAsync(demo.Commands["ask the bridge"]));
        Assert.Equal("ok", answer.Text("status"));
        Assert.Equal("ready", answer.GetProperty("data").GetProperty("controller").Text("status"));
    }

    // To node 2, as the bridge counts them.
    private async Task<int> CommandsSentAsync() =>
        (await Client.DoAsync("zwbridge/bridge/request/health_check", "{}")).GetProperty("nodes").EnumerateArray()
        .Single(static node => node.Number("id") == 2).Number("commands_sent")!.Value;

    private static bool IsLow(JsonElement state, string key) => state.GetProperty(key).GetDecimal() < 0.1m;

    private static JsonElement Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
