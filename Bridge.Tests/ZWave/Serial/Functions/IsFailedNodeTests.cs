using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class IsFailedNodeTests
{
    [Theory]
    [InlineData("01 04 00 62 0A 93", "nodeId=10", 1, NodeIdWidth.Bits8)]
    [InlineData("01 05 00 62 01 05 9C", "nodeId=261", 2, NodeIdWidth.Bits16)]
    public void IsFailedNode_request_names_the_node(string frame, string fields, int required, NodeIdWidth width) =>
        Assert.Equal(TransactionShape.Response, SerialAssert.FromHost<IsFailedNodeRequest>(frame, fields, required, width).Shape);

    [Theory]
    [InlineData("01 04 01 62 01 99", "failed=true")]
    [InlineData("01 04 01 62 00 98", "failed=false")]
    public void IsFailedNode_response_says_whether_it_is_listed(string frame, string fields) =>
        SerialAssert.FromModule<IsFailedNodeResponse>(frame, fields, required: 1);
}
