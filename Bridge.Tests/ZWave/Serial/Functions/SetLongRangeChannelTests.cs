using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetLongRangeChannelTests
{
    [Fact]
    public void SetLongRangeChannel_request_tells_the_channel() =>
        Assert.Equal(
            LongRangeChannel.Automatic,
            SerialAssert.FromHost<SetLongRangeChannelRequest>("01 04 00 DC FF D8", "channel=255", required: 1).Channel);

    [Fact]
    public void SetLongRangeChannel_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<SetLongRangeChannelResponse>("01 04 01 DC 01 27", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<SetLongRangeChannelResponse>("00").IsAccepted);
    }
}
