using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetRandomTests
{
    [Fact]
    public void GetRandom_request_tells_how_many() =>
        Assert.Equal(TransactionShape.Response, SerialAssert.FromHost<GetRandomRequest>(
            "01 04 00 1C 04 E3", "count=4", required: 1).Shape);

    [Fact]
    public void GetRandom_response_brings_the_bytes() =>
        Assert.True(SerialAssert.FromModule<GetRandomResponse>(
            "01 09 01 1C 01 04 9B 21 7E 50 7A", "status=1 randomBytes=0x9b217e50", required: 6).IsAccepted);

    [Fact]
    public void GetRandom_response_of_status_0_has_no_bytes() =>
        Assert.False(SerialAssert.FromModule<GetRandomResponse>(
            "01 05 01 1C 00 00 E7", "status=0 randomBytes=0x", required: 2).IsAccepted);
}
