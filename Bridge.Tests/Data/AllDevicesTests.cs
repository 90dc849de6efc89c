using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Data;

/// <summary>Every device file of the product, one row a file.</summary>
public sealed class AllDevicesTests
{
    private static readonly DeviceCatalog s_catalog = DeviceCatalog.Load(Repository.Path("devices"));

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.Path("devices"), "*.json", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository.Path("devices"), file).Replace('\\', '/'))
            .Where(static file => file.Contains('/'))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Device_file_has_no_fault(string file)
    {
        List<DeviceFault> faults = [];
        DeviceFileReader.Read(File.ReadAllText(Repository.Path("devices", file)), file, faults);
        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Device_file_default_is_a_legal_value(string file)
    {
        var definition = Assert.Single(s_catalog.Definitions, definition => definition.Source == file);
        Assert.All(definition.Parameters.Where(static parameter => parameter.Default is not null), static parameter =>
            Assert.True(parameter.Accepts(parameter.Default!.Value), parameter.Name));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Device_file_quirks_name_parameters_the_file_has(string file)
    {
        var definition = Assert.Single(s_catalog.Definitions, definition => definition.Source == file);
        var quirks = definition.Quirks;
        int[] named =
        [
            .. quirks.PauseAfterSwitch is { } pause ? [pause.Parameter] : Array.Empty<int>(),
            .. quirks.IgnoresRadioOff is { } off ? [off.Parameter] : Array.Empty<int>(),
            .. quirks.ConfigurationReset?.Parameters ?? [],
            .. quirks.Overload is { Kind: OverloadKind.Derived } derived ? [derived.LimitParameter] : Array.Empty<int>(),
        ];
        Assert.All(named, number => Assert.NotNull(definition.FindParameter(number)));
    }

    [Fact]
    public void No_fingerprint_is_claimed_by_two_files()
    {
        var claims = s_catalog.Definitions.SelectMany(static definition => definition.Fingerprints.Select(fingerprint => (fingerprint, definition.Source)));
        Assert.All(claims.GroupBy(static claim => claim.fingerprint), static group => Assert.Single(group));
    }

    [Fact]
    public void Schema_names_every_key_the_reader_knows_and_no_other()
    {
        // The reader lists the keys it knows when it meets an unknown one: ask it at every level.
        const string text = """
            { "unknown": 1, "formatVersion": 1, "manufacturer": "m", "model": "m",
              "fingerprints": [{ "unknown": 1 }], "features": { "unknown": 1 }, "parameters": [{ "unknown": 1 }],
              "endpoints": [{ "unknown": 1 }], "lifelines": [{ "unknown": 1 }],
              "quirks": { "unknown": 1, "pauseAfterSwitch": { "unknown": 1 }, "overload": { "unknown": 1 }, "configurationReset": { "unknown": 1 }, "ignoresRadioOff": { "unknown": 1 } } }
            """;
        List<DeviceFault> faults = [];
        Assert.Null(DeviceFileReader.Read(text, "probe", faults));
        var schema = JObject.Parse(File.ReadAllText(Repository.Path("devices", "device.schema.json")));
        var levels = new Dictionary<string, string>
        {
            ["unknown"] = "properties",
            ["fingerprints[0].unknown"] = "properties.fingerprints.items.properties",
            ["features.unknown"] = "properties.features.properties",
            ["parameters[0].unknown"] = "$defs.parameter.properties",
            ["endpoints[0].unknown"] = "$defs.endpoint.properties",
            ["lifelines[0].unknown"] = "properties.lifelines.items.properties",
            ["quirks.unknown"] = "properties.quirks.properties",
            ["quirks.pauseAfterSwitch.unknown"] = "properties.quirks.properties.pauseAfterSwitch.properties",
            ["quirks.overload.unknown"] = "properties.quirks.properties.overload.properties",
            ["quirks.configurationReset.unknown"] = "properties.quirks.properties.configurationReset.properties",
            ["quirks.ignoresRadioOff.unknown"] = "properties.quirks.properties.ignoresRadioOff.properties",
        };
        Assert.All(levels, level =>
        {
            var fault = Assert.Single(faults, fault => fault.Path == level.Key);
            var known = fault.Reason[(fault.Reason.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(", ");
            var described = schema.SelectTokens(level.Value.Replace("$defs", "['$defs']")).Cast<JObject>().Single().Properties().Select(static property => property.Name);
            Assert.Equal(described.Order(StringComparer.Ordinal), known);
        });
    }
}
