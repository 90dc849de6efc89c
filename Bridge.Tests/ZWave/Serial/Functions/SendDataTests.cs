using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SendDataTests
{
    [Fact]
    public void SendData_request_carries_a_command_to_a_node()
    {
        // node 5, Switch Binary Set on, options 25, callback 7B
        var request = SerialAssert.FromHost<SendDataRequest>(
            "01 0A 00 13 05 03 25 01 FF 25 7B 65",
            "destinationNodeId=5 encapsulated=0x2501ff transmitOptions=37 callbackId=123",
            required: 7);
        Assert.Equal(TransmitOptions.Default, request.Options);
        Assert.Equal(TransactionShape.ResponseAndCallback, request.Shape);
    }

    [Fact]
    public void SendData_request_to_a_long_range_node_has_a_node_id_of_two_bytes() =>
        SerialAssert.FromHost<SendDataRequest>(
            "01 0B 00 13 01 05 03 25 01 FF 25 7B 65",
            "destinationNodeId=261 encapsulated=0x2501ff transmitOptions=37 callbackId=123",
            required: 8,
            NodeIdWidth.Bits16);

    [Fact]
    public void SendData_request_of_a_ping_is_one_byte_of_command() =>
        SerialAssert.FromHost<SendDataRequest>(
            "01 08 00 13 05 01 00 25 7C B9",
            "destinationNodeId=5 encapsulated=0x00 transmitOptions=37 callbackId=124",
            required: 5);

    [Fact]
    public void SendData_request_takes_another_callback_id_and_keeps_the_rest()
    {
        var request = new SendDataRequest(new(5), new byte[] { 0x25, 0x01, 0xFF });
        SerialAssert.Encodes("01 0A 00 13 05 03 25 01 FF 25 7B 65", request.WithCallbackId(0x7B));
    }

    [Fact]
    public void SendData_request_whose_length_points_beyond_the_end_is_truncated() =>
        SerialAssert.Refused<SendDataRequest>("05 FF 25 01 FF 25 7B", DecodeError.Truncated);

    [Theory]
    [InlineData("01 04 01 13 01 E8", "status=1", true)]
    [InlineData("01 04 01 13 00 E9", "status=0", false)]
    public void SendData_response_says_whether_the_command_is_queued(string frame, string fields, bool isAccepted)
    {
        var response = SerialAssert.FromModule<SendDataResponse>(frame, fields, required: 1);
        Assert.Equal(isAccepted, response.IsAccepted);
        Assert.Equal(isAccepted ? SendDataResponse.Accepted : SendDataResponse.Refused, response);
    }

    [Fact]
    public void SendData_callback_without_report_is_id_and_status()
    {
        var callback = SerialAssert.FromModule<SendDataCallback>("01 05 00 13 7B 00 92", "callbackId=123 transmitStatus=0", required: 2);
        Assert.Null(callback.Report);
        Assert.True(callback.IsFinal);
    }

    [Fact]
    public void SendData_callback_of_old_firmware_has_the_transmit_time_only() =>
        // 30 ms
        Assert.Null(SerialAssert.FromModule<SendDataCallback>(
            "01 07 00 13 7B 00 00 03 93", "callbackId=123 transmitStatus=0 transmitTicks=3", required: 2).Report);

    [Fact]
    public void SendData_callback_of_a_direct_delivery_has_the_whole_report()
    {
        // 30 ms, -53 dBm, no repeater, direct, 100k, 1 attempt, no failed link
        var callback = SerialAssert.FromModule<SendDataCallback>(
            "01 18 00 13 7B 00 00 03 00 CB 7F 7F 7F 7F 00 00 01 00 00 00 00 03 01 00 00 44",
            "callbackId=123 transmitStatus=0 txReport={transmitTicks=3 repeaters=0 ackRssi=-53 "
            + "ackRepeaterRssi=[127,127,127,127] ackChannel=0 txChannel=0 routeSchemeState=1 lastRouteRepeaters=[0,0,0,0] "
            + "beam1000ms=false beam250ms=false lastRouteSpeed=3 routingAttempts=1 lastFailedLinkFrom=0 lastFailedLinkTo=0}",
            required: 2);
        Assert.Null(callback.TransmitTicks);
        var report = callback.Report;
        Assert.NotNull(report);
        Assert.Equal(TimeSpan.FromMilliseconds(30), report.TransmitTime);
        Assert.Equal(-53, report.AckRssi.Dbm);
        Assert.Equal(RouteScheme.Direct, report.RouteScheme);
        Assert.Equal(RouteSpeed.Kbit100, report.LastRouteSpeed);
        Assert.Empty(report.LastRouteRepeaters.Nodes);
    }

    [Fact]
    public void SendData_callback_of_a_long_range_node_tells_powers_and_noise()
    {
        // channel 3, speed 4, powers 14 and 10 dBm, noise -100 and -101 dBm, destination heard us with -70 dBm
        var callback = SerialAssert.Payload<SendDataCallback>(
            "7B 00 00 05 00 BA 7F 7F 7F 7F 03 03 01 00 00 00 00 04 01 00 00 0E 9C 0A BA 9B", NodeIdWidth.Bits16);
        var report = callback.Report;
        Assert.NotNull(report);
        Assert.Equal(RouteSpeed.LongRangeKbit100, report.LastRouteSpeed);
        Assert.Equal((sbyte)14, report.TransmitPowerDbm);
        Assert.Equal(-100, report.MeasuredNoiseFloor?.Dbm);
        Assert.Equal((sbyte)10, report.DestinationAckTransmitPowerDbm);
        Assert.Equal(-70, report.DestinationAckRssi?.Dbm);
        Assert.Equal(-101, report.DestinationAckNoiseFloor?.Dbm);
        Assert.EndsWith(
            "txPower=14 measuredNoiseFloor=-100 destinationAckTxPower=10 destinationAckRssi=-70 destinationAckNoiseFloor=-101}",
            FieldText.Of(callback), StringComparison.Ordinal);
    }

    [Fact]
    public void SendData_callback_over_repeaters_names_them_and_the_beam()
    {
        // repeaters 9 and 12, explorer, 40k with a beam of 1000 ms, 2 attempts; firmware that leaves out the failed link
        var report = SerialAssert.Payload<SendDataCallback>("01 00 01 00 02 7E B0 7D 7F 7F 01 01 07 09 0C 00 00 42 02").Report;
        Assert.NotNull(report);
        Assert.Equal([new NodeId(9), new NodeId(12)], report.LastRouteRepeaters.Nodes);
        Assert.True(report.Beam1000ms);
        Assert.False(report.Beam250ms);
        Assert.Equal(RouteSpeed.Kbit40, report.LastRouteSpeed);
        Assert.Null(report.LastFailedLinkFrom);
        Assert.Null(report.AckRssi.Dbm);
        Assert.Equal(Rssi.ReceiverSaturated, report.AckRssi);
        Assert.Equal(Rssi.NoSignalDetected, report.AckRepeaterRssi[1]);
    }

    [Theory]
    [InlineData("00", false, false, RouteSpeed.None)]
    [InlineData("21", false, true, RouteSpeed.Kbit9Point6)]
    [InlineData("43", true, false, RouteSpeed.Kbit100)]
    // bits 3, 4 and 7 are reserved
    [InlineData("98", false, false, RouteSpeed.None)]
    public void SendData_callback_report_packs_beam_and_speed_into_a_byte(string speed, bool beam1000ms, bool beam250ms, RouteSpeed expected)
    {
        var report = SerialAssert.Payload<SendDataCallback>($"01 00 00 01 00 B0 7F 7F 7F 7F 01 01 01 00 00 00 00 {speed} 01 0C 0D").Report;
        Assert.NotNull(report);
        Assert.Equal((beam1000ms, beam250ms, expected), (report.Beam1000ms, report.Beam250ms, report.LastRouteSpeed));
        Assert.Equal(((byte)0x0C, (byte)0x0D), (report.LastFailedLinkFrom!.Value, report.LastFailedLinkTo!.Value));
    }

    [Fact]
    public void SendData_callback_report_cut_below_17_bytes_tells_the_transmit_time_only()
    {
        var callback = SerialAssert.Payload<SendDataCallback>("7B 01 00 03 00 CB 7F 7F 7F 7F 00 00 01 00 00 00 00 03");
        Assert.Null(callback.Report);
        Assert.Equal((ushort)3, callback.TransmitTicks);
        Assert.Equal(TransmitStatus.NoAcknowledgement, callback.TransmitStatus);
    }
}
