using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class VersionTests
{
    private static readonly CommandClassId s_meter = new(0x32);
    private static readonly CommandClassId s_switchBinary = new(0x25);

    // SDK 7.15.4, framework 10.15.4 build 291, host interface unused, protocol 7.15.4 build 375, application 1.2.0 build 5
    private const string SoftwareReport = "86 18 07 0F 04 0A 0F 04 01 23 00 00 00 00 00 07 0F 04 01 77 01 02 00 00 05";

    [Fact]
    public void VersionGet_has_no_parameters() => WireAssert.Command("86 11", new VersionGet(), ignoresTrailing: true);

    [Fact]
    public void VersionReport_of_version_1_has_five_bytes()
    {
        // library 6, protocol 4.5, firmware 1.2
        WireAssert.Command("86 12 06 04 05 01 02", new VersionReport(6, new(4, 5), new(1, 2)), version: 1);
        Assert.Equal(
            "zWaveLibraryType=6 zWaveProtocolVersion=4 zWaveProtocolSubVersion=5 firmware0Version=1 firmware0SubVersion=2",
            FieldText.Of("86 12 06 04 05 01 02"));
    }

    [Fact]
    public void VersionReport_with_hardware_but_without_count_is_read_as_version_1() =>
        Assert.Equal(new VersionReport(6, new(4, 5), new(1, 2)), WireAssert.Decode<VersionReport>("86 12 06 04 05 01 02 09"));

    [Fact]
    public void VersionReport_of_version_2_tells_the_hardware()
    {
        // library 3, protocol 7.15, firmware 1.2, hardware 1, no further targets
        var report = WireAssert.RoundTrip<VersionReport>("86 12 03 07 0F 01 02 01 00", version: 2, ignoresTrailing: true);
        Assert.Equal((byte)1, report.HardwareVersion);
        Assert.Empty(report.FirmwareTargets!);
        Assert.Equal(
            "zWaveLibraryType=3 zWaveProtocolVersion=7 zWaveProtocolSubVersion=15 firmware0Version=1 firmware0SubVersion=2"
            + " hardwareVersion=1 numberOfFirmwareTargets=0 firmwareTargets=[]",
            FieldText.Of("86 12 03 07 0F 01 02 01 00"));
    }

    [Fact]
    public void VersionReport_lists_further_firmware_targets()
    {
        // two targets more: 3.4 and 5.6
        const string hex = "86 12 03 07 0F 01 02 01 02 03 04 05 06";
        WireAssert.RoundTrip<VersionReport>(hex, ignoresTrailing: true);
        Assert.EndsWith(
            "numberOfFirmwareTargets=2 firmwareTargets=[{version=3 subVersion=4} {version=5 subVersion=6}]",
            FieldText.Of(hex),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("86 12 03 07 0F 01 02 01 02 03 04 05")] // two targets counted, one and a half there
    [InlineData("86 12 03 07 0F 01 02 01 FF")]
    public void VersionReport_with_fewer_targets_than_counted_is_truncated(string hex) =>
        WireAssert.Refused(hex, DecodeError.Truncated);

    [Fact]
    public void VersionReport_for_a_version_1_node_leaves_the_hardware_out() =>
        Assert.Equal("86 12 03 07 0F 01 02", WireAssert.Encode(new VersionReport(3, new(7, 15), new(1, 2), 1, []), version: 1));

    [Fact]
    public void VersionReport_tells_versions_as_text() =>
        Assert.Equal(
            [
                "0x86/libraryType = 3",
                "0x86/protocolVersion = 7.15",
                "0x86/firmwareVersion = 1.2",
                "0x86/hardwareVersion = 1",
                "0x86/firmwareVersions = 1.2, 3.4",
            ],
            CollectedValues.TextOf("86 12 03 07 0F 01 02 01 01 03 04"));

    [Theory]
    [InlineData("86 12 06 04 05 04 05", "4.5")] // printed as 4.05 in manuals
    [InlineData("86 12 06 04 05 04 36", "4.54")]
    public void VersionReport_sub_versions_are_plain_numbers(string hex, string expected) =>
        Assert.Equal(
            ["0x86/libraryType = 6", "0x86/protocolVersion = 4.5", "0x86/firmwareVersion = " + expected], CollectedValues.TextOf(hex));

    [Fact]
    public void VersionCommandClassGet_names_the_class()
    {
        // class 32
        WireAssert.Command("86 13 32", new VersionCommandClassGet(s_meter), ignoresTrailing: true);
        Assert.Equal("requestedCommandClass=50", FieldText.Of("86 13 32"));
    }

    [Fact]
    public void VersionCommandClassReport_tells_the_version_of_the_class()
    {
        // class 32: version 5
        WireAssert.Command("86 14 32 05", new VersionCommandClassReport(s_meter, 5), ignoresTrailing: true);
        Assert.Equal("requestedCommandClass=50 commandClassVersion=5", FieldText.Of("86 14 32 05"));
        Assert.Equal(["0x86/commandClassVersion/50 = 5"], CollectedValues.TextOf("86 14 32 05"));
    }

    [Fact]
    public void VersionCommandClassReport_of_an_unsupported_class_is_told_as_reported() =>
        Assert.Equal(["0x86/commandClassVersion/50 = 0"], CollectedValues.TextOf("86 14 32 00"));

    [Fact]
    public void VersionCapabilitiesGet_has_no_parameters() =>
        WireAssert.Command("86 15", new VersionCapabilitiesGet(), ignoresTrailing: true);

    [Theory]
    [InlineData("86 16 07", true, true, true)]
    [InlineData("86 16 03", true, true, false)]
    [InlineData("86 16 04", false, false, true)]
    public void VersionCapabilitiesReport_is_a_bit_for_each_question(string hex, bool version, bool commandClass, bool software) =>
        WireAssert.Command(hex, new VersionCapabilitiesReport(version, commandClass, software), ignoresTrailing: true);

    [Fact]
    public void VersionCapabilitiesReport_reserved_bits_are_ignored() =>
        Assert.Equal(new VersionCapabilitiesReport(true, true, false), WireAssert.Decode<VersionCapabilitiesReport>("86 16 FB"));

    [Fact]
    public void VersionCapabilitiesReport_is_described_by_its_bits()
    {
        Assert.Equal("version=true commandClass=true zWaveSoftware=false", FieldText.Of("86 16 03"));
        Assert.Equal(["0x86/zWaveSoftware = true"], CollectedValues.TextOf("86 16 07"));
    }

    [Fact]
    public void VersionZWaveSoftwareGet_has_no_parameters() =>
        WireAssert.Command("86 17", new VersionZWaveSoftwareGet(), ignoresTrailing: true);

    [Fact]
    public void VersionZWaveSoftwareReport_tells_every_part()
    {
        WireAssert.Command(
            SoftwareReport,
            new VersionZWaveSoftwareReport(
                new(7, 15, 4), new(10, 15, 4), 0x0123, default, 0, new(7, 15, 4), 0x0177, new(1, 2, 0), 5),
            ignoresTrailing: true);
        Assert.Equal(
            "sdkVersion='7.15.4' applicationFrameworkApiVersion='10.15.4' applicationFrameworkBuildNumber=291"
            + " hostInterfaceVersion='0.0.0' hostInterfaceBuildNumber=0 zWaveProtocolVersion='7.15.4' zWaveProtocolBuildNumber=375"
            + " applicationVersion='1.2.0' applicationBuildNumber=5",
            FieldText.Of(SoftwareReport));
    }

    [Fact]
    public void VersionZWaveSoftwareReport_tells_no_value_for_unused_versions() =>
        Assert.Equal(
            [
                "0x86/sdkVersion = 7.15.4",
                "0x86/applicationFrameworkVersion = 10.15.4",
                "0x86/zWaveProtocolVersion = 7.15.4",
                "0x86/applicationVersion = 1.2.0",
            ],
            CollectedValues.TextOf(SoftwareReport));

    [Theory]
    [InlineData("86 12 06 04 05 01 02", 5)]
    [InlineData("86 13 32", 1)]
    [InlineData("86 14 32 05", 2)]
    [InlineData("86 16 07", 1)]
    [InlineData(SoftwareReport, 23)]
    public void Version_commands_without_their_fields_are_truncated(string hex, int required) => WireAssert.TruncatedBelow(hex, required);

    [Fact]
    public void Interview_asks_the_version_of_Version_before_that_of_other_classes()
    {
        var node = new PlayedInterview().Supporting(s_meter, 1).Supporting(VersionCommandClass.Id, 2).Supporting(s_switchBinary, 1);
        Assert.Equal(["86 11", "86 13 86", "86 13 25", "86 13 32"], node.Run(VersionCommandClass.Definition));
    }

    [Fact]
    public void Interview_does_not_ask_for_classes_that_do_not_fit_in_a_byte()
    {
        var node = new PlayedInterview()
            .Supporting(VersionCommandClass.Id, 2)
            .Supporting(new(CommandClassId.SupportControlMark), 1)
            .Supporting(new(0xF100), 1);
        Assert.Equal(["86 11", "86 13 86"], node.Run(VersionCommandClass.Definition));
    }

    [Fact]
    public void Interview_of_an_endpoint_asks_for_the_classes_of_the_endpoint_only() =>
        Assert.Equal(["86 13 32"], new PlayedInterview().Supporting(s_meter, 1).Run(VersionCommandClass.ClassVersionsStep));

    [Fact]
    public void Interview_of_version_3_asks_for_software_versions_when_the_node_has_them()
    {
        var node = new PlayedInterview().Supporting(VersionCommandClass.Id, 3);
        node.Answers["86 15"] = "86 16 07";
        Assert.Equal(["86 11", "86 13 86", "86 15", "86 17"], node.Run(VersionCommandClass.Definition));
    }

    [Fact]
    public void Interview_of_version_3_leaves_software_versions_out_when_the_node_has_none()
    {
        var node = new PlayedInterview().Supporting(VersionCommandClass.Id, 3);
        node.Answers["86 15"] = "86 16 03";
        Assert.Equal(["86 11", "86 13 86", "86 15"], node.Run(VersionCommandClass.Definition));
    }

    [Fact]
    public void Interview_takes_only_the_report_of_the_class_asked_for()
    {
        var node = new PlayedInterview().Supporting(VersionCommandClass.Id, 2).Supporting(s_meter, 1);
        node.Answers["86 13 86"] = "86 14 32 05"; // a late answer to another question
        node.Answers["86 13 32"] = "86 14 32 04";
        node.Run(VersionCommandClass.Definition);
        Assert.Equal(2, node.VersionOf(VersionCommandClass.Id));
        Assert.Equal(4, node.VersionOf(s_meter));
    }

    [Fact]
    public void VersionOf_a_class_the_node_calls_unsupported_or_says_nothing_about_is_1()
    {
        var node = new PlayedInterview().Supporting(s_meter, 0);
        Assert.Equal(1, node.VersionOf(s_meter));
        Assert.Equal(1, node.VersionOf(s_switchBinary));
    }
}
