using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SendDataMulticastBridgeTests
{
    [Theory]
    [InlineData("01 0E 00 AB 01 03 02 03 05 03 25 01 00 25 09 57", "[2,3,5]", 11, NodeIdWidth.Bits8)]
    [InlineData("01 10 00 AB 00 01 02 00 03 01 05 03 25 01 00 25 09 4B", "[3,261]", 13, NodeIdWidth.Bits16)]
    public void SendDataMulticastBridge_request_names_the_source_first(string frame, string nodes, int required, NodeIdWidth width)
    {
        var request = SerialAssert.FromHost<SendDataMulticastBridgeRequest>(
            frame,
            $"sourceNodeId=1 destinationNodeIds={nodes} encapsulated=0x250100 transmitOptions=37 callbackId=9",
            required,
            width);
        Assert.Equal(TransactionShape.ResponseAndCallback, request.Shape);
    }

    [Fact]
    public void SendDataMulticastBridge_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes(
            "01 0E 00 AB 01 03 02 03 05 03 25 01 00 25 09 57",
            new SendDataMulticastBridgeRequest(new(1), [new(2), new(3), new(5)], new byte[] { 0x25, 0x01, 0x00 }).WithCallbackId(9));

    [Fact]
    public void SendDataMulticastBridge_response_says_whether_the_command_is_queued()
    {
        Assert.True(SerialAssert.FromModule<SendDataMulticastBridgeResponse>("01 04 01 AB 01 50", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<SendDataMulticastBridgeResponse>("00").IsAccepted);
    }

    [Fact]
    public void SendDataMulticastBridge_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<SendDataMulticastBridgeCallback>(
            "01 05 00 AB 09 02 5A", "callbackId=9 transmitStatus=2", required: 2);
        Assert.Equal(TransmitStatus.Fail, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
