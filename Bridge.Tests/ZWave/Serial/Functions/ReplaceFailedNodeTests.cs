using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class ReplaceFailedNodeTests
{
    [Fact]
    public void ReplaceFailedNode_request_names_the_node() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<ReplaceFailedNodeRequest>("01 05 00 63 0A 08 9B", "nodeId=10 callbackId=8", required: 2).Shape);

    [Fact]
    public void ReplaceFailedNode_request_in_16_bit_mode() =>
        SerialAssert.FromHost<ReplaceFailedNodeRequest>(
            "01 06 00 63 01 05 08 96", "nodeId=261 callbackId=8", required: 3, NodeIdWidth.Bits16);

    [Fact]
    public void ReplaceFailedNode_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 05 00 63 0A 08 9B", new ReplaceFailedNodeRequest(new(10)).WithCallbackId(8));

    [Fact]
    public void ReplaceFailedNode_response_of_0_means_started() =>
        Assert.True(SerialAssert.FromModule<ReplaceFailedNodeResponse>("01 04 01 63 00 99", "startStatus=0", required: 1).IsAccepted);

    [Fact]
    public void ReplaceFailedNode_response_else_tells_the_reasons()
    {
        var response = SerialAssert.Payload<ReplaceFailedNodeResponse>("18");
        Assert.False(response.IsAccepted);
        Assert.Equal(FailedNodeStart.NodeNotFailed | FailedNodeStart.Busy, response.StartStatus);
    }

    [Theory]
    [InlineData("01 05 00 63 08 03 92", "callbackId=8 status=3", FailedNodeStatus.ReadyToReplace, false)]
    [InlineData("01 05 00 63 08 04 95", "callbackId=8 status=4", FailedNodeStatus.Replaced, true)]
    public void ReplaceFailedNode_callback_tells_how_it_goes(string frame, string fields, FailedNodeStatus status, bool isFinal)
    {
        var callback = SerialAssert.FromModule<ReplaceFailedNodeCallback>(frame, fields, required: 2);
        Assert.Equal(status, callback.Status);
        Assert.Equal(isFinal, callback.IsFinal);
    }
}
