using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Messages about the nodes of the network: who they are, and who comes and goes.</summary>
public sealed class DecodeNetworkRowsTests
{
    [Theory]
    [InlineData("H 41 0A", "{nodeId:10}")]
    [InlineData(
        "RES 41 D3 9C 01 04 10 01",
        "{listening:true,routing:true,maxBaudRateBits:2,protocolVersion:3,optionalFunctionality:true,sensor1000ms:false,"
        + "sensor250ms:false,beamCapability:true,routingEndNode:true,specificDevice:true,controllerNode:false,security:false,"
        + "speedExtension:1,basicDeviceClass:4,genericDeviceClass:16,specificDeviceClass:1}")]
    [InlineData(
        "RES 41 09 63 00 02 02 07",
        "{listening:false,routing:false,maxBaudRateBits:1,protocolVersion:1,optionalFunctionality:false,sensor1000ms:true,"
        + "sensor250ms:true,beamCapability:false,routingEndNode:false,specificDevice:false,controllerNode:true,security:true,"
        + "speedExtension:0,basicDeviceClass:2,genericDeviceClass:2,specificDeviceClass:7}")]
    public Task Protocol_information_tells_what_a_node_can(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 42 05", "{callbackId:5}")]
    [InlineData("M 42 05", "{callbackId:5}")]
    public Task SetDefault_tells_its_callback(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 46 0C 01 09", "{nodeId:12,destinationNodeId:1,callbackId:9}")]
    [InlineData("RES 46 01", "{status:1}")]
    [InlineData("M 46 09 00", "{callbackId:9,transmitStatus:0}")]
    [InlineData("H 47 0C 09", "{nodeId:12,callbackId:9}")]
    [InlineData("RES 47 00", "{status:0}")]
    [InlineData("M 47 09 01", "{callbackId:9,transmitStatus:1}")]
    [InlineData("H 51 0C 09", "{nodeId:12,callbackId:9}")]
    [InlineData("RES 51 01", "{status:1}")]
    [InlineData("M 51 09 00", "{callbackId:9,transmitStatus:0}")]
    [InlineData("H 55 0C 09", "{nodeId:12,callbackId:9}")]
    [InlineData("M 55 09 04", "{callbackId:9,transmitStatus:4}")]
    public Task Return_routes_tell_from_where_to_where(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 48 0C 06", "{nodeId:12,callbackId:6}")]
    [InlineData("M 48 06 21", "{callbackId:6,updateStatus:33}")]
    [InlineData("M 48 06 22", "{callbackId:6,updateStatus:34}")]
    public Task Neighbour_update_tells_its_progress(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData(
        "M 49 84 05 0A 04 10 01 5E 25 32 70 85 59 72",
        "{updateStatus:132,nodeId:5,basicDeviceClass:4,genericDeviceClass:16,specificDeviceClass:1,commandClasses:[94,37,50,112,"
        + "133,89,114]}",
        "!controlledCommandClasses !nwiHomeId !rxStatus")]
    [InlineData(
        "M 49 84 05 06 04 10 01 25 EF 20",
        "{updateStatus:132,nodeId:5,basicDeviceClass:4,genericDeviceClass:16,specificDeviceClass:1,commandClasses:[37],"
        + "controlledCommandClasses:[32]}")]
    [InlineData("M 49 84 05 05 04 10 01 F1 00", "{commandClasses:[61696]}")]
    [InlineData(
        "M 49 84 05 00",
        "{updateStatus:132,nodeId:5}",
        "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    [InlineData(
        "M 49 40 05 04 04 10 01 25",
        "{updateStatus:64,nodeId:5,basicDeviceClass:4,genericDeviceClass:16,specificDeviceClass:1,commandClasses:[37]}")]
    [InlineData(
        "M 49 86 05 04 04 10 01 25",
        "{updateStatus:134,nodeId:5,basicDeviceClass:4,genericDeviceClass:16,specificDeviceClass:1,commandClasses:[37]}")]
    [InlineData("M 49 20 05", "{updateStatus:32,nodeId:5}", "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    [InlineData("M 49 10 01", "{updateStatus:16,nodeId:1}", "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    [InlineData(
        "M 49 20 05 00",
        "{updateStatus:32,nodeId:5}",
        "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    [InlineData(
        "M 49 85 00 80 C3 04 9A A0 04 04 10 01 25",
        "{updateStatus:133,nodeId:0,rxStatus:128,nwiHomeId:'C3049AA0',basicDeviceClass:4,genericDeviceClass:16,"
        + "specificDeviceClass:1,commandClasses:[37]}")]
    [InlineData(
        "M 49 87 00 00 C3 04 9A A0 06 04 10 01 25 EF 20",
        "{updateStatus:135,nodeId:0,rxStatus:0,nwiHomeId:'C3049AA0',commandClasses:[37],controlledCommandClasses:[32]}")]
    [InlineData(
        "M 49 81 00 00",
        "{updateStatus:129}",
        "!nodeId !basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")] // nobody answered
    [InlineData("M 49 82", "{updateStatus:130}", "!nodeId")]
    [InlineData("M 49 80 00 00", "{updateStatus:128}", "!nodeId")]
    public Task Application_update_tells_what_happened_to_whom(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 4A C1 0A", "{mode:1,normalPower:true,networkWide:true,callbackId:10}", "!nwiHomeId !authHomeId")]
    [InlineData("H 4A 49 00", "{mode:9,normalPower:false,networkWide:true,callbackId:0}")]
    [InlineData(
        "H 4A 68 0C C3 04 9A A0 1F 2E 3D 4D",
        "{mode:8,normalPower:false,networkWide:true,callbackId:12,longRange:true,nwiHomeId:'C3049AA0',authHomeId:'1F2E3D4D'}")]
    [InlineData(
        "M 4A 0A 01 00 00",
        "{callbackId:10,status:1}",
        "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    [InlineData(
        "M 4A 0A 03 0B 09 04 10 01 5E 25 32 70 85 59",
        "{callbackId:10,status:3,nodeId:11,basicDeviceClass:4,genericDeviceClass:16,specificDeviceClass:1,commandClasses:[94,37,"
        + "50,112,133,89]}",
        "!controlledCommandClasses")]
    [InlineData(
        "M 4A 0A 04 0B 06 02 02 07 5E EF 25",
        "{callbackId:10,status:4,nodeId:11,basicDeviceClass:2,genericDeviceClass:2,specificDeviceClass:7,commandClasses:[94],"
        + "controlledCommandClasses:[37]}")]
    [InlineData(
        "M 4A 0A 05 0B 00",
        "{callbackId:10,status:5,nodeId:11}",
        "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    [InlineData(
        "M 4A 0B 06 0B 00",
        "{callbackId:11,status:6,nodeId:11}",
        "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    [InlineData(
        "M 4A 0B 07 00 00",
        "{callbackId:11,status:7}",
        "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    public Task Adding_tells_mode_and_stage(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 4B C1 0A", "{mode:1,normalPower:true,networkWide:true,callbackId:10}")]
    [InlineData("H 4B 05 00", "{mode:5,normalPower:false,networkWide:false,callbackId:0}")]
    [InlineData(
        "M 4B 0A 02 00 00",
        "{callbackId:10,status:2}",
        "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    [InlineData(
        "M 4B 0A 03 0B 03 04 10 01",
        "{callbackId:10,status:3,nodeId:11,basicDeviceClass:4,genericDeviceClass:16,specificDeviceClass:1,commandClasses:[]}")]
    [InlineData(
        "M 4B 0A 06 0B 00",
        "{callbackId:10,status:6,nodeId:11}",
        "!basicDeviceClass !genericDeviceClass !specificDeviceClass !commandClasses")]
    public Task Removing_tells_mode_and_stage(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 60 0C", "{nodeId:12}")]
    [InlineData("RES 60 01", "{status:1}")]
    [InlineData("H 62 0A", "{nodeId:10}")]
    [InlineData("RES 62 01", "{failed:true}")]
    [InlineData("RES 62 00", "{failed:false}")]
    [InlineData("H 61 0A 07", "{nodeId:10,callbackId:7}")]
    [InlineData("RES 61 08", "{startStatus:8}")]
    [InlineData("M 61 07 01", "{callbackId:7,status:1}")]
    [InlineData("H 63 0A 08", "{nodeId:10,callbackId:8}")]
    [InlineData("RES 63 00", "{startStatus:0}")]
    [InlineData("M 63 08 04", "{callbackId:8,status:4}")]
    public Task Failed_nodes_are_told(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 56", "{}")]
    [InlineData("RES 56 01", "{sucNodeId:1}")]
    [InlineData("RES 56 00", "{sucNodeId:0}")]
    [InlineData("H 80 0A 40 00", "{nodeId:10,removeBad:false,removeNonRepeaters:true}")]
    [InlineData("H 80 0A 80 00", "{nodeId:10,removeBad:true,removeNonRepeaters:false}")]
    [InlineData("RES 80 07 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80", "{nodeIds:[1,2,3,232]}")]
    [InlineData("H DA 00", "{segment:0}")]
    [InlineData("RES DA 01 01 02 01 80", "{moreNodes:true,segment:1,nodeIds:[384,399]}")]
    [InlineData("RES DA 00 00 00", "{moreNodes:false,segment:0,nodeIds:[]}")]
    public Task Lists_of_nodes_are_told(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);
}
