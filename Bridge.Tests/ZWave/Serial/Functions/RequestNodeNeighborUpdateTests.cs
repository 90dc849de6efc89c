using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class RequestNodeNeighborUpdateTests
{
    [Fact]
    public void RequestNodeNeighborUpdate_request_names_the_node() =>
        Assert.Equal(
            TransactionShape.Callback,
            SerialAssert.FromHost<RequestNodeNeighborUpdateRequest>(
                "01 05 00 48 0C 06 B8", "nodeId=12 callbackId=6", required: 2).Shape);

    [Fact]
    public void RequestNodeNeighborUpdate_request_in_16_bit_mode() =>
        SerialAssert.FromHost<RequestNodeNeighborUpdateRequest>(
            "01 06 00 48 01 05 06 B3", "nodeId=261 callbackId=6", required: 3, NodeIdWidth.Bits16);

    [Fact]
    public void RequestNodeNeighborUpdate_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 05 00 48 0C 06 B8", new RequestNodeNeighborUpdateRequest(new(12)).WithCallbackId(6));

    [Theory]
    [InlineData("01 05 00 48 06 21 95", "callbackId=6 updateStatus=33", false)]
    [InlineData("01 05 00 48 06 22 96", "callbackId=6 updateStatus=34", true)]
    [InlineData("01 05 00 48 06 23 97", "callbackId=6 updateStatus=35", true)]
    public void RequestNodeNeighborUpdate_calls_back_when_started_and_when_over(string frame, string fields, bool isFinal) =>
        Assert.Equal(isFinal, SerialAssert.FromModule<RequestNodeNeighborUpdateCallback>(frame, fields, required: 2).IsFinal);
}
