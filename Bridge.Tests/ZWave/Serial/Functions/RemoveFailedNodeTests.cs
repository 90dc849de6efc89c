using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class RemoveFailedNodeTests
{
    [Fact]
    public void RemoveFailedNode_request_names_the_node() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<RemoveFailedNodeRequest>("01 05 00 61 0A 07 96", "nodeId=10 callbackId=7", required: 2).Shape);

    [Fact]
    public void RemoveFailedNode_request_in_16_bit_mode() =>
        SerialAssert.FromHost<RemoveFailedNodeRequest>(
            "01 06 00 61 01 05 07 9B", "nodeId=261 callbackId=7", required: 3, NodeIdWidth.Bits16);

    [Fact]
    public void RemoveFailedNode_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 05 00 61 0A 07 96", new RemoveFailedNodeRequest(new(10)).WithCallbackId(7));

    [Fact]
    public void RemoveFailedNode_response_of_0_means_started() =>
        Assert.True(SerialAssert.FromModule<RemoveFailedNodeResponse>("01 04 01 61 00 9B", "startStatus=0", required: 1).IsAccepted);

    [Fact]
    public void RemoveFailedNode_response_else_tells_the_reasons()
    {
        var response = SerialAssert.Payload<RemoveFailedNodeResponse>("18");
        Assert.False(response.IsAccepted);
        Assert.Equal(FailedNodeStart.NodeNotFailed | FailedNodeStart.Busy, response.StartStatus);
    }

    [Theory]
    [InlineData("01 05 00 61 07 01 9D", "callbackId=7 status=1", FailedNodeStatus.Removed, true)]
    public void RemoveFailedNode_callback_tells_how_it_goes(string frame, string fields, FailedNodeStatus status, bool isFinal)
    {
        var callback = SerialAssert.FromModule<RemoveFailedNodeCallback>(frame, fields, required: 2);
        Assert.Equal(status, callback.Status);
        Assert.Equal(isFinal, callback.IsFinal);
    }
}
