using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetPriorityRouteTests
{
    [Theory]
    [InlineData("01 09 00 93 0C 05 00 00 00 03 6F", 12, 6, 1, NodeIdWidth.Bits8)]
    [InlineData("01 0A 00 93 01 05 05 00 00 00 03 64", 261, 7, 2, NodeIdWidth.Bits16)]
    public void SetPriorityRoute_request_brings_the_route(string frame, int node, int required, int deletion, NodeIdWidth width) =>
        Assert.Equal(
            new Route(new Repeaters(5), RouteSpeed.Kbit100),
            SerialAssert.FromHost<SetPriorityRouteRequest>(
                frame, $"nodeId={node} repeaters=[5,0,0,0] routeSpeed=3", required, width, alsoWhole: [deletion]).Route);

    [Fact]
    public void SetPriorityRoute_request_of_the_node_alone_deletes_the_route() =>
        Assert.Null(SerialAssert.FromHost<SetPriorityRouteRequest>("01 04 00 93 0C 64", "nodeId=12", required: 1).Route);

    [Theory]
    [InlineData("01 05 01 93 0C 01 65", "nodeId=12 status=1", 2, NodeIdWidth.Bits8)]
    [InlineData("01 06 01 93 01 05 01 6E", "nodeId=261 status=1", 3, NodeIdWidth.Bits16)]
    public void SetPriorityRoute_response_says_whether_it_is_set(string frame, string fields, int required, NodeIdWidth width) =>
        Assert.True(SerialAssert.FromModule<SetPriorityRouteResponse>(frame, fields, required, width).IsAccepted);

    [Fact]
    public void SetPriorityRoute_response_of_status_0_is_a_refusal() =>
        Assert.False(SerialAssert.Payload<SetPriorityRouteResponse>("0C 00").IsAccepted);
}
