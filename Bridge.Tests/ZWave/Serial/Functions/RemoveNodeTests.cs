using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class RemoveNodeTests
{
    [Theory]
    [InlineData("01 05 00 4B C1 0A 7A", "mode=1 normalPower=true networkWide=true callbackId=10", TransactionShape.Callback)]
    [InlineData("01 05 00 4B 05 00 B4", "mode=5 normalPower=false networkWide=false callbackId=0", TransactionShape.AckOnly)]
    [InlineData("01 05 00 4B 05 0C B8", "mode=5 normalPower=false networkWide=false callbackId=12", TransactionShape.Callback)]
    public void RemoveNode_request_by_mode(string frame, string fields, TransactionShape shape) =>
        Assert.Equal(shape, SerialAssert.FromHost<RemoveNodeRequest>(frame, fields, required: 2).Shape);

    [Fact]
    public void RemoveNode_requests_are_made_by_name()
    {
        SerialAssert.Encodes("01 05 00 4B C1 0A 7A", RemoveNodeRequest.Start().WithCallbackId(0x0A));
        SerialAssert.Encodes("01 05 00 4B 05 0C B8", RemoveNodeRequest.Stop(wantsCallback: true).WithCallbackId(0x0C));
        SerialAssert.Encodes("01 05 00 4B 05 00 B4", RemoveNodeRequest.Stop(wantsCallback: false).WithCallbackId(0x0C));
    }

    [Theory]
    [InlineData("01 07 00 4B 0A 01 00 00 B8", "callbackId=10 status=1 nodeId=0", false)]
    [InlineData("01 07 00 4B 0A 02 00 00 BB", "callbackId=10 status=2 nodeId=0", false)]
    [InlineData("01 07 00 4B 0A 06 0B 00 B4", "callbackId=10 status=6 nodeId=11", true)]
    public void RemoveNode_callback_without_node_information(string frame, string fields, bool isFinal) =>
        Assert.Equal(isFinal, SerialAssert.FromModule<RemoveNodeCallback>(frame, fields, required: 2).IsFinal);

    [Theory]
    [InlineData("01 0A 00 4B 0A 03 0B 03 04 10 01 AA", 11, 7, NodeIdWidth.Bits8)]
    [InlineData("01 0B 00 4B 0A 03 01 05 03 04 10 01 A4", 261, 8, NodeIdWidth.Bits16)]
    public void RemoveNode_callback_3_names_the_node(string frame, int node, int required, NodeIdWidth width) =>
        Assert.False(SerialAssert.FromModule<RemoveNodeCallback>(
            frame,
            $"callbackId=10 status=3 nodeId={node} basicDeviceClass=4 genericDeviceClass=16 specificDeviceClass=1 "
            + "commandClasses=[]",
            required,
            width).IsFinal);

    [Fact]
    public void RemoveNode_callback_3_of_a_foreign_node_has_id_0_and_may_know_nothing()
    {
        var callback = SerialAssert.Payload<RemoveNodeCallback>("0A 03 00 00");
        Assert.Equal(NodeId.None, callback.NodeId);
        Assert.Null(callback.NodeInformation);
    }

    [Theory]
    // the lone byte is half a node id, not a length of 0
    [InlineData("0A 03 00", NodeIdWidth.Bits16)]
    [InlineData("0A 04 00", NodeIdWidth.Bits16)]
    [InlineData("0A 03", NodeIdWidth.Bits8)]
    [InlineData("0A 03 0B", NodeIdWidth.Bits8)]
    public void RemoveNode_callback_3_and_4_without_node_id_and_length_are_truncated(string payload, NodeIdWidth width) =>
        SerialAssert.Refused<RemoveNodeCallback>(payload, DecodeError.Truncated, width);
}
