using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class MeterTests
{
    // Every example of the reference: hex, encoder version, fields.
    [Theory]
    [InlineData("32 01", 1, "")] // the meter chooses
    [InlineData("32 01 00", 3, "rateType=0 scale=0")] // kWh
    [InlineData("32 01 10", 2, "rateType=0 scale=2")] // W: 2 << 3
    [InlineData("32 01 20", 3, "rateType=0 scale=4")] // V
    [InlineData("32 01 28", 3, "rateType=0 scale=5")] // A
    [InlineData("32 01 30", 3, "rateType=0 scale=6")] // power factor
    [InlineData("32 01 50", 4, "rateType=1 scale=2")] // W, import
    [InlineData("32 01 90", 6, "rateType=2 scale=2")] // W, export
    [InlineData("32 01 38 01", 4, "rateType=0 scale=7 scale2=1")] // kvarh
    public void MeterGet_carries_rate_and_shifted_scale(string hex, byte version, string fields) => BothWays(hex, version, fields);

    [Theory]
    // byte 0: bit 7 scale bit 2, bits 6..5 rate, bits 4..0 type; byte 1: precision, scale bits 1..0, size
    [InlineData("32 02 21 44 00 00 05 FD", 3, "meterType=1 rateType=1 scale=0 precision=2 size=4 meterValue=15.33 unit='kWh'")]
    [InlineData("32 02 21 34 00 00 03 EA", 3, "meterType=1 rateType=1 scale=2 precision=1 size=4 meterValue=100.2 unit='W'")]
    [InlineData("32 02 A1 22 09 01", 3, "meterType=1 rateType=1 scale=4 precision=1 size=2 meterValue=230.5 unit='V'")]
    [InlineData("32 02 A1 4A 01 21", 3, "meterType=1 rateType=1 scale=5 precision=2 size=2 meterValue=2.89 unit='A'")]
    [InlineData("32 02 A1 51 63", 3, "meterType=1 rateType=1 scale=6 precision=2 size=1 meterValue=0.99 unit='powerFactor'")]
    [InlineData("32 02 21 44 00 00 30 39 00 3C 00 00 30 38", 2,
        "meterType=1 rateType=1 scale=0 precision=2 size=4 meterValue=123.45 deltaTime=60 previousMeterValue=123.44 unit='kWh'")]
    [InlineData("32 02 41 12 FF 38 00 00", 2, "meterType=1 rateType=2 scale=2 precision=0 size=2 meterValue=-200 deltaTime=0 unit='W'")]
    [InlineData("32 02 A1 3C 00 00 00 7B 00 00 01", 4,
        "meterType=1 rateType=1 scale=7 precision=1 size=4 meterValue=12.3 deltaTime=0 scale2=1 unit='kVarh'")]
    [InlineData("32 02 01 11 C8", 1, "meterType=1 rateType=0 scale=2 precision=0 size=1 meterValue=-56 unit='W'")] // 200 W never fit one byte
    [InlineData("32 02 01 44 80 00 00 00", 1, "meterType=1 rateType=0 scale=0 precision=2 size=4 meterValue=-21474836.48 unit='kWh'")]
    [InlineData("32 02 21 E4 7F FF FF FF", 3, "meterType=1 rateType=1 scale=0 precision=7 size=4 meterValue=214.7483647 unit='kWh'")]
    [InlineData("32 02 02 0C 00 00 00 07", 1, "meterType=2 rateType=0 scale=1 precision=0 size=4 meterValue=7 unit='ft3'")]
    [InlineData("32 02 03 12 00 07", 1, "meterType=3 rateType=0 scale=2 precision=0 size=2 meterValue=7 unit='gal'")]
    [InlineData("32 02 03 1A 00 07", 1, "meterType=3 rateType=0 scale=3 precision=0 size=2 meterValue=7 unit='pulses'")]
    [InlineData("32 02 02 12 00 07", 1, "meterType=2 rateType=0 scale=2 precision=0 size=2 meterValue=7")] // gas has no scale 2
    [InlineData("32 02 1F 02 00 07", 1, "meterType=31 rateType=0 scale=0 precision=0 size=2 meterValue=7")] // no such type
    [InlineData("32 02 A1 3A 00 07 00", 4, // no delta time
        "meterType=1 rateType=1 scale=7 precision=1 size=2 meterValue=0.7 scale2=0 unit='kVar'")]
    [InlineData("32 02 21 11 05 FF FF 04", 2, // the time since the previous reading is not known
        "meterType=1 rateType=1 scale=2 precision=0 size=1 meterValue=5 deltaTime=65535 previousMeterValue=4 unit='W'")]
    public void MeterReport_is_one_reading(string hex, byte version, string fields) => BothWays(hex, version, fields);

    [Fact]
    public void MeterReport_record_holds_the_bytes_of_the_report() =>
        // W, precision 1, 60 s ago 100.1 W
        WireAssert.Command(
            "32 02 21 34 00 00 03 EA 00 3C 00 00 03 E9", new MeterReport(1, 1, 2, 1, 4, 1002, 60, 1001), version: 2, ignoresTrailing: true);

    [Fact]
    public void MeterReport_with_zeros_after_a_delta_time_of_0_ignores_them() =>
        Assert.Equal(new MeterReport(1, 1, 2, 1, 4, 1002, 0), WireAssert.Decode<MeterReport>("32 02 21 34 00 00 03 EA 00 00 00 00 00 00"));

    [Theory]
    [InlineData("32 02 21 34 00 00 03 EA 00 3C")]
    [InlineData("32 02 21 34 00 00 03 EA 00 3C 00 00 03")]
    public void MeterReport_with_too_few_bytes_for_the_previous_value_has_none(string hex) =>
        Assert.Equal(new MeterReport(1, 1, 2, 1, 4, 1002, 60), WireAssert.Decode<MeterReport>(hex));

    [Fact]
    public void MeterReport_with_half_a_delta_time_has_none() =>
        Assert.Equal(new MeterReport(1, 1, 2, 1, 4, 1002), WireAssert.Decode<MeterReport>("32 02 21 34 00 00 03 EA 00"));

    [Theory]
    [InlineData("32 02 A1 3C 00 00 00 7B")] // nothing after the value
    [InlineData("32 02 A1 3C 00 00 00 7B 00 00")] // delta time only
    [InlineData("32 02 A1 39 7B 00 3C 01")] // the last byte is the previous value
    public void MeterReport_of_scale_7_without_scale_2_is_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Theory]
    [InlineData("32 02 21 40 00 00 05 FD")] // 0
    [InlineData("32 02 21 43 00 00 05 FD")] // 3
    [InlineData("32 02 21 45 00 00 05 FD 00")] // 5
    [InlineData("32 02 21 46 00 00 05 FD 00 00")] // 6
    [InlineData("32 02 21 47 00 00 05 FD 00 00 00")] // 7
    [InlineData("32 05 21 43 00 00 00")] // 3, in a reset
    public void Meter_values_of_a_size_other_than_1_2_4_are_refused(string hex) => WireAssert.Refused(hex, DecodeError.ReservedValue);

    [Fact]
    public void MeterReport_without_its_value_is_truncated()
    {
        WireAssert.TruncatedBelow("32 02 21 44 00 00 05 FD", required: 6);
        WireAssert.TruncatedBelow("32 02 A1 22 09 01", required: 4);
        WireAssert.TruncatedBelow("32 02 A1 51 63", required: 3);
    }

    [Fact]
    public void MeterSupportedGet_has_no_parameters() => WireAssert.Command("32 03", new MeterSupportedGet(), ignoresTrailing: true);

    [Theory]
    // 81: reset, type 1; 75: scales 0 2 4 5 6
    [InlineData("32 04 81 75", 3, "meterType=1 rateTypes=[] meterReset=true supportedScales=[0,2,4,5,6]")]
    // E1: reset, both rates, type 1; F5: the same and one more byte; 03: indexes 7 and 8
    [InlineData("32 04 E1 F5 01 03", 4, "meterType=1 rateTypes=[1,2] meterReset=true supportedScales=[0,2,4,5,6,7,8]")]
    [InlineData("32 04 21 01", 4, "meterType=1 rateTypes=[1] meterReset=false supportedScales=[0]")]
    [InlineData("32 04 41 01", 4, "meterType=1 rateTypes=[2] meterReset=false supportedScales=[0]")]
    [InlineData("32 04 03 05", 2, "meterType=3 rateTypes=[] meterReset=false supportedScales=[0,2]")]
    [InlineData("32 04 21 85 02 00 01", 4, "meterType=1 rateTypes=[1] meterReset=false supportedScales=[0,2,15]")]
    public void MeterSupportedReport_lists_rates_and_scales(string hex, byte version, string fields) => BothWays(hex, version, fields);

    [Fact]
    public void MeterSupportedReport_ignores_trailing_bytes() =>
        Assert.Equal("meterType=1 rateTypes=[] meterReset=true supportedScales=[0,2,4,5,6]", FieldText.Of("32 04 81 75 FF FF"));

    [Fact]
    public void MeterSupportedReport_with_fewer_scale_bytes_than_announced_is_truncated()
    {
        WireAssert.TruncatedBelow("32 04 E1 F5 01 03", required: 4);
        WireAssert.TruncatedBelow("32 04 81 75", required: 2);
    }

    [Theory]
    [InlineData(2, "32 04 81 05")] // two-bit scales, no rates
    [InlineData(3, "32 04 81 75")] // no rates, no more scales
    [InlineData(4, "32 04 E1 F5 01 03")]
    public void MeterSupportedReport_for_an_older_version_leaves_out_what_that_lacks(byte version, string hex) =>
        Assert.Equal(
            hex, Hex.Spaced(CommandCodec.Encode(new MeterSupportedReport(1, 3, true, [0, 2, 4, 5, 6, 7, 8]), new(version))));

    [Theory]
    [InlineData("32 05", 2, "")] // everything
    [InlineData("32 05 21 44 00 00 00 00", 6, "meterType=1 rateType=1 scale=0 precision=2 size=4 meterValue=0.00 unit='kWh'")]
    [InlineData("32 05 A1 3A 00 07 01", 6, "meterType=1 rateType=1 scale=7 precision=1 size=2 meterValue=0.7 scale2=1 unit='kVarh'")]
    public void MeterReset_sets_everything_or_one_counter(string hex, byte version, string fields) => BothWays(hex, version, fields);

    [Theory]
    [InlineData("32 05 21")]
    [InlineData("32 05 21 44 00 00 00")]
    [InlineData("32 05 A1 3A 00 07")] // scale 7 without Scale 2
    public void MeterReset_of_half_a_counter_is_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Fact]
    public void MeterReset_for_a_node_below_version_6_has_no_parameters() =>
        Assert.Equal("32 05", Hex.Spaced(CommandCodec.Encode(new MeterReset(new MeterResetTarget(1, 1, 0, 2, 4, 0)), new(5))));

    [Theory]
    [InlineData(1, 2, "32 01")]
    [InlineData(2, 2, "32 01 10")] // no rate
    [InlineData(2, 4, "32 01")] // two-bit scale: V cannot be asked
    [InlineData(3, 4, "32 01 20")]
    [InlineData(3, 8, "32 01")] // no Scale 2
    [InlineData(4, 2, "32 01 50")]
    [InlineData(6, 8, "32 01 78 01")]
    public void MeterGet_is_written_as_the_version_has_it(byte version, int scaleIndex, string hex) =>
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(MeterGet.For(scaleIndex, 1), new(version))));

    [Theory]
    [InlineData(-1)]
    [InlineData(263)]
    public void MeterGet_for_an_index_no_report_can_carry_is_a_caller_error(int scaleIndex) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MeterGet.For(scaleIndex, 0));

    [Fact]
    public void MeterReport_for_version_1_has_neither_rate_nor_delta_time() =>
        Assert.Equal("32 02 01 11 05", Hex.Spaced(CommandCodec.Encode(new MeterReport(1, 1, 2, 0, 1, 5, 60, 4), new(1))));

    [Fact]
    public void MeterReport_tells_its_reading_with_label_and_unit()
    {
        var values = CollectedValues.Of("32 02 21 44 00 00 05 FD");
        var energy = MeterCommandClass.Reading(1, 1, 0);
        Assert.Equal(Value.OfDecimal(1533, 2), values[energy]);
        Assert.Equal(new ValueMetadata("Energy consumed") { Unit = "kWh" }, values.MetadataOf(energy));
    }

    [Fact]
    public void MeterReport_of_export_is_another_series_than_import()
    {
        var values = CollectedValues.Of("32 02 41 12 FF 38 00 00");
        Assert.False(values[MeterCommandClass.Reading(1, 1, 2)].IsKnown);
        Assert.Equal(-200m, values[MeterCommandClass.Reading(1, 2, 2)].AsDecimal);
        Assert.Equal("Power produced", values.MetadataOf(MeterCommandClass.Reading(1, 2, 2))!.Label);
    }

    [Fact]
    public void MeterReport_of_an_unknown_scale_keeps_the_number_without_a_unit()
    {
        var values = CollectedValues.Of("32 02 A1 3A 00 07 FF"); // scale 7 + 255
        Assert.Equal(0.7m, values[MeterCommandClass.Reading(1, 1, 262)].AsDecimal);
        Assert.Null(values.MetadataOf(MeterCommandClass.Reading(1, 1, 262))!.Unit);
    }

    [Fact]
    public void MeterSupportedReport_tells_what_can_be_asked()
    {
        var values = CollectedValues.Of("32 04 E1 F5 01 03");
        Assert.Equal(1, values[MeterCommandClass.MeterType].AsInteger);
        Assert.Equal([1, 2], values[MeterCommandClass.RateTypes].AsNumbers!);
        Assert.True(values[MeterCommandClass.ResetSupported].AsBoolean);
        Assert.Equal([0, 2, 4, 5, 6, 7, 8], values[MeterCommandClass.SupportedScales].AsNumbers!);
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(31, 3, 262)]
    public void Reading_key_is_taken_apart_again(byte meterType, byte rateType, int scaleIndex)
    {
        var property = MeterCommandClass.Reading(meterType, rateType, scaleIndex);
        Assert.True(MeterCommandClass.IsReading(property));
        Assert.True(MeterCommandClass.TryUnpack(property.Key, out var type, out var rate, out var index));
        Assert.Equal((meterType, rateType, scaleIndex), (type, rate, index));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(32 << 16)] // type 32
    [InlineData((1 << 16) | (4 << 12))] // rate 4
    [InlineData((1 << 16) | 263)] // index 263
    public void Reading_key_of_no_reading_is_refused(int key) => Assert.False(MeterCommandClass.TryUnpack(key, out _, out _, out _));

    [Theory]
    [InlineData(1, 0, "kWh", true)]
    [InlineData(1, 1, "kVAh", true)]
    [InlineData(1, 2, "W", false)]
    [InlineData(1, 3, null, true)]
    [InlineData(1, 4, "V", false)]
    [InlineData(1, 5, "A", false)]
    [InlineData(1, 6, null, false)]
    [InlineData(1, 7, "kvar", false)]
    [InlineData(1, 8, "kvarh", true)]
    [InlineData(2, 0, "m³", true)]
    [InlineData(2, 1, "ft³", true)]
    [InlineData(2, 3, null, true)]
    [InlineData(3, 0, "m³", true)]
    [InlineData(3, 1, "ft³", true)]
    [InlineData(3, 2, "gal", true)]
    [InlineData(3, 3, null, true)]
    [InlineData(4, 0, "kWh", true)]
    [InlineData(5, 0, "kWh", true)]
    public void Scale_has_the_unit_people_write_and_is_a_counter_or_not(byte meterType, int index, string? unit, bool isAccumulating)
    {
        Assert.Equal(unit, MeterScales.Find(meterType, index)!.Unit);
        Assert.Equal(isAccumulating, MeterScales.IsAccumulating(meterType, index));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 9)]
    [InlineData(1, -1)]
    [InlineData(2, 2)]
    [InlineData(4, 1)]
    [InlineData(6, 0)]
    public void Scale_without_a_meaning_is_not_found(byte meterType, int index) => Assert.Null(MeterScales.Find(meterType, index));

    [Fact]
    public void Interview_of_version_1_asks_one_plain_reading_and_no_scales()
    {
        var endpoint = new PlayedInterview(version: 1);
        Assert.Empty(endpoint.Run(Step("Supported scales")));
        Assert.Equal(["32 01"], endpoint.Run(Step("Readings")));
    }

    [Fact]
    public void Interview_of_version_3_asks_every_scale_it_was_told() =>
        Assert.Equal(
            ["32 01 00", "32 01 10", "32 01 20", "32 01 28", "32 01 30"],
            new PlayedInterview(version: 3).Knowing("32 04 81 75").Run(Step("Readings")));

    [Fact]
    public void Interview_of_version_4_asks_every_scale_for_every_rate() =>
        // kWh and kvarh, import and export each
        Assert.Equal(
            ["32 01 40", "32 01 80", "32 01 78 01", "32 01 B8 01"],
            new PlayedInterview(version: 4).Knowing("32 04 61 81 01 02").Run(Step("Readings")));

    [Fact]
    public void Interview_of_version_4_without_rates_lets_the_meter_choose() =>
        Assert.Equal(["32 01 00"], new PlayedInterview(version: 4).Knowing("32 04 01 01").Run(Step("Readings")));

    [Fact]
    public void Interview_leaves_out_scales_the_version_cannot_ask() =>
        Assert.Equal(["32 01 00", "32 01 10"], new PlayedInterview(version: 2).Knowing("32 04 81 75").Run(Step("Readings")));

    [Fact]
    public void Interview_without_known_scales_asks_one_plain_reading() =>
        Assert.Equal(["32 01"], new PlayedInterview(version: 3).Run(Step("Readings")));

    [Fact]
    public void Interview_is_not_kept_busy_by_a_report_full_of_scales() =>
        // 30 bytes of set bits: 247 scales claimed
        Assert.Equal(
            32,
            new PlayedInterview(version: 4)
                .Knowing("32 04 21 FF 1E" + string.Concat(Enumerable.Repeat("FF", 30)))
                .Run(Step("Readings")).Count);

    [Theory]
    [InlineData("32 02 21 34 00 00 03 EA", ReplyMatch.Complete)] // W, import
    [InlineData("32 02 01 34 00 00 03 EA", ReplyMatch.Complete)] // W, rate not told
    [InlineData("32 02 41 34 00 00 03 EA", ReplyMatch.None)] // W, export
    [InlineData("32 02 21 44 00 00 05 FD", ReplyMatch.None)] // kWh
    [InlineData("32 04 81 75", ReplyMatch.None)] // no reading at all
    public void Interview_takes_only_a_reading_of_the_scale_and_rate_it_asked(string reply, ReplyMatch expected)
    {
        var view = new PlayedInterview(version: 4).Knowing("32 04 21 04"); // W, import
        var request = Assert.Single(Step("Readings").Requests(view));
        CommandCodec.TryDecode(WireAssert.Bytes(reply), out var report);
        Assert.Equal(expected, request.Match!(report!));
    }

    [Fact]
    public void Readings_are_state_and_supported_scales_are_not()
    {
        Assert.True(Step("Readings").IsState);
        Assert.False(Step("Supported scales").IsState);
    }

    private static InterviewStep Step(string name) => MeterCommandClass.Definition.InterviewSteps.Single(step => step.Name == name);

    private static void BothWays(string hex, byte version, string fields)
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command));
        Assert.Equal(fields, FieldText.Of(command!));
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(command!, new(version))));
    }
}
