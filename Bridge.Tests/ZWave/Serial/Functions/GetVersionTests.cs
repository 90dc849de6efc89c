using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetVersionTests
{
    [Fact]
    public void GetVersion_request_is_empty() => SerialAssert.FromHost<GetVersionRequest>("01 03 00 15 E9", fields: "", required: 0);

    [Fact]
    public void GetVersion_response_tells_text_and_library_type() =>
        SerialAssert.FromModule<GetVersionResponse>(
            "01 10 01 15 5A 2D 57 61 76 65 20 37 2E 31 38 00 07 9E", "libraryVersion='Z-Wave 7.18' libraryType=7", required: 13);

    [Fact]
    public void GetVersion_response_without_the_end_of_the_text_is_truncated() =>
        SerialAssert.Refused<GetVersionResponse>("5A 2D 57 07", DecodeError.Truncated);
}
