using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SendDataMulticastTests
{
    [Fact]
    public void SendDataMulticast_request_counts_nodes()
    {
        // nodes 2, 3, 5; Switch Binary Set off
        var request = SerialAssert.FromHost<SendDataMulticastRequest>(
            "01 0D 00 14 03 02 03 05 03 25 01 00 25 09 EA",
            "destinationNodeIds=[2,3,5] encapsulated=0x250100 transmitOptions=37 callbackId=9",
            required: 10);
        Assert.Equal(TransactionShape.ResponseAndCallback, request.Shape);
    }

    [Fact]
    public void SendDataMulticast_request_in_16_bit_mode_counts_nodes_not_bytes() =>
        SerialAssert.FromHost<SendDataMulticastRequest>(
            "01 0E 00 14 02 00 03 01 05 03 25 01 00 25 09 EB",
            "destinationNodeIds=[3,261] encapsulated=0x250100 transmitOptions=37 callbackId=9",
            required: 11,
            NodeIdWidth.Bits16);

    [Fact]
    public void SendDataMulticast_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes(
            "01 0D 00 14 03 02 03 05 03 25 01 00 25 09 EA",
            new SendDataMulticastRequest([new(2), new(3), new(5)], new byte[] { 0x25, 0x01, 0x00 }).WithCallbackId(9));

    [Fact]
    public void SendDataMulticast_request_with_more_nodes_than_bytes_is_truncated() =>
        SerialAssert.Refused<SendDataMulticastRequest>("FF 02 03 05 03 25 01 00 25 09", DecodeError.Truncated);

    [Fact]
    public void SendDataMulticast_response_says_whether_the_command_is_queued()
    {
        Assert.True(SerialAssert.FromModule<SendDataMulticastResponse>("01 04 01 14 01 EF", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<SendDataMulticastResponse>("00").IsAccepted);
    }

    [Fact]
    public void SendDataMulticast_callback_tells_how_it_ended()
    {
        var callback = SerialAssert.FromModule<SendDataMulticastCallback>(
            "01 05 00 14 09 00 E7", "callbackId=9 transmitStatus=0", required: 2);
        Assert.Equal(TransmitStatus.Ok, callback.TransmitStatus);
        Assert.True(callback.IsFinal);
    }
}
