using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
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

    [Fact]
    public void DeviceResetLocallyNotification_is_credible_as_it_is() =>
        Assert.True(WireAssert.Decode<DeviceResetLocallyNotification>("5A 01").IsCredible);

    [Theory]
    [InlineData("5A 01 00")]
    [InlineData("5A 01 A5 5A")]
    public void DeviceResetLocallyNotification_with_bytes_too_many_is_not_credible(string hex) =>
        Assert.False(WireAssert.Decode<DeviceResetLocallyNotification>(hex).IsCredible);
}
