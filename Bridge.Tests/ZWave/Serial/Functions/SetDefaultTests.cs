using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetDefaultTests
{
    [Fact]
    public void SetDefault_request_is_a_callback_id() =>
        Assert.Equal(
            TransactionShape.Callback, SerialAssert.FromHost<SetDefaultRequest>("01 04 00 42 05 BC", "callbackId=5", required: 1).Shape);

    [Fact]
    public void SetDefault_request_takes_another_callback_id() =>
        SerialAssert.Encodes("01 04 00 42 05 BC", new SetDefaultRequest().WithCallbackId(5));

    [Fact]
    public void SetDefault_callback_says_that_it_is_done() =>
        Assert.True(SerialAssert.FromModule<SetDefaultCallback>("01 04 00 42 05 BC", "callbackId=5", required: 1).IsFinal);
}
