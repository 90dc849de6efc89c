using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class AssignReturnRouteTests
{
    [Fact]
    public void AssignReturnRoute_request_names_the_node() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<AssignReturnRouteRequest>(
                "01 06 00 46 0C 01 09 BB", "nodeId=12 destinationNodeId=1 callbackId=9", required: 3).Shape);

    [Fact]
    public void AssignReturnRoute_request_in_16_bit_mode() =>
        SerialAssert.FromHost<AssignReturnRouteRequest>(
            "01 08 00 46 00 0C 00 01 09 B5", "nodeId=12 destinationNodeId=1 callbackId=9", required: 5, NodeIdWidth.Bits16);

    [Fact]
    public void AssignReturnRoute_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 06 00 46 0C 01 09 BB", new AssignReturnRouteRequest(new(12), new(1)).WithCallbackId(9));

    [Fact]
    public void AssignReturnRoute_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<AssignReturnRouteResponse>("01 04 01 46 01 BD", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<AssignReturnRouteResponse>("00").IsAccepted);
    }

    [Fact]
    public void AssignReturnRoute_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<AssignReturnRouteCallback>(
            "01 05 00 46 09 00 B5", "callbackId=9 transmitStatus=0", required: 2);
        Assert.Equal(TransmitStatus.Ok, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
