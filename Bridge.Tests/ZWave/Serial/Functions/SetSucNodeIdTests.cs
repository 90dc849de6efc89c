using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetSucNodeIdTests
{
    [Fact]
    public void SetSucNodeId_request_for_the_module_itself_wants_no_callback()
    {
        var request = SerialAssert.FromHost<SetSucNodeIdRequest>(
            "01 08 00 54 01 01 00 01 00 A2", "nodeId=1 enable=true transmitOptions=0 sis=true callbackId=0", required: 5);
        Assert.Equal(TransactionShape.Response, request.Shape);
        SerialAssert.Encodes("01 08 00 54 01 01 00 01 00 A2", request.WithCallbackId(0x0A));
    }

    [Fact]
    public void SetSucNodeId_request_for_another_node_calls_back() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<SetSucNodeIdRequest>(
                "01 08 00 54 0C 01 00 01 0A A5", "nodeId=12 enable=true transmitOptions=0 sis=true callbackId=10", required: 5).Shape);

    [Fact]
    public void SetSucNodeId_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes(
            "01 08 00 54 0C 01 00 01 0A A5",
            new SetSucNodeIdRequest(new(12), Enable: true, Sis: true, WantsCallback: true).WithCallbackId(0x0A));

    [Fact]
    public void SetSucNodeId_request_in_16_bit_mode() =>
        SerialAssert.FromHost<SetSucNodeIdRequest>(
            "01 09 00 54 00 01 01 00 01 00 A3",
            "nodeId=1 enable=true transmitOptions=0 sis=true callbackId=0",
            required: 6,
            NodeIdWidth.Bits16);

    [Fact]
    public void SetSucNodeId_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<SetSucNodeIdResponse>("01 04 01 54 01 AF", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<SetSucNodeIdResponse>("00").IsAccepted);
    }

    [Theory]
    [InlineData("01 05 00 54 0A 05 A1", "callbackId=10 status=5", SetSucStatus.Succeeded)]
    [InlineData("01 05 00 54 0A 06 A2", "callbackId=10 status=6", SetSucStatus.Failed)]
    public void SetSucNodeId_callback_tells_how_it_ended(string frame, string fields, SetSucStatus status)
    {
        var callback = SerialAssert.FromModule<SetSucNodeIdCallback>(frame, fields, required: 2);
        Assert.Equal(status, callback.Status);
        Assert.True(callback.IsFinal);
    }
}
