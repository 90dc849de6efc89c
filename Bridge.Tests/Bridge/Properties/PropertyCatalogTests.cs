using Bridge.Properties;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Properties;

/// <summary>What nodes have for MQTT: the three plugs as interviewed, and nodes put together from classes alone.</summary>
public sealed class PropertyCatalogTests
{
    private static readonly byte s_import = MeterScales.Import;

    [Fact]
    public async Task Mini_plug_has_its_relay_four_readings_the_alarm_and_eight_parameters()
    {
        await using var host = await SimulatedHost.StartAsync();
        var names = await NamesAsync(host, 2);
        Assert.Equal(
            [
                "state", "power", "energy", "voltage", "current", "led_indicator", "auto_off_timer", "auto_on_timer", "power_on_behavior",
                "power_report_threshold", "report_interval", "current_report_threshold", "energy_report_threshold", "reset_meter", "identify",
                "reset_configuration", "update", "ping", "node_status", "last_seen",
            ],
            names.Where(static name => name != "overload"));
    }

    [Fact]
    public async Task Energy_switch_tells_what_it_took_and_what_it_fed_back_apart()
    {
        await using var host = await SimulatedHost.StartAsync();
        var properties = await PropertiesAsync(host, 3);
        Assert.Equal(["power", "power_produced", "energy", "energy_produced"], properties.All.Where(static one => one.Kind == PropertyKind.Reading).Select(static one => one.Name));
        Assert.Equal("kWh", properties.Find("energy_produced")!.Unit);
        Assert.Equal("Energy produced", properties.Find("energy_produced")!.FullLabel);
        Assert.True(properties.Find("energy_produced")!.IsProduced);
        Assert.Equal("energy", properties.Find("energy_produced")!.Quantity);
        Assert.Equal(
            [0, 1, 2, 3, 4, 6, 7, 8, 9, 10], properties.All.Where(static one => one.Kind == PropertyKind.Parameter).Select(static one => one.ParameterNumber!.Value));
        Assert.Equal(["Unprotected", "By sequence", "No operation possible"], properties.Find("protection")!.Options.Values);
        Assert.NotNull(properties.Find("reset_configuration"));
    }

    [Fact]
    public async Task Double_switch_has_three_endpoints_and_nothing_of_its_root()
    {
        await using var host = await SimulatedHost.StartAsync();
        var properties = await PropertiesAsync(host, 4);
        Assert.Equal(["state_1", "state_2", "state_3"], properties.All.Where(static one => one.Kind == PropertyKind.Switch).Select(static one => one.Name));
        Assert.Equal(["Relay 1", "Relay 2", "Both relays"], properties.All.Where(static one => one.Kind == PropertyKind.Switch).Select(static one => one.FullLabel));
        foreach (var stem in new[] { "power", "energy", "voltage", "current", "power_factor", "reset_meter" })
        {
            Assert.Equal([1, 2, 3], properties.All.Where(one => one.Stem == stem).Select(static one => (int)one.Endpoint.Value));
        }

        Assert.Equal("Both relays energy", properties.Find("energy_3")!.FullLabel);
        Assert.Equal([false, false, true], new[] { 1, 2, 3 }.Select(number => properties.Find($"energy_{number}")!.IsGroup));
        Assert.Null(properties.Find("power_factor_1")!.Unit);
        Assert.Equal("energy_2", properties.Find("energy", new EndpointIndex(2))!.Name);
    }

    [Fact]
    public async Task Chosen_endpoint_order_moves_names_and_group()
    {
        await using var host = await SimulatedHost.StartAsync();
        await host.Network.ApplySettingsAsync(new(4), NodeSettings.Default with { EndpointOrder = "both-relay1-relay2" });
        var properties = await PropertiesAsync(host, 4);
        Assert.Equal(["Both relays", "Relay 1", "Relay 2"], properties.All.Where(static one => one.Kind == PropertyKind.Switch).Select(static one => one.FullLabel));
        Assert.Equal([true, false, false], new[] { 1, 2, 3 }.Select(number => properties.Find($"energy_{number}")!.IsGroup));
    }

