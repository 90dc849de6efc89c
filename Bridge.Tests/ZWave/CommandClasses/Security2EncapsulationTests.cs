using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class Security2EncapsulationTests
{
    private const string Tag = "01 02 03 04 05 06 07 08";

    [Fact]
    public void Encapsulation_without_extensions_is_ciphertext_and_tag()
    {
        const string Frame = "9F 03 08 00 A0 33 DB 88 BE 4D 77 D7 24 81 06";
        var command = WireAssert.Decode<Security2Encapsulation>(Frame);
        Assert.Equal(8, command.SequenceNumber);
        Assert.Empty(command.Extensions);
        Assert.Equal("A0 33 DB", Hex.Spaced(command.Ciphertext.Span));
        Assert.Equal("88 BE 4D 77 D7 24 81 06", Hex.Spaced(command.AuthenticationTag.Span));
        Assert.Equal(Frame, Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Fact]
    public void Encapsulation_with_a_SPAN_extension_carries_the_senders_entropy()
    {
        const string Frame = "9F 03 1F 01 12 41 6D DE 2C DB 6C B2 27 4B 8B B4 FF EB 3F 1E B3 94 C4 18 7D 85 DA 08 45 0F 27 0B E4";
        var command = WireAssert.Decode<Security2Encapsulation>(Frame);
        var extension = Assert.Single(command.Extensions);
        Assert.Equal(
            (Security2ExtensionType.SinglecastSequence, true, false), (extension.Type, extension.IsCritical, extension.MoreToFollow));
        Assert.Equal("6D DE 2C DB 6C B2 27 4B 8B B4 FF EB 3F 1E B3 94", Hex.Spaced(extension.Value.Span));
        Assert.Equal("C4 18 7D", Hex.Spaced(command.Ciphertext.Span));
        Assert.Equal(Frame, Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
        Assert.Equal(
            "sequenceNumber=31 extension=true encryptedExtension=false extensions=[{type=1 critical=true moreToFollow=false "
                + "value=0x6dde2cdb6cb2274b8bb4ffeb3f1eb394}] ciphertext=0xc4187d authTag=0x85da08450f270be4",
            FieldText.Of(Frame));
    }

    [Fact]
    public void Encapsulation_without_a_command_is_a_tag_alone() =>
        Assert.True(WireAssert.Decode<Security2Encapsulation>("9F 03 01 00 " + Tag).Ciphertext.IsEmpty);

    [Fact]
    public void Encapsulation_keeps_the_flag_of_encrypted_extensions()
    {
        var command = WireAssert.Decode<Security2Encapsulation>("9F 03 01 02 AA " + Tag);
        Assert.True(command.HasEncryptedExtension);
        Assert.Equal("9F 03 01 02 AA " + Tag, Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Fact]
    public void Extensions_follow_each_other()
    {
        // MGRP (critical, more follow) group 7, then MOS
        var command = WireAssert.Decode<Security2Encapsulation>("9F 03 01 01 03 C3 07 02 04 AA " + Tag);
        Assert.Equal(
            [Security2ExtensionType.MulticastGroup, Security2ExtensionType.MulticastOutOfSync],
            command.Extensions.Select(extension => extension.Type));
        Assert.Equal("AA", Hex.Spaced(command.Ciphertext.Span));
    }

    [Fact]
    public void Extension_of_an_unknown_type_is_stepped_over_by_its_length()
    {
        var command = WireAssert.Decode<Security2Encapsulation>("9F 03 01 01 04 BF 11 22 02 04 AA " + Tag);
        Assert.Equal(2, command.Extensions.Count);
        Assert.Equal((Security2ExtensionType)0x3F, command.Extensions[0].Type);
        Assert.Equal("AA", Hex.Spaced(command.Ciphertext.Span));
    }

    [Fact]
    public void Extension_of_a_known_type_with_another_length_is_ignored_and_stepped_over_by_the_known_length()
    {
        // MGRP says 9 bytes but has 3
        var command = WireAssert.Decode<Security2Encapsulation>("9F 03 01 01 09 43 07 AA " + Tag);
        Assert.Empty(command.Extensions);
        Assert.Equal("AA", Hex.Spaced(command.Ciphertext.Span));
        Assert.Equal("09 43 07", Hex.Spaced(command.PlainExtensions.Span));
    }

    [Theory]
    [InlineData("9F 03 01 01 01 3F AA " + Tag, DecodeError.ReservedValue)] // length 1
    [InlineData("9F 03 01 01 00 3F AA " + Tag, DecodeError.ReservedValue)] // length 0
    [InlineData("9F 03 01 01 05 3F 11 22 " + Tag, DecodeError.Truncated)] // reaches one byte into the tag
    [InlineData("9F 03 01 01 02 84 " + Tag, DecodeError.Truncated)] // announces another one
    [InlineData("9F 03 01 01 12 41 00 " + Tag, DecodeError.Truncated)] // SPAN cut short
    [InlineData("9F 03 01 01 " + Tag, DecodeError.Truncated)] // no extension at all
    [InlineData("9F 03 01 00 01 02 03 04 05 06 07", DecodeError.Truncated)] // no whole tag
    [InlineData("9F 03 01", DecodeError.Truncated)]
    public void Encapsulation_with_broken_extensions_is_refused(string hex, DecodeError reason) => WireAssert.Refused(hex, reason);

    [Fact]
    public void Extension_is_written_as_it_is_read()
    {
        Span<byte> buffer = stackalloc byte[32];
        var payload = new PayloadWriter(buffer);
        new Security2Extension(
            Security2ExtensionType.MulticastGroup, IsCritical: true, MoreToFollow: true, new byte[] { 7 }).Encode(ref payload);
        new Security2Extension(
            Security2ExtensionType.MulticastOutOfSync, IsCritical: false, MoreToFollow: false, default).Encode(ref payload);
        Assert.Equal("03 C3 07 02 04", Hex.Spaced(payload.Written));
    }
}
