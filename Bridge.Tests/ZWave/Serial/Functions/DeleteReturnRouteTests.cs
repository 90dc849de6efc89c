using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class DeleteReturnRouteTests
{
    [Fact]
    public void DeleteReturnRoute_request_names_the_node() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<DeleteReturnRouteRequest>("01 05 00 47 0C 09 B8", "nodeId=12 callbackId=9", required: 2).Shape);

    [Fact]
    public void DeleteReturnRoute_request_in_16_bit_mode() =>
        SerialAssert.FromHost<DeleteReturnRouteRequest>(
            "01 06 00 47 00 0C 09 BB", "nodeId=12 callbackId=9", required: 3, NodeIdWidth.Bits16);

    [Fact]
    public void DeleteReturnRoute_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 05 00 47 0C 09 B8", new DeleteReturnRouteRequest(new(12)).WithCallbackId(9));

    [Fact]
    public void DeleteReturnRoute_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<DeleteReturnRouteResponse>("01 04 01 47 01 BC", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<DeleteReturnRouteResponse>("00").IsAccepted);
    }

    [Fact]
    public void DeleteReturnRoute_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<DeleteReturnRouteCallback>(
            "01 05 00 47 09 00 B4", "callbackId=9 transmitStatus=0", required: 2);
        Assert.Equal(TransmitStatus.Ok, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
