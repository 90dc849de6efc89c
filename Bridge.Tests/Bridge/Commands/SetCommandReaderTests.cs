using System.Text;
using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Tests.Mqtt;
using Xunit;

namespace Bridge.Tests.Commands;

/// <summary>Topics are written without base and device: "set", "2/set", "set/led".</summary>
public sealed class SetCommandReaderTests
{
    [Theory]
    [InlineData("ON")]
    [InlineData("on")]
    [InlineData("On")]
    [InlineData("\"ON\"")]
    [InlineData(" on \r\n")]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("\"true\"")]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("\"1\"")]
    [InlineData("{\"state\":\"ON\"}")]
    [InlineData("{\"state\":\" on\"}")]
    [InlineData("{\"state\":true}")]
    [InlineData("{\"state\":1}")]
    public void On_in_every_spelling(string payload)
    {
        Assert.Equal("state=ON", Read("plug", "set", payload));
        Assert.Equal("state=ON", Read("plug", "set/state", payload));
    }

    [Theory]
    [InlineData("OFF")]
    [InlineData("off")]
    [InlineData("\"Off\"")]
    [InlineData("false")]
    [InlineData("False")]
    [InlineData("0")]
    [InlineData("{\"state\":\"off\"}")]
    [InlineData("{\"state\":false}")]
    [InlineData("{\"state\":0}")]
    public void Off_in_every_spelling(string payload) => Assert.Equal("state=OFF", Read("plug", "set", payload));

    [Theory]
    [InlineData("TOGGLE")]
    [InlineData("toggle")]
    [InlineData("{\"state\":\"Toggle\"}")]
    public void Toggle_in_every_spelling(string payload) => Assert.Equal("state=TOGGLE", Read("plug", "set", payload));

    [Theory]
    [InlineData("-1", "-1")]
    [InlineData("2", "2")]
    [InlineData("255", "255")]
    [InlineData("0.5", "0.5")]
    [InlineData("1e9", "1000000000")]
    [InlineData("1e400", "\"1e400\"")]
    [InlineData("null", "null")]
    [InlineData("[\"ON\"]", "a list")]
    [InlineData("[]", "a list")]
    [InlineData("onn", "\"onn\"")]
    [InlineData("on off", "\"on off\"")]
    [InlineData("{\"state\":{\"state\":\"ON\"}}", "an object")]
    [InlineData("{\"state\":[1]}", "a list")]
    [InlineData("{\"state\":null}", "null")]
    [InlineData("{\"state\":\"\"}", "\"\"")]
    [InlineData("\"\"", "\"\"")]
    public void Anything_else_is_no_state(string payload, string shown) =>
        Assert.Equal($"\"state\" cannot be {shown}; allowed are ON, OFF, TOGGLE, true, false, 1 and 0", Read("plug", "set", payload));

    [Theory]
    [InlineData("set", "")]
    [InlineData("set", "  \n")]
    [InlineData("set/state", "")]
    [InlineData("set/reset_meter", "")]
    [InlineData("set/nonsense", "")]
    [InlineData("9/set", "")]
    public void Empty_payload_is_nothing_to_do(string topic, string payload)
    {
        var command = Command("plug", topic, payload);
        Assert.Empty(command.Actions);
        Assert.Empty(command.Faults);
    }

    [Theory]
    [InlineData("set", "{\"state_1\":\"ON\",\"state_2\":\"OFF\"}", "state_1=ON, state_2=OFF")]
    [InlineData("set", "{\"state_2\":\"OFF\",\"state_1\":\"ON\"}", "state_2=OFF, state_1=ON")]
    [InlineData("1/set", "ON", "state_1=ON")]
    [InlineData("2/set", "{\"state\":\"toggle\"}", "state_2=TOGGLE")]
    [InlineData("2/set", "{\"state_2\":\"ON\"}", "state_2=ON")]
    [InlineData("2/set/state", "1", "state_2=ON")]
    [InlineData("2/set/state_2", "1", "state_2=ON")]
    [InlineData("set/state_2", "{\"state_2\":1}", "state_2=ON")]
    [InlineData("set/state_3", "{\"state\":1}", "\"state_3\" cannot be an object; allowed are ON, OFF, TOGGLE, true, false, 1 and 0")]
    [InlineData("1/set/state", "{\"state\":1}", "state_1=ON")]
    [InlineData("2/set/state", "{\"state_1\":1}", "\"state_2\" cannot be an object; allowed are ON, OFF, TOGGLE, true, false, 1 and 0")]
    [InlineData("2/set", "{\"state_1\":\"ON\"}", "\"state_1\" is not known here; this takes state, reset_meter")]
    [InlineData("4/set", "ON", "\"4\" is no endpoint of this node; it has 1, 2, 3")]
    [InlineData("one/set", "ON", "\"one\" is no endpoint of this node; it has 1, 2, 3")]
    [InlineData("256/set", "ON", "\"256\" is no endpoint of this node; it has 1, 2, 3")]
    public void Endpoints_are_reached_by_topic_and_by_key(string topic, string payload, string expected) => Assert.Equal(expected, Read("double", topic, payload));

    [Theory]
    [InlineData("double", "state_3=ON")]
    [InlineData("strip", "\"state\" is there several times; name one of state_1, state_2")]
    [InlineData("sensor", "\"state\" is not there: no relay; this takes ping as keys of an object")]
    public void Plain_on_means_all_relays_only_where_one_endpoint_stands_for_them(string node, string expected) => Assert.Equal(expected, Read(node, "set", "ON"));

    [Fact]
    public void Endpoint_zero_is_the_node_itself() => Assert.Equal("state=ON", Read("plug", "0/set", "ON"));

    [Fact]
    public void Node_without_endpoints_says_so() => Assert.Equal("\"1\" is no endpoint of this node: it has none", Read("plug", "1/set", "ON"));

    [Theory]
    [InlineData("power_limit", "2000", "3=2000")]
    [InlineData("power_limit", "\"2000\"", "3=2000")]
    [InlineData("power_limit", "2e3", "3=2000")]
    [InlineData("power_limit", "no limit", "3=0")]
    [InlineData("power_limit", "0", "3=0")]
    [InlineData("parameter_3", "2000", "3=2000")]
    [InlineData("report_percent", "OFF", "6=0")]
    [InlineData("report_percent", "0", "6=0")]
    [InlineData("relay_delay", "255", "9=255")]
    [InlineData("relay_delay", "-1", "9=255")]
    [InlineData("relay_delay", "-128", "9=128")]
    [InlineData("offset", "-1", "11=-1")]
    [InlineData("offset", "255", "11=-1")]
    [InlineData("led", "1", "10=1")]
    [InlineData("led", "on WHEN relay is ON", "10=1")]
    [InlineData("led", "off", "10=0")]
    [InlineData("led", "7", "10=2")]
    [InlineData("parameter_40", "-5", "40=-5")]
    [InlineData("parameter_40", "4294967295", "40=4294967295")]
    [InlineData("protection", "by sequence", "protection=1")]
    [InlineData("protection", "2", "protection=2")]
    public void Parameters_take_numbers_and_labels(string key, string payload, string expected)
    {
        Assert.Equal(expected, Read("plug", "set/" + key, payload));
        Assert.Equal(expected, Read("plug", "set", $"{{\"{key}\":{(payload.Any(char.IsLetter) && payload != "2e3" ? $"\"{payload}\"" : payload)}}}"));
    }

    [Theory]
    [InlineData("power_limit", "4501", "\"power_limit\" cannot be 4501; allowed are whole numbers 0..4500, in W; or \"No limit\"")]
    [InlineData("power_limit", "-1", "\"power_limit\" cannot be -1; allowed are whole numbers 0..4500, in W; or \"No limit\"")]
    [InlineData("power_limit", "1.5", "\"power_limit\" cannot be 1.5; allowed are whole numbers 0..4500, in W; or \"No limit\"")]
    [InlineData("power_limit", "1e400", "\"power_limit\" cannot be \"1e400\"; allowed are whole numbers 0..4500, in W; or \"No limit\"")]
    [InlineData("power_limit", "true", "\"power_limit\" cannot be true; allowed are whole numbers 0..4500, in W; or \"No limit\"")]
    [InlineData("report_percent", "5", "\"report_percent\" cannot be 5; allowed are whole numbers 10..100 and 0; or \"Off\"")]
    [InlineData("relay_delay", "-129", "\"relay_delay\" cannot be -129; allowed are whole numbers 0..255")]
    [InlineData("relay_delay", "256", "\"relay_delay\" cannot be 256; allowed are whole numbers 0..255")]
    [InlineData("offset", "150", "\"offset\" cannot be 150; allowed are whole numbers -100..100")]
    [InlineData("magic", "85", "\"magic\" cannot be 85; allowed are whole numbers 0..255 except 85")]
    [InlineData("led", "3", "\"led\" cannot be 3; allowed are \"Off\" (0), \"On when relay is on\" (1), \"7\" (2)")]
    [InlineData("led", "blue", "\"led\" cannot be \"blue\"; allowed are \"Off\" (0), \"On when relay is on\" (1), \"7\" (2)")]
    [InlineData("parameter_40", "4294967296", "\"parameter_40\" cannot be 4294967296; allowed are whole numbers -2147483648..4294967295")]
    [InlineData("protection", "3", "\"protection\" cannot be 3; allowed are \"Unprotected\" (0), \"By sequence\" (1), \"No operation\" (2)")]
    [InlineData("revision", "3", "\"revision\" cannot be set: the parameter is read-only")]
    [InlineData("power", "3", "\"power\" cannot be set: the node tells it")]
    [InlineData("node_status", "alive", "\"node_status\" cannot be set: the node tells it")]
    [InlineData("on_time", "30", "\"on_time\" is not supported: nothing was switched. Devices that can have a parameter for it (auto_off_timer)")]
    public void Wrong_values_are_refused_with_what_is_allowed(string key, string payload, string expected) => Assert.Equal(expected, Read("plug", "set/" + key, payload));

    [Theory]
    [InlineData("PRESS")]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("{\"reset_meter\":\"\"}")]
    [InlineData("\"anything\"")]
    public void Actions_start_on_any_word(string payload) => Assert.Equal("reset 0", Read("plug", "set/reset_meter", payload));

    [Theory]
    [InlineData("false", "false")]
    [InlineData("0", "0")]
    [InlineData("OFF", "\"OFF\"")]
    [InlineData("null", "null")]
    [InlineData("{\"a\":1}", "an object")]
    public void Actions_do_not_start_on_a_no(string payload, string shown) => Assert.Equal(
        $"\"identify\" cannot be {shown}; it is started by PRESS, true or any other word but OFF, false and 0", Read("plug", "set/identify", payload));

    [Theory]
    [InlineData("plug", "set/ping", "start ping")]
    [InlineData("plug", "set/identify", "start identify")]
    [InlineData("plug", "set/reset_configuration", "start reset_configuration")]
    [InlineData("double", "set/reset_meter", "reset 3 shows 1+2+3")]
    [InlineData("double", "set/reset_meter_2", "reset 2")]
    [InlineData("double", "2/set/reset_meter", "reset 2")]
    [InlineData("double", "3/set/reset_meter", "reset 3")]
    [InlineData("strip", "set/reset_meter", "reset 0")]
    public void Actions_are_reached_by_topic(string node, string topic, string expected) => Assert.Equal(expected, Read(node, topic, "PRESS"));

    [Fact]
    public void An_object_may_set_several_things_in_its_order() =>
        Assert.Equal("3=100, state=OFF, 10=0, start ping", Read("plug", "set", """{"power_limit":100,"state":"OFF","led":"Off","ping":"PRESS"}"""));

    [Fact]
    public void One_unknown_key_refuses_the_whole_object_and_is_named_with_the_known_ones()
    {
        var command = Command("strip", "set", """{"state_1":"ON","stat":"ON","brightness":7}""");
        Assert.Empty(command.Actions);
        Assert.Equal("\"stat\", \"brightness\" are not known here; this takes state_1, state_2, reset_meter, ping", Assert.Single(command.Faults).ToString());
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var command = Command("plug", "set", """{"state":"ON","power":1,"led":9,"x":1,"relay_delay":256}""");
        Assert.Empty(command.Actions);
        Assert.Equal(["power", "led", "relay_delay", "x"], command.Faults.Select(static fault => fault.Key));
    }

    [Fact]
    public void The_same_thing_twice_is_refused() =>
        Assert.Equal("\"power_limit\" is set twice in one message", Read("plug", "set", """{"power_limit":1,"parameter_3":2}"""));

    [Fact]
    public void An_object_without_keys_says_what_it_takes() =>
        Assert.Equal("\"set\" needs at least one key; this takes state_1, state_2, reset_meter, ping", Read("strip", "set", "{}"));

    [Fact]
    public void Hundreds_of_faults_are_told_in_few_words()
    {
        var keys = string.Join(",", Enumerable.Range(0, 500).Select(static index => $"\"{new string('k', 20)}{index}\":1"));
        var text = Read("plug", "set", $"{{{keys}}}");
        Assert.InRange(text.Length, 100, 1500);
        var readings = new global::Bridge.Properties.NodeProperties(new(2), [.. Enumerable.Range(0, 50).Select(static index =>
            new global::Bridge.Properties.NodeProperty($"p{index}", global::Bridge.Properties.PropertyKind.Reading) { Stem = $"p{index}", Label = "P" })]);
        var set = string.Join(",", Enumerable.Range(0, 50).Select(static index => $"\"p{index}\":1"));
        Assert.True(PayloadFormat.TryRead(Encoding.UTF8.GetBytes($"{{{set}}}"), out var payload, out _));
        var command = SetCommandReader.Read(new("node_2", null, null), payload, readings);
        Assert.Equal((11, "\"…\" and 40 more faults"), (command.Faults.Count, command.Faults[^1].ToString()));
    }

    [Fact]
    public void A_hundred_thousand_random_payloads_are_actions_or_faults_but_never_both()
    {
        var random = new PayloadGenerator(77);
        string[] nodes = ["plug", "double", "strip", "sensor"];
        var (actions, faults) = (0, 0);
        for (var count = 0; count < 100_000; count++)
        {
            if (!PayloadFormat.TryRead(random.Next(), out var payload, out _)) continue;
            var endpoint = random.Number(3) == 0 ? random.Key() : random.Number(2) == 0 ? "1" : null;
            var command = SetCommandReader.Read(
                new("node", endpoint, random.Number(2) == 0 ? random.Key() : null), payload, SomeProperties.Of(nodes[random.Number(nodes.Length)]));
            Assert.True(command.Actions.Count == 0 || command.Faults.Count == 0);
            Assert.InRange(SomeProperties.Text(command).Length, 0, 4000);
            actions += command.Actions.Count;
            faults += command.Faults.Count;
        }

        Assert.True(actions > 500 && faults > 10_000, $"{actions} actions, {faults} faults");
    }

    private static string Read(string node, string topic, string payload) => SomeProperties.Text(Command(node, topic, payload));

    private static SetCommand Command(string node, string topic, string payload)
    {
        var parsed = Assert.IsType<SetTopic>(new TopicScheme("zwbridge").Parse($"zwbridge/dev/{topic}"));
        Assert.True(PayloadFormat.TryRead(Encoding.UTF8.GetBytes(payload), out var value, out var fault), fault);
        return SetCommandReader.Read(parsed, value, SomeProperties.Of(node));
    }
}
