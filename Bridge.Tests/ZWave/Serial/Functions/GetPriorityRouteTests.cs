using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetPriorityRouteTests
{
    [Theory]
    [InlineData("01 04 00 92 0C 65", "nodeId=12", 1, NodeIdWidth.Bits8)]
    [InlineData("01 05 00 92 01 05 6C", "nodeId=261", 2, NodeIdWidth.Bits16)]
    public void GetPriorityRoute_request_names_the_node(string frame, string fields, int required, NodeIdWidth width) =>
        SerialAssert.FromHost<GetPriorityRouteRequest>(frame, fields, required, width);

    [Fact]
    public void GetPriorityRoute_response_tells_the_route()
    {
        // last working route over node 5, 100k
        var response = SerialAssert.FromModule<GetPriorityRouteResponse>(
            "01 0A 01 92 0C 01 05 00 00 00 03 6D", "nodeId=12 routeKind=1 repeaters=[5,0,0,0] routeSpeed=3", required: 7);
        Assert.Equal([new NodeId(5)], response.Route!.Value.Repeaters.Nodes);
    }

    [Fact]
    public void GetPriorityRoute_response_in_16_bit_mode_keeps_repeaters_of_one_byte() =>
        SerialAssert.FromModule<GetPriorityRouteResponse>(
            "01 0B 01 92 01 05 01 05 00 00 00 03 64",
            "nodeId=261 routeKind=1 repeaters=[5,0,0,0] routeSpeed=3",
            required: 8,
            NodeIdWidth.Bits16);

    [Fact]
    public void GetPriorityRoute_response_without_a_route_may_end_early() =>
        Assert.Null(SerialAssert.FromModule<GetPriorityRouteResponse>(
            "01 05 01 92 0C 00 65", "nodeId=12 routeKind=0", required: 2).Route);
}
