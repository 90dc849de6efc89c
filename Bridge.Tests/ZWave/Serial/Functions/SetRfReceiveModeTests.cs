using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetRfReceiveModeTests
{
    [Theory]
    [InlineData("01 04 00 10 01 EA", "enable=true")]
    [InlineData("01 04 00 10 00 EB", "enable=false")]
    public void SetRfReceiveMode_request_is_on_or_off(string frame, string fields) =>
        Assert.Equal(TransactionShape.Response, SerialAssert.FromHost<SetRfReceiveModeRequest>(frame, fields, required: 1).Shape);

    [Fact]
    public void SetRfReceiveMode_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<SetRfReceiveModeResponse>("01 04 01 10 01 EB", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<SetRfReceiveModeResponse>("00").IsAccepted);
    }
}