    [Fact]
    public async Task Values_are_told_in_the_words_of_the_state_object()
    {
        await using var host = await SimulatedHost.StartAsync();
        var told = await host.Network.ReadAsync(view =>
        {
            var node = view.FindNode(new(2))!;
            var properties = PropertyCatalog.Of(view, node);
            return new[] { "state", "led_indicator", "auto_off_timer", "node_status", "power" }
                .ToDictionary(static name => name, name => PropertyReading.Of(view, node, properties.Find(name)!));
        });
        Assert.Equal("OFF", told["state"].AsText);
        Assert.Equal("On when relay is on", told["led_indicator"].AsText);
        Assert.Equal(0, told["auto_off_timer"].AsInteger);
        Assert.Equal("alive", told["node_status"].AsText);
        Assert.Equal(0m, told["power"].AsDecimal);
    }

    [Fact]
    public void Strip_that_measures_only_as_a_whole_keeps_the_meter_of_its_root()
    {
        var rig = new NodeOnPaper();
        rig.Endpoint(0, SwitchBinaryCommandClass.Id, MeterCommandClass.Id);
        rig.Endpoint(1, SwitchBinaryCommandClass.Id);
        rig.Endpoint(2, SwitchBinaryCommandClass.Id);
        rig.Reading(0, MeterCommandClass.Reading(MeterScales.Electric, s_import, 0), 12.5m);
        Assert.Equal(["state_1", "state_2", "energy"], rig.Names("state", "energy"));
    }

    [Fact]
    public void Root_that_sums_its_outlets_shows_no_second_energy()
    {
        var rig = new NodeOnPaper();
        foreach (byte endpoint in new byte[] { 0, 1, 2 })
        {
            rig.Endpoint(endpoint, SwitchBinaryCommandClass.Id, MeterCommandClass.Id);
            rig.Reading(endpoint, MeterCommandClass.Reading(MeterScales.Electric, s_import, 0), 1m);
        }

        Assert.Equal(["energy_1", "energy_2"], rig.Names("energy"));
        Assert.Equal("Outlet 2 energy", rig.Properties.Find("energy_2")!.FullLabel);
    }

    [Fact]
    public void Meter_without_supported_report_shows_the_scale_of_its_first_report()
    {
        var rig = new NodeOnPaper();
        rig.Endpoint(0, MeterCommandClass.Id);
        Assert.Empty(rig.Names("power", "energy"));
        rig.Reading(0, MeterCommandClass.Reading(MeterScales.Electric, 0, 2), 7m);
        Assert.Equal(["power"], rig.Names("power", "energy"));
    }

    [Fact]
    public void Every_electric_scale_has_its_own_name_and_unit()
    {
        var rig = new NodeOnPaper();
        rig.Endpoint(0, MeterCommandClass.Id);
        for (var scale = 0; scale <= 8; scale++) rig.Reading(0, MeterCommandClass.Reading(MeterScales.Electric, s_import, scale), 1m);
        Assert.Equal(
            [
                ("power", "W"), ("energy", "kWh"), ("apparent_energy", "kVAh"), ("pulses", null), ("voltage", "V"), ("current", "A"), ("power_factor", null),
                ("reactive_power", "kvar"), ("reactive_energy", "kvarh"),
            ],
            rig.Properties.All.Where(static one => one.Kind == PropertyKind.Reading).Select(static one => (one.Name, one.Unit)));
    }

    [Fact]
    public void Two_units_of_one_quantity_are_two_properties()
    {
        var rig = new NodeOnPaper();
        rig.Endpoint(0, MeterCommandClass.Id);
        rig.Reading(0, MeterCommandClass.Reading(MeterScales.Water, s_import, 0), 1m);
        rig.Reading(0, MeterCommandClass.Reading(MeterScales.Water, s_import, 2), 264m);
        Assert.Equal(["water", "water_gal"], rig.Properties.All.Where(static one => one.Kind == PropertyKind.Reading).Select(static one => one.Name));
    }

    [Fact]
    public void Unknown_scale_keeps_its_numbers_as_name()
    {
        var rig = new NodeOnPaper();
        rig.Endpoint(0, MeterCommandClass.Id);
        rig.Reading(0, MeterCommandClass.Reading(9, s_import, 3), 1m);
        Assert.NotNull(rig.Properties.Find("meter_9_scale_3"));
    }

