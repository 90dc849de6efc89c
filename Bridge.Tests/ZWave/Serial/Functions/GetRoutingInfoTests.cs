using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetRoutingInfoTests
{
    [Theory]
    [InlineData("01 06 00 80 0A 40 00 33", "nodeId=10 removeBad=false removeNonRepeaters=true", 2, NodeIdWidth.Bits8)]
    [InlineData("01 06 00 80 0A 80 00 F3", "nodeId=10 removeBad=true removeNonRepeaters=false", 2, NodeIdWidth.Bits8)]
    [InlineData("01 07 00 80 01 05 C0 00 BC", "nodeId=261 removeBad=true removeNonRepeaters=true", 3, NodeIdWidth.Bits16)]
    public void GetRoutingInfo_request_says_what_to_leave_out(string frame, string fields, int required, NodeIdWidth width) =>
        SerialAssert.FromHost<GetRoutingInfoRequest>(frame, fields, required, width);

    [Theory]
    [InlineData(NodeIdWidth.Bits8)]
    [InlineData(NodeIdWidth.Bits16)]
    public void GetRoutingInfo_response_is_a_mask_of_classic_nodes_in_both_widths(NodeIdWidth width)
    {
        // nodes 1, 2, 3
        var response = SerialAssert.FromModule<GetRoutingInfoResponse>(
            "01 20 01 80 07 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 59",
            "nodeIds=[1,2,3]",
            required: 29,
            width);
        Assert.Equal([new NodeId(1), new NodeId(2), new NodeId(3)], response.NodeIds);
    }
}
