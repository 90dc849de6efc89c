using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class FirmwareUpdateMetaDataTests
{
    // manufacturer 0312, firmware AC01, checksum 1234, upgradable, one further target AC02, fragments of 40 bytes, hardware 01, all flags
    private const string NewestReport = "7A 02 03 12 AC 01 12 34 FF 01 00 28 AC 02 01 0F";

    [Fact]
    public void MetaDataGet_has_no_parameters() => WireAssert.Command("7A 01", new FirmwareMetaDataGet(), ignoresTrailing: true);

    [Theory]
    [InlineData("7A 02 03 12 AC 01 12 34", 1)]
    [InlineData("7A 02 03 12 AC 01 12 34 FF 00 00 28", 3)]
    [InlineData("7A 02 03 12 AC 01 12 34 FF 00 00 28 01", 5)]
    [InlineData("7A 02 03 12 AC 01 12 34 FF 00 00 28 01 01", 6)]
    [InlineData("7A 02 03 12 AC 01 12 34 FF 00 00 28 01 03", 7)]
    [InlineData(NewestReport, 8)]
    public void MetaDataReport_of_each_version_is_read_and_written(string hex, byte version) =>
        Assert.Equal(0xAC01, WireAssert.RoundTrip<FirmwareMetaDataReport>(hex, version).Firmware0Id);

    [Theory]
    [InlineData(2, "7A 02 03 12 AC 01 12 34")]
    [InlineData(4, "7A 02 03 12 AC 01 12 34 FF 01 00 28 AC 02")]
    [InlineData(5, "7A 02 03 12 AC 01 12 34 FF 01 00 28 AC 02 01")]
    [InlineData(6, "7A 02 03 12 AC 01 12 34 FF 01 00 28 AC 02 01 01")]
    [InlineData(7, "7A 02 03 12 AC 01 12 34 FF 01 00 28 AC 02 01 03")]
    public void MetaDataReport_leaves_out_what_the_receiver_does_not_know(byte version, string hex) =>
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(WireAssert.Decode<FirmwareMetaDataReport>(NewestReport), new(version))));

    [Fact]
    public void MetaDataReport_tells_every_field()
    {
        var report = WireAssert.RoundTrip<FirmwareMetaDataReport>(NewestReport, ignoresTrailing: true);
        Assert.Equal(0x0312, report.ManufacturerId);
        Assert.Equal(0x1234, report.Firmware0Checksum);
        Assert.Equal((byte)0xFF, report.Upgradable);
        Assert.Equal((ushort)40, report.MaximumFragmentSize);
        Assert.Equal([(ushort)0xAC02], report.FurtherFirmwareIds!);
        Assert.Equal((byte)1, report.HardwareVersion);
        Assert.Equal(new FirmwareCapabilities(true, true, true, true), report.Capabilities);
    }

    [Theory]
    [InlineData("7A 02 03 12 AC 01 12 34 FF")]
    [InlineData("7A 02 03 12 AC 01 12 34 FF 02")]
    public void MetaDataReport_that_ends_early_keeps_what_it_has(string hex) => WireAssert.RoundTrip<FirmwareMetaDataReport>(hex);

    [Theory]
    [InlineData("7A 02 03 12 AC 01 12 34 FF 01 00 28")]
    [InlineData("7A 02 03 12 AC 01 12 34 FF 02 00 28 AC 02 AC")]
    public void MetaDataReport_with_fewer_ids_than_announced_is_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Theory]
    [InlineData("7A 03 03 12 AC 01 12 34", 1)]
    [InlineData("7A 03 03 12 AC 01 12 34 00 00 28", 3)]
    [InlineData("7A 03 03 12 AC 01 12 34 00 00 28 01", 4)]
    [InlineData("7A 03 03 12 AC 01 12 34 00 00 28 00 01", 5)]
    [InlineData("7A 03 03 12 AC 01 12 34 00 00 28 07 01", 8)]
    public void RequestGet_of_each_version_is_read_and_written(string hex, byte version) =>
        Assert.Equal(0xAC01, WireAssert.RoundTrip<FirmwareUpdateRequestGet>(hex, version).FirmwareId);

    [Theory]
    [InlineData(2, "7A 03 03 12 AC 01 12 34")]
    [InlineData(3, "7A 03 03 12 AC 01 12 34 02 00 28")]
    [InlineData(4, "7A 03 03 12 AC 01 12 34 02 00 28 01")]
    [InlineData(7, "7A 03 03 12 AC 01 12 34 02 00 28 01 09")]
    [InlineData(8, "7A 03 03 12 AC 01 12 34 02 00 28 07 09")]
    public void RequestGet_leaves_out_what_the_node_does_not_know(byte version, string hex)
    {
        // target 2, 40-byte fragments, activation + non-secure + resume, hardware version 9
        var request = new FirmwareUpdateRequestGet(0x0312, 0xAC01, 0x1234, 2, 40, new(true, true, true), 9);
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(request, new(version))));
    }

    [Fact]
    public void RequestGet_with_trailing_bytes_is_read() =>
        WireAssert.Command(
            "7A 03 03 12 AC 01 12 34 00 00 28 00 01",
            new FirmwareUpdateRequestGet(0x0312, 0xAC01, 0x1234, 0, 40, default(FirmwareTransferOptions), 1),
            ignoresTrailing: true);

    [Fact]
    public void RequestReport_is_a_status() =>
        // FF ok
        WireAssert.Command("7A 04 FF", new FirmwareUpdateRequestReport(FirmwareRequestStatus.Accepted), version: 7);

    [Fact]
    public void RequestReport_of_version_8_tells_how_the_transfer_runs() =>
        // bit 1 non-secure, bit 2 resume
        WireAssert.Command(
            "7A 04 FF 06", new FirmwareUpdateRequestReport(FirmwareRequestStatus.Accepted, new(false, true, true)), ignoresTrailing: true);

    [Fact]
    public void RequestReport_bit_0_is_reserved() =>
        Assert.False(WireAssert.Decode<FirmwareUpdateRequestReport>("7A 04 FF 01").Options!.Value.Activation);

    [Fact]
    public void FragmentGet_asks_for_a_number_of_fragments() =>
        // two, from number 1
        WireAssert.Command("7A 05 02 00 01", new FirmwareFragmentGet(2, 1), ignoresTrailing: true);

    [Fact]
    public void FragmentGet_reserved_bit_of_the_number_is_ignored() =>
        Assert.Equal(new FirmwareFragmentGet(2, 0x7FFF), WireAssert.Decode<FirmwareFragmentGet>("7A 05 02 FF FF"));

    [Theory]
    [InlineData("7A 06 00 01 00 01 02 03 04 05 06 07 0C FC", false, 1, "00 01 02 03 04 05 06 07")]
    [InlineData("7A 06 80 02 08 09 94 FD", true, 2, "08 09")]
    public void FragmentReport_carries_data_and_a_checksum(string hex, bool isLast, ushort number, string data)
    {
        var report = WireAssert.RoundTrip<FirmwareFragmentReport>(hex);
        Assert.Equal((isLast, number), (report.IsLast, report.ReportNumber));
        Assert.Equal(data, Hex.Spaced(report.Data));
        Assert.True(report.IsChecksumValid);
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(new FirmwareFragmentReport(isLast, number, WireAssert.Bytes(data)), new(2))));
    }

    [Fact]
    public void FragmentReport_for_a_version_1_node_has_no_checksum() =>
        Assert.Equal("7A 06 80 02 08 09", Hex.Spaced(CommandCodec.Encode(new FirmwareFragmentReport(true, 2, [0x08, 0x09]), new(1))));

    [Fact]
    public void FragmentReport_with_a_wrong_checksum_is_kept_and_says_so() =>
        Assert.False(WireAssert.RoundTrip<FirmwareFragmentReport>("7A 06 80 02 08 09 94 FE").IsChecksumValid);

    [Fact]
    public void FragmentReport_without_data_is_read() =>
        Assert.Empty(WireAssert.RoundTrip<FirmwareFragmentReport>("7A 06 80 02 12 34").Data);

    [Fact]
    public void StatusReport_may_tell_how_long_to_wait()
    {
        WireAssert.Command("7A 07 FF", new FirmwareUpdateStatusReport(FirmwareUpdateStatus.Restarting), version: 2);
        // FF restarting, 5 s
        WireAssert.Command("7A 07 FF 00 05", new FirmwareUpdateStatusReport(FirmwareUpdateStatus.Restarting, 5), version: 3, ignoresTrailing: true);
    }

    [Fact]
    public void StatusReport_with_half_a_wait_time_has_none() =>
        Assert.Null(WireAssert.Decode<FirmwareUpdateStatusReport>("7A 07 FF 00").WaitTimeSeconds);

    [Fact]
    public void ActivationSet_names_the_firmware()
    {
        WireAssert.Command("7A 08 03 12 AC 01 12 34 00", new FirmwareActivationSet(0x0312, 0xAC01, 0x1234, 0), version: 4);
        WireAssert.Command("7A 08 03 12 AC 01 12 34 00 01", new FirmwareActivationSet(0x0312, 0xAC01, 0x1234, 0, 1), version: 5, ignoresTrailing: true);
        Assert.Equal(
            "7A 08 03 12 AC 01 12 34 00", Hex.Spaced(CommandCodec.Encode(new FirmwareActivationSet(0x0312, 0xAC01, 0x1234, 0, 1), new(4))));
    }

    [Fact]
    public void ActivationStatusReport_names_the_firmware_and_the_outcome()
    {
        WireAssert.Command("7A 09 03 12 AC 01 12 34 00 FF", new FirmwareActivationStatusReport(0x0312, 0xAC01, 0x1234, 0, 0xFF), version: 4);
        WireAssert.Command(
            "7A 09 03 12 AC 01 12 34 00 FF 01", new FirmwareActivationStatusReport(0x0312, 0xAC01, 0x1234, 0, 0xFF, 1), version: 5,
            ignoresTrailing: true);
        Assert.Equal(
            "7A 09 03 12 AC 01 12 34 00 FF",
            Hex.Spaced(CommandCodec.Encode(new FirmwareActivationStatusReport(0x0312, 0xAC01, 0x1234, 0, 0xFF, 1), new(4))));
    }

    [Fact]
    public void PrepareGet_asks_a_node_for_its_firmware() =>
        // target 0, 40-byte fragments, hardware version 1
        WireAssert.Command("7A 0A 03 12 AC 01 00 00 28 01", new FirmwarePrepareGet(0x0312, 0xAC01, 0, 40, 1), ignoresTrailing: true);

    [Fact]
    public void PrepareReport_is_a_status_and_a_checksum() =>
        WireAssert.Command("7A 0B FF 12 34", new FirmwarePrepareReport(0xFF, 0x1234), ignoresTrailing: true);

    [Theory]
    [InlineData("7A 02 03 12 AC 01 12 34", 6)]
    [InlineData("7A 03 03 12 AC 01 12 34", 6)]
    [InlineData("7A 04 FF", 1)]
    [InlineData("7A 05 02 00 01", 3)]
    [InlineData("7A 06 80 02 94 FD", 4)]
    [InlineData("7A 07 FF", 1)]
    [InlineData("7A 08 03 12 AC 01 12 34 00", 7)]
    [InlineData("7A 09 03 12 AC 01 12 34 00 FF", 8)]
    [InlineData("7A 0A 03 12 AC 01 00 00 28 01", 8)]
    [InlineData("7A 0B FF 12 34", 3)]
    public void Firmware_commands_without_their_first_fields_are_truncated(string hex, int required) => WireAssert.TruncatedBelow(hex, required);

    [Theory]
    [InlineData("7A 01", "")]
    [InlineData("7A 02 03 12 AC 01 12 34", "manufacturerId=786 firmware0Id=44033 firmware0Checksum=4660")]
    [InlineData("7A 02 03 12 AC 01 12 34 FF 00 00 28 01", "manufacturerId=786 firmware0Id=44033 firmware0Checksum=4660 firmwareUpgradable=255 numberOfFirmwareTargets=0 maxFragmentSize=40 firmwareIds=[] hardwareVersion=1")]
    [InlineData("7A 02 03 12 AC 01 12 34 00 01 00 28 AC 02 01 0A", "manufacturerId=786 firmware0Id=44033 firmware0Checksum=4660 firmwareUpgradable=0 numberOfFirmwareTargets=1 maxFragmentSize=40 firmwareIds=[44034] hardwareVersion=1 continuesToFunction=false activation=true nonSecure=false resume=true")]
    [InlineData("7A 03 03 12 AC 01 12 34", "manufacturerId=786 firmwareId=44033 checksum=4660")]
    [InlineData("7A 03 03 12 AC 01 12 34 00 00 28 05 01", "manufacturerId=786 firmwareId=44033 checksum=4660 firmwareTarget=0 fragmentSize=40 activation=true nonSecure=false resume=true hardwareVersion=1")]
    [InlineData("7A 04 FF", "status=255")]
    [InlineData("7A 04 FF 02", "status=255 nonSecure=true resume=false")]
    [InlineData("7A 05 02 00 01", "numberOfReports=2 reportNumber=1")]
    [InlineData("7A 06 80 02 08 09 94 FD", "last=true reportNumber=2 data=0x0809 checksum=38141 checksumValid=true")]
    [InlineData("7A 06 00 01 08 09 00 00", "last=false reportNumber=1 data=0x0809 checksum=0 checksumValid=false")]
    [InlineData("7A 07 00", "status=0")]
    [InlineData("7A 07 FF 00 05", "status=255 waitTime=5")]
    [InlineData("7A 08 03 12 AC 01 12 34 00 01", "manufacturerId=786 firmwareId=44033 checksum=4660 firmwareTarget=0 hardwareVersion=1")]
    [InlineData("7A 09 03 12 AC 01 12 34 00 FF 01", "manufacturerId=786 firmwareId=44033 checksum=4660 firmwareTarget=0 status=255 hardwareVersion=1")]
    [InlineData("7A 0A 03 12 AC 01 00 00 28 01", "manufacturerId=786 firmwareId=44033 firmwareTarget=0 fragmentSize=40 hardwareVersion=1")]
    [InlineData("7A 0B FF 12 34", "status=255 firmwareChecksum=4660")]
    public void Firmware_fields_are_named_as_documented(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));

    [Fact]
    public void Interview_asks_which_firmware_the_node_runs()
    {
        var interview = new PlayedInterview(FirmwareUpdateMetaDataCommandClass.Definition, version: 5) { Answers = { ["7A 01"] = NewestReport } };
        Assert.Equal(["7A 01"], interview.Run());
        Assert.Equal(Value.Of([0xAC01, 0xAC02]), interview.Read(FirmwareUpdateMetaDataCommandClass.FirmwareIds));
        Assert.Equal(Value.Of(0x0312), interview.Read(FirmwareUpdateMetaDataCommandClass.FirmwareManufacturerId));
        Assert.Equal(Value.Of(true), interview.Read(FirmwareUpdateMetaDataCommandClass.IsUpgradable));
        Assert.Equal(Value.Of(40), interview.Read(FirmwareUpdateMetaDataCommandClass.MaximumFragmentSize));
        Assert.Equal(Value.Of(1), interview.Read(FirmwareUpdateMetaDataCommandClass.HardwareVersion));
    }

    [Theory]
    [InlineData("7A 02 03 12 AC 01 12 34", true)] // V1 cannot say no
    [InlineData("7A 02 03 12 AC 01 12 34 00 00 00 28", false)]
    public void MetaDataReport_tells_whether_an_update_is_possible(string hex, bool expected) =>
        Assert.Equal(Value.Of(expected), CollectedValues.Of(hex)[FirmwareUpdateMetaDataCommandClass.IsUpgradable]);
}
