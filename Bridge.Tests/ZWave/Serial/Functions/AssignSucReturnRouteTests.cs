using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class AssignSucReturnRouteTests
{
    [Fact]
    public void AssignSucReturnRoute_request_names_the_node() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<AssignSucReturnRouteRequest>("01 05 00 51 0C 09 AE", "nodeId=12 callbackId=9", required: 2).Shape);

    [Fact]
    public void AssignSucReturnRoute_request_in_16_bit_mode() =>
        SerialAssert.FromHost<AssignSucReturnRouteRequest>(
            "01 06 00 51 01 05 09 A5", "nodeId=261 callbackId=9", required: 3, NodeIdWidth.Bits16);

    [Fact]
    public void AssignSucReturnRoute_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 05 00 51 0C 09 AE", new AssignSucReturnRouteRequest(new(12)).WithCallbackId(9));

    [Fact]
    public void AssignSucReturnRoute_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<AssignSucReturnRouteResponse>("01 04 01 51 01 AA", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<AssignSucReturnRouteResponse>("00").IsAccepted);
    }

    [Fact]
    public void AssignSucReturnRoute_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<AssignSucReturnRouteCallback>(
            "01 05 00 51 09 00 A2", "callbackId=9 transmitStatus=0", required: 2);
        Assert.Equal(TransmitStatus.Ok, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
