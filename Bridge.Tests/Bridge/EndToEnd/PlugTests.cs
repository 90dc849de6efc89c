using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>What else the three plugs can do: relays, meters, overload, child lock, identify, configuration reset.</summary>
public sealed class PlugTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private readonly BridgeBench _bench = shared.Bridge;

    /// <summary>Topic, payload, what the plug hears. The manual of the Double Switch has 1 for the source endpoint, we have none and say 0.</summary>
    public static TheoryData<int, string, string, string> Switches => new()
    {
        { 2, "set", "ON", "25 01 FF 00" },
        { 2, "set", "OFF", "25 01 00 00" },
        // version 1: the value and nothing else
        { 3, "set", "ON", "25 01 FF" },
        { 3, "set", "OFF", "25 01 00" },
        { 4, "1/set", "ON", "60 0D 00 01 25 01 FF" },
        { 4, "1/set", "OFF", "60 0D 00 01 25 01 00" },
        { 4, "2/set", "ON", "60 0D 00 02 25 01 FF" },
        { 4, "set/state_2", "OFF", "60 0D 00 02 25 01 00" },
        { 4, "3/set", "ON", "60 0D 00 03 25 01 FF" },
        { 4, "set", "OFF", "60 0D 00 03 25 01 00" },
    };

    /// <summary>Node, key, name, unit, class, state class, shown by default.</summary>
    public static TheoryData<int, string, string, string?, string?, string, bool> Meters
    {
        get
        {
            TheoryData<int, string, string, string?, string?, string, bool> rows = new()
            {
                { 2, "power", "Power", "W", "power", "measurement", true },
                { 2, "energy", "Energy", "kWh", "energy", "total_increasing", true },
                { 2, "voltage", "Voltage", "V", "voltage", "measurement", true },
                { 2, "current", "Current", "A", "current", "measurement", true },
                { 3, "power", "Power", "W", "power", "measurement", true },
                { 3, "energy", "Energy", "kWh", "energy", "total_increasing", true },
                { 3, "power_produced", "Power produced", "W", "power", "measurement", false },
                { 3, "energy_produced", "Energy produced", "kWh", "energy", "total_increasing", true },
            };
            foreach (var (endpoint, label) in new[] { (1, "Relay 1"), (2, "Relay 2"), (3, "Both relays") })
            {
                rows.Add(4, $"power_{endpoint}", $"{label} power", "W", "power", "measurement", true);
                // what both relays took is the sum of the other two and would be counted twice
                rows.Add(4, $"energy_{endpoint}", $"{label} energy", "kWh", "energy", "total_increasing", endpoint != 3);
                rows.Add(4, $"current_{endpoint}", $"{label} current", "A", "current", "measurement", endpoint != 3);
                rows.Add(4, $"power_factor_{endpoint}", $"{label} power factor", null, "power_factor", "measurement", false);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task A_switch_sends_exactly_the_bytes_of_the_manual(int node, string topic, string payload, string frame)
    {
        var said = _bench.SaidCount;
        Assert.Equal("ok", (string?)(await _bench.Observer.AskAsync($"zwbridge/node_{node}/{topic}", payload))["status"]);
        Assert.Equal([frame], _bench.Said((ushort)node, said).Where(static heard => heard.Contains("25 01", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Meters))]
    public void A_scale_of_the_meter_is_shown_with_key_name_unit_and_classes(
        int node, string key, string name, string? unit, string? deviceClass, string stateClass, bool isEnabled)
    {
        Assert.True(_bench.Observer.LastObject($"zwbridge/node_{node}")[key]?.Type is JTokenType.Integer or JTokenType.Float, key);
        var component = _bench.Components((ushort)node)[key]!;
        Assert.Equal(
            ("sensor", name, unit, deviceClass, stateClass, isEnabled),
            ((string?)component["platform"], (string?)component["name"], (string?)component["unit_of_measurement"], (string?)component["device_class"],
                (string?)component["state_class"], (bool?)component["enabled_by_default"] ?? true));
        Assert.Equal($"{{{{ value_json.{key} }}}}", (string?)component["value_template"]);
    }

    [Theory]
    [InlineData(2, "reset_meter", "button")]
    [InlineData(2, "identify", "button")]
    [InlineData(2, "overload", "binary_sensor")]
    [InlineData(3, "reset_meter", "button")]
    [InlineData(3, "protection", "select")]
    [InlineData(3, "overload", "binary_sensor")]
    [InlineData(4, "reset_meter_1", "button")]
    [InlineData(4, "reset_meter_2", "button")]
    [InlineData(4, "overload", "binary_sensor")]
    public void What_the_plug_can_do_beside_switching_has_an_entity(int node, string id, string platform) =>
        Assert.Equal(platform, (string?)_bench.Components((ushort)node)[id]?["platform"]);

    [Fact]
    public async Task Readings_are_those_of_the_plugs()
    {
        _bench.Plugs[3].SetLoad(200);
        await _bench.Observer.AskAsync("zwbridge/node_3/set", "ON");
        await _bench.Observer.AskAsync("zwbridge/node_3/get", "");
        await _bench.Observer.UntilLastAsync("zwbridge/node_3", "power", 200);
        var state = _bench.Observer.LastObject("zwbridge/node_3");
        Assert.Equal((800.35m, 12.34m), ((decimal)state["energy"]!, (decimal)state["energy_produced"]!));
        // the other way
        _bench.Plugs[3].SetLoad(-150);
        await _bench.Observer.AskAsync("zwbridge/node_3/get", "");
        await _bench.Observer.UntilLastAsync("zwbridge/node_3", "power_produced", 150);
        await _bench.Observer.UntilLastAsync("zwbridge/node_3", "power", 0);
        await _bench.Observer.AskAsync("zwbridge/node_3/set", "OFF");
        await _bench.Observer.AskAsync("zwbridge/node_4/3/set", "ON");
        await _bench.Observer.AskAsync("zwbridge/node_4/get", "");
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "power_1", 100);
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "power_2", 40);
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "power_3", 140);
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "power_factor_1", 0.99m);
        await _bench.Observer.AskAsync("zwbridge/node_4/3/set", "OFF");
    }

    [Fact]
    public async Task Endpoint_3_is_both_relays_and_follows_them()
    {
        Assert.Equal("Both relays", (string?)_bench.Components(4)["switch_3"]!["name"]);
        Assert.Equal("zwbridge/node_4/3/set", (string?)_bench.Components(4)["switch_3"]!["command_topic"]);
        // the root says the same and is not shown
        Assert.False(_bench.Components(4).ContainsKey("switch"));
        await _bench.Observer.AskAsync("zwbridge/node_4/1/set", "ON");
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "state_3", "ON");
        await _bench.Observer.AskAsync("zwbridge/node_4/3/set", "OFF");
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "state_1", "OFF");
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "state_2", "OFF");
    }

    [Fact]
    public async Task A_wall_switch_whose_report_names_no_relay_is_shown_at_the_right_one()
    {
        _bench.Plugs[4].PressButton(2);
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "state_2", "ON");
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "state_1", "OFF");
        _bench.Plugs[4].PressButton(2);
        await _bench.Observer.UntilLastAsync("zwbridge/node_4", "state_2", "OFF");
    }

    [Theory]
    [InlineData(2, "set", "state")]
    [InlineData(4, "1/set", "state_1")]
    public async Task An_overload_the_plug_tells_of_is_shown_and_cleared_by_the_next_on(int node, string topic, string key)
    {
        await _bench.Observer.AskAsync($"zwbridge/node_{node}/{topic}", "ON");
        _bench.Plugs[(ushort)node].Overload();
        await _bench.Observer.UntilLastAsync($"zwbridge/node_{node}", "overload", true);
        await _bench.Observer.UntilLastAsync($"zwbridge/node_{node}", key, "OFF");
        // locked until it was disconnected
        _bench.Plugs[(ushort)node].FailPower();
        await _bench.Observer.AskAsync($"zwbridge/node_{node}/{topic}", "ON");
        await _bench.Observer.UntilLastAsync($"zwbridge/node_{node}", "overload", false);
        await _bench.Observer.AskAsync($"zwbridge/node_{node}/{topic}", "OFF");
    }

    [Fact]
    public async Task An_overload_the_plug_does_not_tell_of_is_shown_and_cleared_by_the_next_on()
    {
        _bench.Plugs[3].SetLoad(4400);
        await _bench.Observer.AskAsync("zwbridge/node_3/set", "ON");
        await _bench.Observer.AskAsync("zwbridge/node_3/get", "");
        await _bench.Observer.UntilLastAsync("zwbridge/node_3", "power", 4400);
        _bench.Plugs[3].SetLoad(4700);
        Assert.False(_bench.Plugs[3].IsOn());
        await _bench.Observer.AskAsync("zwbridge/node_3/get", "");
        await _bench.Observer.UntilLastAsync("zwbridge/node_3", "overload", true);
        _bench.Plugs[3].SetLoad(200);
        await _bench.Observer.AskAsync("zwbridge/node_3/set", "ON");
        await _bench.Observer.AskAsync("zwbridge/node_3/get", "");
        await _bench.Observer.UntilLastAsync("zwbridge/node_3", "overload", false);
        await _bench.Observer.AskAsync("zwbridge/node_3/set", "OFF");
    }

    [Fact]
    public async Task The_child_lock_takes_the_options_it_announces()
    {
        var component = _bench.Components(3)["protection"]!;
        Assert.Equal("select", (string?)component["platform"]);
        var options = component["options"]!.Select(static option => (string)option!).ToArray();
        Assert.Equal(3, options.Length);
        // by sequence, not at all, free again; version 1 has one byte
        foreach (var state in new[] { 1, 2, 0 })
        {
            var said = _bench.SaidCount;
            Assert.Equal("ok", (string?)(await _bench.Observer.AskAsync("zwbridge/node_3/set/protection", options[state]))["status"]);
            Assert.Equal([$"75 01 {state:X2}", "75 02"], _bench.Said(3, said).Where(static heard => heard.StartsWith("75", StringComparison.Ordinal)));
            await _bench.Observer.UntilLastAsync("zwbridge/node_3", "protection", options[state]);
        }
    }

    [Fact]
    public async Task Identify_blinks_three_times()
    {
        var component = _bench.Components(2)["identify"]!;
        Assert.Equal(("button", "identify"), ((string?)component["platform"], (string?)component["device_class"]));
        var said = _bench.SaidCount;
        // as the button presses it
        Assert.Equal("ok", (string?)(await _bench.Observer.AskAsync((string)component["command_topic"]!, "PRESS"))["status"]);
        // indicator 0; three objects: 50 hex, period 0.8 s; 50 hex, 3 cycles; 50 hex, lit 0.6 s
        Assert.Contains("87 01 00 03 50 03 08 50 04 03 50 05 06", _bench.Said(2, said));
    }

    [Theory]
    [InlineData(2, "energy_report_threshold", "70 01", 1)]
    [InlineData(3, "report_watts", "70 04 01 01 FF", 10)]
    public async Task A_reset_of_the_configuration_shows_every_default(int node, string parameter, string frame, int value)
    {
        await _bench.Observer.AskAsync($"zwbridge/node_{node}/set/{parameter}", "77");
        await _bench.Observer.UntilLastAsync($"zwbridge/node_{node}", parameter, 77);
        var said = _bench.SaidCount;
        Assert.Equal("ok", (string?)(await _bench.Observer.AskAsync($"zwbridge/node_{node}/set/reset_configuration", "PRESS"))["status"]);
        Assert.Contains(frame, _bench.Said((ushort)node, said));
        await _bench.Observer.UntilLastAsync($"zwbridge/node_{node}", parameter, value);
        if (node == 3) await _bench.Observer.AskAsync("zwbridge/node_3/set/relay_delay", "0");
    }
}
