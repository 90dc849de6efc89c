using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Discovery;

/// <summary>The judge is judged: each row breaks one rule in a right document, and must be found.</summary>
public sealed class DiscoveryValidatorTests
{
    private const string Topic = "homeassistant/device/zw_e1a2b3c4_2/config";

    private static readonly Dictionary<string, Action<JObject>> s_mutations = new()
    {
        ["root: unknown key ~"] = static root => root["~"] = "zwbridge",
        ["root: unknown key name"] = static root => root["name"] = "Plug",
        ["root: unknown key json_attributes_topic"] = static root => root["json_attributes_topic"] = "zwbridge/node_2",
        ["no components"] = static root => root.Remove("components"),
        ["device: unknown key sw"] = static root => root["device"]!["sw"] = "1",
        ["device: identifiers"] = static root => root["device"]!["identifiers"] = new JArray("Plug"),
        ["device: sw_version is no text"] = static root => root["device"]!["sw_version"] = 1.2m,
        ["device: no name"] = static root => ((JObject)root["device"]!).Remove("name"),
        ["device: via_device"] = static root => root["device"]!["via_device"] = "zw_00000000",
        ["origin: incomplete"] = static root => ((JObject)root["origin"]!).Remove("sw_version"),
        ["origin: unknown key url"] = static root => root["origin"]!["url"] = "https://example.org",
        ["origin: support_url"] = static root => root["origin"]!["support_url"] = "nowhere",
        ["qos"] = static root => root["qos"] = 3,
        ["availability: none"] = static root => root.Remove("availability"),
        ["power: availability_mode"] = static root => root["availability_mode"] = "latest",
        ["power: 1 availability topics instead of 2"] = static root => ((JArray)root["availability"]!).RemoveAt(1),
        ["power: availability topics"] = static root => root["availability"]![1]!["topic"] = "zwbridge/bridge/state",
        ["ping: 2 availability topics instead of 1"] = static root => Component(root, "ping").Remove("availability"),
        ["component id 'the power'"] = static root => root["components"]!["the power"] = Component(root, "power").DeepClone(),
        ["power: platform 'sensors'"] = static root => Component(root, "power")["platform"] = "sensors",
        ["power: unique_id"] = static root => Component(root, "power").Remove("unique_id"),
        ["unique_id twice"] = static root => Component(root, "power")["unique_id"] = Component(root, "energy")["unique_id"],
        ["power: unknown key object_id"] = static root => Component(root, "power")["object_id"] = "power",
        ["power: unknown key device_clas"] = static root => Component(root, "power")["device_clas"] = "power",
        ["power: no name"] = static root => Component(root, "power").Remove("name"),
        ["power: enabled_by_default"] = static root => Component(root, "power")["enabled_by_default"] = "true",
        ["power: entity_category config"] = static root => Component(root, "power")["entity_category"] = "config",
        ["power: entity_category diagnostic"] = static root => Component(root, "power")["entity_category"] = "diagnostic",
        ["overload: entity_category config"] = static root => Component(root, "overload")["entity_category"] = "config",
        ["parameter_1: entity_category "] = static root => Component(root, "parameter_1").Remove("entity_category"),
        ["reset_meter: entity_category diagnostic"] = static root => Component(root, "reset_meter")["entity_category"] = "diagnostic",
        ["reset_meter: icon"] = static root => Component(root, "reset_meter")["icon"] = "counter",
        ["power: device_class watts"] = static root => Component(root, "power")["device_class"] = "watts",
        ["power: unit_of_measurement kWh of power"] = static root => Component(root, "power")["unit_of_measurement"] = "kWh",
        ["power: unit_of_measurement  of power"] = static root => Component(root, "power").Remove("unit_of_measurement"),
        ["power_factor: unit_of_measurement is empty"] = static root => Component(root, "power_factor")["unit_of_measurement"] = "",
        ["power_factor: unit_of_measurement None of power_factor"] = static root => Component(root, "power_factor")["unit_of_measurement"] = "None",
        ["energy: state_class measurement of energy"] = static root => Component(root, "energy")["state_class"] = "measurement",
        ["power: state_class increasing"] = static root => Component(root, "power")["state_class"] = "increasing",
        ["power: suggested_display_precision"] = static root => Component(root, "power")["suggested_display_precision"] = "1",
        ["power: options"] = static root => Component(root, "power")["options"] = new JArray("1"),
        ["node_status: enum with unit or state_class"] = static root => Component(root, "node_status")["state_class"] = "measurement",
        ["node_status: no options"] = static root => Component(root, "node_status").Remove("options"),
        ["last_seen: timestamp with unit, state_class or options"] = static root => Component(root, "last_seen")["unit_of_measurement"] = "s",
        ["last_seen: cannot read the state 'alive'"] = static root => Component(root, "last_seen")["value_template"] = "{{ value_json.node_status }}",
        ["overload: device_class"] = static root => Component(root, "overload")["device_class"] = "overload",
        ["overload: cannot read the state 'True'"] = static root => Component(root, "overload").Remove("payload_on"),
        ["switch: device_class"] = static root => Component(root, "switch")["device_class"] = "plug",
        ["switch: no command_topic"] = static root => Component(root, "switch").Remove("command_topic"),
        ["switch: command_topic"] = static root => Component(root, "switch")["command_topic"] = "zwbridge/+/set",
        ["switch: cannot read the state 'ON'"] = static root => Component(root, "switch")["payload_on"] = "on",
        ["parameter_1: min and max"] = static root => Component(root, "parameter_1")["max"] = 5,
        ["parameter_1: step"] = static root => Component(root, "parameter_1")["step"] = 0,
        ["parameter_1: mode"] = static root => Component(root, "parameter_1")["mode"] = "wheel",
        ["parameter_1: unit_of_measurement min of power"] = static root => Component(root, "parameter_1")["unit_of_measurement"] = "min",
        ["parameter_1: cannot read the state '10'"] = static root => Component(root, "parameter_1")["min"] = 11,
        ["parameter_2: cannot read the state 'On'"] = static root => Component(root, "parameter_2")["options"] = new JArray("Off", "Blinking"),
        ["parameter_2: options"] = static root => Component(root, "parameter_2")["options"] = new JArray("On", "On"),
        ["power: the state has no watts"] = static root => Component(root, "power")["value_template"] = "{{ value_json.watts }}",
        ["power: template {{ value_json.power | int }}"] = static root => Component(root, "power")["value_template"] = "{{ value_json.power | int }}",
        ["power: nobody publishes zwbridge/other"] = static root => Component(root, "power")["state_topic"] = "zwbridge/other",
        ["power: cannot read the state 'alive'"] = static root => Component(root, "power")["value_template"] = "{{ value_json.node_status }}",
        ["two components without a name"] = static root => Component(root, "power")["name"] = JValue.CreateNull(),
        ["the name 'ENERGY' twice"] = static root => Component(root, "power")["name"] = "Energy",
        ["the name 'Node 2 power' has the name of the device in it"] = static root => Component(root, "power")["name"] = "Node 2 power",
        ["the name 'power'"] = static root => Component(root, "power")["name"] = "power",
        ["the only relay has a name of its own"] = static root => Component(root, "switch")["name"] = "Relay",
        ["a relay that is no outlet"] = static root => Component(root, "switch").Remove("device_class"),
    };

