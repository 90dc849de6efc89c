using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class AddNodeTests
{
    [Theory]
    // start: any node, normal power, network wide
    [InlineData(
        "01 05 00 4A C1 0A 7B",
        "mode=1 normalPower=true networkWide=true callbackId=10 longRange=false",
        TransactionShape.Callback)]
    // stop, with a callback and without
    [InlineData(
        "01 05 00 4A 05 0B BE",
        "mode=5 normalPower=false networkWide=false callbackId=11 longRange=false",
        TransactionShape.Callback)]
    [InlineData(
        "01 05 00 4A 05 00 B5",
        "mode=5 normalPower=false networkWide=false callbackId=0 longRange=false",
        TransactionShape.AckOnly)]
    // SmartStart listening
    [InlineData(
        "01 05 00 4A 49 00 F9",
        "mode=9 normalPower=false networkWide=true callbackId=0 longRange=false",
        TransactionShape.AckOnly)]
    public void AddNode_request_by_mode(string frame, string fields, TransactionShape shape) =>
        Assert.Equal(shape, SerialAssert.FromHost<AddNodeRequest>(frame, fields, required: 2).Shape);

    [Theory]
    [InlineData("01 0D 00 4A 48 0C C3 04 9A A0 1F 2E 3D 4D 40", false)]
    [InlineData("01 0D 00 4A 68 0D C3 04 9A A0 1F 2E 3D 4D 61", true)]
    public void AddNode_request_of_a_SmartStart_node_tells_its_home_ids(string frame, bool longRange)
    {
        var request = SerialAssert.FromHost<AddNodeRequest>(
            frame,
            $"mode=8 normalPower=false networkWide=true callbackId={(longRange ? 13 : 12)} "
            + $"longRange={(longRange ? "true" : "false")} nwiHomeId='C3049AA0' authHomeId='1F2E3D4D'",
            required: 10);
        Assert.Equal(new SmartStartHomeIds(new(0xC3049AA0), new(0x1F2E3D4D)), request.HomeIds);
    }

    [Fact]
    public void AddNode_requests_are_made_by_name()
    {
        SerialAssert.Encodes("01 05 00 4A C1 0A 7B", AddNodeRequest.Start().WithCallbackId(0x0A));
        SerialAssert.Encodes("01 05 00 4A 05 0B BE", AddNodeRequest.Stop(wantsCallback: true).WithCallbackId(0x0B));
        SerialAssert.Encodes(
            "01 0D 00 4A 48 0C C3 04 9A A0 1F 2E 3D 4D 40",
            AddNodeRequest.IncludeSmartStart(new(new(0xC3049AA0), new(0x1F2E3D4D))).WithCallbackId(0x0C));
    }

    [Fact]
    public void AddNode_requests_without_callback_stay_without_whatever_is_assigned()
    {
        SerialAssert.Encodes("01 05 00 4A 05 00 B5", AddNodeRequest.Stop(wantsCallback: false).WithCallbackId(0x0B));
        SerialAssert.Encodes("01 05 00 4A 49 00 F9", AddNodeRequest.ListenForSmartStart().WithCallbackId(0x0B));
    }

    [Theory]
    [InlineData("01 07 00 4A 0A 01 00 00 B9", "callbackId=10 status=1 nodeId=0", false)]
    [InlineData("01 07 00 4A 0A 02 00 00 BA", "callbackId=10 status=2 nodeId=0", false)]
    [InlineData("01 07 00 4A 0A 05 0B 00 B6", "callbackId=10 status=5 nodeId=11", true)]
    [InlineData("01 07 00 4A 0B 06 0B 00 B4", "callbackId=11 status=6 nodeId=11", true)]
    [InlineData("01 07 00 4A 0A 07 00 00 BF", "callbackId=10 status=7 nodeId=0", true)]
    [InlineData("01 07 00 4A 0A 23 00 00 9B", "callbackId=10 status=35 nodeId=0", true)]
    [InlineData("01 05 00 4A 0A 06 BC", "callbackId=10 status=6", true)]
    public void AddNode_callback_without_node_information(string frame, string fields, bool isFinal)
    {
        var callback = SerialAssert.FromModule<AddNodeCallback>(frame, fields, required: 2);
        Assert.Equal(isFinal, callback.IsFinal);
        Assert.Null(callback.NodeInformation);
    }

    [Fact]
    public void AddNode_callback_3_brings_the_end_node()
    {
        // node 11, end node, binary power switch
        var callback = SerialAssert.FromModule<AddNodeCallback>(
            "01 10 00 4A 0A 03 0B 09 04 10 01 5E 25 32 70 85 59 5E",
            "callbackId=10 status=3 nodeId=11 basicDeviceClass=4 genericDeviceClass=16 specificDeviceClass=1 "
            + "commandClasses=[94,37,50,112,133,89]",
            required: 13);
        Assert.Equal(NodeChangeStatus.EndNode, callback.Status);
        Assert.Equal(new NodeId(11), callback.NodeId);
        Assert.False(callback.IsFinal);
    }

    [Fact]
    public void AddNode_callback_4_brings_the_controller() =>
        Assert.False(SerialAssert.FromModule<AddNodeCallback>(
            "01 0B 00 4A 0A 04 0C 04 02 02 01 5E E7",
            "callbackId=10 status=4 nodeId=12 basicDeviceClass=2 genericDeviceClass=2 specificDeviceClass=1 commandClasses=[94]",
            required: 8).IsFinal);

    [Fact]
    public void AddNode_callback_in_16_bit_mode_has_a_node_id_of_two_bytes() =>
        SerialAssert.FromModule<AddNodeCallback>(
            "01 11 00 4A 0A 03 01 05 09 04 10 01 5E 25 32 70 85 59 50",
            "callbackId=10 status=3 nodeId=261 basicDeviceClass=4 genericDeviceClass=16 specificDeviceClass=1 "
            + "commandClasses=[94,37,50,112,133,89]",
            required: 14,
            NodeIdWidth.Bits16);

    [Fact]
    public void SmartStart_home_ids_come_from_the_DSK()
    {
        // bytes 8-11 03 04 9A A1, bytes 12-15 DF 2E 3D 4C
        var dsk = WireAssert.Bytes("00 01 02 03 04 05 06 07 03 04 9A A1 DF 2E 3D 4C");
        Assert.Equal(new SmartStartHomeIds(new(0xC3049AA0), new(0x1F2E3D4D)), SmartStartHomeIds.Of(dsk));
    }

    [Theory]
    // the lone byte is half a node id, not a length of 0
    [InlineData("0A 03 00", NodeIdWidth.Bits16)]
    [InlineData("0A 04 00", NodeIdWidth.Bits16)]
    [InlineData("0A 03", NodeIdWidth.Bits8)]
    [InlineData("0A 03 0B", NodeIdWidth.Bits8)]
    public void AddNode_callback_3_and_4_without_node_id_and_length_are_truncated(string payload, NodeIdWidth width) =>
        SerialAssert.Refused<AddNodeCallback>(payload, DecodeError.Truncated, width);
}
