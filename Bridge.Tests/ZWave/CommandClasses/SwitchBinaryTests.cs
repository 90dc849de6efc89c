using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class SwitchBinaryTests
{
    [Fact]
    public void SwitchBinarySet_of_version_1_has_one_byte() =>
        // target FF = on
        WireAssert.Command("25 01 FF", new SwitchBinarySet(isOn: true), version: 1);

    [Fact]
    public void SwitchBinarySet_of_version_2_carries_the_duration() =>
        // target FF = on, duration 00 = at once
        WireAssert.Command("25 01 FF 00", new SwitchBinarySet(0xFF, Duration.Instantly), version: 2, ignoresTrailing: true);

    [Fact]
    public void SwitchBinarySet_with_a_duration_for_a_version_1_node_leaves_it_out() =>
        Assert.Equal("25 01 FF", Hex.Spaced(CommandCodec.Encode(new SwitchBinarySet(0xFF, Duration.Instantly), new(1))));

    [Fact]
    public void SwitchBinaryGet_has_no_parameters() => WireAssert.Command("25 02", new SwitchBinaryGet());

    [Theory]
    [InlineData("25 03 FF", 0xFF)]
    [InlineData("25 03 00", 0x00)]
    [InlineData("25 03 FE", 0xFE)]
    public void SwitchBinaryReport_of_version_1_is_the_current_value(string hex, byte current) =>
        WireAssert.Command(hex, new SwitchBinaryReport(current));

    [Fact]
    public void SwitchBinaryReport_of_version_2_tells_target_and_time_left()
    {
        // still off, on in 5 s
        WireAssert.Command("25 03 00 FF 05", new SwitchBinaryReport(0x00, 0xFF, new Duration(5)), ignoresTrailing: true);
        Assert.True(new SwitchBinaryReport(0x00, 0xFF, new Duration(5)).IsTransition);
    }

    [Fact]
    public void SwitchBinaryReport_with_half_a_version_2_tail_is_read_as_version_1() =>
        Assert.Equal(new SwitchBinaryReport(0xFF), WireAssert.Decode<SwitchBinaryReport>("25 03 FF 00"));

    [Theory]
    [InlineData("25 01 FF")]
    [InlineData("25 03 FF")]
    public void SwitchBinary_commands_without_their_value_are_truncated(string hex) => WireAssert.TruncatedBelow(hex, required: 1);
}
