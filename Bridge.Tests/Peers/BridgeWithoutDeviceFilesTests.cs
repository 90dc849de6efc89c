using System.Text.Json;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>Plugs nobody has a file for, from the radio to MQTT: their command classes alone are enough.</summary>
public sealed class BridgeWithoutDeviceFilesTests(BridgeWithUnknownPlugs bridge) : IClassFixture<BridgeWithUnknownPlugs>, IAsyncLifetime
{
    private MockNetwork Network => bridge.Network;

    private MqttPeer Client => bridge.Client;

    public async ValueTask InitializeAsync() => await bridge.SwitchOffAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Nobody_pretends_to_know_the_plugs()
    {
        // The list is told at most once a second: it may be behind.
        var told = await Client.NextAsync("zwbridge/bridge/devices", static text => text.Split("\"interview\":\"complete\"").Length == 4);
        using var list = JsonDocument.Parse(told.Text("payload"));
        Assert.Equal(3, list.RootElement.GetArrayLength());
        Assert.All(list.RootElement.EnumerateArray(), static one =>
        {
            Assert.Equal((JsonValueKind.Null, "0xfffe"), (one.GetProperty("model").ValueKind, one.Text("product_id")));
            Assert.Equal("complete", one.Text("interview"));
        });
    }

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
    [InlineData("zwbridge/node_2", "switch power energy voltage current overload parameter_2 reset_meter identify reset_configuration")]
    [InlineData("zwbridge/node_3", "switch power energy power_produced energy_produced protection reset_meter ping node_status")]
    [InlineData("zwbridge/node_4", "switch_1 switch_2 switch_3 power_1 energy_2 voltage_1 current_2 power_factor_1 reset_meter_2 ping")]
    public void What_they_can_do_is_announced(string plug, string components)
    {
        var announced = Client.LatestObject(BridgeOnMockNetwork.AnnouncementOf(plug)).GetProperty("components").EnumerateObject();
        Assert.Empty(components.Split(' ').Except(announced.Select(static one => one.Name)));
    }

    [Theory]
    [InlineData("zwbridge/node_2/set", "state", 2, "0")]
    [InlineData("zwbridge/node_3/set", "state", 3, "0")]
    [InlineData("zwbridge/node_4/1/set", "state_1", 4, "1")]
    [InlineData("zwbridge/node_4/2/set", "state_2", 4, "2")]
    public async Task Every_relay_switches(string topic, string key, byte node, string relay)
    {
        var since = Client.Position;
        Assert.Equal("ON", (await Client.DoAsync(topic, "ON")).Text(key));
        Assert.True((await Network.NodeAsync(node)).GetProperty("relays").GetProperty(relay).GetBoolean());
        await Client.NextObjectAsync($"zwbridge/node_{node}", state => state.Text(key) == "ON", since);
    }

    [Theory]
    [InlineData("zwbridge/node_2", "state", 2, null)]
    [InlineData("zwbridge/node_3", "state", 3, null)]
    [InlineData("zwbridge/node_4", "state_2", 4, 2)]
    public async Task A_press_of_the_button_is_told(string topic, string key, byte node, int? relay)
    {
        var since = Client.Position;
        await Network.PressAsync(node, (byte?)relay);
        await Client.NextObjectAsync(topic, state => state.Text(key) == "ON", since);
    }

    [Fact]
    public async Task An_overload_is_told()
    {
        var since = Client.Position;
        await Network.RaiseAlarmAsync(2, type: 8, state: 8);
        await Client.NextValueAsync("zwbridge/node_2", "overload", "True", since);
        await Network.RaiseAlarmAsync(2, type: 8, state: 0);
    }

    [Fact]
    public async Task A_meter_is_reset()
    {
        var sent = Network.Peer.Position;
        await Client.DoAsync("zwbridge/node_4/2/set/reset_meter", "PRESS");
        await Network.CommandAsync(4, "600D00023205", sent);
        await Client.NextObjectAsync("zwbridge/node_4", static state => state.Number("energy_2") == 0);
    }

    [Theory]
    // The plug describes it; nobody does, and the plug is asked for its size.
    [InlineData(2, 5, 20, "70040501 14")]
    [InlineData(3, 3, 2000, "70040302 07D0")]
    [InlineData(4, 1, 60, "70040102 003C")]
    public async Task A_parameter_is_written_by_its_number(byte node, int parameter, int value, string frame)
    {
        var sent = Network.Peer.Position;
        var hex = frame.Replace(" ", "", StringComparison.Ordinal);
        var done = await Client.DoAsync(
            "zwbridge/bridge/request/device/configure", $$"""{"id":{{node}},"parameter":{{parameter}},"value":{{value}}}""");
        Assert.Equal(value, done.Number("value"));
        await Network.Peer.NextEventAsync(
            "command", line => line.Number("node") == node && line.Text("hex").Contains(hex, StringComparison.Ordinal), sent);
        Assert.Equal(value, (await Network.NodeAsync(node)).GetProperty("parameters").Number($"{parameter}"));
    }
}
