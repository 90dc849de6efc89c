using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class PowerlevelTests
{
    [Fact]
    public void PowerlevelSet_is_level_and_timeout()
    {
        // -5 dB for 10 s
        WireAssert.Command("73 01 05 0A", new PowerlevelSet(5, 10), ignoresTrailing: true);
        Assert.Equal("powerLevel=5 timeout=10", FieldText.Of("73 01 05 0A"));
    }

    [Fact]
    public void PowerlevelGet_has_no_parameters() => WireAssert.Command("73 02", new PowerlevelGet(), ignoresTrailing: true);

    [Theory]
    [InlineData("73 03 05 09", 5, 9)] // -5 dB for 9 s more
    [InlineData("73 03 00 00", 0, 0)]
    [InlineData("73 03 0A 01", 10, 1)] // a reserved level is kept as it comes
    public void PowerlevelReport_is_level_and_time_left(string hex, byte level, byte timeout) =>
        WireAssert.Command(hex, new PowerlevelReport(level, timeout), ignoresTrailing: true);

    [Fact]
    public void PowerlevelReport_of_normal_power_may_lack_the_timeout()
    {
        WireAssert.Command("73 03 00", new PowerlevelReport(0));
        Assert.Equal("powerLevel=0", FieldText.Of("73 03 00"));
        Assert.Equal(["0x73/powerLevel = 0", "0x73/timeout = 0"], CollectedValues.TextOf("73 03 00"));
    }

    [Fact]
    public void PowerlevelReport_always_sends_the_timeout_of_a_reduced_power() =>
        Assert.Equal("73 03 03 00", WireAssert.Encode(new PowerlevelReport(3)));

    [Fact]
    public void PowerlevelReport_tells_its_values()
    {
        Assert.Equal("powerLevel=5 timeout=9", FieldText.Of("73 03 05 09"));
        Assert.Equal(["0x73/powerLevel = 5", "0x73/timeout = 9"], CollectedValues.TextOf("73 03 05 09"));
    }

    [Fact]
    public void PowerlevelTestNodeSet_is_node_level_and_frames()
    {
        // node 5, -6 dB, 100 frames
        WireAssert.Command("73 04 05 06 00 64", new PowerlevelTestNodeSet(5, 6, 100), ignoresTrailing: true);
        Assert.Equal("testNodeId=5 powerLevel=6 testFrameCount=100", FieldText.Of("73 04 05 06 00 64"));
    }

    [Fact]
    public void PowerlevelTestNodeGet_has_no_parameters() =>
        WireAssert.Command("73 05", new PowerlevelTestNodeGet(), ignoresTrailing: true);

    [Fact]
    public void PowerlevelTestNodeReport_is_node_status_and_acknowledged_frames()
    {
        // node 5, success, 100 frames acknowledged
        WireAssert.Command(
            "73 06 05 01 00 64", new PowerlevelTestNodeReport(5, PowerlevelTestStatus.Success, 100), ignoresTrailing: true);
        Assert.Equal("testNodeId=5 statusOfOperation=1 testFrameCount=100", FieldText.Of("73 06 05 01 00 64"));
        Assert.Equal(
            ["0x73/testNodeId = 5", "0x73/testStatus = 1", "0x73/testFrameCount = 100"], CollectedValues.TextOf("73 06 05 01 00 64"));
    }

    [Fact]
    public void PowerlevelTestNodeReport_without_a_test_tells_only_that() =>
        Assert.Equal(["0x73/testNodeId = 0"], CollectedValues.TextOf("73 06 00 00 00 00"));

    [Theory]
    [InlineData("73 01 05 0A", 2)]
    [InlineData("73 01 00 00", 2)]
    [InlineData("73 03 05 09", 2)]
    [InlineData("73 03 00 00", 1)]
    [InlineData("73 04 05 06 00 64", 4)]
    [InlineData("73 06 05 01 00 64", 4)]
    public void Powerlevel_commands_without_their_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);
}
