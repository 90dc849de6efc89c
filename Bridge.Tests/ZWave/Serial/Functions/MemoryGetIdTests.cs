using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class MemoryGetIdTests
{
    [Fact]
    public void MemoryGetId_request_is_empty() => SerialAssert.FromHost<MemoryGetIdRequest>("01 03 00 20 DC", fields: "", required: 0);

    [Fact]
    public void MemoryGetId_response_tells_home_id_and_own_node_id() =>
        Assert.Equal(
            new MemoryGetIdResponse(new(0xE85AC211), new(1)),
            SerialAssert.FromModule<MemoryGetIdResponse>("01 08 01 20 E8 5A C2 11 01 B6", "homeId='E85AC211' nodeId=1", required: 5));

    [Fact]
    public void MemoryGetId_response_in_16_bit_mode_has_a_node_id_of_two_bytes() =>
        SerialAssert.FromModule<MemoryGetIdResponse>(
            "01 09 01 20 E8 5A C2 11 00 01 B7", "homeId='E85AC211' nodeId=1", required: 6, NodeIdWidth.Bits16);
}
