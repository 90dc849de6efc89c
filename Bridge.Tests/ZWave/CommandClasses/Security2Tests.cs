using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class Security2Tests
{
    private const string Key16 = "01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10";

    [Fact]
    public void Commands_without_parameters_are_two_bytes()
    {
        WireAssert.Command("9F 04", new Security2KexGet());
        WireAssert.Command("9F 0B", new Security2NetworkKeyVerify());
        WireAssert.Command("9F 0D", new Security2CommandsSupportedGet());
    }

    [Fact]
    public void Commands_with_plain_fields_go_both_ways()
    {
        WireAssert.Command("9F 01 55", new Security2NonceGet(0x55), ignoresTrailing: true);
        WireAssert.Command("9F 05 00 02 01 87", new Security2KexReport(false, false, 0x02, 0x01, 0x87), ignoresTrailing: true);
        WireAssert.Command("9F 05 03 02 01 87", new Security2KexReport(true, true, 0x02, 0x01, 0x87));
        // reserved bits come out as they came in
        WireAssert.Command("9F 05 FC 02 01 87", new Security2KexReport(false, false, 0x02, 0x01, 0x87, ReservedFlags: 0xFC));
        WireAssert.Command("9F 06 FD 02 01 03", new Security2KexSet(true, false, 0x02, 0x01, 0x03, ReservedFlags: 0xFC));
        WireAssert.Command("9F 06 00 02 01 03", new Security2KexSet(false, false, 0x02, 0x01, 0x03), ignoresTrailing: true);
        WireAssert.Command("9F 07 06", new Security2KexFail(0x06), ignoresTrailing: true);
        WireAssert.Command("9F 09 02", new Security2NetworkKeyGet(0x02), ignoresTrailing: true);
        WireAssert.Command("9F 0C 02", new Security2TransferEnd(KeyRequestComplete: false, KeyVerified: true), ignoresTrailing: true);
        WireAssert.Command("9F 0C 01", new Security2TransferEnd(KeyRequestComplete: true, KeyVerified: false));
    }

    [Fact]
    public void NonceReport_with_a_lost_single_cast_sequence_carries_entropy()
    {
        var hex = "9F 02 56 01 " + Key16;
        var report = WireAssert.Decode<Security2NonceReport>(hex);
        Assert.Equal((0x56, true, false), (report.SequenceNumber, report.IsSingleCastLost, report.IsMulticastLost));
        Assert.Equal(Key16, Hex.Spaced(report.ReceiverEntropyInput!.Value.Span));
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
        WireAssert.TruncatedBelow(hex, required: 18);
    }

    [Fact]
    public void NonceReport_with_a_lost_multicast_sequence_alone_has_no_entropy() =>
        WireAssert.Command("9F 02 56 02", new Security2NonceReport(0x56, IsMulticastLost: true, null), ignoresTrailing: true);

    [Fact]
    public void NonceReport_with_neither_flag_is_refused() => WireAssert.Refused("9F 02 56 00", DecodeError.ReservedValue);

    [Fact]
    public void PublicKeyReport_holds_32_bytes()
    {
        var hex = "9F 08 01 " + Key16 + " " + Key16;
        var report = WireAssert.Decode<Security2PublicKeyReport>(hex);
        Assert.True(report.IncludingNode);
        Assert.Equal(32, report.PublicKey.Length);
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
        WireAssert.TruncatedBelow(hex, required: 33);
    }

    [Fact]
    public void NetworkKeyReport_holds_16_bytes()
    {
        var hex = "9F 0A 02 " + Key16;
        var report = WireAssert.Decode<Security2NetworkKeyReport>(hex);
        Assert.Equal(0x02, report.GrantedKey);
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
        WireAssert.TruncatedBelow(hex, required: 17);
    }

    [Theory]
    [InlineData("9F 0E 25 32", new[] { 0x25, 0x32 })]
    [InlineData("9F 0E", new int[0])]
    [InlineData("9F 0E 25 32 EF 20", new[] { 0x25, 0x32 })] // EF ends the list
    public void CommandsSupportedReport_lists_classes(string hex, int[] classes) =>
        Assert.Equal(classes, WireAssert.Decode<Security2CommandsSupportedReport>(hex).CommandClasses.Select(id => (int)id.Value));

    [Theory]
    [InlineData("9F 01 55", 1)]
    [InlineData("9F 05 00 02 01 87", 4)]
    [InlineData("9F 06 00 02 01 03", 4)]
    [InlineData("9F 07 06", 1)]
    [InlineData("9F 09 02", 1)]
    [InlineData("9F 0C 02", 1)]
    public void Security2_commands_without_their_fields_are_truncated(string hex, int required) => WireAssert.TruncatedBelow(hex, required);

    [Theory]
    [InlineData("9F 01 55", "sequenceNumber=85")]
    [InlineData("9F 02 56 02", "sequenceNumber=86 sos=false mos=true")]
    [InlineData("9F 02 56 01 " + Key16, "sequenceNumber=86 sos=true mos=false receiversEntropyInput=0x0102030405060708090a0b0c0d0e0f10")]
    [InlineData("9F 05 00 02 01 87", "echo=false requestCsa=false supportedKexSchemes=2 supportedEcdhProfiles=1 requestedKeys=135")]
    [InlineData("9F 06 00 02 01 03", "echo=false requestCsa=false selectedKexScheme=2 selectedEcdhProfile=1 grantedKeys=3")]
    [InlineData("9F 07 06", "kexFailType=6")]
    [InlineData("9F 09 02", "requestedKey=2")]
    [InlineData("9F 0A 02 " + Key16, "grantedKey=2 networkKey=0x0102030405060708090a0b0c0d0e0f10")]
    [InlineData("9F 0C 02", "keyRequestComplete=false keyVerified=true")]
    [InlineData("9F 0E 25 32", "commandClassSupport=[37,50]")]
    public void Security2_commands_are_described(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));
}