    [Fact]
    public void Told_rate_wins_over_an_unspecified_one_of_the_same_scale()
    {
        var rig = new NodeOnPaper();
        rig.Endpoint(0, MeterCommandClass.Id);
        rig.Reading(0, MeterCommandClass.Reading(MeterScales.Electric, 0, 0), 1m);
        rig.Reading(0, MeterCommandClass.Reading(MeterScales.Electric, s_import, 0), 2m);
        var energy = Assert.Single(rig.Properties.All, static one => one.Kind == PropertyKind.Reading);
        Assert.Equal(MeterCommandClass.Reading(MeterScales.Electric, s_import, 0), energy.Source!.Value.Property);
    }

    [Fact]
    public void Parameter_nobody_described_is_reachable_by_its_number_and_keeps_its_sign()
    {
        var rig = new NodeOnPaper();
        rig.Endpoint(0, ConfigurationCommandClass.Id);
        rig.Set(0, ConfigurationCommandClass.Parameter(17), Value.Of(-1L));
        rig.Set(0, ConfigurationCommandClass.ParameterSize(17), Value.Of(1L));
        var property = rig.Properties.Find("parameter_17")!;
        Assert.Equal("Parameter 17", property.Label);
        Assert.Equal(-1, PropertyReading.Of(rig.View, rig.Node, property).AsInteger);
        rig.Set(0, ConfigurationCommandClass.ParameterFormat(17), Value.Of((long)ConfigurationFormat.Unsigned));
        Assert.Equal(255, PropertyReading.Of(rig.View, rig.Node, property).AsInteger);
    }

    [Fact]
    public async Task Cache_makes_properties_anew_when_a_scale_is_reported_for_the_first_time()
    {
        await using var host = await SimulatedHost.StartAsync();
        var (before, same, after) = await host.Network.ReadAsync(view =>
        {
            var cache = new PropertyCache(view);
            var node = view.FindNode(new(2))!;
            var first = cache.Of(node);
            var second = cache.Of(node);
            var id = new ValueId(node.Id, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, s_import, 7));
            view.Values.Set(id, Value.OfDecimal(5, 0));
            cache.ValueUpdated(new(id, Value.Unknown, Value.OfDecimal(5, 0)));
            return (first, second, cache.Of(node));
        });
        Assert.Same(before, same);
        Assert.Null(before.Find("reactive_power"));
        Assert.NotNull(after.Find("reactive_power"));
    }

    [Fact]
    public void Cache_makes_properties_anew_when_a_node_is_told_of_that_was_looked_at_before_it_was_known()
    {
        var rig = new NodeOnPaper();
        var cache = new PropertyCache(rig.View);
        Assert.Null(cache.Of(rig.Node).Find("state"));
        rig.Node.Root.SetVersion(SwitchBinaryCommandClass.Id, 1);
        cache.NodeAdded(rig.Node);
        Assert.NotNull(cache.Of(rig.Node).Find("state"));
    }

    [Fact]
    public async Task Cache_keeps_properties_when_a_value_nobody_shows_is_told_again()
    {
        await using var host = await SimulatedHost.StartAsync();
        var isKept = await host.Network.ReadAsync(view =>
        {
            var cache = new PropertyCache(view);
            var node = view.FindNode(new(4))!;
            var id = new ValueId(node.Id, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, s_import, 2));
            view.Values.Set(id, Value.OfDecimal(5, 0));
            var before = cache.Of(node);
            view.Values.Set(id, Value.OfDecimal(6, 0));
            cache.ValueUpdated(new(id, Value.OfDecimal(5, 0), Value.OfDecimal(6, 0)));
            return ReferenceEquals(before, cache.Of(node));
        });
        Assert.True(isKept);
    }

    private static Task<NodeProperties> PropertiesAsync(SimulatedHost host, ushort node) =>
        host.Network.ReadAsync(view => PropertyCatalog.Of(view, view.FindNode(new(node))!));

    private static async Task<IEnumerable<string>> NamesAsync(SimulatedHost host, ushort node) =>
        (await PropertiesAsync(host, node)).All.Select(static property => property.Name);
}
