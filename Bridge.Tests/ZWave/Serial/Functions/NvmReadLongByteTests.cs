using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class NvmReadLongByteTests
{
    [Fact]
    public void NvmReadLongByte_request_tells_the_offset() =>
        SerialAssert.FromHost<NvmReadLongByteRequest>("01 06 00 2C 00 10 00 C5", "offset=4096", required: 3);

    [Fact]
    public void NvmReadLongByte_response_is_the_byte() =>
        SerialAssert.FromModule<NvmReadLongByteResponse>("01 04 01 2C 5A 8C", "value=90", required: 1);
}
