using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetBackgroundRssiTests
{
    [Fact]
    public void GetBackgroundRssi_request_is_empty() =>
        SerialAssert.FromHost<GetBackgroundRssiRequest>("01 03 00 3B C7", fields: "", required: 0);

    [Theory]
    [InlineData("01 05 01 3B A1 A3 C2", "rssi=[-95,-93]")]
    [InlineData("01 06 01 3B A1 A3 9E 5F", "rssi=[-95,-93,-98]")]
    [InlineData("01 07 01 3B A1 A3 7F 9E 21", "rssi=[-95,-93,127,-98]")]
    public void GetBackgroundRssi_response_has_two_to_four_channels(string frame, string fields) =>
        SerialAssert.FromModule<GetBackgroundRssiResponse>(frame, fields, required: 2);

    [Fact]
    public void GetBackgroundRssi_value_7F_is_no_measurement() =>
        Assert.Equal([-95, null], SerialAssert.Payload<GetBackgroundRssiResponse>("A1 7F").Channels.Select(rssi => rssi.Dbm));
}
