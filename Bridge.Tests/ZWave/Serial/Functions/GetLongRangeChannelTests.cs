using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetLongRangeChannelTests
{
    [Fact]
    public void GetLongRangeChannel_request_is_empty() =>
        SerialAssert.FromHost<GetLongRangeChannelRequest>("01 03 00 DB 27", fields: "", required: 0);

    [Fact]
    public void GetLongRangeChannel_response_tells_the_channel() =>
        Assert.Equal(
            LongRangeChannel.B, SerialAssert.FromModule<GetLongRangeChannelResponse>(
                "01 04 01 DB 02 23", "channel=2", required: 1).Channel);
}
