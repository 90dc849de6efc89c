using Bridge.Discovery;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Discovery;

/// <summary>The three plugs of the demonstration, interviewed once for all tests.</summary>
public sealed class InterviewedPlugs : IAsyncLifetime
{
    private SimulatedHost _host = null!;

    internal SimulatedHost Host => _host;

    public async ValueTask InitializeAsync() => _host = await SimulatedHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();
}

/// <summary>Whole documents: approved by people, and found right by <see cref="DiscoveryValidator"/>.</summary>
public sealed class DiscoveryGoldenTests(InterviewedPlugs plugs) : IClassFixture<InterviewedPlugs>
{
    [Theory]
    [InlineData(2, "Mini plug", "mini_plug", "Kitchen", "n4003")]
    [InlineData(3, "Heater", "heater", null, "energy-switch")]
    [InlineData(4, "Double relay", "double_relay", null, "double-switch")]
    public async Task Plug_of_the_demonstration(int id, string name, string topic, string? area, string golden)
    {
        var (document, states) = await plugs.Host.Network.ReadAsync(view =>
        {
            var node = view.FindNode(new((ushort)id))!;
            var entry = new NodeEntry(node.Id, topic) { Name = name, Area = area };
            return (Documents.Of(view, node, entry, view.Identity!.HomeId), Documents.States(view, (node, topic)));
        });
        Approve(golden, document, states);
    }

    [Fact]
    public void Bridge() => Approve("bridge", DiscoveryBuilder.Build(Documents.Shipped, Documents.Facts.OfBridge(PlainNetwork.Home))!, Documents.States(new PlainNetwork()));

    [Fact]
    public void Plug_without_a_device_file()
    {
        PlainNetwork network = new();
        var node = network.Add(5, MeterCommandClass.Id, ConfigurationCommandClass.Id);
        network.SetIdentity(node, 0x0312, 0xAC01, 0x4003, "1.2");
        network.AddMeter(node, 0, [0, 2], [MeterScales.Import]);
        // A number the device described, one it only told, and one whose value could be read in two ways.
        network.Describe(node, ConfigurationCommandClass.Parameter(1), new("Report interval") { Unit = "s", Minimum = 0, Maximum = 3600, Default = 60, IsWriteable = true });
        network.Set(node, 0, ConfigurationCommandClass.Parameter(1), Value.Of(60));
        network.Set(node, 0, ConfigurationCommandClass.ParameterSize(1), Value.Of(2));
        network.Set(node, 0, ConfigurationCommandClass.Parameter(2), Value.Of(-1));
        network.Set(node, 0, ConfigurationCommandClass.ParameterSize(2), Value.Of(1));
        Approve("without-device-file", network, node);
    }

    [Fact]
    public void Strip_that_measures_only_as_a_whole()
    {
        PlainNetwork network = new();
        var node = network.Add(6, MeterCommandClass.Id);
        network.SetIdentity(node, 0x7FFE, 1, 2, "3.4");
        for (byte outlet = 1; outlet <= 3; outlet++) node.AddEndpoint(new(outlet)).Add(SwitchBinaryCommandClass.Id);
        network.AddMeter(node, 0, [0, 2, 4], [MeterScales.Import]);
        network.Set(node, 2, SwitchBinaryCommandClass.State, Value.Of(true));
        Approve("strip-with-one-meter", network, node);
    }

