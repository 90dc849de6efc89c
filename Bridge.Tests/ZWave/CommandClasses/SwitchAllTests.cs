using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class SwitchAllTests
{
    [Theory]
    [InlineData("27 01 FF", SwitchAllCommandClass.Included)]
    [InlineData("27 01 00", SwitchAllCommandClass.Excluded)]
    public void SwitchAllSet_is_the_mode(string hex, byte mode) => WireAssert.Command(hex, new SwitchAllSet(mode), ignoresTrailing: true);

    [Fact]
    public void SwitchAllGet_has_no_parameters() => WireAssert.Command("27 02", new SwitchAllGet(), ignoresTrailing: true);

    [Theory]
    [InlineData("27 03 FF", SwitchAllCommandClass.Included)]
    [InlineData("27 03 01", SwitchAllCommandClass.OnlyAllOff)]
    [InlineData("27 03 02", SwitchAllCommandClass.OnlyAllOn)]
    public void SwitchAllReport_is_the_mode(string hex, byte mode) =>
        WireAssert.Command(hex, new SwitchAllReport(mode), ignoresTrailing: true);

    [Fact]
    public void SwitchAllOn_has_no_parameters() => WireAssert.Command("27 04", new SwitchAllOn(), ignoresTrailing: true);

    [Fact]
    public void SwitchAllOff_has_no_parameters() => WireAssert.Command("27 05", new SwitchAllOff(), ignoresTrailing: true);

    [Theory]
    [InlineData("27 01 FF")]
    [InlineData("27 03 FF")]
    public void SwitchAll_commands_without_their_mode_are_truncated(string hex) => WireAssert.TruncatedBelow(hex, required: 1);

    [Theory]
    [InlineData("27 01 FF", "mode=255")]
    [InlineData("27 02", "")]
    [InlineData("27 03 02", "mode=2")]
    [InlineData("27 04", "")]
    [InlineData("27 05", "")]
    public void SwitchAll_fields_have_their_names(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));

    [Fact]
    public void SwitchAllReport_tells_the_mode_and_its_names()
    {
        var values = CollectedValues.Of("27 03 01");
        Assert.Equal(Value.Of(1), values[SwitchAllCommandClass.Mode]);
        Assert.Equal("All off only", values.MetadataOf(SwitchAllCommandClass.Mode)!.States![1]);
    }

    [Fact]
    public void Interview_asks_the_mode() =>
        Assert.Equal(["27 02"], new PlayedInterview(version: 1).Run(SwitchAllCommandClass.Definition.InterviewSteps[0]));
}
