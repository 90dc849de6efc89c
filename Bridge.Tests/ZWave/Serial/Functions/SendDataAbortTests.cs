using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SendDataAbortTests
{
    [Fact]
    public void SendDataAbort_has_no_payload_and_no_answer() =>
        Assert.Equal(
            TransactionShape.AckOnly, SerialAssert.FromHost<SendDataAbortRequest>("01 03 00 16 EA", fields: "", required: 0).Shape);
}
