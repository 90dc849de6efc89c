using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetSerialApiTimeoutsTests
{
    [Fact]
    public void SetSerialApiTimeouts_request_counts_in_10_ms()
    {
        var request = SerialAssert.FromHost<SetSerialApiTimeoutsRequest>(
            "01 05 00 06 64 0F 97", "rxAckTimeout=1000 rxByteTimeout=150", required: 2);
        Assert.Equal(new SetSerialApiTimeoutsRequest(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(150)), request);
    }

    [Fact]
    public void SetSerialApiTimeouts_response_tells_the_values_until_now()
    {
        var response = SerialAssert.FromModule<SetSerialApiTimeoutsResponse>(
            "01 05 01 06 96 0F 64", "oldRxAckTimeout=1500 oldRxByteTimeout=150", required: 2);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), response.OldAckTimeout);
    }

    [Fact]
    public void SetSerialApiTimeouts_request_longer_than_a_byte_can_tell_is_the_longest() =>
        // FF = 2.55 s
        SerialAssert.Encodes("01 05 00 06 FF 00 03", new SetSerialApiTimeoutsRequest(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(-1)));
}
