using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Every parameter of the three plugs: from a payload on MQTT to the bytes at the plug and back to the state object.</summary>
public sealed class PlugParameterTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private static readonly Dictionary<int, string> s_files = new()
    {
        [2] = "nie-technology/n4003.json",
        [3] = "benext/energy-switch.json",
        [4] = "philio/double-switch.json",
    };

    private readonly BridgeBench _bench = shared.Bridge;

    /// <summary>Node, name, payload, what the plug hears, what the state object shows.</summary>
    public static TheoryData<int, string, string, string, string> Rows => new()
    {
        { 2, "led_indicator", "Always on", "70 04 01 01 03", "\"Always on\"" },
        { 2, "led_indicator", "1", "70 04 01 01 01", "\"Off when relay is on\"" },
        { 2, "auto_off_timer", "60", "70 04 02 04 00 00 00 3C", "60" },
        { 2, "auto_off_timer", "65535", "70 04 02 04 00 00 FF FF", "65535" },
        { 2, "auto_on_timer", "30", "70 04 03 04 00 00 00 1E", "30" },
        { 2, "power_on_behavior", "off", "70 04 04 01 01", "\"Off\"" },
        { 2, "power_report_threshold", "50", "70 04 05 01 32", "50" },
        { 2, "report_interval", "65535", "70 04 06 04 00 00 FF FF", "65535" },
        { 2, "current_report_threshold", "10", "70 04 07 01 0A", "10" },
        { 2, "energy_report_threshold", "100", "70 04 08 01 64", "100" },
        { 3, "power_decimals", "3", "70 04 02 01 03", "3" },
        { 3, "power_limit", "1194", "70 04 03 02 04 AA", "1194" },
        { 3, "power_limit", "No limit", "70 04 03 02 00 00", "0" },
        { 3, "power_on_behavior", "255", "70 04 04 01 FF", "255" },
        { 3, "report_percent", "100", "70 04 06 01 64", "100" },
        { 3, "report_percent", "0", "70 04 06 01 00", "0" },
        { 3, "report_watts", "255", "70 04 07 01 FF", "255" },
        // the same byte in the words of a manual that thinks it signed
        { 3, "report_watts", "-1", "70 04 07 01 FF", "255" },
        { 3, "report_interval", "200", "70 04 08 01 C8", "200" },
        { 3, "relay_delay", "255", "70 04 09 01 FF", "255" },
        { 3, "led", "On when relay is off", "70 04 0A 01 02", "\"On when relay is off\"" },
        { 4, "power_report_period", "32767", "70 04 01 02 7F FF", "32767" },
        { 4, "energy_report_period", "Off", "70 04 02 02 00 00", "0" },
        { 4, "selected_endpoint", "3", "70 04 03 01 03", "3" },
        { 4, "switch_mode", "Pulse", "70 04 04 01 02", "\"Pulse\"" },
        { 4, "load_caution", "1000", "70 04 05 02 03 E8", "1000" },
        { 4, "energy_caution", "9999", "70 04 06 02 27 0F", "9999" },
        { 4, "power_on_behavior", "2", "70 04 07 01 02", "\"On\"" },
        { 4, "auto_off_timer", "32767", "70 04 08 02 7F FF", "32767" },
        { 4, "radio_off_mode", "Toggle", "70 04 09 01 02", "\"Toggle\"" },
        { 4, "power_report_threshold", "20 %", "70 04 0E 01 04", "\"20 %\"" },
        { 4, "endpoint_reports", "Yes", "70 04 1F 01 02", "\"Yes\"" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_parameter_is_set_by_its_name_with_the_bytes_of_the_manual_read_back_and_shown(
        int node, string name, string payload, string frame, string shown)
    {
        var topic = $"zwbridge/node_{node}";
        var before = _bench.Observer.LastObject(topic)[name]!;
        var said = _bench.SaidCount;
        var answer = await _bench.Observer.AskAsync($"{topic}/set/{name}", payload);
        Assert.Equal("ok", (string?)answer["status"]);
        var value = JToken.Parse(shown);
        Assert.Equal(value, answer["data"]![name]);
        // the write, then the question what became of it (Configuration Get)
        var number = frame.Split(' ')[2];
        Assert.Equal([frame, $"70 05 {number}"], _bench.Said((ushort)node, said).Where(static heard => heard.StartsWith("70 ", StringComparison.Ordinal)));
        await _bench.Observer.UntilLastAsync(topic, name, value);
        Assert.Equal(Convert.ToInt64(string.Concat(frame.Split(' ')[4..]), 16), _bench.Plugs[(ushort)node].ReadParameter(Convert.ToInt32(number, 16)));
        await _bench.Observer.AskAsync($"{topic}/set/{name}", before.ToString());
        await _bench.Observer.UntilLastAsync(topic, name, before);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_parameter_is_refused_outside_its_range_and_nothing_is_sent(int node)
    {
        var said = _bench.SaidCount;
        foreach (var parameter in Parameters(node))
        {
            var outside = new[] { parameter.Minimum - 1, parameter.Maximum + 1, 1_000_000_000_000 }.Where(value => !IsTaken(parameter, value)).ToArray();
            Assert.NotEmpty(outside);
            foreach (var value in outside)
            {
                var answer = await _bench.Observer.AskAsync($"zwbridge/node_{node}/set/{parameter.Name}", $"{value}");
                Assert.True((string?)answer["status"] == "error", $"{parameter.Name} = {value}: {answer}");
                Assert.Contains("allowed are", (string)answer["error"]!, StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain(_bench.Said((ushort)node, said), static frame => frame.StartsWith("70 04", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_parameter_of_the_device_file_is_tried_here_and_announced(int node)
    {
        var tried = Rows.Where(row => row.Data.Item1 == node).Select(static row => row.Data.Item2).Distinct().Order();
        Assert.Equal(Parameters(node).Select(static parameter => parameter.Name).Order(), tried);
        var components = _bench.Components((ushort)node);
        foreach (var parameter in Parameters(node))
        {
            var component = components[$"parameter_{parameter.Number}"]!;
            // 70 steps of 10 ms: the step belongs to the name, what is set are steps
            var name = parameter.Unit is [>= '0' and <= '9', ..] unit ? $"{parameter.Label} (× {unit})" : parameter.Label;
            Assert.Equal(
                (name, $"zwbridge/node_{node}/set/{parameter.Name}", $"{{{{ value_json.{parameter.Name} }}}}", "config"),
                ((string?)component["name"], (string?)component["command_topic"], (string?)component["value_template"], (string?)component["entity_category"]));
            // a list to choose from, or a number with its range
            if (!parameter.IsEnumeration)
            {
                Assert.True((decimal)component["min"]! <= parameter.Minimum && (decimal)component["max"]! == parameter.Maximum, $"{component}");
                continue;
            }

            var labels = parameter.Values.OrderBy(static value => value.Key).Select(static value => value.Value);
            Assert.Equal(labels, component["options"]!.Select(static option => (string)option!));
        }
    }

    // Hidden ones reset the others or take an endpoint away.
    private static IEnumerable<ParameterDefinition> Parameters(int node) => DeviceCatalog.Load(Repository.Path("devices")).Definitions
        .Single(file => file.Source == s_files[node]).Parameters.Where(static parameter => parameter is { IsHidden: false, IsReadOnly: false });

    // -1 and 255 are the same byte.
    private static bool IsTaken(ParameterDefinition parameter, long value) =>
        parameter.Accepts(value) || (parameter.Size == 1 && value is >= -128 and < 0 && parameter.Accepts(value + 256));
}
