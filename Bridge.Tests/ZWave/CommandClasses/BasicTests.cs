using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class BasicTests
{
    [Theory]
    [InlineData("20 01 FF", 0xFF)] // on
    [InlineData("20 01 00", 0x00)] // off
    [InlineData("20 01 63", 0x63)] // 99 %
    public void BasicSet_is_one_value(string hex, byte value) => WireAssert.Command(hex, new BasicSet(value), ignoresTrailing: true);

    [Theory]
    [InlineData(true, "20 01 FF")]
    [InlineData(false, "20 01 00")]
    public void BasicSet_of_a_state_sends_00_or_FF(bool isOn, string hex) => WireAssert.Command(hex, new BasicSet(isOn));

    [Fact]
    public void BasicGet_has_no_parameters() => WireAssert.Command("20 02", new BasicGet(), ignoresTrailing: true);

    [Fact]
    public void BasicReport_of_version_1_is_the_current_value() => WireAssert.Command("20 03 FF", new BasicReport(0xFF));

    [Fact]
    public void BasicReport_of_version_2_tells_target_and_time_left() =>
        // now off, going to 99 % in 5 s
        WireAssert.Command("20 03 00 63 05", new BasicReport(0x00, 0x63, new Duration(5)), version: 2, ignoresTrailing: true);

    [Fact]
    public void BasicReport_with_half_a_version_2_tail_is_read_as_version_1() =>
        Assert.Equal(new BasicReport(0xFF), WireAssert.Decode<BasicReport>("20 03 FF 00"));

    [Fact]
    public void BasicReport_for_a_version_1_node_leaves_out_target_and_duration() =>
        Assert.Equal("20 03 00", Hex.Spaced(CommandCodec.Encode(new BasicReport(0x00, 0x63, new Duration(5)), new(1))));

    [Theory]
    [InlineData("20 01 FF")]
    [InlineData("20 03 FF")]
    public void Basic_commands_without_their_value_are_truncated(string hex) => WireAssert.TruncatedBelow(hex, required: 1);

    [Theory]
    [InlineData("20 01 FF", "value=255")]
    [InlineData("20 02", "")]
    [InlineData("20 03 FF", "currentValue=255")]
    [InlineData("20 03 00 63 05", "currentValue=0 targetValue=99 duration=5 durationSeconds=5")]
    [InlineData("20 03 00 63 FE", "currentValue=0 targetValue=99 duration=254")] // time left not known
    public void Basic_fields_have_their_names(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));

    [Theory]
    [InlineData("20 03 FF", 255)]
    [InlineData("20 03 63", 99)]
    [InlineData("20 03 00", 0)]
    public void BasicReport_tells_the_value(string hex, long value) =>
        Assert.Equal(Value.Of(value), CollectedValues.Of(hex)[BasicCommandClass.Value]);

    [Theory]
    [InlineData("20 03 FE")] // unknown
    [InlineData("20 03 64")] // reserved
    public void BasicReport_of_an_unknown_state_tells_no_value(string hex) => Assert.Equal(0, CollectedValues.Of(hex).Count);

    [Fact]
    public void Interview_asks_the_value_where_Basic_is_all_there_is() =>
        Assert.Equal(["20 02"], new PlayedInterview(version: 1).Run(BasicCommandClass.Definition.InterviewSteps[0]));

    [Fact]
    public void Interview_does_not_ask_what_Switch_Binary_tells() =>
        Assert.Empty(new PlayedInterview(version: 1)
            .Supporting(SwitchBinaryCommandClass.Id, 1)
            .Run(BasicCommandClass.Definition.InterviewSteps[0]));
}
