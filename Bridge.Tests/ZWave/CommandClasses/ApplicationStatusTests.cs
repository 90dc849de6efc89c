using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class ApplicationStatusTests
{
    [Fact]
    public void ApplicationBusy_tells_when_to_repeat()
    {
        // try again after 5 s
        WireAssert.Command("22 01 01 05", new ApplicationBusy(ApplicationBusyStatus.TryAgainAfterWait, 5), ignoresTrailing: true);
        Assert.Equal(TimeSpan.FromSeconds(5), WireAssert.Decode<ApplicationBusy>("22 01 01 05").WaitTime);
        Assert.Equal("status=1 waitTime=5", FieldText.Of("22 01 01 05"));
    }

    [Theory]
    [InlineData("22 01 00 05")] // some time later
    [InlineData("22 01 02 05")] // queued
    [InlineData("22 01 03 05")] // a reserved status is kept as it comes
    public void ApplicationBusy_of_another_status_has_no_wait_time(string hex) =>
        Assert.Null(WireAssert.RoundTrip<ApplicationBusy>(hex).WaitTime);

    [Fact]
    public void ApplicationRejectedRequest_is_a_status()
    {
        WireAssert.Command("22 02 00", new ApplicationRejectedRequest(), ignoresTrailing: true);
        Assert.Equal("status=0", FieldText.Of("22 02 00"));
    }

    [Theory]
    [InlineData("22 01 01 05", 2)]
    [InlineData("22 02 00", 1)]
    public void ApplicationStatus_commands_without_their_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);
}
