using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class TimeTests
{
    // one hour ahead; 60 min daylight saving from 31 March 2 h to 27 October 3 h
    private static readonly TimeOffset s_centralEurope = new(false, 1, 0, false, 60, new(3, 31, 2), new(10, 27, 3));

    [Fact]
    public void TimeGet_has_no_parameters() => WireAssert.Command("8A 01", new TimeGet(), ignoresTrailing: true);

    [Fact]
    public void TimeReport_is_hour_minute_second() =>
        // 23:59:58
        WireAssert.Command("8A 02 17 3B 3A", TimeReport.Of(new(23, 59, 58)), ignoresTrailing: true);

    [Fact]
    public void TimeReport_tells_of_a_failed_clock() =>
        WireAssert.Command("8A 02 97 3B 3A", new TimeReport(HasClockFailed: true, 23, 59, 58));

    [Fact]
    public void TimeReport_reserved_bits_are_ignored() =>
        Assert.Equal(new TimeReport(false, 23, 59, 58), WireAssert.Decode<TimeReport>("8A 02 77 3B 3A"));

    [Fact]
    public void DateGet_has_no_parameters() => WireAssert.Command("8A 03", new DateGet(), ignoresTrailing: true);

    [Fact]
    public void DateReport_is_year_month_day() =>
        // 29 February 2024
        WireAssert.Command("8A 04 07 E8 02 1D", DateReport.Of(new(2024, 2, 29)), ignoresTrailing: true);

    [Fact]
    public void TimeOffsetSet_is_a_time_zone_with_daylight_saving() =>
        WireAssert.Command("8A 05 01 00 3C 03 1F 02 0A 1B 03", new TimeOffsetSet(s_centralEurope), ignoresTrailing: true);

    [Fact]
    public void TimeOffsetGet_has_no_parameters() => WireAssert.Command("8A 06", new TimeOffsetGet(), ignoresTrailing: true);

    [Fact]
    public void TimeOffsetReport_may_be_behind_universal_time() =>
        // -5:30, no daylight saving
        WireAssert.Command(
            "8A 07 85 1E 00 00 00 00 00 00 00", new TimeOffsetReport(TimeOffset.Of(new(-5, -30, 0))), ignoresTrailing: true);

    [Fact]
    public void TimeOffsetReport_may_set_the_clock_back_in_summer() =>
        // bit 7 of the third byte
        Assert.Equal((true, (byte)60), Summer(WireAssert.Decode<TimeOffsetReport>("8A 07 00 00 BC 00 00 00 00 00 00").Offset));

    [Fact]
    public void DateSet_is_year_month_day() => WireAssert.Command("8A 08 07 E8 02 1D", DateSet.Of(new(2024, 2, 29)), ignoresTrailing: true);

    [Fact]
    public void TimeSet_is_hour_minute_second() => WireAssert.Command("8A 09 17 3B 3A", TimeSet.Of(new(23, 59, 58)), ignoresTrailing: true);

    [Theory]
    [InlineData("8A 02 17 3B 3A", 3)]
    [InlineData("8A 04 07 E8 02 1D", 4)]
    [InlineData("8A 05 01 00 3C 03 1F 02 0A 1B 03", 9)]
    [InlineData("8A 07 85 1E 00 00 00 00 00 00 00", 9)]
    [InlineData("8A 08 07 E8 02 1D", 4)]
    [InlineData("8A 09 17 3B 3A", 3)]
    public void Time_commands_without_all_fields_are_truncated(string hex, int required) => WireAssert.TruncatedBelow(hex, required);

    [Theory]
    [InlineData("8A 01", "")]
    [InlineData("8A 02 97 3B 3A", "rtcFailure=true hourLocalTime=23 minuteLocalTime=59 secondLocalTime=58")]
    [InlineData("8A 03", "")]
    [InlineData("8A 04 07 E8 02 1D", "year=2024 month=2 day=29")]
    [InlineData("8A 05 01 00 3C 03 1F 02 0A 1B 03", "signTzo=false hourTzo=1 minuteTzo=0 signOffsetDst=false minuteOffsetDst=60 monthStartDst=3 dayStartDst=31 hourStartDst=2 monthEndDst=10 dayEndDst=27 hourEndDst=3")]
    [InlineData("8A 06", "")]
    [InlineData("8A 07 85 1E 00 00 00 00 00 00 00", "signTzo=true hourTzo=5 minuteTzo=30 signOffsetDst=false minuteOffsetDst=0 monthStartDst=0 dayStartDst=0 hourStartDst=0 monthEndDst=0 dayEndDst=0 hourEndDst=0")]
    [InlineData("8A 08 07 E8 02 1D", "year=2024 month=2 day=29")]
    [InlineData("8A 09 17 3B 3A", "hourLocalTime=23 minuteLocalTime=59 secondLocalTime=58")]
    public void Time_fields_are_named_as_documented(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));

    private static (bool IsBehind, byte Minutes) Summer(TimeOffset offset) => (offset.IsDaylightSavingBehind, offset.DaylightSavingMinutes);
}
