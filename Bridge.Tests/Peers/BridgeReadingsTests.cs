using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The bridge between other people's network and other people's broker: what the plugs tell is on MQTT.</summary>
[Collection(Collection)]
public sealed class BridgeReadingsTests(BridgeWithKnownPlugs bridge) : IAsyncLifetime
{
    public const string Collection = "bridge on the mock network";

    private MockNetwork Network => bridge.Network;

    private MqttPeer Client => bridge.Client;

    public async ValueTask InitializeAsync() => await bridge.SwitchOffAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The fixed values of Peers/README.md.
    [Theory]
    [InlineData(0, """{"energy":123.45,"power":60.5,"voltage":230.5,"current":0.26}""")]
    [InlineData(1, """{"energy":800.35,"power":200,"energy_produced":12.34,"power_produced":50}""")]
    [InlineData(2, """{"energy_1":15.33,"power_1":100.2,"voltage_1":230.5,"current_1":0.44,"power_factor_1":0.99}""")]
    [InlineData(2, """{"energy_2":7.89,"power_2":40,"voltage_2":230.5,"current_2":0.19,"power_factor_2":0.91}""")]
    [InlineData(2, """{"energy_3":23.22,"power_3":140.2,"voltage_3":230.5,"current_3":0.63,"power_factor_3":0.96}""")]
    public void The_readings_of_every_meter_are_told(int plug, string readings)
    {
        using var expected = JsonDocument.Parse(readings);
        foreach (var reading in expected.RootElement.EnumerateObject())
        {
            var told = bridge.StatesAtFirst[plug].GetProperty(reading.Name).GetDecimal();
            Assert.Equal((reading.Name, reading.Value.GetDecimal()), (reading.Name, told));
        }
    }

    [Theory]
    [InlineData(0, """{"state":"OFF","overload":false,"led_indicator":"On when relay is on","auto_off_timer":0,"node_status":"alive"}""")]
    [InlineData(1, """{"state":"OFF","overload":false,"power_limit":4500,"led":"On when relay is on","protection":"Unprotected"}""")]
    [InlineData(2, """{"state_1":"OFF","state_2":"OFF","state_3":"OFF","overload":false,"radio_off_mode":"Off","node_status":"alive"}""")]
    public void Relays_alarms_and_parameters_are_told(int plug, string values)
    {
        using var expected = JsonDocument.Parse(values);
        foreach (var value in expected.RootElement.EnumerateObject())
        {
            Assert.Equal($"{value.Name} {value.Value}", $"{value.Name} {bridge.StatesAtFirst[plug].GetProperty(value.Name)}");
        }
    }

