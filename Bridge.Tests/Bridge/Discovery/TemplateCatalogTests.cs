using Bridge.Discovery;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Discovery;

public sealed class TemplateCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PlainNetwork _network = new();
    private readonly Node _plug;

    public TemplateCatalogTests()
    {
        Directory.CreateDirectory(_folder["ours"]);
        Directory.CreateDirectory(_folder["theirs"]);
        Ours("root", """{"match": {"kind": "node"}, "payload": {"device": {"identifiers": ["${device_id}"]}, "origin": {"name": "${origin_name}"}}}""");
        _plug = _network.Add(2, MeterCommandClass.Id);
        _network.AddMeter(_plug, 0, [0, 2], [MeterScales.Import]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_template_that_asks_for_more_wins_whatever_its_name()
    {
        Ours("a-special", Sensor("""{"kind": "reading", "quantity": "power", "unit": "W"}""", "special"));
        Ours("b-general", Sensor("""{"kind": "reading"}""", "general"));
        var components = Components();
        Assert.Equal("special", components["power"]!["name"]);
        Assert.Equal("general", components["energy"]!["name"]);
    }

    [Fact]
    public void A_template_of_the_user_wins_over_ours_although_it_asks_for_less()
    {
        Ours("special", Sensor("""{"kind": "reading", "quantity": "power", "unit": "W"}""", "ours"));
        Theirs("general", Sensor("""{"kind": "reading"}""", "theirs"));
        Assert.Equal("theirs", Components()["power"]!["name"]);
    }

    [Fact]
    public void One_property_may_become_several_components_with_other_ids()
    {
        Ours("one", Sensor("""{"kind": "reading", "quantity": "power"}""", "one"));
        Theirs("two", Sensor("""{"kind": "reading", "quantity": "power"}""", "two", "${id}_two"));
        Assert.Equal(["power", "power_two"], Components().Properties().Select(static component => component.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Component_none_takes_a_component_away()
    {
        Ours("one", Sensor("""{"kind": "reading"}""", "one"));
        Theirs("without", """{"match": {"kind": "reading", "quantity": "power"}, "component": "none"}""");
        Assert.Equal(["energy"], Components().Properties().Select(static component => component.Name));
    }

    [Fact]
    public void Components_come_in_the_order_of_their_templates()
    {
        Ours("energy", Sensor("""{"kind": "reading", "quantity": "energy"}""", "energy").Replace("{\"match\"", "{\"order\": -1, \"match\"", StringComparison.Ordinal));
        Ours("power", Sensor("""{"kind": "reading", "quantity": "power"}""", "power"));
        Assert.Equal(["energy", "power"], Components().Properties().Select(static component => component.Name));
    }

    [Fact]
    public void A_condition_takes_one_of_several_values_and_null_for_absent()
    {
        Ours("some", Sensor("""{"kind": "reading", "quantity": ["power", "voltage"], "endpoint": null, "manufacturer": [null, "Maker"]}""", "some"));
        Assert.Equal(["power"], Components().Properties().Select(static component => component.Name));
        _plug.Device = PlainNetwork.Device();
        Assert.Equal(["power"], Components().Properties().Select(static component => component.Name));
        _plug.Device = PlainNetwork.Device() with { Manufacturer = "Somebody" };
        Assert.Null(DiscoveryBuilder.Build(Load(), Facts()));
    }

    [Fact]
    public void A_device_may_have_templates_of_its_own()
    {
        Ours("one", Sensor("""{"kind": "reading"}""", "one"));
        Theirs("mine", Sensor("""{"kind": "reading", "quantity": "power", "model": "Model"}""", "mine"));
        Assert.Equal("one", Components()["power"]!["name"]);
        _plug.Device = PlainNetwork.Device();
        Assert.Equal("mine", Components()["power"]!["name"]);
    }

    [Fact]
    public void A_file_with_a_fault_is_left_out_and_the_others_are_used()
    {
        Ours("one", Sensor("""{"kind": "reading"}""", "one"));
        Theirs("broken", "{");
        Theirs("wrong", Sensor("""{"kind": "reading", "colour": 1}""", "wrong"));
        var catalog = Load();
        Assert.Equal(["broken.json", "wrong.json"], catalog.Faults.Select(static fault => fault.File));
        Assert.Equal("one", Components()["power"]!["name"]);
    }

    [Fact]
    public void Folders_that_are_not_there_count_as_empty()
    {
        var catalog = TemplateCatalog.Load(_folder["nothing"], _folder["nothing either"]);
        Assert.Empty(catalog.Templates);
        Assert.Empty(catalog.Faults);
        Assert.Null(DiscoveryBuilder.Build(catalog, Facts()));
    }

    private static string Sensor(string match, string name, string id = "${id}") =>
        $$$"""{"match": {{{match}}}, "component": "sensor", "id": "{{{id}}}", "payload": {"name": "{{{name}}}"}}""";

    private void Ours(string name, string text) => File.WriteAllText(_folder.File("ours", name + ".json"), text);

    private void Theirs(string name, string text) => File.WriteAllText(_folder.File("theirs", name + ".json"), text);

    private TemplateCatalog Load() => TemplateCatalog.Load(_folder["ours"], _folder["theirs"]);

    private JObject Components() => (JObject)Documents.Json(_network, _plug, Load())["components"]!;

    private DeviceFacts Facts() =>
        Documents.Facts.OfNode(_network, _plug, new(_plug.Id, "node_2"), Bridge.Properties.PropertyCatalog.Of(_network, _plug), PlainNetwork.Home);
}
