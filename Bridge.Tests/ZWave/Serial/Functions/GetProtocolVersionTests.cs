using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetProtocolVersionTests
{
    [Fact]
    public void GetProtocolVersion_request_is_empty() =>
        SerialAssert.FromHost<GetProtocolVersionRequest>("01 03 00 09 F5", fields: "", required: 0);

    [Fact]
    public void GetProtocolVersion_response_tells_version_and_build() =>
        // Z-Wave 7.18.2, build 0
        SerialAssert.FromModule<GetProtocolVersionResponse>(
            "01 09 01 09 00 07 12 02 00 00 E9", "protocolType=0 protocolVersion='7.18.2' buildNumber=0", required: 4);

    [Fact]
    public void GetProtocolVersion_response_may_end_with_the_hash_of_the_commit() =>
        SerialAssert.FromModule<GetProtocolVersionResponse>(
            "01 19 01 09 00 07 12 02 00 2A 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F D3",
            "protocolType=0 protocolVersion='7.18.2' buildNumber=42 commitHash=0x000102030405060708090a0b0c0d0e0f",
            required: 4);
}
