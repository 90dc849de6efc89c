using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Node Naming and Location, Wake Up and Time.</summary>
public sealed class DecodeNamingAndTimeRowsTests
{
    [Theory]
    [InlineData("77 01 00 4C 61 6D 70", "{charPresentation:0,text:'Lamp'}")]
    [InlineData("77 02", "{}")]
    [InlineData("77 03 00 4C 61 6D 70 00", "{charPresentation:0,text:'Lamp'}")] // without the NUL at the end
    [InlineData("77 03 02 00 4C 00 FC", "{charPresentation:2,text:'Lü'}")]
    [InlineData("77 03 02 00 4C 00 FC 00 00", "{charPresentation:2,text:'Lü'}")]
    [InlineData("77 03 00", "{charPresentation:0,text:''}")]
    [InlineData("77 03 F8 4C", "{charPresentation:0,text:'L'}")] // the upper bits are reserved
    [InlineData("77 04 01 48 61 6C 6C", "{charPresentation:1,text:'Hall'}")]
    [InlineData("77 05", "{}")]
    [InlineData("77 06 00 48 61 6C 6C", "{charPresentation:0,text:'Hall'}")]
    public Task Node_Naming_tells_text_in_three_encodings(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("84 04 00 0E 10 01", "{seconds:3600,nodeId:1}")]
    [InlineData("84 05", "{}")]
    [InlineData("84 06 01 51 80 FF", "{seconds:86400,nodeId:255}")]
    [InlineData("84 07", "{}")]
    [InlineData("84 08", "{}")]
    [InlineData("84 09", "{}")]
    [InlineData(
        "84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C",
        "{minimumWakeUpIntervalSeconds:60,maximumWakeUpIntervalSeconds:86400,defaultWakeUpIntervalSeconds:3600,"
        + "wakeUpIntervalStepSeconds:60}",
        "!wakeUpOnDemand")]
    [InlineData("84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C 01", "{wakeUpIntervalStepSeconds:60,wakeUpOnDemand:true}")]
    [InlineData("84 0A 00 00 3C 01 51 80 00 0E 10 00 00 3C FE", "{wakeUpIntervalStepSeconds:60,wakeUpOnDemand:false}")]
    public Task Wake_Up_tells_intervals(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("8A 01", "{}")]
    [InlineData("8A 02 17 3B 3A", "{rtcFailure:false,hourLocalTime:23,minuteLocalTime:59,secondLocalTime:58}")]
    [InlineData("8A 02 E1 00 00", "{rtcFailure:true,hourLocalTime:1,minuteLocalTime:0,secondLocalTime:0}")]
    [InlineData("8A 03", "{}")]
    [InlineData("8A 04 07 E8 02 1D", "{year:2024,month:2,day:29}")]
    [InlineData(
        "8A 05 01 00 3C 03 1F 02 0A 1B 03",
        "{signTzo:false,hourTzo:1,minuteTzo:0,signOffsetDst:false,minuteOffsetDst:60,monthStartDst:3,dayStartDst:31,"
        + "hourStartDst:2,monthEndDst:10,dayEndDst:27,hourEndDst:3}")]
    [InlineData("8A 06", "{}")]
    [InlineData(
        "8A 07 85 1E 80 00 00 00 00 00 00",
        "{signTzo:true,hourTzo:5,minuteTzo:30,signOffsetDst:true,minuteOffsetDst:0,monthStartDst:0,dayStartDst:0,hourStartDst:0,"
        + "monthEndDst:0,dayEndDst:0,hourEndDst:0}")]
    [InlineData("8A 08 07 E8 02 1D", "{year:2024,month:2,day:29}")]
    [InlineData("8A 09 17 3B 3A", "{hourLocalTime:23,minuteLocalTime:59,secondLocalTime:58}")]
    public Task Time_tells_time_date_and_offsets(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