    [Fact]
    public void Meters_with_every_scale()
    {
        PlainNetwork network = new();
        var node = network.Add(7, MeterCommandClass.Id);
        network.AddMeter(node, 0, [0, 1, 2, 3, 4, 5, 6, 7, 8], [MeterScales.Import, MeterScales.Export]);
        network.AddMeter(node, 1, [0, 1, 3], [MeterScales.Import], type: MeterScales.Gas);
        network.AddMeter(node, 2, [0, 1, 2, 3], [MeterScales.Import], type: MeterScales.Water);
        network.AddMeter(node, 3, [0], [MeterScales.Import], type: MeterScales.Heating);
        network.AddMeter(node, 4, [0], [MeterScales.Import], type: MeterScales.Cooling);
        // A type and a scale nobody has heard of.
        network.AddMeter(node, 5, [12], [MeterScales.Import], type: 9);
        network.Set(node, 5, MeterCommandClass.Reading(9, 1, 12), Value.OfDecimal(125, 1));
        node.Device = PlainNetwork.Device() with { Endpoints = [new(0, "Main", EndpointRole.Single)] };
        // Endpoints hide the root: the electric meter on one of its own.
        network.AddMeter(node, 6, [0, 1, 2, 3, 4, 5, 6, 7, 8], [MeterScales.Import, MeterScales.Export]);
        network.Set(node, 6, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 6), Value.OfDecimal(98, 2));
        Approve("every-scale", network, node);
    }

    [Fact]
    public void Parameters_of_every_kind()
    {
        PlainNetwork network = new();
        var node = network.Add(8, ConfigurationCommandClass.Id, ProtectionCommandClass.Id);
        node.Device = PlainNetwork.Device(
            new(1, "threshold", "Threshold", 1) { Minimum = 5, Maximum = 50, Unit = "W", AlsoAllowed = [0] },
            new(2, "current_threshold", "Current threshold", 1) { Minimum = 1, Maximum = 10, Unit = "0.1 A" },
            new(3, "percent", "Percent", 1) { Minimum = 0, Maximum = 100, Unit = "%" },
            new(4, "timer", "Timer", 4) { Minimum = 0, Maximum = 65535, Unit = "min" },
            new(5, "light", "Light", 1) { Minimum = 0, Maximum = 1, IsEnumeration = true, Values = Names("Off", "On") },
            new(6, "mode", "Mode", 1) { Minimum = 0, Maximum = 2, IsEnumeration = true, Values = Names("Off", "On", "Automatic") },
            new(7, "calibrate", "Calibrate", 1) { Minimum = 1, Maximum = 1, IsWriteOnly = true },
            new(8, "blink", "Blink", 1) { Minimum = 1, Maximum = 9, Unit = "s", IsWriteOnly = true },
            new(9, "preset", "Preset", 1) { Minimum = 0, Maximum = 1, IsEnumeration = true, IsWriteOnly = true, Values = Names("Day", "Night") },
            new(10, "hours", "Hours of operation", 2) { Minimum = 0, Maximum = 65535, Unit = "h", IsReadOnly = true },
            new(11, "fault", "Fault", 1) { Minimum = 0, Maximum = 1, IsEnumeration = true, IsReadOnly = true, Values = Names("No", "Relay stuck") },
            new(12, "secret", "Secret", 1) { Minimum = 0, Maximum = 9, IsHidden = true },
            new(13, "delay", "Delay", 1) { Minimum = 0, Maximum = 9 },
            new(14, "delay_2", "Delay", 1) { Minimum = 1, Maximum = 9, Default = 255 },
            new(15, "offset", "Offset", 1) { Minimum = -10, Maximum = 10, IsSigned = true, Unit = "°C" },
            new(16, "undervoltage", "Undervoltage", 2) { Minimum = 80, Maximum = 400, Unit = "V" },
            new(17, "overcurrent", "Overcurrent", 1) { Minimum = 1, Maximum = 16, Unit = "A" });
        network.Set(node, 0, NodeValues.Overload, Value.Of(false));
        long[] values = [0, 3, 50, 10, 1, 2, 0, 0, 0, 12, 0, 0, 4, 255, -3, 200, 16];
        for (var number = 1; number <= values.Length; number++)
        {
            network.Set(node, 0, ConfigurationCommandClass.Parameter(number), Value.Of(values[number - 1]));
        }

        network.Describe(node, ProtectionCommandClass.LocalState, new("Protection") { States = Names("Unprotected", "By sequence") });
        network.Set(node, 0, ProtectionCommandClass.LocalState, Value.Of(1));
        Approve("parameters", network, node);
    }

    [Fact]
    public async Task Single_components()
    {
        var (document, states) = await plugs.Host.Network.ReadAsync(static view =>
        {
            var node = view.FindNode(new(2))!;
            return (Documents.Of(view, node, new(node.Id, "mini_plug") { Name = "Mini plug" }, view.Identity!.HomeId), Documents.States(view, (node, "mini_plug")));
        });
        JObject all = [];
        foreach (var (topic, payload) in document.SingleMessages("homeassistant"))
        {
            Assert.Empty(new DiscoveryValidator(states).CheckSingle(topic, payload));
            all[topic] = JObject.Parse(payload);
        }

        Assert.Equal(document.Components.Count, all.Count);
        Golden.Approved("single-components", all.ToString());
    }

    private static Dictionary<long, string> Names(params string[] names) => names.Select(static (name, index) => (name, index)).ToDictionary(static pair => (long)pair.index, static pair => pair.name);

    private static void Approve(string golden, PlainNetwork network, Node node) =>
        Approve(golden, Documents.Of(network, node, new(node.Id, $"node_{node.Id}")), Documents.States(network, (node, $"node_{node.Id}")));

    private static void Approve(string golden, DiscoveryDocument document, Dictionary<string, string> states)
    {
        var (topic, payload) = Documents.Message(document);
        var faults = new DiscoveryValidator(states).Check(topic, payload);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Golden.Approved(golden, new JObject(new JProperty(topic, JToken.Parse(payload))).ToString());
    }
}
