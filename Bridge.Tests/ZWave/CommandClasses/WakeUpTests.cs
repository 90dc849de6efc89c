using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class WakeUpTests
{
    [Fact]
    public void IntervalSet_is_seconds_and_a_node() =>
        // 3600 s, tell node 1
        WireAssert.Command("84 04 00 0E 10 01", new WakeUpIntervalSet(3600, new(1)), ignoresTrailing: true);

    [Fact]
    public void IntervalSet_of_more_than_three_bytes_is_the_longest_interval() =>
        Assert.Equal("84 04 FF FF FF 01", Hex.Spaced(CommandCodec.Encode(new WakeUpIntervalSet(uint.MaxValue, new(1)), new(1))));

    [Fact]
    public void IntervalGet_has_no_parameters() => WireAssert.Command("84 05", new WakeUpIntervalGet(), ignoresTrailing: true);

    [Fact]
    public void IntervalReport_is_seconds_and_a_node() =>
        WireAssert.Command("84 06 00 0E 10 01", new WakeUpIntervalReport(3600, new(1)), ignoresTrailing: true);

    [Fact]
    public void Notification_has_no_parameters() => WireAssert.Command("84 07", new WakeUpNotification(), ignoresTrailing: true);

    [Fact]
    public void NoMoreInformation_has_no_parameters() => WireAssert.Command("84 08", new WakeUpNoMoreInformation(), ignoresTrailing: true);

    [Fact]
    public void IntervalCapabilitiesGet_has_no_parameters() =>
        WireAssert.Command("84 09", new WakeUpIntervalCapabilitiesGet(), ignoresTrailing: true);

    [Fact]
    public void IntervalCapabilitiesReport_of_version_2_is_minimum_maximum_default_and_step() =>
        // 60 s .. 86400 s, default 3600 s, step 60 s
        WireAssert.Command(
            "84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C", new WakeUpIntervalCapabilitiesReport(60, 86400, 3600, 60), version: 2);

    [Fact]
    public void IntervalCapabilitiesReport_of_version_3_tells_whether_it_can_be_woken()
    {
        var report = new WakeUpIntervalCapabilitiesReport(60, 86400, 3600, 60, WakeUpOnDemand: true);
        WireAssert.Command("84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C 01", report, version: 3, ignoresTrailing: true);
        Assert.Equal("84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C", Hex.Spaced(CommandCodec.Encode(report, new(2))));
    }

    [Fact]
    public void IntervalCapabilitiesReport_reserved_bits_are_ignored() =>
        Assert.False(WireAssert.Decode<WakeUpIntervalCapabilitiesReport>("84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C FE").WakeUpOnDemand);

    [Theory]
    [InlineData("84 04 00 0E 10 01", 4)]
    [InlineData("84 06 00 0E 10 01", 4)]
    [InlineData("84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C", 12)]
    public void Wake_up_commands_without_their_first_fields_are_truncated(string hex, int required) => WireAssert.TruncatedBelow(hex, required);

    [Theory]
    [InlineData("84 04 00 0E 10 01", "seconds=3600 nodeId=1")]
    [InlineData("84 05", "")]
    [InlineData("84 06 00 0E 10 01", "seconds=3600 nodeId=1")]
    [InlineData("84 07", "")]
    [InlineData("84 08", "")]
    [InlineData("84 09", "")]
    [InlineData("84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C", "minimumWakeUpIntervalSeconds=60 maximumWakeUpIntervalSeconds=86400 defaultWakeUpIntervalSeconds=3600 wakeUpIntervalStepSeconds=60")]
    [InlineData("84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C 01", "minimumWakeUpIntervalSeconds=60 maximumWakeUpIntervalSeconds=86400 defaultWakeUpIntervalSeconds=3600 wakeUpIntervalStepSeconds=60 wakeUpOnDemand=true")]
    public void Wake_up_fields_are_named_as_documented(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));

    [Fact]
    public void Interview_asks_limits_and_interval()
    {
        var interview = new PlayedInterview(WakeUpCommandClass.Definition, version: 3)
        {
            Answers =
            {
                ["84 09"] = "84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C 01",
                ["84 05"] = "84 06 00 0E 10 01",
            },
        };
        Assert.Equal(["84 09", "84 05"], interview.Run());
        Assert.Equal(Value.Of(3600), interview.Read(WakeUpCommandClass.Interval));
        Assert.Equal(Value.Of(1), interview.Read(WakeUpCommandClass.Destination));
        Assert.Equal(Value.Of(60), interview.Read(WakeUpCommandClass.MinimumInterval));
        Assert.Equal(Value.Of(86400), interview.Read(WakeUpCommandClass.MaximumInterval));
        Assert.Equal(Value.Of(3600), interview.Read(WakeUpCommandClass.DefaultInterval));
        Assert.Equal(Value.Of(60), interview.Read(WakeUpCommandClass.IntervalStep));
        Assert.Equal(Value.Of(true), interview.Read(WakeUpCommandClass.WakeUpOnDemand));
    }

    [Fact]
    public void Interview_makes_the_node_tell_us_when_it_wakes_up()
    {
        // it told nobody; the interval stays
        var interview = new PlayedInterview(WakeUpCommandClass.Definition, version: 1) { Answers = { ["84 05"] = "84 06 00 0E 10 00" } };
        Assert.Equal(["84 05", "84 04 00 0E 10 01", "84 05"], interview.Run());
    }

    [Fact]
    public void Interview_sets_nothing_when_the_interval_is_not_known() =>
        Assert.Equal(["84 05"], new PlayedInterview(WakeUpCommandClass.Definition, version: 1).Run());
}
