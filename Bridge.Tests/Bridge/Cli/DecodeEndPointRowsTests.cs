using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Multi Channel.</summary>
public sealed class DecodeEndPointRowsTests
{
    [Theory]
    [InlineData("60 04 25", "{requestedCommandClass:37}")]
    [InlineData("60 05 25 02", "{requestedCommandClass:37,instances:2}")]
    [InlineData(
        "60 06 01 25 03 FF",
        "{instance:1,encapsulated:{commandClass:'0x25',command:'0x03',fields:{currentValue:255,state:'on'}}}",
        "!encapsulated.kind !encapsulated.ok")]
    [InlineData(
        "60 06 01 00 25 03 FF",
        "{instance:1,encapsulated:{commandClass:'0x25',command:'0x03',fields:{currentValue:255}}}")] // with a byte of version 2 in between
    public Task Multi_Instance_tells_instances(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("60 07", "{}")]
    [InlineData("60 08 40 03", "{dynamic:false,identical:true,individualEndPoints:3}", "!aggregatedEndPoints")]
    [InlineData("60 08 80 02 01", "{dynamic:true,identical:false,individualEndPoints:2,aggregatedEndPoints:1}")]
    [InlineData("60 09 01", "{endPoint:1}")]
    [InlineData(
        "60 0A 01 10 01 25 20 32",
        "{endPoint:1,dynamic:false,genericDeviceClass:16,specificDeviceClass:1,commandClasses:[37,32,50]}")]
    [InlineData("60 0A 82 FF 00", "{endPoint:2,dynamic:true,genericDeviceClass:255,specificDeviceClass:0,commandClasses:[]}")]
    [InlineData("60 0A 01 10 01 F1 00 25", "{commandClasses:[61696,37]}")] // a class of two bytes
    [InlineData("60 0B FF FF", "{genericDeviceClass:255,specificDeviceClass:255}")]
    [InlineData("60 0C 00 FF FF 01 02 03", "{reportsToFollow:0,genericDeviceClass:255,specificDeviceClass:255,endPoints:[1,2,3]}")]
    [InlineData("60 0C 02 10 01 00 02 00", "{reportsToFollow:2,genericDeviceClass:16,specificDeviceClass:1,endPoints:[2]}")]
    [InlineData("60 0C 00 10 01", "{endPoints:[]}")]
    [InlineData("60 0E 03", "{aggregatedEndPoint:3}")]
    [InlineData("60 0F 03 01 03", "{aggregatedEndPoint:3,members:[1,2]}")]
    [InlineData("60 0F 83 02 00 01", "{aggregatedEndPoint:3,members:[9]}")]
    public Task End_point_commands_tell_what_there_is(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "60 0D 00 03 25 02",
        "{sourceEndPoint:0,bitAddress:false,destinationEndPoint:3,encapsulated:{commandClass:'0x25',command:'0x02',fields:{}}}",
        "!destinationEndPoints")]
    [InlineData(
        "60 0D 03 00 25 03 FF",
        "{sourceEndPoint:3,bitAddress:false,destinationEndPoint:0,encapsulated:{commandClass:'0x25',command:'0x03',"
        + "fields:{currentValue:255,state:'on'}}}",
        "!destinationEndPoints !encapsulated.fields.targetValue")]
    [InlineData(
        "60 0D 00 85 20 01 FF",
        "{sourceEndPoint:0,bitAddress:true,destinationEndPoints:[1,3],encapsulated:{fields:{value:255}}}",
        "!destinationEndPoint")]
    [InlineData("60 0D 00 FF 20 02", "{bitAddress:true,destinationEndPoints:[1,2,3,4,5,6,7]}", "!destinationEndPoint")]
    [InlineData("60 0D 00 7F 20 02", "{bitAddress:false,destinationEndPoint:127}", "!destinationEndPoints")]
    [InlineData("60 0D 83 00 20 02", "{sourceEndPoint:3}")] // the upper bit is reserved
    [InlineData(
        "60 0D 00 02 6C 01 03 03 25 01 FF",
        "{encapsulated:{commandClass:'0x6C',command:'0x01',fields:{sessionId:3,encapsulated:{commandClass:'0x25',"
        + "fields:{targetValue:255}}}}}")]
    [InlineData("60 0D 00 02 3F 01 02", "{encapsulated:{commandClass:'0x3F',command:'0x01',known:false,fields:{payload:'02'}}}")]
    public Task Encapsulation_tells_from_where_and_to_where(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
