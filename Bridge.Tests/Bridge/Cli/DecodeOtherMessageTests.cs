using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Messages whose fields the output format does not fix: they are never malformed.</summary>
public sealed class DecodeOtherMessageTests
{
    [Theory]
    [InlineData("H F4 01 02")]
    [InlineData("RES F4 AB")]
    [InlineData("M F4")]
    [InlineData("RES 04 00")] // a function that is known, but no message of it
    [InlineData("M 15")]
    [InlineData("RES 42 01")]
    public Task A_message_without_a_codec_tells_its_payload(string message) => DecodeRow.OtherMessage(message);

    [Theory]
    [InlineData("RES 12")]
    [InlineData("H 17")]
    [InlineData("H 1C")]
    [InlineData("RES 1C 01 04 9B")]
    [InlineData("H 21 00")]
    [InlineData("H 22 00 10")]
    [InlineData("H 23 00 00")]
    [InlineData("H 24 00 00 00")]
    [InlineData("RES 29 04 20")]
    [InlineData("H 2A 00 00")]
    [InlineData("H 2B 00")]
    [InlineData("H 2C 00")]
    [InlineData("H 2D 00 00")]
    [InlineData("H 2E")]
    [InlineData("H 3D 01 04 00 00")]
    [InlineData("H 3F C1")]
    [InlineData("H 4F 0C 01 05")]
    [InlineData("H 50 81")]
    [InlineData("M 50 04")]
    [InlineData("H 54 01 01")]
    [InlineData("RES 55")]
    [InlineData("H 92")]
    [InlineData("RES 92 0C")]
    [InlineData("H 93 0C 05 00")]
    [InlineData("RES BA")]
    [InlineData("H BE 05")]
    [InlineData("RES DB")]
    [InlineData("H DC")]
    public Task A_message_that_ends_early_tells_its_payload(string message) => DecodeRow.OtherMessage(message);

    [Fact]
    public Task A_message_with_a_malformed_command_tells_its_payload() => DecodeRow.OtherMessage("H AB 01 01 03 02 25 01 25 09");

    [Theory]
    [InlineData("H 08", "{}")]
    [InlineData("H 16", "{}")]
    [InlineData("RES 12 01", "{status:1}")]
    [InlineData("H 17 00", "{powerLevel:0}")]
    [InlineData("RES 55 01", "{status:1}")]
    [InlineData("M 54 08 05", "{callbackId:8,status:5}")]
    [InlineData("H AB 01 01 03 02 25 02 25 09", "{sourceNodeId:1,destinationNodeIds:[3],encapsulated:{command:'0x02'}}")]
    public Task A_message_with_a_codec_tells_its_fields(string message, string fields) => DecodeRow.Message(message, fields);
}
