using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class DeviceResetLocallyTests
{
    [Fact]
    public void DeviceResetLocallyNotification_has_no_parameters()
    {
        WireAssert.Command("5A 01", new DeviceResetLocallyNotification());
        Assert.Equal(string.Empty, FieldText.Of("5A 01"));
    }

    [Theory]
    [InlineData("5A 01 00")]
    [InlineData("5A 01 A5 5A")]
    public void DeviceResetLocallyNotification_with_bytes_too_many_is_refused(string hex) =>
        WireAssert.Refused(hex, DecodeError.ReservedValue);
}
