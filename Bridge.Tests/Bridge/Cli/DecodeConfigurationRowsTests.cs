using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Configuration.</summary>
public sealed class DecodeConfigurationRowsTests
{
    [Theory]
    [InlineData("70 01", "{}")]
    [InlineData("70 04 03 02 11 94", "{parameterNumber:3,default:false,size:2,value:4500,valueUnsigned:4500}")]
    [InlineData("70 04 07 01 FF", "{parameterNumber:7,default:false,size:1,value:-1,valueUnsigned:255}")]
    [InlineData("70 04 02 04 FF FF FF FE", "{parameterNumber:2,default:false,size:4,value:-2,valueUnsigned:4294967294}")]
    [InlineData("70 04 05 81 00", "{parameterNumber:5,default:true,size:1,value:0,valueUnsigned:0}")]
    [InlineData("70 04 05 81", "{parameterNumber:5,default:true,size:1}", "!value !valueUnsigned")] // the default needs no value
    [InlineData("70 05 03", "{parameterNumber:3}")]
    [InlineData("70 06 03 02 11 94", "{parameterNumber:3,size:2,value:4500,valueUnsigned:4500}")]
    [InlineData("70 06 03 02 FF 38 AA", "{parameterNumber:3,size:2,value:-200,valueUnsigned:65336}")]
    [InlineData("70 06 07 01 FF", "{parameterNumber:7,size:1,value:-1,valueUnsigned:255}")]
    [InlineData("70 06 02 04 80 00 00 00", "{parameterNumber:2,size:4,value:-2147483648,valueUnsigned:2147483648}")]
    public Task Set_and_report_tell_the_value_read_both_ways(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "70 07 00 01 02 02 00 64 00 C8",
        "{parameterOffset:1,numberOfParameters:2,default:false,handshake:false,size:2,values:[100,200]}")]
    [InlineData(
        "70 07 01 00 02 41 FF 01",
        "{parameterOffset:256,numberOfParameters:2,default:false,handshake:true,size:1,values:[-1,1]}")]
    [InlineData("70 07 01 00 02 C1", "{parameterOffset:256,numberOfParameters:2,default:true,handshake:true,size:1}", "!values")]
    [InlineData("70 08 00 01 02", "{parameterOffset:1,numberOfParameters:2}")]
    [InlineData(
        "70 09 00 01 02 00 02 00 64 FF 38",
        "{parameterOffset:1,numberOfParameters:2,reportsToFollow:0,default:false,handshake:false,size:2,values:[100,-200]}")]
    [InlineData(
        "70 09 01 02 01 03 C4 FF FF FF FF",
        "{parameterOffset:258,numberOfParameters:1,reportsToFollow:3,default:true,handshake:true,size:4,values:[-1]}")]
    public Task Bulk_commands_tell_a_range_of_parameters(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("70 0A 00 05", "{parameterNumber:5}")]
    [InlineData("70 0B 00 05 00 50 6F 77 65 72", "{parameterNumber:5,reportsToFollow:0,name:'Power'}")]
    [InlineData("70 0B 01 05 02", "{parameterNumber:261,reportsToFollow:2,name:''}")]
    [InlineData("70 0C 01 05", "{parameterNumber:261}")]
    [InlineData("70 0D 00 05 01 C3 BC", "{parameterNumber:5,reportsToFollow:1,info:'ü'}")]
    public Task Name_and_info_tell_a_piece_of_text(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("70 0E 01 02", "{parameterNumber:258}")]
    [InlineData(
        "70 0F 00 02 4C 00 00 00 00 00 00 FF FF 00 00 00 00 00 03 03",
        "{parameterNumber:2,format:1,size:4,minValue:0,maxValue:65535,defaultValue:0,nextParameterNumber:3,readOnly:true,"
        + "alteringCapabilities:false,advanced:true,noBulkSupport:true}")]
    [InlineData(
        "70 0F 00 05 01 80 7F FF 00 06",
        "{parameterNumber:5,format:0,size:1,minValue:-128,maxValue:127,defaultValue:-1,nextParameterNumber:6}",
        "!advanced !noBulkSupport")] // version 3
    [InlineData(
        "70 0F 00 05 89 00 FF 80 00 00 00",
        "{format:1,size:1,minValue:0,maxValue:255,defaultValue:128,nextParameterNumber:0,readOnly:false,"
        + "alteringCapabilities:true,advanced:false,noBulkSupport:false}")]
    [InlineData(
        "70 0F 00 05 12 00 00 FF FF 00 01 00 07",
        "{format:2,size:2,minValue:0,maxValue:65535,defaultValue:1,nextParameterNumber:7}")]
    [InlineData(
        "70 0F 00 05 19 07 0F 05 00 00",
        "{format:3,size:1,minValue:0,maxValue:15,defaultValue:5,nextParameterNumber:0}")] // a bit field begins at 0
    [InlineData(
        "70 0F 00 04 00 00 05",
        "{parameterNumber:4,format:0,size:0,nextParameterNumber:5}",
        "!minValue !maxValue !defaultValue")] // no such parameter
    [InlineData(
        "70 0F 00 00 00",
        "{parameterNumber:0,size:0,nextParameterNumber:0}",
        "!minValue !maxValue !defaultValue")] // no next one either
    public Task Properties_tell_range_format_and_the_next_parameter(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
