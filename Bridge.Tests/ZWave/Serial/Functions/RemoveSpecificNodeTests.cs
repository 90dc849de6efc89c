using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class RemoveSpecificNodeTests
{
    [Theory]
    [InlineData("01 06 00 3F 81 0C 0A 41", 12, 3, NodeIdWidth.Bits8)]
    [InlineData("01 07 00 3F 81 01 05 0A 48", 261, 4, NodeIdWidth.Bits16)]
    public void RemoveSpecificNode_request_names_the_node(string frame, int node, int required, NodeIdWidth width) =>
        Assert.Equal(
            TransactionShape.Callback,
            SerialAssert.FromHost<RemoveSpecificNodeRequest>(
                frame, $"mode=1 normalPower=true networkWide=false nodeId={node} callbackId=10", required, width).Shape);

    [Fact]
    public void RemoveSpecificNode_request_takes_a_callback_id_when_it_wants_one()
    {
        var request = new RemoveSpecificNodeRequest(new(NodeChangeMode.Any, NormalPower: true), new(12));
        SerialAssert.Encodes("01 06 00 3F 81 0C 0A 41", request.WithCallbackId(0x0A));
        SerialAssert.Encodes("01 06 00 3F 81 0C 00 4B", (request with { WantsCallback = false }).WithCallbackId(0x0A));
    }

    [Fact]
    public void RemoveSpecificNode_callback_is_shaped_like_that_of_RemoveNode() =>
        Assert.True(SerialAssert.FromModule<RemoveSpecificNodeCallback>(
            "01 07 00 3F 0A 06 0C 00 C7", "callbackId=10 status=6 nodeId=12", required: 2).IsFinal);

    [Theory]
    // the lone byte is half a node id, not a length of 0
    [InlineData("0A 03 00", NodeIdWidth.Bits16)]
    [InlineData("0A 04 00", NodeIdWidth.Bits16)]
    [InlineData("0A 03", NodeIdWidth.Bits8)]
    [InlineData("0A 03 0B", NodeIdWidth.Bits8)]
    public void RemoveSpecificNode_callback_3_and_4_without_node_id_and_length_are_truncated(string payload, NodeIdWidth width) =>
        SerialAssert.Refused<RemoveSpecificNodeCallback>(payload, DecodeError.Truncated, width);
}
