using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>What the module says about itself and how it is set up.</summary>
public sealed class DecodeControllerRowsTests
{
    [Theory]
    [InlineData("H 02", "{}")]
    [InlineData(
        "RES 02 08 08 1D 0B 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 07 00",
        "{apiVersion:8,apiCapabilities:8,endNode:false,timerSupport:false,secondaryController:false,isSis:true,nodeIds:[1,2,4],"
        + "chipType:7,chipVersion:0}")]
    [InlineData(
        "RES 02 05 07 1D 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80",
        "{apiVersion:5,apiCapabilities:7,endNode:true,timerSupport:true,secondaryController:true,isSis:false,nodeIds:[232]}",
        "!chipType !chipVersion")]
    [InlineData("RES 02 05 00 00 05 00", "{endNode:false,nodeIds:[],chipType:5,chipVersion:0}")]
    public Task Init_data_tell_the_nodes(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData(
        "H 03 01 02 07 04 5E 22 85 59",
        "{deviceOptions:1,genericDeviceClass:2,specificDeviceClass:7,commandClasses:[94,34,133,89]}")]
    [InlineData("H 03 00 02 07 00", "{deviceOptions:0,commandClasses:[]}")]
    public Task Node_information_of_the_host_tells_its_classes(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 05", "{}")]
    [InlineData(
        "RES 05 1C",
        "{capabilities:28,secondary:false,onOtherNetwork:false,sisPresent:true,realPrimary:true,isSuc:true,noNodesIncluded:false}")]
    [InlineData(
        "RES 05 23",
        "{capabilities:35,secondary:true,onOtherNetwork:true,sisPresent:false,realPrimary:false,isSuc:false,noNodesIncluded:true}")]
    public Task Controller_capabilities_tell_its_role(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 06 64 0F", "{rxAckTimeout:1000,rxByteTimeout:150}")]
    [InlineData("RES 06 96 0F", "{oldRxAckTimeout:1500,oldRxByteTimeout:150}")]
    public Task Timeouts_are_milliseconds(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 07", "{}")]
    [InlineData(
        "RES 07 01 02 00 86 00 01 00 5A 03 00 80 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80",
        "{apiVersion:1,apiRevision:2,manufacturerId:134,productTypeId:1,productId:90,functionIds:[1,2,24]}")]
    public Task Serial_Api_capabilities_tell_the_functions(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 09", "{}")]
    [InlineData("RES 09 00 07 12 02", "{protocolType:0,protocolVersion:'7.18.2'}", "!buildNumber")]
    [InlineData("RES 09 00 07 12 02 01 02", "{protocolType:0,protocolVersion:'7.18.2',buildNumber:258}")]
    [InlineData("RES 09 00 07 12 02 01 02 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F", "{protocolVersion:'7.18.2',buildNumber:258}")]
    public Task Protocol_version_is_text(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData(
        "M 0A 07 00 01 02 07 05 5E 98 9F 6C 55 01",
        "{wakeUpReason:7,watchdogStarted:false,listening:true,genericDeviceClass:2,specificDeviceClass:7,commandClasses:[94,152,"
        + "159,108,85],supportsLongRange:true}",
        "!controlledCommandClasses")]
    [InlineData(
        "M 0A FF 01 00 02 07 04 5E EF 25 32",
        "{wakeUpReason:255,watchdogStarted:true,listening:false,commandClasses:[94],controlledCommandClasses:[37,50]}",
        "!supportsLongRange")]
    [InlineData("M 0A 00 00 80 02 07 00 00", "{listening:false,commandClasses:[],supportsLongRange:false}")]
    public Task Started_tells_why(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 0B 02 01", "{subCommand:2,enable:true}")]
    [InlineData("H 0B 02 00", "{subCommand:2,enable:false}")]
    [InlineData("RES 0B 02 01", "{subCommand:2,status:1}")]
    [InlineData("H 0B 80 02", "{subCommand:128,nodeIdBaseType:2}")]
    [InlineData("RES 0B 80 01", "{subCommand:128,status:1}")]
    [InlineData("H 0B 20", "{subCommand:32}", "!region")]
    [InlineData("RES 0B 20 09", "{subCommand:32,region:9}")]
    [InlineData("H 0B 40 01", "{subCommand:64,region:1}")]
    [InlineData("RES 0B 40 00", "{subCommand:64,status:0}")]
    [InlineData("H 0B 10", "{subCommand:16}")]
    [InlineData("RES 0B 10 2E", "{subCommand:16,maximumPayloadSize:46}")]
    [InlineData("RES 0B 11 2E", "{subCommand:17,maximumPayloadSize:46}")]
    [InlineData("H 0B 01", "{subCommand:1}")]
    [InlineData("RES 0B 01 FE", "{subCommand:1,supportedSubCommandFlags:254}")]
    [InlineData("RES 0B 01 FE 07", "{subCommand:1,supportedSubCommandFlags:254}")]
    [InlineData("RES 0B 00 10", "{subCommand:0,unsupportedSubCommand:16}", "!status")]
    [InlineData("H 0B 04 64 F6", "{subCommand:4,normalPowerDeciDbm:100,measured0dBmDeciDbm:-10}")]
    [InlineData("RES 0B 04 01", "{subCommand:4,status:1}")]
    [InlineData("RES 0B 08 9C 0A", "{subCommand:8,normalPowerDeciDbm:-100,measured0dBmDeciDbm:10}")]
    [InlineData("H 0B 12 00 C8 FF F6", "{subCommand:18,normalPowerDeciDbm:200,measured0dBmDeciDbm:-10}")]
    [InlineData("RES 0B 12 01", "{subCommand:18,status:1}")]
    [InlineData("RES 0B 13 FF 38 00 0A", "{subCommand:19,normalPowerDeciDbm:-200,measured0dBmDeciDbm:10}")]
    [InlineData("H 0B 05", "{subCommand:5}")]
    [InlineData("RES 0B 05 00 8C", "{subCommand:5}")]
    [InlineData("H 0B 03 00 8C", "{subCommand:3}")]
    [InlineData("RES 0B 03 01", "{subCommand:3,status:1}")]
    [InlineData("H 0B 15", "{subCommand:21}")]
    [InlineData("RES 0B 15 02 00 01", "{subCommand:21}")]
    [InlineData("H 0B 16 09", "{subCommand:22}")]
    [InlineData("RES 0B 16 09 03 01", "{subCommand:22}")]
    public Task Setup_tells_what_its_sub_command_carries(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 10 01", "{enable:true}")]
    [InlineData("H 10 00", "{enable:false}")]
    [InlineData("RES 10 01", "{status:1}")]
    public Task Receive_mode_tells_a_switch_and_a_status(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 15", "{}")]
    [InlineData("RES 15 5A 2D 57 61 76 65 20 37 2E 31 38 00 07", "{libraryVersion:'Z-Wave 7.18',libraryType:7}")]
    [InlineData("H 20", "{}")]
    [InlineData("RES 20 E8 5A C2 11 01", "{homeId:'E85AC211',nodeId:1}")]
    [InlineData("RES 20 00 0A BC DE FF", "{homeId:'000ABCDE',nodeId:255}")]
    public Task Version_and_memory_id_tell_library_and_network(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 3B", "{}")]
    [InlineData("RES 3B A1 A3 9E", "{rssi:[-95,-93,-98]}")]
    [InlineData("RES 3B A1 7F", "{rssi:[-95,127]}")]
    [InlineData("RES 3B A1 A3 9E 7D", "{rssi:[-95,-93,-98,125]}")]
    public Task Noise_is_told_per_channel(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);
}
