using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class NvmWriteLongBufferTests
{
    [Fact]
    public void NvmWriteLongBuffer_request_brings_the_bytes() =>
        SerialAssert.FromHost<NvmWriteLongBufferRequest>("01 0A 00 2B 00 10 00 00 02 AB CD AA", "offset=4096 data=0xabcd", required: 7);

    [Fact]
    public void NvmWriteLongBuffer_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<NvmWriteLongBufferResponse>("01 04 01 2B 01 D0", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<NvmWriteLongBufferResponse>("00").IsAccepted);
    }
}