    private readonly DiscoveryValidator _validator;
    private readonly string _right;

    public DiscoveryValidatorTests()
    {
        PlainNetwork network = new();
        var node = network.Add(2, MeterCommandClass.Id, ConfigurationCommandClass.Id);
        network.SetIdentity(node, 1, 2, 3, "1.2");
        network.AddMeter(node, 0, [0, 2, 6], [MeterScales.Import]);
        network.Set(node, 0, SwitchBinaryCommandClass.State, Value.Of(true));
        network.Set(node, 0, Bridge.ZWave.Network.NodeValues.Overload, Value.Of(true));
        node.Device = PlainNetwork.Device(
            new(1, "limit", "Limit", 1) { Minimum = 5, Maximum = 50, Unit = "W" },
            new(2, "light", "Light", 1) { Minimum = 0, Maximum = 2, IsEnumeration = true, Values = new Dictionary<long, string> { [0] = "Off", [1] = "On", [2] = "Blinking" } });
        network.Set(node, 0, ConfigurationCommandClass.Parameter(1), Value.Of(10));
        network.Set(node, 0, ConfigurationCommandClass.Parameter(2), Value.Of(1));
        _right = Documents.Message(Documents.Of(network, node, new(node.Id, "node_2"))).Payload;
        _validator = new(Documents.States(network, (node, "node_2")));
    }

    public static TheoryData<string> Mutations => [.. s_mutations.Keys];

    [Fact]
    public void The_document_every_row_begins_with_is_right() => Assert.Empty(_validator.Check(Topic, _right));

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_broken_rule_is_found(string fault)
    {
        var root = JObject.Parse(_right);
        s_mutations[fault](root);
        Assert.Contains(fault, _validator.Check(Topic, root.ToString(Formatting.None)));
    }

    [Theory]
    [InlineData("homeassistant/device/zw e1a2b3c4_2/config")]
    [InlineData("homeassistant/sensor/zw_e1a2b3c4_2/config")]
    [InlineData("homeassistant/device/zw_e1a2b3c4_2/state")]
    public void A_wrong_topic_is_found(string topic) => Assert.NotEmpty(_validator.Check(topic, _right));

    [Theory]
    [InlineData("{\"qos\": NaN")]
    [InlineData("\"\"")]
    [InlineData("{\"qos\":1,\"qos\":1}")]
    public void What_is_no_JSON_object_is_found(string payload) => Assert.NotEmpty(_validator.Check(Topic, payload));

    [Fact]
    public void Keys_of_the_device_form_are_found_in_the_single_form()
    {
        var root = JObject.Parse(_right);
        Assert.Contains("keys of the device form", _validator.CheckSingle("homeassistant/sensor/zw_e1a2b3c4_2/power/config", root.ToString()));
    }

    private static JObject Component(JObject root, string id) => (JObject)root["components"]![id]!;
}
