using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SoftResetTests
{
    [Fact]
    public void SoftReset_has_no_payload_and_no_answer() =>
        Assert.Equal(TransactionShape.AckOnly, SerialAssert.FromHost<SoftResetRequest>("01 03 00 08 F4", fields: "", required: 0).Shape);
}
