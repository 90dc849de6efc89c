using Bridge.ZWave.Firmware;
using Xunit;

namespace Bridge.Tests.ZWave.Firmware;

public sealed class FirmwareFileNameTests
{
    [Theory]
    [InlineData("0312-ac01-1.3.hex", "1.3")]
    [InlineData("0312-AC01-1.3.GBL", "1.3")]
    [InlineData("plug of the kitchen_0312-ac01-1.03.ota", "1.3")]
    [InlineData("0312-ac01-255.255.255.bin", "255.255.255")]
    public void Name_tells_ids_and_version(string name, string version)
    {
        var read = FirmwareFileName.Parse(name);
        Assert.NotNull(read);
        Assert.Equal((0x0312, 0xAC01, version), (read.ManufacturerId, read.FirmwareId, read.Version.ToString()));
    }

    [Theory]
    [InlineData("plug.hex")]
    [InlineData("312-ac01-1.3.hex")]
    [InlineData("90312-ac01-1.3.hex")]
    [InlineData("0312-ac01-1.hex")]
    [InlineData("0312-ac01-1.256.hex")]
    [InlineData("0312-ac01-1.2.3.4.hex")]
    [InlineData("0312-ac01-1.3.exe")]
    [InlineData("0312-ac01-1.3")]
    public void Other_names_tell_nothing(string name) => Assert.Null(FirmwareFileName.Parse(name));

    [Fact]
    public void Versions_are_compared_as_numbers()
    {
        Assert.True(new FirmwareVersion(1, 10) > new FirmwareVersion(1, 9));
        Assert.True(new FirmwareVersion(2, 0) >= new FirmwareVersion(1, 255, 255));
        Assert.True(new FirmwareVersion(1, 2) < new FirmwareVersion(1, 2, 1));
        Assert.True(new FirmwareVersion(1, 2) <= FirmwareVersion.Parse("1.2.0"));
        Assert.Null(FirmwareVersion.Parse("1"));
        Assert.Null(FirmwareVersion.Parse(null));
        Assert.Null(FirmwareVersion.Parse("1.-2"));
    }
}
