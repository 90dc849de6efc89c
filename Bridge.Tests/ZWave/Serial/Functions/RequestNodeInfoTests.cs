using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class RequestNodeInfoTests
{
    [Fact]
    public void RequestNodeInfo_request_names_the_node_and_has_no_callback() =>
        Assert.Equal(
            TransactionShape.Response, SerialAssert.FromHost<RequestNodeInfoRequest>("01 04 00 60 0C 97", "nodeId=12", required: 1).Shape);

    [Fact]
    public void RequestNodeInfo_request_in_16_bit_mode() =>
        SerialAssert.FromHost<RequestNodeInfoRequest>("01 05 00 60 01 05 9E", "nodeId=261", required: 2, NodeIdWidth.Bits16);

    [Fact]
    public void RequestNodeInfo_response_says_whether_it_was_sent() =>
        Assert.True(SerialAssert.FromModule<RequestNodeInfoResponse>("01 04 01 60 01 9B", "status=1", required: 1).IsAccepted);
}
