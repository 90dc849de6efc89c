using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Xunit;

namespace Bridge.Tests.ZWave.Devices;

public sealed class DeviceCatalogTests
{
    private static readonly DeviceCatalog s_catalog = DeviceCatalog.Load(Repository.Path("devices"));

    [Theory]
    [InlineData(0x0312, 0xAC01, 0x4003, "nie-technology/n4003.json", 8)]
    [InlineData(0x008A, 0x0006, 0x0101, "benext/energy-switch.json", 10)]
    [InlineData(0x0131, 0x0001, 0x0012, "philio/double-switch.json", 12)]
    public void Fingerprint_finds_its_device_file(int manufacturer, int type, int product, string source, int parameters)
    {
        var definition = s_catalog.Find(new((ushort)manufacturer, (ushort)type, (ushort)product, "1.0", 0, new Dictionary<ushort, byte>()));
        Assert.Equal(source, definition?.Source);
        Assert.Equal(parameters, definition?.Parameters.Count);
    }

    [Fact]
    public void Unknown_product_of_a_known_maker_is_found_by_its_features() =>
        Assert.Equal("philio/double-switch.json", s_catalog.Find(new(0x013C, 9, 9, null, 3, new Dictionary<ushort, byte> { [0x32] = 3 }))?.Source);

    [Fact]
    public void Features_of_another_maker_match_nothing() =>
        Assert.Null(s_catalog.Find(new(0x0999, 9, 9, null, 3, new Dictionary<ushort, byte> { [0x32] = 3 })));

    [Fact]
    public void Node_that_never_told_its_product_has_no_device_file() =>
        Assert.Null(s_catalog.Find(new(null, null, null, null, 3, new Dictionary<ushort, byte> { [0x32] = 3 })));

    [Fact]
    public void File_of_the_users_folder_wins_over_ours()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("mine"));
        File.WriteAllText(folder.File("mine", "plug.json"), """
            { "formatVersion": 1, "manufacturer": "M", "model": "Mine", "fingerprints": [{ "manufacturerId": "0x0312", "productTypeId": "0xAC01", "productId": "0x4003" }] }
            """);
        var catalog = DeviceCatalog.Load(Repository.Path("devices"), folder.Path);
        Assert.Equal("Mine", catalog.Find(new(0x0312, 0xAC01, 0x4003, null, 0, new Dictionary<ushort, byte>()))?.Model);
    }

    [Fact]
    public void Broken_file_is_left_out_and_named_while_the_others_load()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("mine"));
        File.WriteAllText(folder.File("mine", "plug.json"), "{");
        var catalog = DeviceCatalog.Load(Repository.Path("devices"), folder.Path);
        Assert.Equal("mine/plug.json", Assert.Single(catalog.Faults).File);
        Assert.NotEmpty(catalog.Definitions);
    }
}
