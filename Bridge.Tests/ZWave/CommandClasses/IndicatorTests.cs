using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class IndicatorTests
{
    [Fact]
    public void IndicatorSet_of_version_1_is_one_value() => WireAssert.Command("87 01 FF", new IndicatorSet(0xFF), version: 1);

    [Fact]
    public void IndicatorSet_of_version_2_is_a_list_of_properties()
    {
        // value ignored, one object: indicator 50, property 02 (on/off), FF
        var set = WireAssert.RoundTrip<IndicatorSet>("87 01 00 01 50 02 FF", version: 2, ignoresTrailing: true);
        Assert.Equal([new IndicatorObject(0x50, 0x02, 0xFF)], set.Objects!);
    }

    [Fact]
    public void IndicatorSet_for_a_version_1_node_is_the_value_only() =>
        Assert.Equal("87 01 FF", Hex.Spaced(CommandCodec.Encode(new IndicatorSet(0xFF, [new(0x50, 0x02, 0xFF)]), new(1))));

    [Fact]
    public void IndicatorSet_identify_blinks_three_times_as_the_specification_asks() =>
        // period 0.8 s, 3 cycles, on 0.6 s
        Assert.Equal("87 01 00 03 50 03 08 50 04 03 50 05 06", Hex.Spaced(CommandCodec.Encode(IndicatorSet.Identify(), new(3))));

    [Fact]
    public void IndicatorSet_identify_takes_other_times() =>
        // period 2 s, 10 cycles, on 30 s: more than the byte holds
        Assert.Equal(
            "87 01 00 03 50 03 14 50 04 0A 50 05 FF",
            Hex.Spaced(CommandCodec.Encode(IndicatorSet.Identify(10, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)), new(3))));

    [Fact]
    public void IndicatorSet_identify_with_no_cycles_is_off() =>
        Assert.Equal(
            "87 01 00 03 50 03 00 50 04 00 50 05 00", Hex.Spaced(CommandCodec.Encode(IndicatorSet.Identify(cycles: 0), new(3))));

    [Fact]
    public void IndicatorGet_of_version_1_has_no_parameters() => WireAssert.Command("87 02", new IndicatorGet());

    [Fact]
    public void IndicatorGet_of_version_2_names_an_indicator() =>
        WireAssert.Command("87 02 50", new IndicatorGet(0x50), version: 2, ignoresTrailing: true);

    [Fact]
    public void IndicatorGet_for_a_version_1_node_names_none() =>
        Assert.Equal("87 02", Hex.Spaced(CommandCodec.Encode(new IndicatorGet(0x50), new(1))));

    [Fact]
    public void IndicatorReport_of_version_1_is_one_value() => WireAssert.Command("87 03 FF", new IndicatorReport(0xFF), version: 1);

    [Fact]
    public void IndicatorReport_of_version_2_is_a_list_of_properties()
    {
        // indicator 50, property 02, FF
        var report = WireAssert.RoundTrip<IndicatorReport>("87 03 00 01 50 02 FF", ignoresTrailing: true);
        Assert.Equal([new IndicatorObject(0x50, 0x02, 0xFF)], report.Objects!);
    }

    [Fact]
    public void IndicatorReport_reserved_bits_of_the_count_are_ignored() =>
        Assert.Single(WireAssert.Decode<IndicatorReport>("87 03 00 E1 50 02 FF").Objects!);

    [Theory]
    [InlineData("87 03 00 01")]
    [InlineData("87 03 00 02 50 02 FF 50 03")]
    [InlineData("87 01 00 01 50 02")]
    public void Indicator_lists_shorter_than_announced_are_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Fact]
    public void IndicatorSet_sends_at_most_the_31_objects_the_count_can_tell()
    {
        var set = new IndicatorSet(0, [.. Enumerable.Repeat(new IndicatorObject(0x50, 0x02, 0xFF), 40)]);
        Assert.Equal(31, WireAssert.Decode<IndicatorSet>(CommandCodec.Encode(set, CodecContext.Newest)).Objects!.Count);
    }

    [Fact]
    public void IndicatorSupportedGet_asks_for_the_first_with_0() =>
        WireAssert.Command("87 04 00", new IndicatorSupportedGet(IndicatorSupportedGet.First), ignoresTrailing: true);

    [Fact]
    public void IndicatorSupportedReport_lists_properties_by_bit()
    {
        // identify, no next one, bits 3 4 5
        var report = WireAssert.RoundTrip<IndicatorSupportedReport>("87 05 50 00 01 38", ignoresTrailing: true);
        Assert.Equal((0x50, 0x00), (report.IndicatorId, report.NextIndicatorId));
        Assert.Equal([3, 4, 5], report.SupportedProperties);
    }

    [Fact]
    public void IndicatorSupportedReport_bit_0_is_no_property() =>
        Assert.Equal([2], WireAssert.Decode<IndicatorSupportedReport>("87 05 50 00 01 05").SupportedProperties);

    [Fact]
    public void IndicatorSupportedReport_with_less_mask_than_announced_is_truncated() =>
        WireAssert.Refused("87 05 50 00 02 38", DecodeError.Truncated);

    [Fact]
    public void IndicatorDescriptionGet_names_an_indicator() =>
        WireAssert.Command("87 06 80", new IndicatorDescriptionGet(0x80), ignoresTrailing: true);

    [Fact]
    public void IndicatorDescriptionReport_is_text() =>
        // indicator 80, three bytes "LED"
        WireAssert.Command("87 07 80 03 4C 45 44", new IndicatorDescriptionReport(0x80, "LED"), ignoresTrailing: true);

    [Fact]
    public void IndicatorDescriptionReport_shorter_than_announced_is_truncated() =>
        WireAssert.Refused("87 07 80 03 4C 45", DecodeError.Truncated);

    [Fact]
    public void IndicatorDescriptionReport_too_long_is_cut_between_characters()
    {
        // 254 bytes, then two two-byte characters: the first would be split by the limit of 255 bytes
        var text = new string('a', 254);
        Span<byte> buffer = stackalloc byte[300];
        var payload = new PayloadWriter(buffer);
        new IndicatorDescriptionReport(0x80, text + "üü").Encode(ref payload, CodecContext.Newest);
        Assert.Equal(254, payload.Written[1]);
        Assert.Equal(256, payload.Length);
    }

    [Theory]
    [InlineData("87 01 FF", 1)]
    [InlineData("87 03 FF", 1)]
    [InlineData("87 04 00", 1)]
    [InlineData("87 05 50 00 00", 3)]
    [InlineData("87 06 80", 1)]
    [InlineData("87 07 80 00", 2)]
    public void Indicator_commands_without_their_first_fields_are_truncated(string hex, int required) => WireAssert.TruncatedBelow(hex, required);

    [Theory]
    [InlineData("87 01 FF", "indicator0Value=255")]
    [InlineData("87 01 00 00", "indicator0Value=0 indicatorObjects=[]")]
    [InlineData("87 02", "")]
    [InlineData("87 02 50", "indicatorId=80")]
    [InlineData("87 03 00 01 50 02 FF", "indicator0Value=0 indicatorObjects=[{indicatorId=80 propertyId=2 value=255}]")]
    [InlineData("87 04 00", "indicatorId=0")]
    [InlineData("87 05 50 00 01 38", "indicatorId=80 nextIndicatorId=0 supportedProperties=[3,4,5]")]
    [InlineData("87 06 80", "indicatorId=128")]
    [InlineData("87 07 80 03 4C 45 44", "indicatorId=128 description='LED'")]
    public void Indicator_fields_are_named_as_documented(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));

    [Fact]
    public void IndicatorReport_of_version_1_is_the_value_of_the_only_indicator() =>
        Assert.Equal(Value.Of(255), CollectedValues.Of("87 03 FF")[IndicatorCommandClass.Indicator]);

    [Fact]
    public void IndicatorReport_of_version_2_sets_each_property_and_not_the_old_value()
    {
        // value FF is to be ignored; indicator 50: properties 02 = FF and 03 = 08
        var values = CollectedValues.Of("87 03 FF 02 50 02 FF 50 03 08");
        Assert.Equal(Value.Of(255), values[IndicatorCommandClass.Property(0x50, IndicatorPropertyId.Binary)]);
        Assert.Equal(Value.Of(8), values[new(IndicatorCommandClass.Id, "indicator", 0x5003)]);
        Assert.Equal(2, values.Count);
    }

    [Fact]
    public void IndicatorReport_for_an_indicator_the_node_lacks_sets_nothing() =>
        Assert.Equal(0, CollectedValues.Of("87 03 00 01 00 00 00").Count);

    [Fact]
    public void Interview_follows_the_next_indicator_and_asks_states_and_descriptions()
    {
        var interview = new PlayedInterview(IndicatorCommandClass.Definition, version: 4)
        {
            Answers =
            {
                ["87 04 00"] = "87 05 50 80 01 38", // identify, next 80
                ["87 04 80"] = "87 05 80 00 01 04", // 80, last
                ["87 06 80"] = "87 07 80 03 4C 45 44", // "LED"
                ["87 02 80"] = "87 03 00 01 80 02 FF",
            },
        };
        Assert.Equal(["87 04 00", "87 04 80", "87 06 80", "87 02 80"], interview.Run());
        Assert.Equal(Value.Of([3, 4, 5]), interview.Read(IndicatorCommandClass.SupportedProperties(IndicatorCommandClass.Identify)));
        Assert.Equal(Value.Of("LED"), interview.Read(IndicatorCommandClass.Description(0x80)));
        Assert.Equal(Value.Of(255), interview.Read(IndicatorCommandClass.Property(0x80, IndicatorPropertyId.Binary)));
    }

    [Theory]
    [InlineData("87 05 50 50 01 38")] // itself is next
    [InlineData("87 05 50 43 01 38")] // 43 is next, and then 50 again
    public void Interview_does_not_follow_indicators_in_circles(string first)
    {
        var interview = new PlayedInterview(IndicatorCommandClass.Definition, version: 3)
        {
            Answers = { ["87 04 00"] = first, ["87 04 43"] = "87 05 43 50 01 04" },
        };
        var sent = interview.Run();
        Assert.Single(sent, "87 04 00");
        Assert.DoesNotContain("87 04 50", sent);
    }

    [Fact]
    public void Interview_gives_up_when_an_indicator_does_not_answer()
    {
        // the answer for indicator 44 instead of 43 is none
        var interview = new PlayedInterview(IndicatorCommandClass.Definition, version: 3)
        {
            Answers = { ["87 04 00"] = "87 05 50 43 01 38", ["87 04 43"] = "87 05 44 45 01 04" },
        };
        Assert.Equal(["87 04 00", "87 04 43"], interview.Run());
    }

    [Fact]
    public void Interview_of_version_1_asks_the_value() =>
        Assert.Equal(["87 02"], new PlayedInterview(IndicatorCommandClass.Definition, version: 1).Run());
}
