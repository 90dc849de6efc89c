using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class AssignPriorityReturnRouteTests
{
    private const string Fields = "nodeId=12 destinationNodeId=1 repeaters=[5,0,0,0] routeSpeed=3 callbackId=9";

    [Fact]
    public void AssignPriorityReturnRoute_request_brings_the_route()
    {
        var request = SerialAssert.FromHost<AssignPriorityReturnRouteRequest>(
            "01 0B 00 4F 0C 01 05 00 00 00 03 09 B9", Fields, required: 8);
        Assert.Equal(new Route(new Repeaters(5), RouteSpeed.Kbit100), request.Route);
        Assert.Equal(TransactionShape.ResponseAndCallback, request.Shape);
    }

    [Fact]
    public void AssignPriorityReturnRoute_request_in_16_bit_mode_keeps_repeaters_of_one_byte() =>
        SerialAssert.FromHost<AssignPriorityReturnRouteRequest>(
            "01 0D 00 4F 00 0C 00 01 05 00 00 00 03 09 BF", Fields, required: 10, NodeIdWidth.Bits16);

    [Fact]
    public void AssignPriorityReturnRoute_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes(
            "01 0B 00 4F 0C 01 05 00 00 00 03 09 B9",
            new AssignPriorityReturnRouteRequest(new(12), new(1), new(new(5), RouteSpeed.Kbit100)).WithCallbackId(9));

    [Fact]
    public void AssignPriorityReturnRoute_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<AssignPriorityReturnRouteResponse>("01 04 01 4F 01 B4", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<AssignPriorityReturnRouteResponse>("00").IsAccepted);
    }

    [Fact]
    public void AssignPriorityReturnRoute_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<AssignPriorityReturnRouteCallback>(
            "01 05 00 4F 09 00 BC", "callbackId=9 transmitStatus=0", required: 2);
        Assert.Equal(TransmitStatus.Ok, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
