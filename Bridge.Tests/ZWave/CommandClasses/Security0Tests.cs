using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class Security0Tests
{
    private const string Encapsulated = "98 81 AA AA AA AA AA AA AA AA 5D E1 AA 6F F3 38 99 60 97 14 36 C1 B3";

    [Fact]
    public void Commands_without_parameters_are_two_bytes()
    {
        WireAssert.Command("98 02", new Security0CommandsSupportedGet());
        WireAssert.Command("98 07", new Security0NetworkKeyVerify());
        WireAssert.Command("98 40", new Security0NonceGet());
    }

    [Fact]
    public void Scheme_commands_carry_the_schemes()
    {
        WireAssert.Command("98 04 00", new Security0SchemeGet(), ignoresTrailing: true);
        WireAssert.Command("98 05 00", new Security0SchemeReport(), ignoresTrailing: true);
        WireAssert.Command("98 08 00", new Security0SchemeInherit(), ignoresTrailing: true);
    }

    [Fact]
    public void NonceReport_is_exactly_8_bytes()
    {
        var report = WireAssert.Decode<Security0NonceReport>("98 80 F3 68 41 D7 37 F6 A5 94");
        Assert.Equal("F3 68 41 D7 37 F6 A5 94", Hex.Spaced(report.Nonce.Span));
        Assert.Equal("98 80 F3 68 41 D7 37 F6 A5 94", Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
        WireAssert.TruncatedBelow("98 80 F3 68 41 D7 37 F6 A5 94", required: 8);
        WireAssert.Refused("98 80 F3 68 41 D7 37 F6 A5 94 00", DecodeError.ReservedValue);
    }

    [Theory]
    [InlineData("98 03 00 25 32 70", new[] { 0x25, 0x32, 0x70 }, null)]
    [InlineData("98 03 00", new int[0], null)]
    [InlineData("98 03 00 25 EF 20", new[] { 0x25 }, new[] { 0x20 })]
    public void CommandsSupportedReport_lists_classes(string hex, int[] supported, int[]? controlled)
    {
        var report = WireAssert.Decode<Security0CommandsSupportedReport>(hex);
        Assert.Equal(supported, report.CommandClasses.Select(id => (int)id.Value));
        Assert.Equal(controlled, report.ControlledClasses?.Select(id => (int)id.Value));
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
    }

    [Theory]
    [InlineData("98 03 01 25 32", "98 03 00 70", "98 03 00 25 32 70")]
    [InlineData("98 03 01 25 EF 20", "98 03 00 26", "98 03 00 25 EF 20 26")]
    [InlineData("98 03 01 25 EF 20", "98 03 00 70 EF 26", "98 03 00 25 70 EF 20 26")]
    public void CommandsSupportedReport_parts_are_joined(string first, string last, string joined) =>
        Assert.Equal(joined, Hex.Spaced(CommandCodec.Encode(
            WireAssert.Decode<Security0CommandsSupportedReport>(last).JoinAfter(WireAssert.Decode<Security0CommandsSupportedReport>(first)),
            CodecContext.Newest)));

    [Fact]
    public void NetworkKeySet_holds_16_bytes()
    {
        const string Hex16 = "98 06 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10";
        Assert.Equal(Hex16, Hex.Spaced(CommandCodec.Encode(WireAssert.Decode<Security0NetworkKeySet>(Hex16), CodecContext.Newest)));
        WireAssert.TruncatedBelow(Hex16, required: 16);
    }

    [Fact]
    public void NetworkKeySet_does_not_print_the_key() =>
        Assert.DoesNotContain("01", new Security0NetworkKeySet(new byte[] { 1, 1, 1, 1 }).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Encapsulation_is_split_into_its_parts()
    {
        var command = WireAssert.Decode<Security0Encapsulation>(Encapsulated);
        Assert.Equal("AA AA AA AA AA AA AA AA", Hex.Spaced(command.InitializationVector.Span));
        Assert.Equal("5D E1 AA 6F", Hex.Spaced(command.EncryptedPayload.Span));
        Assert.Equal(0xF3, command.ReceiverNonceId);
        Assert.Equal("38 99 60 97 14 36 C1 B3", Hex.Spaced(command.AuthenticationCode.Span));
        Assert.Equal(Encapsulated, Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Fact]
    public void EncapsulationNonceGet_has_the_same_layout()
    {
        var hex = Encapsulated.Replace("98 81", "98 C1", StringComparison.Ordinal);
        var command = WireAssert.Decode<Security0EncapsulationNonceGet>(hex);
        Assert.Equal("5D E1 AA 6F", Hex.Spaced(command.EncryptedPayload.Span));
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Fact]
    public void Encapsulation_below_19_bytes_is_truncated() => WireAssert.TruncatedBelow(Encapsulated, required: 19);

    [Theory]
    [InlineData("98 03 00 25 EF 20", "reportsToFollow=0 commandClassSupport=[37] commandClassControl=[32]")]
    [InlineData("98 04 00", "supportedSecuritySchemes=0")]
    [InlineData("98 05 00", "supportedSecuritySchemes=0")]
    [InlineData("98 08 00", "supportedSecuritySchemes=0")]
    [InlineData("98 80 F3 68 41 D7 37 F6 A5 94", "nonce=0xf36841d737f6a594")]
    [InlineData("98 06 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10", "networkKey=0x0102030405060708090a0b0c0d0e0f10")]
    [InlineData(
        Encapsulated,
        "initializationVector=0xaaaaaaaaaaaaaaaa encryptedPayload=0x5de1aa6f receiversNonceIdentifier=243 "
            + "messageAuthenticationCode=0x389960971436c1b3")]
    public void Security0_commands_are_described(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));
}
