using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SendTestFrameTests
{
    [Fact]
    public void SendTestFrame_request_names_the_node() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<SendTestFrameRequest>(
                "01 06 00 BE 05 06 0A 4E", "nodeId=5 powerLevel=6 callbackId=10", required: 3).Shape);

    [Fact]
    public void SendTestFrame_request_in_16_bit_mode() =>
        SerialAssert.FromHost<SendTestFrameRequest>(
            "01 07 00 BE 01 05 06 0A 4E", "nodeId=261 powerLevel=6 callbackId=10", required: 4, NodeIdWidth.Bits16);

    [Fact]
    public void SendTestFrame_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 06 00 BE 05 06 0A 4E", new SendTestFrameRequest(new(5), PowerLevel: 6).WithCallbackId(0x0A));

    [Fact]
    public void SendTestFrame_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<SendTestFrameResponse>("01 04 01 BE 01 45", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<SendTestFrameResponse>("00").IsAccepted);
    }

    [Fact]
    public void SendTestFrame_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<SendTestFrameCallback>(
            "01 05 00 BE 0A 00 4E", "callbackId=10 transmitStatus=0", required: 2);
        Assert.Equal(TransmitStatus.Ok, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
