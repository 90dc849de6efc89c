using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetRfPowerLevelTests
{
    [Theory]
    [InlineData("01 04 00 17 00 EC", "powerLevel=0")]
    [InlineData("01 04 00 17 09 E5", "powerLevel=9")]
    public void SetRfPowerLevel_request_tells_the_level(string frame, string fields) =>
        Assert.Equal(TransactionShape.Response, SerialAssert.FromHost<SetRfPowerLevelRequest>(frame, fields, required: 1).Shape);

    [Fact]
    public void SetRfPowerLevel_response_tells_what_is_set_now() =>
        SerialAssert.FromModule<SetRfPowerLevelResponse>("01 04 01 17 00 ED", "powerLevel=0", required: 1);
}
