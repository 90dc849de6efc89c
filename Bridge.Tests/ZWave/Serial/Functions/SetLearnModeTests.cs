using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetLearnModeTests
{
    [Theory]
    [InlineData("01 05 00 50 81 04 2F", "mode=129 callbackId=4", TransactionShape.ResponseAndCallback)]
    [InlineData("01 05 00 50 00 00 AA", "mode=0 callbackId=0", TransactionShape.Response)]
    public void SetLearnMode_request_by_mode(string frame, string fields, TransactionShape shape) =>
        Assert.Equal(shape, SerialAssert.FromHost<SetLearnModeRequest>(frame, fields, required: 2).Shape);

    [Fact]
    public void SetLearnMode_request_takes_a_callback_id_when_it_wants_one()
    {
        SerialAssert.Encodes("01 05 00 50 81 04 2F", new SetLearnModeRequest(LearnMode.Inclusion).WithCallbackId(4));
        SerialAssert.Encodes("01 05 00 50 00 00 AA", new SetLearnModeRequest(LearnMode.Stop, WantsCallback: false).WithCallbackId(4));
    }

    [Fact]
    public void SetLearnMode_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<SetLearnModeResponse>("01 04 01 50 01 AB", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<SetLearnModeResponse>("00").IsAccepted);
    }

    [Theory]
    [InlineData("01 07 00 50 04 01 00 00 AD", "callbackId=4 status=1 assignedNodeId=0 data=0x", false)]
    [InlineData("01 07 00 50 04 06 03 00 A9", "callbackId=4 status=6 assignedNodeId=3 data=0x", true)]
    public void SetLearnMode_callback_tells_the_node_id(string frame, string fields, bool isFinal) =>
        Assert.Equal(isFinal, SerialAssert.FromModule<SetLearnModeCallback>(frame, fields, required: 3).IsFinal);

    [Fact]
    public void SetLearnMode_callback_in_16_bit_mode() =>
        SerialAssert.FromModule<SetLearnModeCallback>(
            "01 07 00 50 04 07 01 05 AF", "callbackId=4 status=7 assignedNodeId=261", required: 4, NodeIdWidth.Bits16);

    [Fact]
    public void SetLearnMode_callback_of_protocol_done_is_not_the_last() =>
        Assert.False(SerialAssert.Payload<SetLearnModeCallback>("04 05 03").IsFinal);
}
