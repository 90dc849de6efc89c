using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class NvmReadLongBufferTests
{
    [Fact]
    public void NvmReadLongBuffer_request_tells_offset_and_length() =>
        SerialAssert.FromHost<NvmReadLongBufferRequest>("01 08 00 2A 00 00 10 00 04 C9", "offset=16 length=4", required: 5);

    [Fact]
    public void NvmReadLongBuffer_response_is_the_bytes() =>
        SerialAssert.FromModule<NvmReadLongBufferResponse>("01 07 01 2A 01 02 03 04 D7", "data=0x01020304", required: 0);
}
