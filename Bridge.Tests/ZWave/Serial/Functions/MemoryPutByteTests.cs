using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class MemoryPutByteTests
{
    [Fact]
    public void MemoryPutByte_request_tells_offset_and_byte() =>
        SerialAssert.FromHost<MemoryPutByteRequest>("01 06 00 22 00 10 2A E1", "offset=16 value=42", required: 3);

    [Fact]
    public void MemoryPutByte_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<MemoryPutByteResponse>("01 04 01 22 01 D9", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<MemoryPutByteResponse>("00").IsAccepted);
    }
}
