using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class ManufacturerSpecificTests
{
    [Fact]
    public void ManufacturerSpecificGet_has_no_parameters() =>
        WireAssert.Command("72 04", new ManufacturerSpecificGet(), ignoresTrailing: true);

    [Fact]
    public void ManufacturerSpecificReport_is_three_numbers()
    {
        // manufacturer 0312, product type AC01, product 4003
        WireAssert.Command("72 05 03 12 AC 01 40 03", new ManufacturerSpecificReport(0x0312, 0xAC01, 0x4003), ignoresTrailing: true);
        Assert.Equal("manufacturerId=786 productTypeId=44033 productId=16387", FieldText.Of("72 05 03 12 AC 01 40 03"));
        Assert.Equal(
            ["0x72/manufacturerId = 786", "0x72/productTypeId = 44033", "0x72/productId = 16387"],
            CollectedValues.TextOf("72 05 03 12 AC 01 40 03"));
    }

    [Fact]
    public void DeviceSpecificGet_names_the_type()
    {
        WireAssert.Command("72 06 01", new DeviceSpecificGet(DeviceIdType.SerialNumber), ignoresTrailing: true);
        Assert.Equal("deviceIdType=1", FieldText.Of("72 06 01"));
    }

    [Fact]
    public void DeviceSpecificGet_reserved_bits_are_ignored() =>
        Assert.Equal(new DeviceSpecificGet(DeviceIdType.PseudoRandom), WireAssert.Decode<DeviceSpecificGet>("72 06 FA"));

    [Fact]
    public void DeviceSpecificReport_in_binary_is_told_as_hex()
    {
        // serial number, format 1 (binary), 4 bytes
        var report = WireAssert.RoundTrip<DeviceSpecificReport>("72 07 01 24 DE AD BE EF", ignoresTrailing: true);
        Assert.Equal(DeviceIdDataFormat.Binary, report.DataFormat);
        Assert.Null(report.Text);
        Assert.Equal("deviceIdType=1 deviceIdDataFormat=1 deviceIdData=0xdeadbeef", FieldText.Of("72 07 01 24 DE AD BE EF"));
        Assert.Equal(["0x72/deviceId/1 = DEADBEEF"], CollectedValues.TextOf("72 07 01 24 DE AD BE EF"));
    }

    [Fact]
    public void DeviceSpecificReport_in_UTF_8_is_told_as_text()
    {
        // pseudo random, format 0 (UTF-8), "Aé"
        WireAssert.RoundTrip<DeviceSpecificReport>("72 07 02 03 41 C3 A9", ignoresTrailing: true);
        Assert.Equal("deviceIdType=2 deviceIdDataFormat=0 deviceIdData=0x41c3a9 deviceId='Aé'", FieldText.Of("72 07 02 03 41 C3 A9"));
        Assert.Equal(["0x72/deviceId/2 = Aé"], CollectedValues.TextOf("72 07 02 03 41 C3 A9"));
    }

    [Fact]
    public void DeviceSpecificReport_with_broken_UTF_8_keeps_its_bytes() =>
        Assert.Equal("AB\uFFFD", WireAssert.RoundTrip<DeviceSpecificReport>("72 07 01 03 41 42 FF").Text);

    [Fact]
    public void DeviceSpecificReport_of_a_reserved_format_is_raw_bytes() =>
        Assert.Equal("deviceIdType=1 deviceIdDataFormat=7 deviceIdData=0x41", FieldText.Of("72 07 01 E1 41"));

    [Fact]
    public void DeviceSpecificReport_without_data_tells_no_value()
    {
        WireAssert.RoundTrip<DeviceSpecificReport>("72 07 01 20");
        Assert.Empty(CollectedValues.TextOf("72 07 01 20"));
    }

    [Fact]
    public void DeviceSpecificReport_sends_no_more_data_than_its_length_can_say() =>
        Assert.Equal(2 + 2 + 31, CommandCodec.Encode(
            new DeviceSpecificReport(DeviceIdType.SerialNumber, DeviceIdDataFormat.Binary, new byte[40]), CodecContext.Newest).Length);

    [Theory]
    [InlineData("72 05 03 12 AC 01 40 03", 6)]
    [InlineData("72 06 01", 1)]
    [InlineData("72 07 01 24 DE AD BE EF", 6)]
    public void ManufacturerSpecific_commands_without_their_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);

    [Fact]
    public void Interview_of_version_1_asks_for_the_product() =>
        Assert.Equal(
            ["72 04"],
            new PlayedInterview().Supporting(ManufacturerSpecificCommandClass.Id, 1).Run(ManufacturerSpecificCommandClass.Definition));

    [Fact]
    public void Interview_of_version_2_asks_for_the_serial_number_and_takes_what_the_device_has()
    {
        var node = new PlayedInterview().Supporting(ManufacturerSpecificCommandClass.Id, 2);
        node.Answers["72 06 01"] = "72 07 00 24 DE AD BE EF"; // it has only the factory default type
        Assert.Equal(["72 04", "72 06 01"], node.Run(ManufacturerSpecificCommandClass.Definition));
        Assert.Equal("DEADBEEF", node.Read(ManufacturerSpecificCommandClass.DeviceId(DeviceIdType.FactoryDefault)).AsText);
    }

    [Fact]
    public void Interview_does_not_ask_endpoints() =>
        Assert.All(
            ManufacturerSpecificCommandClass.Definition.InterviewSteps,
            static step => Assert.Equal((InterviewPhase.Manufacturer, true), (step.Phase, step.RootOnly)));
}
