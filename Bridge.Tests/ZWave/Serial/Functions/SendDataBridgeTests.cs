using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SendDataBridgeTests
{
    [Fact]
    public void SendDataBridge_request_names_the_source_before_the_destination()
    {
        // from 1 to 12, Switch Binary Set on, no route, callback 7E
        var request = SerialAssert.FromHost<SendDataBridgeRequest>(
            "01 0F 00 A9 01 0C 03 25 01 FF 25 00 00 00 00 7E D7",
            "sourceNodeId=1 destinationNodeId=12 encapsulated=0x2501ff transmitOptions=37 callbackId=126",
            required: 12);
        Assert.Equal(TransactionShape.ResponseAndCallback, request.Shape);
    }

    [Fact]
    public void SendDataBridge_request_has_two_node_ids_of_two_bytes_in_16_bit_mode() =>
        SerialAssert.FromHost<SendDataBridgeRequest>(
            "01 11 00 A9 00 01 01 05 03 25 01 FF 25 00 00 00 00 7E C1",
            "sourceNodeId=1 destinationNodeId=261 encapsulated=0x2501ff transmitOptions=37 callbackId=126",
            required: 14,
            NodeIdWidth.Bits16);

    [Fact]
    public void SendDataBridge_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes(
            "01 0F 00 A9 01 0C 03 25 01 FF 25 00 00 00 00 7E D7",
            new SendDataBridgeRequest(new(1), new(12), new byte[] { 0x25, 0x01, 0xFF }).WithCallbackId(0x7E));

    [Fact]
    public void SendDataBridge_response_says_whether_the_command_is_queued() =>
        Assert.True(SerialAssert.FromModule<SendDataBridgeResponse>("01 04 01 A9 01 52", "status=1", required: 1).IsAccepted);

    [Fact]
    public void SendDataBridge_callback_tells_how_it_ended()
    {
        // transmit time 20 ms, no acknowledgement
        var callback = SerialAssert.FromModule<SendDataBridgeCallback>(
            "01 07 00 A9 7E 01 00 02 2C", "callbackId=126 transmitStatus=1 transmitTicks=2", required: 2);
        Assert.Equal(TransmitStatus.NoAcknowledgement, callback.TransmitStatus);
    }
}
