using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class NvmWriteLongByteTests
{
    [Fact]
    public void NvmWriteLongByte_request_tells_offset_and_byte() =>
        SerialAssert.FromHost<NvmWriteLongByteRequest>("01 07 00 2D 00 10 00 5A 9F", "offset=4096 value=90", required: 4);

    [Fact]
    public void NvmWriteLongByte_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<NvmWriteLongByteResponse>("01 04 01 2D 01 D6", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<NvmWriteLongByteResponse>("00").IsAccepted);
    }
}
