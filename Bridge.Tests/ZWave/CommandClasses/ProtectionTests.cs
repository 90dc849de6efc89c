using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class ProtectionTests
{
    [Fact]
    public void ProtectionSet_of_version_1_is_the_local_state() =>
        // 2 = no operation possible
        WireAssert.Command("75 01 02", new ProtectionSet(2), version: 1);

    [Fact]
    public void ProtectionSet_of_version_2_adds_the_radio_state() =>
        // local 2 = no operation possible, radio 1 = no control
        WireAssert.Command("75 01 02 01", new ProtectionSet(2, 1), version: 2, ignoresTrailing: true);

    [Fact]
    public void ProtectionSet_for_a_version_1_node_leaves_out_the_radio_state() =>
        Assert.Equal("75 01 02", Hex.Spaced(CommandCodec.Encode(new ProtectionSet(2, 1), new(1))));

    [Fact]
    public void ProtectionSet_ignores_reserved_bits() =>
        Assert.Equal(new ProtectionSet(2, 1), WireAssert.Decode<ProtectionSet>("75 01 F2 F1"));

    [Fact]
    public void ProtectionReport_of_version_1_is_the_local_state() => WireAssert.Command("75 03 02", new ProtectionReport(2));

    [Fact]
    public void ProtectionReport_of_version_2_adds_the_radio_state() =>
        WireAssert.Command("75 03 02 01", new ProtectionReport(2, 1), version: 2, ignoresTrailing: true);

    [Fact]
    public void ProtectionExclusiveControl_names_one_node()
    {
        WireAssert.Command("75 06 05", new ProtectionExclusiveControlSet(new NodeId(5)), ignoresTrailing: true);
        WireAssert.Command("75 06 00", new ProtectionExclusiveControlSet(NodeId.None)); // off
        WireAssert.Command("75 08 05", new ProtectionExclusiveControlReport(new NodeId(5)), ignoresTrailing: true);
    }

    [Fact]
    public void ProtectionTimeout_is_one_byte()
    {
        WireAssert.Command("75 09 3C", new ProtectionTimeoutSet(new(0x3C)), ignoresTrailing: true); // 60 s
        WireAssert.Command("75 0B 3C", new ProtectionTimeoutReport(new(0x3C)), ignoresTrailing: true);
    }

    [Fact]
    public void Protection_questions_have_no_parameters()
    {
        WireAssert.Command("75 02", new ProtectionGet(), ignoresTrailing: true);
        WireAssert.Command("75 04", new ProtectionSupportedGet(), ignoresTrailing: true);
        WireAssert.Command("75 07", new ProtectionExclusiveControlGet(), ignoresTrailing: true);
        WireAssert.Command("75 0A", new ProtectionTimeoutGet(), ignoresTrailing: true);
    }

    [Theory]
    [InlineData("75 01 02", 1)]
    [InlineData("75 03 02", 1)]
    [InlineData("75 05 03 07 00 03 00", 5)]
    [InlineData("75 06 05", 1)]
    [InlineData("75 08 05", 1)]
    [InlineData("75 09 3C", 1)]
    [InlineData("75 0B 3C", 1)]
    public void Protection_commands_without_their_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);

    [Theory]
    [InlineData("75 01 02", "localProtectionState=2")]
    [InlineData("75 01 02 01", "localProtectionState=2 rfProtectionState=1")]
    [InlineData("75 02", "")]
    [InlineData("75 03 02", "localProtectionState=2")]
    [InlineData("75 04", "")]
    // 03: timeout and exclusive control; local 07 00: 0 1 2; radio 03 00: 0 1
    [InlineData("75 05 03 07 00 03 00", "timeout=true exclusiveControl=true localProtectionStates=[0,1,2] rfProtectionStates=[0,1]")]
    [InlineData("75 05 02 00 80 01 01", "timeout=false exclusiveControl=true localProtectionStates=[15] rfProtectionStates=[0,8]")]
    [InlineData("75 06 05", "nodeId=5")]
    [InlineData("75 07", "")]
    [InlineData("75 08 05", "nodeId=5")]
    [InlineData("75 09 3C", "timeout=60")]
    [InlineData("75 0A", "")]
    [InlineData("75 0B FF", "timeout=255")]
    public void Protection_fields_have_their_names_and_encode_again(string hex, string fields)
    {
        Assert.Equal(fields, FieldText.Of(hex));
        CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command);
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(command!, new(2))));
    }

    [Fact]
    public void ProtectionSupportedReport_ignores_trailing_bytes() =>
        Assert.Equal(FieldText.Of("75 05 03 07 00 03 00"), FieldText.Of("75 05 03 07 00 03 00 FF"));

    [Fact]
    public void ProtectionReport_tells_both_states()
    {
        var values = CollectedValues.Of("75 03 02 01");
        Assert.Equal(2, values[ProtectionCommandClass.LocalState].AsInteger);
        Assert.Equal(1, values[ProtectionCommandClass.RfState].AsInteger);
        Assert.True(values.MetadataOf(ProtectionCommandClass.RfState)!.IsWriteable);
    }

    [Fact]
    public void ProtectionReport_of_version_1_tells_no_radio_state() =>
        Assert.False(CollectedValues.Of("75 03 02")[ProtectionCommandClass.RfState].IsKnown);

    [Theory]
    [InlineData("75 03 00", false)]
    [InlineData("75 03 02 00", false)]
    [InlineData("75 03 00 01", true)]
    [InlineData("75 03 00 02", true)]
    public void ProtectionReport_knows_when_the_radio_is_blocked(string hex, bool isBlocked) =>
        Assert.Equal(isBlocked, WireAssert.Decode<ProtectionReport>(hex).BlocksRadio);

    [Fact]
    public void ProtectionSupportedReport_tells_what_can_be_asked()
    {
        var values = CollectedValues.Of("75 05 01 07 00 03 00");
        Assert.True(values[ProtectionCommandClass.TimeoutSupported].AsBoolean);
        Assert.False(values[ProtectionCommandClass.ExclusiveControlSupported].AsBoolean);
        Assert.Equal([0, 1, 2], values[ProtectionCommandClass.SupportedLocalStates].AsNumbers!);
        Assert.Equal([0, 1], values[ProtectionCommandClass.SupportedRfStates].AsNumbers!);
    }

    [Fact]
    public void Protection_exclusive_control_and_timeout_tell_node_and_time()
    {
        Assert.Equal(5, CollectedValues.Of("75 08 05")[ProtectionCommandClass.ExclusiveControlNode].AsInteger);
        Assert.Equal(0x3C, CollectedValues.Of("75 0B 3C")[ProtectionCommandClass.Timeout].AsInteger);
    }

    [Theory]
    [InlineData(0x00, 0)]
    [InlineData(0x01, 1)]
    [InlineData(0x3C, 60)]
    [InlineData(0x3D, null)] // reserved
    [InlineData(0x40, null)] // reserved
    [InlineData(0x41, 120)]
    [InlineData(0xFE, 191 * 60)]
    [InlineData(0xFF, null)] // for ever
    public void ProtectionTimeout_byte_means_seconds_or_minutes(byte raw, int? seconds) =>
        Assert.Equal(seconds, new ProtectionTimeout(raw).Seconds);

    [Theory]
    [InlineData(-1, 0x00)]
    [InlineData(0, 0x00)]
    [InlineData(60, 0x3C)]
    [InlineData(61, 0x41)] // rounded up to 2 min
    [InlineData(120, 0x41)]
    [InlineData(121, 0x42)]
    [InlineData(100_000, 0xFE)]
    public void ProtectionTimeout_of_a_time_is_rounded_up(int seconds, byte raw) =>
        Assert.Equal(raw, ProtectionTimeout.FromTime(TimeSpan.FromSeconds(seconds)).Raw);

    [Fact]
    public void Interview_of_version_1_asks_the_state_only() => Assert.Equal(["75 02"], Interview(version: 1));

    [Fact]
    public void Interview_of_version_2_asks_exclusive_control_and_timeout() =>
        Assert.Equal(["75 04", "75 02", "75 07", "75 0A"], Interview(version: 2));

    [Fact]
    public void Interview_of_version_2_leaves_out_what_the_device_lacks() =>
        Assert.Equal(["75 04", "75 02"], Interview(version: 2, supported: "75 05 00 07 00 03 00"));

    private static List<string> Interview(byte version, string supported = "75 05 03 07 00 03 00") =>
        new PlayedInterview(ProtectionCommandClass.Definition, version) { Answers = { ["75 04"] = supported } }.Run();
}
