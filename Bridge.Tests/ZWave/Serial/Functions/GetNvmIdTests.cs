using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetNvmIdTests
{
    [Fact]
    public void GetNvmId_request_is_empty() => SerialAssert.FromHost<GetNvmIdRequest>("01 03 00 29 D5", fields: "", required: 0);

    [Fact]
    public void GetNvmId_response_tells_the_memory() =>
        // flash of 256 KB
        Assert.Equal(256 * 1024, SerialAssert.FromModule<GetNvmIdResponse>(
            "01 07 01 29 04 20 80 12 66", "manufacturerId=32 memoryType=128 memorySize=18", required: 4).SizeBytes);

    [Theory]
    [InlineData("04 20 80 0E", 16 * 1024)]
    [InlineData("04 20 80 18", 16 * 1024 * 1024)]
    [InlineData("04 20 80 FF", null)]
    [InlineData("04 20 80 0D", null)]
    public void GetNvmId_size_doubles_with_each_step(string payload, int? size) =>
        Assert.Equal(size, SerialAssert.Payload<GetNvmIdResponse>(payload).SizeBytes);
}
