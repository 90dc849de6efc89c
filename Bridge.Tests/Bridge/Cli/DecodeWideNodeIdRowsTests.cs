using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every message with a node id when node ids have two bytes: the fields behind it move, the names stay.</summary>
public sealed class DecodeWideNodeIdRowsTests
{
    [Theory]
    [InlineData("M 04 00 01 05 03 25 03 FF B5", "{rxStatus:0,sourceNodeId:261,encapsulated:{fields:{currentValue:255}},rxRssi:-75}")]
    [InlineData("H 12 0F FF 25 03", "{destinationNodeId:4095,transmitOptions:37,callbackId:3}")]
    [InlineData(
        "H 13 01 05 03 25 01 FF 25 7B",
        "{destinationNodeId:261,encapsulated:{commandClass:'0x25'},transmitOptions:37,callbackId:123}")]
    [InlineData(
        "H 14 02 00 03 01 05 03 25 01 00 25 09",
        "{destinationNodeIds:[3,261],encapsulated:{commandClass:'0x25'},transmitOptions:37,callbackId:9}")]
    [InlineData("RES 20 E8 5A C2 11 00 01", "{homeId:'E85AC211',nodeId:1}")]
    [InlineData("H 41 01 05", "{nodeId:261}")]
    [InlineData("H 46 01 05 00 01 09", "{nodeId:261,destinationNodeId:1,callbackId:9}")]
    [InlineData("H 47 01 05 09", "{nodeId:261,callbackId:9}")]
    [InlineData("H 48 00 0C 06", "{nodeId:12,callbackId:6}")]
    [InlineData("H 51 01 05 09", "{nodeId:261,callbackId:9}")]
    [InlineData("H 55 01 05 09", "{nodeId:261,callbackId:9}")]
    [InlineData("M 49 84 01 05 04 04 10 01 25", "{updateStatus:132,nodeId:261,basicDeviceClass:4,commandClasses:[37]}")]
    [InlineData("M 49 20 01 05", "{updateStatus:32,nodeId:261}")]
    [InlineData("M 49 87 00 00 00 C3 04 9A A0 04 04 10 01 25", "{nodeId:0,rxStatus:0,nwiHomeId:'C3049AA0',commandClasses:[37]}")]
    [InlineData("M 4A 0A 03 01 05 04 04 10 01 25", "{callbackId:10,status:3,nodeId:261,basicDeviceClass:4,commandClasses:[37]}")]
    [InlineData("M 4A 0A 05 01 05 00", "{callbackId:10,status:5,nodeId:261}")]
    [InlineData("M 4B 0A 06 01 05 00", "{callbackId:10,status:6,nodeId:261}")]
    [InlineData("RES 56 00 01", "{sucNodeId:1}")]
    [InlineData("H 60 01 05", "{nodeId:261}")]
    [InlineData("H 61 01 05 07", "{nodeId:261,callbackId:7}")]
    [InlineData("H 62 01 05", "{nodeId:261}")]
    [InlineData("H 63 01 05 08", "{nodeId:261,callbackId:8}")]
    [InlineData("H 80 01 05 40 00", "{nodeId:261,removeBad:false,removeNonRepeaters:true}")]
    [InlineData(
        "M A8 00 00 01 01 05 03 25 03 FF 00 B1",
        "{rxStatus:0,destinationNodeId:1,sourceNodeId:261,encapsulated:{commandClass:'0x25'},rxRssi:-79}")]
    [InlineData(
        "H A9 00 01 01 05 03 25 01 FF 25 00 00 00 00 7E",
        "{sourceNodeId:1,destinationNodeId:261,encapsulated:{commandClass:'0x25'},transmitOptions:37,callbackId:126}")]
    public Task Node_ids_have_two_bytes(string message, string fields) => DecodeRow.Message(message, fields, "", "--node-id-bits", "16");
}
