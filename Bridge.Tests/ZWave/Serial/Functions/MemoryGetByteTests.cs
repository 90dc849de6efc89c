using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class MemoryGetByteTests
{
    [Fact]
    public void MemoryGetByte_request_tells_the_offset() =>
        SerialAssert.FromHost<MemoryGetByteRequest>("01 05 00 21 00 10 CB", "offset=16", required: 2);

    [Fact]
    public void MemoryGetByte_response_is_the_byte() =>
        SerialAssert.FromModule<MemoryGetByteResponse>("01 04 01 21 2A F1", "value=42", required: 1);
}
