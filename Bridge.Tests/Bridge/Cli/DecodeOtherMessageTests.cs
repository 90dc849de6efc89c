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
    [InlineData("H 08", "{}")]
    [InlineData("H 16", "{}")]
    [InlineData("RES 12 01", "{status:1}")]
    [InlineData("H 17 00", "{powerLevel:0}")]
    [InlineData("RES 55 01", "{status:1}")]
    [InlineData("M 54 08 05", "{callbackId:8,status:5}")]
    [InlineData("H AB 01 01 03 02 25 02 25 09", "{sourceNodeId:1,destinationNodeIds:[3],encapsulated:{command:'0x02'}}")]
    public Task A_message_with_a_codec_tells_its_fields(string message, string fields) => DecodeRow.Message(message, fields);
}
