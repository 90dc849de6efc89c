using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SendNodeInformationTests
{
    [Fact]
    public void SendNodeInformation_request_names_the_destination() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<SendNodeInformationRequest>(
                "01 06 00 12 FF 25 03 32", "destinationNodeId=255 transmitOptions=37 callbackId=3", required: 3).Shape);

    [Fact]
    public void SendNodeInformation_request_in_16_bit_mode() =>
        SerialAssert.FromHost<SendNodeInformationRequest>(
            "01 07 00 12 0F FF 25 03 3C", "destinationNodeId=4095 transmitOptions=37 callbackId=3", required: 4, NodeIdWidth.Bits16);

    [Fact]
    public void SendNodeInformation_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes("01 06 00 12 FF 25 03 32", new SendNodeInformationRequest(NodeId.Broadcast).WithCallbackId(3));

    [Fact]
    public void SendNodeInformation_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<SendNodeInformationResponse>("01 04 01 12 01 E9", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<SendNodeInformationResponse>("00").IsAccepted);
    }

    [Fact]
    public void SendNodeInformation_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<SendNodeInformationCallback>(
            "01 05 00 12 03 00 EB", "callbackId=3 transmitStatus=0", required: 2);
        Assert.Equal(TransmitStatus.Ok, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
