using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class DeleteSucReturnRouteTests
{
    [Fact]
    public void DeleteSucReturnRoute_request_names_the_node() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<DeleteSucReturnRouteRequest>("01 05 00 55 0C 09 AA", "nodeId=12 callbackId=9", required: 2).Shape);

    [Fact]
    public void DeleteSucReturnRoute_request_in_16_bit_mode() =>
        SerialAssert.FromHost<DeleteSucReturnRouteRequest>(
            "01 06 00 55 00 0C 09 A9", "nodeId=12 callbackId=9", required: 3, NodeIdWidth.Bits16);

    [Fact]
    public void DeleteSucReturnRoute_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 05 00 55 0C 09 AA", new DeleteSucReturnRouteRequest(new(12)).WithCallbackId(9));

    [Fact]
    public void DeleteSucReturnRoute_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<DeleteSucReturnRouteResponse>("01 04 01 55 01 AE", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<DeleteSucReturnRouteResponse>("00").IsAccepted);
    }

    [Fact]
    public void DeleteSucReturnRoute_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<DeleteSucReturnRouteCallback>(
            "01 05 00 55 09 01 A7", "callbackId=9 transmitStatus=1", required: 2);
        Assert.Equal(TransmitStatus.NoAcknowledgement, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
