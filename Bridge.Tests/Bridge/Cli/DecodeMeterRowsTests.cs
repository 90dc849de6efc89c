using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Meter, with every unit.</summary>
public sealed class DecodeMeterRowsTests
{
    [Theory]
    [InlineData("32 01", "{}", "!rateType !scale !scale2")]
    [InlineData("32 01 00", "{rateType:0,scale:0}", "!scale2")]
    [InlineData("32 01 10", "{rateType:0,scale:2}", "!scale2")]
    [InlineData("32 01 30", "{rateType:0,scale:6}", "!scale2")]
    [InlineData("32 01 50", "{rateType:1,scale:2}", "!scale2")]
    [InlineData("32 01 90", "{rateType:2,scale:2}", "!scale2")]
    [InlineData("32 01 38 01", "{rateType:0,scale:7,scale2:1}")]
    [InlineData("32 01 38", "{rateType:0,scale:7}", "!scale2")]
    [InlineData("32 01 10 01", "{rateType:0,scale:2}", "!scale2")] // Scale 2 counts only behind scale 7
    public Task Get_tells_what_is_asked_for(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "32 02 21 44 00 00 05 FD",
        "{meterType:1,rateType:1,scale:0,precision:2,size:4,meterValue:15.33,unit:'kWh'}",
        "!deltaTime !previousMeterValue !scale2")]
    [InlineData(
        "32 02 01 44 00 00 05 FD",
        "{meterType:1,rateType:0,scale:0,precision:2,size:4,meterValue:15.33,unit:'kWh'}",
        "!deltaTime !previousMeterValue")]
    [InlineData("32 02 21 2C 00 00 00 7B", "{meterType:1,rateType:1,scale:1,precision:1,size:4,meterValue:12.3,unit:'kVAh'}")]
    [InlineData("32 02 21 34 00 00 03 EA", "{meterType:1,rateType:1,scale:2,precision:1,size:4,meterValue:100.2,unit:'W'}")]
    [InlineData("32 02 21 1A 00 64", "{meterType:1,rateType:1,scale:3,precision:0,size:2,meterValue:100.0,unit:'pulses'}")]
    [InlineData("32 02 A1 22 09 01", "{meterType:1,rateType:1,scale:4,precision:1,size:2,meterValue:230.5,unit:'V'}")]
    [InlineData("32 02 A1 4A 01 21", "{meterType:1,rateType:1,scale:5,precision:2,size:2,meterValue:2.89,unit:'A'}")]
    [InlineData("32 02 A1 51 63", "{meterType:1,rateType:1,scale:6,precision:2,size:1,meterValue:0.99,unit:'powerFactor'}")]
    [InlineData(
        "32 02 A1 3C 00 00 00 7B 00 00 00",
        "{meterType:1,scale:7,precision:1,size:4,meterValue:12.3,deltaTime:0,scale2:0,unit:'kVar'}",
        "!previousMeterValue")]
    [InlineData(
        "32 02 A1 3C 00 00 00 7B 00 00 01",
        "{meterType:1,scale:7,precision:1,size:4,meterValue:12.3,deltaTime:0,scale2:1,unit:'kVarh'}",
        "!previousMeterValue")]
    [InlineData(
        "32 02 A1 3C 00 00 00 7B 01",
        "{scale:7,meterValue:12.3,scale2:1,unit:'kVarh'}",
        "!deltaTime !previousMeterValue")] // one byte is no delta time
    [InlineData("32 02 22 62 04 D2", "{meterType:2,scale:0,precision:3,size:2,meterValue:1.234,unit:'m3'}")]
    [InlineData("32 02 22 6A 04 D2", "{meterType:2,scale:1,meterValue:1.234,unit:'ft3'}")]
    [InlineData("32 02 22 1A 04 D2", "{meterType:2,scale:3,meterValue:1234.0,unit:'pulses'}")]
    [InlineData("32 02 23 62 04 D2", "{meterType:3,scale:0,meterValue:1.234,unit:'m3'}")]
    [InlineData("32 02 23 6A 04 D2", "{meterType:3,scale:1,meterValue:1.234,unit:'ft3'}")]
    [InlineData("32 02 23 72 04 D2", "{meterType:3,scale:2,meterValue:1.234,unit:'gal'}")]
    [InlineData("32 02 23 7A 04 D2", "{meterType:3,scale:3,meterValue:1.234,unit:'pulses'}")]
    [InlineData("32 02 24 01 05", "{meterType:4,scale:0,size:1,meterValue:5.0,unit:'kWh'}")]
    [InlineData("32 02 25 01 05", "{meterType:5,scale:0,size:1,meterValue:5.0,unit:'kWh'}")]
    public Task Report_tells_a_reading_with_its_unit(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("32 02 26 01 05", "{meterType:6,scale:0,meterValue:5.0}", "!unit")]
    [InlineData("32 02 22 11 05", "{meterType:2,scale:2,meterValue:5.0}", "!unit")]
    [InlineData("32 02 24 09 05", "{meterType:4,scale:1,meterValue:5.0}", "!unit")]
    [InlineData("32 02 A1 19 05 02", "{meterType:1,scale:7,meterValue:5.0,scale2:2}", "!unit")]
    public Task Report_of_an_unknown_scale_has_no_unit(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "32 02 41 12 FF 38 00 00",
        "{rateType:2,scale:2,precision:0,size:2,meterValue:-200.0,deltaTime:0,unit:'W'}",
        "!previousMeterValue")]
    [InlineData("32 02 21 11 C8", "{precision:0,size:1,meterValue:-56.0,unit:'W'}")]
    [InlineData("32 02 61 44 FF FF FF FF", "{rateType:3,precision:2,size:4,meterValue:-0.01}")]
    [InlineData("32 02 21 E4 00 00 00 01", "{precision:7,size:4,meterValue:0.0000001}")]
    [InlineData("32 02 21 04 80 00 00 00", "{precision:0,size:4,meterValue:-2147483648.0}")]
    public Task Report_values_are_signed_and_divided(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "32 02 21 44 00 00 30 39 00 3C 00 00 30 38",
        "{meterValue:123.45,deltaTime:60,previousMeterValue:123.44,unit:'kWh'}",
        "!scale2")]
    [InlineData("32 02 21 42 30 39 FF FF 30 38", "{meterValue:123.45,deltaTime:65535,previousMeterValue:123.44,unit:'kWh'}")]
    [InlineData(
        "32 02 21 44 00 00 05 FD 00 00 00 00 00 00",
        "{meterValue:15.33,deltaTime:0,unit:'kWh'}",
        "!previousMeterValue")] // no time, no value before
    [InlineData(
        "32 02 21 44 00 00 30 39 00 3C 00 00",
        "{meterValue:123.45,deltaTime:60,unit:'kWh'}",
        "!previousMeterValue")] // too short for a value
    [InlineData("32 02 21 44 00 00 30 39 00", "{meterValue:123.45,unit:'kWh'}", "!deltaTime !previousMeterValue")]
    [InlineData(
        "32 02 A1 3A 00 7B 00 3C 00 7A 01",
        "{scale:7,meterValue:12.3,deltaTime:60,previousMeterValue:12.2,scale2:1,unit:'kVarh'}")]
    [InlineData(
        "32 02 21 44 00 00 30 39 00 3C 00 00 30 38 AA",
        "{meterValue:123.45,deltaTime:60,previousMeterValue:123.44,unit:'kWh'}",
        "!scale2")]
    public Task Report_tells_the_reading_before(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("32 03", "{}")]
    [InlineData("32 04 81 75", "{meterType:1,rateTypes:[],meterReset:true,supportedScales:[0,2,4,5,6]}")]
    [InlineData("32 04 21 05", "{meterType:1,rateTypes:[1],meterReset:false,supportedScales:[0,2]}")]
    [InlineData("32 04 43 01", "{meterType:3,rateTypes:[2],meterReset:false,supportedScales:[0]}")]
    [InlineData("32 04 E1 F5 01 03", "{meterType:1,rateTypes:[1,2],meterReset:true,supportedScales:[0,2,4,5,6,7,8]}")]
    public Task Supported_Report_tells_rates_and_scales(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("32 05", "{}", "!meterType !meterValue")]
    [InlineData(
        "32 05 21 44 00 00 00 00",
        "{meterType:1,rateType:1,scale:0,precision:2,size:4,meterValue:0.0,unit:'kWh'}",
        "!deltaTime !previousMeterValue !scale2")]
    [InlineData(
        "32 05 A1 3C 00 00 00 7B 01",
        "{meterType:1,rateType:1,scale:7,precision:1,size:4,meterValue:12.3,scale2:1,unit:'kVarh'}",
        "!deltaTime !previousMeterValue")]
    public Task Reset_tells_the_counter_it_sets(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
