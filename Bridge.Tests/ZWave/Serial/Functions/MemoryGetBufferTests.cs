using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class MemoryGetBufferTests
{
    [Fact]
    public void MemoryGetBuffer_request_tells_offset_and_length() =>
        SerialAssert.FromHost<MemoryGetBufferRequest>("01 06 00 23 00 00 04 DE", "offset=0 length=4", required: 3);

    [Fact]
    public void MemoryGetBuffer_response_is_the_bytes() =>
        SerialAssert.FromModule<MemoryGetBufferResponse>("01 07 01 23 FF FF FF FF DA", "data=0xffffffff", required: 0);
}