    [Fact]
    public async Task Whoever_comes_late_finds_everything_kept_by_the_broker()
    {
        string[] expected =
        [
            "homeassistant/device/zw_c0ffee01/config", .. BridgeOnMockNetwork.Plugs.Select(BridgeOnMockNetwork.AnnouncementOf),
            "zwbridge/bridge/state", "zwbridge/bridge/info", "zwbridge/bridge/devices", "zwbridge/bridge/health",
            .. BridgeOnMockNetwork.Plugs, .. BridgeOnMockNetwork.Plugs.Select(static plug => plug + "/availability"),
        ];
        await using var late = await bridge.ConnectAsync("late");
        foreach (var topic in expected)
        {
            Assert.True((await late.NextAsync(topic)).GetProperty("retain").GetBoolean(), topic);
        }

        // Nothing else is kept, above all no event and no answer.
        var kept = late.Peer.Events("message").Where(static message => message.GetProperty("retain").GetBoolean())
            .Select(static message => message.Text("topic"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), kept.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("online", late.Latest("zwbridge/bridge/state"));
    }

    [Fact]
    public void What_is_announced_leads_to_topics_and_keys_that_are_there()
    {
        foreach (var plug in BridgeOnMockNetwork.Plugs)
        {
            var document = Client.LatestObject(BridgeOnMockNetwork.AnnouncementOf(plug));
            Assert.Equal(plug, document.Text("state_topic"));
            var availabilities = document.GetProperty("availability").EnumerateArray().Select(static one => one.Text("topic"));
            Assert.Equal(["zwbridge/bridge/state", plug + "/availability"], availabilities);
            var state = Client.LatestObject(plug);
            var components = document.GetProperty("components").EnumerateObject().Select(static component => component.Value).ToArray();
            foreach (var component in components)
            {
                foreach (Match key in Regex.Matches(component.Text("value_template"), @"value_json\.(\w+)"))
                {
                    Assert.True(state.TryGetProperty(key.Groups[1].Value, out _), $"{plug}: {component.GetRawText()}");
                }

                if (component.TryGetProperty("command_topic", out var command))
                {
                    Assert.Matches($"^({plug}(/[123])?/set(/[a-z_0-9]+)?|zwbridge/bridge/request/device/ping)$", command.GetString());
                }
            }

            Assert.Equal(components.Length, components.Select(static component => component.Text("unique_id")).Distinct().Count());
            Assert.Equal(plug == "zwbridge/node_4" ? 3 : 1, components.Count(static component => component.Text("platform") == "switch"));
        }
    }

    [Fact]
    public void The_list_of_devices_names_the_plugs_as_their_files_do()
    {
        using var list = JsonDocument.Parse(Client.Latest("zwbridge/bridge/devices"));
        Assert.Equal(
            ["2 NIE Technology n4003 Mini Smart Plug 1.2", "3 BeNext Energy Switch 1.2", "4 Philio Double Switch 1.3"],
            list.RootElement.EnumerateArray()
                .Select(static one => $"{one.Number("id")} {one.Text("manufacturer")} {one.Text("model")} {one.Text("firmware")}"));
    }

    [Theory]
    [InlineData(2, "zwbridge/node_2")]
    [InlineData(3, "zwbridge/node_3")]
    public async Task A_press_of_the_button_is_told(byte node, string topic)
    {
        var since = Client.Position;
        await Network.PressAsync(node);
        await Client.NextObjectAsync(topic, static state => state.Text("state") == "ON", since);
    }

    [Fact]
    public async Task After_a_report_of_the_whole_strip_its_relays_are_read_and_told()
    {
        var (since, heard) = (Client.Position, Network.Peer.Position);
        // Whoever pressed: the strip speaks as a whole and does not say which relay it was.
        await Network.PressAsync(4, 2);
        await Network.CommandAsync(4, "600D00012502", heard);
        await Network.CommandAsync(4, "600D00022502", heard);
        var state = await Client.NextObjectAsync("zwbridge/node_4", static state => state.Text("state_2") == "ON", since);
        Assert.Equal("OFF", state.Text("state_1"));
        await Client.NextObjectAsync("zwbridge/node_4", static state => state.Text("state_3") == "ON", since);
    }

    [Theory]
    // Electric meter, consumed: 123.4 W in two bytes with version 5's delta time; export of 7.5 W; 100.0 W and 7.90 kWh of endpoint 2
    [InlineData(2, 0, "32 02 21 32 04 D2 00 00", "zwbridge/node_2", "power", "123.4")]
    [InlineData(3, 0, "32 02 41 32 00 4B 00 00", "zwbridge/node_3", "power_produced", "7.5")]
    [InlineData(4, 2, "32 02 21 34 00 00 03 E8 00 00", "zwbridge/node_4", "power_2", "100")]
    [InlineData(4, 2, "32 02 21 44 00 00 03 16 00 00", "zwbridge/node_4", "energy_2", "7.9")]
    public async Task A_meter_report_nobody_asked_for_is_told(
        byte node, byte endpoint, string hex, string topic, string key, string expected)
    {
        var since = Client.Position;
        await Network.ReportAsync(node, hex, endpoint);
        await Client.NextObjectAsync(topic, state => state.GetProperty(key).GetRawText() == expected, since);
    }

    [Fact]
    public async Task An_overload_is_told_and_when_it_is_over()
    {
        var since = Client.Position;
        await Network.RaiseAlarmAsync(2, type: 8, state: 8);
        await Client.NextValueAsync("zwbridge/node_2", "overload", "True", since);
        since = Client.Position;
        await Network.RaiseAlarmAsync(2, type: 8, state: 0);
        await Client.NextValueAsync("zwbridge/node_2", "overload", "False", since);
    }

    [Fact]
    public async Task An_overload_of_the_old_kind_is_told()
    {
        var since = Client.Position;
        await Network.RaiseAlarmAsync(4, type: 8, state: 0xFF);
        await Client.NextValueAsync("zwbridge/node_4", "overload", "True", since);
        await Network.Peer.RunAsync("alarm", ("node", 4), ("type", 8), ("state", 0));
    }

    [Fact]
    public async Task Get_reads_what_moved_without_a_word()
    {
        await Network.Peer.RunAsync("relay", ("node", 3), ("on", true));
        await Network.Peer.RunAsync("meter", ("node", 3), ("scale", 2), ("rate", 2), ("raw", 61));
        var since = Client.Position;
        await Client.DoAsync("zwbridge/node_3/get", "");
        await Client.NextObjectAsync(
            "zwbridge/node_3", static state => state.Text("state") == "ON" && state.Number("power_produced") == 61, since);
    }
}

/// <summary>One bridge for the classes that only use it.</summary>
[CollectionDefinition(BridgeReadingsTests.Collection)]
public sealed class BridgeOnMockNetworkCollection : ICollectionFixture<BridgeWithKnownPlugs>;
