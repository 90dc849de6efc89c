using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("70 01", 4, "")] // every parameter to its default
    [InlineData("70 04 03 02 11 94", 1, "parameterNumber=3 default=false size=2 value=4500 valueUnsigned=4500")]
    [InlineData("70 04 05 81 00", 1, "parameterNumber=5 default=true size=1 value=0 valueUnsigned=0")]
    [InlineData("70 04 05 82", 1, "parameterNumber=5 default=true size=2")] // default needs no value
    [InlineData("70 04 02 04 00 00 00 3C", 1, "parameterNumber=2 default=false size=4 value=60 valueUnsigned=60")]
    [InlineData("70 05 03", 1, "parameterNumber=3")]
    [InlineData("70 06 03 02 11 94", 1, "parameterNumber=3 size=2 value=4500 valueUnsigned=4500")]
    [InlineData("70 06 07 01 FF", 1, "parameterNumber=7 size=1 value=-1 valueUnsigned=255")]
    [InlineData("70 06 FF 02 80 00", 1, "parameterNumber=255 size=2 value=-32768 valueUnsigned=32768")]
    [InlineData("70 06 01 04 FF FF FF FE", 1, "parameterNumber=1 size=4 value=-2 valueUnsigned=4294967294")]
    [InlineData("70 07 00 01 02 02 00 64 00 C8", 2,
        "parameterOffset=1 numberOfParameters=2 default=false handshake=false size=2 values=[100,200]")]
    [InlineData("70 07 01 00 01 C1 00", 2, "parameterOffset=256 numberOfParameters=1 default=true handshake=true size=1 values=[0]")]
    [InlineData("70 07 00 01 02 82", 2, "parameterOffset=1 numberOfParameters=2 default=true handshake=false size=2")]
    [InlineData("70 08 00 01 02", 2, "parameterOffset=1 numberOfParameters=2")]
    [InlineData("70 09 00 01 02 00 02 00 64 00 C8", 2,
        "parameterOffset=1 numberOfParameters=2 reportsToFollow=0 default=false handshake=false size=2 values=[100,200]")]
    [InlineData("70 09 01 00 01 03 C1 FF", 2,
        "parameterOffset=256 numberOfParameters=1 reportsToFollow=3 default=true handshake=true size=1 values=[-1]")]
    [InlineData("70 0A 00 05", 3, "parameterNumber=5")]
    [InlineData("70 0B 00 05 00 50 6F 77 65 72", 3, "parameterNumber=5 reportsToFollow=0 name='Power'")]
    [InlineData("70 0B 00 05 00", 3, "parameterNumber=5 reportsToFollow=0 name=''")]
    [InlineData("70 0C 00 05", 3, "parameterNumber=5")]
    [InlineData("70 0D 01 05 02 50 6F 77 65 72", 3, "parameterNumber=261 reportsToFollow=2 info='Power'")]
    [InlineData("70 0E 00 02", 3, "parameterNumber=2")]
    // 4C: read only, unsigned, size 4; 0..65535, default 0, next 3; 03: advanced, no bulk
    [InlineData("70 0F 00 02 4C 00 00 00 00 00 00 FF FF 00 00 00 00 00 03 03", 4,
        "parameterNumber=2 format=1 size=4 minValue=0 maxValue=65535 defaultValue=0 nextParameterNumber=3 readOnly=true "
        + "alteringCapabilities=false advanced=true noBulkSupport=true")]
    // 01: signed, size 1; -5..100, default -1, last
    [InlineData("70 0F 00 07 01 FB 64 FF 00 00", 3,
        "parameterNumber=7 format=0 size=1 minValue=-5 maxValue=100 defaultValue=-1 nextParameterNumber=0 readOnly=false "
        + "alteringCapabilities=false")]
    // 91: altering, enumerated, size 1; 0..255, default 200, next 300
    [InlineData("70 0F 00 08 91 00 FF C8 01 2C 00", 4,
        "parameterNumber=8 format=2 size=1 minValue=0 maxValue=255 defaultValue=200 nextParameterNumber=300 readOnly=false "
        + "alteringCapabilities=true advanced=false noBulkSupport=false")]
    // 1A: bit field, size 2; mask 8003
    [InlineData("70 0F 00 09 1A 00 00 80 03 00 01 00 00", 3,
        "parameterNumber=9 format=3 size=2 minValue=0 maxValue=32771 defaultValue=1 nextParameterNumber=0 readOnly=false "
        + "alteringCapabilities=false")]
    // no such parameter, the first is 2
    [InlineData("70 0F 00 00 00 00 02", 3,
        "parameterNumber=0 format=0 size=0 nextParameterNumber=2 readOnly=false alteringCapabilities=false")]
    public void Configuration_command_has_its_fields_and_encodes_again(string hex, byte version, string fields)
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command));
        Assert.Equal(fields, FieldText.Of(command!));
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(command!, new(version))));
    }

    [Fact]
    public void Configuration_commands_of_version_1_ignore_trailing_bytes()
    {
        WireAssert.Command("70 01", new ConfigurationDefaultReset(), ignoresTrailing: true);
        WireAssert.Command("70 04 03 02 11 94", new ConfigurationSet(3, Default: false, 2, 4500), ignoresTrailing: true);
        WireAssert.Command("70 04 05 81 00", ConfigurationSet.ToDefault(5, 1), ignoresTrailing: true);
        WireAssert.Command("70 05 03", new ConfigurationGet(3), ignoresTrailing: true);
        WireAssert.Command("70 06 03 02 11 94", new ConfigurationReport(3, 2, 4500), ignoresTrailing: true);
        WireAssert.Command("70 08 00 01 02", new ConfigurationBulkGet(1, 2), ignoresTrailing: true);
        WireAssert.Command("70 0A 00 05", new ConfigurationNameGet(5), ignoresTrailing: true);
        WireAssert.Command("70 0C 00 05", new ConfigurationInfoGet(5), ignoresTrailing: true);
        WireAssert.Command("70 0E 00 02", new ConfigurationPropertiesGet(2), ignoresTrailing: true);
    }

    [Theory]
    [InlineData("70 07 00 01 02 02 00 64 00 C8")]
    [InlineData("70 09 00 01 02 00 02 00 64 00 C8")]
    [InlineData("70 0F 00 02 4C 00 00 00 00 00 00 FF FF 00 00 00 00 00 03 03")]
    public void Configuration_reports_with_lists_ignore_trailing_bytes(string hex) =>
        Assert.Equal(FieldText.Of(hex), FieldText.Of(hex + " A5 5A"));

    [Theory]
    [InlineData("70 04 03 02 11 94", 4)]
    [InlineData("70 04 05 81", 2)]
    [InlineData("70 05 03", 1)]
    [InlineData("70 06 02 04 00 00 00 3C", 6)]
    [InlineData("70 07 00 01 02 02 00 64 00 C8", 8)]
    [InlineData("70 08 00 01 02", 3)]
    [InlineData("70 09 00 01 02 00 02 00 64 00 C8", 9)]
    [InlineData("70 0A 00 05", 2)]
    [InlineData("70 0B 00 05 00", 3)]
    [InlineData("70 0C 00 05", 2)]
    [InlineData("70 0D 00 05 00", 3)]
    [InlineData("70 0E 00 02", 2)]
    [InlineData("70 0F 00 02 4C 00 00 00 00 00 00 FF FF 00 00 00 00 00 03 03", 17)]
    [InlineData("70 0F 00 00 00", 3)]
    public void Configuration_command_without_its_fields_is_truncated(string hex, int required) => WireAssert.TruncatedBelow(hex, required);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Configuration_values_of_a_size_other_than_1_2_4_are_refused(byte size)
    {
        var digits = size.ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
        WireAssert.Refused($"70 04 03 {digits} 00 00 00 00 00 00 00", DecodeError.ReservedValue);
        WireAssert.Refused($"70 06 03 {digits} 00 00 00 00 00 00 00", DecodeError.ReservedValue);
        WireAssert.Refused($"70 07 00 01 01 {digits} 00 00 00 00 00 00 00", DecodeError.ReservedValue);
        WireAssert.Refused($"70 09 00 01 01 00 {digits} 00 00 00 00 00 00 00", DecodeError.ReservedValue);
        if (size != 0) WireAssert.Refused($"70 0F 00 01 {digits} {new string('0', 2 * ((3 * size) + 2))}", DecodeError.ReservedValue);
    }

    [Fact]
    public void ConfigurationPropertiesReport_without_next_is_the_last_where_there_is_no_parameter() =>
        Assert.Equal(0, WireAssert.Decode<ConfigurationPropertiesReport>("70 0F 00 00 00").NextParameterNumber);

    [Fact]
    public void ConfigurationPropertiesReport_minimum_of_a_bit_field_is_0_whatever_was_sent() =>
        Assert.Equal(
            new ConfigurationRange(0, 0x8003, 1),
            WireAssert.Decode<ConfigurationPropertiesReport>("70 0F 00 09 1A FF FF 80 03 00 01 00 00").Range);

    [Fact]
    public void ConfigurationPropertiesReport_for_version_3_has_no_flags() =>
        Assert.Equal(
            "70 0F 00 02 09 00 FF 00 00 00",
            Hex.Spaced(CommandCodec.Encode(
                new ConfigurationPropertiesReport(2, ConfigurationFormat.Unsigned, 1, new(0, 255, 0), 0, true, true, true, true), new(3))));

    [Fact]
    public void ConfigurationBulkSet_of_values_counts_them() =>
        Assert.Equal(
            "70 07 00 01 02 42 00 64 00 C8",
            Hex.Spaced(CommandCodec.Encode(new ConfigurationBulkSet(1, 2, [100, 200], handshake: true), new(2))));

    [Fact]
    public void ConfigurationReport_tells_value_and_size_and_leaves_the_metadata_alone()
    {
        var values = CollectedValues.Of("70 06 07 01 FF");
        Assert.Equal(Value.Of(-1), values[ConfigurationCommandClass.Parameter(7)]);
        Assert.Equal(Value.Of(1), values[ConfigurationCommandClass.ParameterSize(7)]);
        Assert.Null(values.MetadataOf(ConfigurationCommandClass.Parameter(7)));
    }

    [Fact]
    public void ConfigurationBulkReport_tells_every_parameter()
    {
        var values = CollectedValues.Of("70 09 01 00 02 00 02 00 64 00 C8");
        Assert.Equal(Value.Of(100), values[ConfigurationCommandClass.Parameter(256)]);
        Assert.Equal(Value.Of(200), values[ConfigurationCommandClass.Parameter(257)]);
        Assert.Equal(Value.Of(2), values[ConfigurationCommandClass.ParameterSize(257)]);
    }

    [Fact]
    public void ConfigurationBulkReport_past_the_last_number_tells_nothing_beyond_it() =>
        // parameters FFFF and one that does not exist: value and size of the first
        Assert.Equal(2, CollectedValues.Of("70 09 FF FF 02 00 01 01 02").Count);

    [Fact]
    public void ConfigurationPropertiesReport_tells_range_default_format_and_next()
    {
        var values = CollectedValues.Of("70 0F 00 02 4C 00 00 00 00 00 00 FF FF 00 00 00 00 00 03 03");
        Assert.Equal(
            new ValueMetadata("Parameter 2") { Minimum = 0, Maximum = 65535, Default = 0, IsWriteable = false },
            values.MetadataOf(ConfigurationCommandClass.Parameter(2)));
        Assert.Equal(4, values[ConfigurationCommandClass.ParameterSize(2)].AsInteger);
        Assert.Equal((long)ConfigurationFormat.Unsigned, values[ConfigurationCommandClass.ParameterFormat(2)].AsInteger);
        Assert.Equal(3, values[ConfigurationCommandClass.NextParameter(2)].AsInteger);
        Assert.False(values[ConfigurationCommandClass.ParameterAltersCapabilities(2)].AsBoolean);
        Assert.True(values[ConfigurationCommandClass.ParameterAdvanced(2)].AsBoolean);
    }

    [Fact]
    public void ConfigurationPropertiesReport_of_no_parameter_tells_only_the_next()
    {
        var values = CollectedValues.Of("70 0F 00 00 00 00 02");
        Assert.Equal(1, values.Count);
        Assert.Equal(2, values[ConfigurationCommandClass.NextParameter(0)].AsInteger);
    }
}
