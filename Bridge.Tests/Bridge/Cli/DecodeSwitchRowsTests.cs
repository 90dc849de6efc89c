using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of the classes that switch: No Operation, Basic, Switch Binary, Switch All.</summary>
public sealed class DecodeSwitchRowsTests
{
    [Theory]
    [InlineData("00", "{}")]
    [InlineData("00 25 03 FF", "{}", "!payload")] // whatever is behind it
    public Task No_Operation_has_no_command_and_no_fields(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("20 01 FF", "{value:255}")]
    [InlineData("20 01 00 AA", "{value:0}")]
    [InlineData("20 02", "{}")]
    [InlineData("20 03 FF", "{currentValue:255}", "!targetValue !duration !durationSeconds")]
    [InlineData("20 03 00 63", "{currentValue:0}", "!targetValue !duration !durationSeconds")] // half of version 2 is version 1
    [InlineData("20 03 00 63 05", "{currentValue:0,targetValue:99,duration:5,durationSeconds:5}")]
    [InlineData("20 03 00 63 FD", "{currentValue:0,targetValue:99,duration:253,durationSeconds:7560}")]
    [InlineData("20 03 00 63 FE", "{currentValue:0,targetValue:99,duration:254}", "!durationSeconds")] // unknown
    [InlineData("20 03 00 63 FF", "{currentValue:0,targetValue:99,duration:255}", "!durationSeconds")] // reserved
    [InlineData("20 03 00 63 05 AA 55", "{currentValue:0,targetValue:99,duration:5,durationSeconds:5}")]
    public Task Basic_tells_values(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("25 01 FF", "{targetValue:255,state:'on'}", "!duration !durationSeconds")]
    [InlineData("25 01 00 00", "{targetValue:0,state:'off',duration:0,durationSeconds:0}")]
    [InlineData("25 01 01 01", "{targetValue:1,state:'on',duration:1,durationSeconds:1}")]
    [InlineData("25 01 63 7F", "{targetValue:99,state:'on',duration:127,durationSeconds:127}")]
    [InlineData("25 01 FF 80", "{targetValue:255,state:'on',duration:128,durationSeconds:60}")]
    [InlineData("25 01 FF FD", "{targetValue:255,state:'on',duration:253,durationSeconds:7560}")]
    [InlineData("25 01 FF FE", "{targetValue:255,state:'on',duration:254,durationSeconds:7620}")] // 127 minutes, only in a Set
    [InlineData("25 01 FF FF", "{targetValue:255,state:'on',duration:255}", "!durationSeconds")] // the device's own
    [InlineData("25 01 64", "{targetValue:100}", "!state !duration !durationSeconds")]
    [InlineData("25 01 FD", "{targetValue:253}", "!state")]
    [InlineData("25 01 FE", "{targetValue:254,state:'unknown'}")]
    public Task Switch_Binary_Set_tells_target_state_and_how_long_it_takes(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("25 02", "{}")]
    [InlineData("25 03 FF", "{currentValue:255,state:'on'}", "!targetValue !duration !durationSeconds")]
    [InlineData("25 03 00", "{currentValue:0,state:'off'}", "!targetValue !duration !durationSeconds")]
    [InlineData("25 03 01", "{currentValue:1,state:'on'}", "!targetValue !duration !durationSeconds")]
    [InlineData("25 03 FE", "{currentValue:254,state:'unknown'}", "!targetValue !duration !durationSeconds")]
    [InlineData("25 03 64", "{currentValue:100}", "!state !targetValue !duration !durationSeconds")]
    [InlineData(
        "25 03 00 FF",
        "{currentValue:0,state:'off'}",
        "!targetValue !duration !durationSeconds")] // half of version 2 is version 1
    [InlineData("25 03 00 FF 05", "{currentValue:0,state:'off',targetValue:255,duration:5,durationSeconds:5}")]
    [InlineData("25 03 FF FF 00", "{currentValue:255,state:'on',targetValue:255,duration:0,durationSeconds:0}")]
    [InlineData("25 03 00 FF 80", "{currentValue:0,state:'off',targetValue:255,duration:128,durationSeconds:60}")]
    [InlineData(
        "25 03 00 FF FE",
        "{currentValue:0,state:'off',targetValue:255,duration:254}",
        "!durationSeconds")] // unknown, only in a Report
    [InlineData("25 03 00 FF FF", "{currentValue:0,state:'off',targetValue:255,duration:255}", "!durationSeconds")]
    public Task Switch_Binary_Report_tells_state_and_where_it_is_going(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("27 01 FF", "{mode:255}")]
    [InlineData("27 02", "{}")]
    [InlineData("27 03 01", "{mode:1}")]
    [InlineData("27 04", "{}")]
    [InlineData("27 05", "{}")]
    public Task Switch_All_tells_its_mode(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
