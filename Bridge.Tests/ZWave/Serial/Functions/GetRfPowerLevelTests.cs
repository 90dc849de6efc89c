using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetRfPowerLevelTests
{
    [Fact]
    public void GetRfPowerLevel_request_is_empty() => SerialAssert.FromHost<GetRfPowerLevelRequest>(
        "01 03 00 BA 46", fields: "", required: 0);

    [Fact]
    public void GetRfPowerLevel_response_tells_the_level() =>
        SerialAssert.FromModule<GetRfPowerLevelResponse>("01 04 01 BA 00 40", "powerLevel=0", required: 1);
}
