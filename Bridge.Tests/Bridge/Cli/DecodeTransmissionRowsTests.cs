using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Messages that carry commands of nodes, and what became of them.</summary>
public sealed class DecodeTransmissionRowsTests
{
    [Theory]
    [InlineData(
        "M 04 00 0C 03 25 03 FF B5",
        "{rxStatus:0,sourceNodeId:12,encapsulated:{commandClass:'0x25',command:'0x03',fields:{currentValue:255,state:'on'}},rxRssi:-75}",
        "!securityKey !encapsulated.ok")]
    [InlineData(
        "M 04 00 0C 03 25 03 FF",
        "{rxStatus:0,sourceNodeId:12,encapsulated:{commandClass:'0x25',command:'0x03',fields:{currentValue:255,state:'on'}}}",
        "!rxRssi !securityKey")]
    [InlineData(
        "M 04 08 0C 02 20 02 7F 00",
        "{rxStatus:8,sourceNodeId:12,encapsulated:{commandClass:'0x20',command:'0x02'},rxRssi:127,securityKey:0}")]
    [InlineData("M 04 00 0C 03 3F 01 02", "{encapsulated:{commandClass:'0x3F',command:'0x01',known:false,fields:{payload:'02'}}}")]
    [InlineData(
        "M A8 00 01 0C 03 25 03 FF 00 B1",
        "{rxStatus:0,destinationNodeId:1,sourceNodeId:12,encapsulated:{commandClass:'0x25',command:'0x03',"
        + "fields:{currentValue:255,state:'on'}},rxRssi:-79}",
        "!multicastNodeIds")]
    [InlineData(
        "M A8 08 01 0C 03 25 03 FF 02 03 80 B1",
        "{rxStatus:8,destinationNodeId:1,sourceNodeId:12,encapsulated:{commandClass:'0x25'},multicastNodeIds:[1,2,16],rxRssi:-79}")]
    [InlineData("M A8 00 01 0C 03 25 03 FF 00", "{sourceNodeId:12}", "!multicastNodeIds !rxRssi")]
    public Task Received_commands_tell_who_sent_them(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData(
        "H 13 05 03 25 01 FF 25 7B",
        "{destinationNodeId:5,encapsulated:{commandClass:'0x25',command:'0x01',fields:{targetValue:255,state:'on'}},"
        + "transmitOptions:37,callbackId:123}")]
    [InlineData(
        "H 13 05 01 00 25 7C",
        "{destinationNodeId:5,encapsulated:{commandClass:'0x00',fields:{}},transmitOptions:37,callbackId:124}",
        "!encapsulated.command")]
    [InlineData("RES 13 01", "{status:1}")]
    [InlineData("RES 13 00", "{status:0}")]
    [InlineData(
        "H A9 01 0C 03 25 01 FF 25 00 00 00 00 7E",
        "{sourceNodeId:1,destinationNodeId:12,encapsulated:{commandClass:'0x25',command:'0x01',fields:{targetValue:255,"
        + "state:'on'}},transmitOptions:37,callbackId:126}")]
    [InlineData("RES A9 01", "{status:1}")]
    [InlineData(
        "H 14 02 03 05 03 25 01 00 25 09",
        "{destinationNodeIds:[3,5],encapsulated:{commandClass:'0x25',command:'0x01',fields:{targetValue:0,state:'off'}},"
        + "transmitOptions:37,callbackId:9}")]
    [InlineData("RES 14 01", "{status:1}")]
    [InlineData("M 14 09 00", "{callbackId:9,transmitStatus:0}", "!txReport")]
    public Task SendData_tells_destination_and_command(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("M 13 7B 01", "{callbackId:123,transmitStatus:1}", "!transmitTicks !txReport")]
    [InlineData("M 13 7B 00 00 03", "{callbackId:123,transmitStatus:0,transmitTicks:3}", "!txReport")]
    [InlineData(
        "M 13 7B 00 00 03 00 CB 7F 7F 7F 7F 00 00 01 00 00 00 00 03",
        "{callbackId:123,transmitStatus:0,transmitTicks:3}",
        "!txReport")] // a byte short of a report
    [InlineData(
        "M 13 7B 00 00 03 00 CB 7F 7F 7F 7F 00 00 01 00 00 00 00 03 01",
        "{callbackId:123,transmitStatus:0,txReport:{transmitTicks:3,repeaters:0,ackRssi:-53,ackRepeaterRssi:[127,127,127,127],"
        + "ackChannel:0,txChannel:0,routeSchemeState:1,lastRouteRepeaters:[0,0,0,0],beam1000ms:false,beam250ms:false,"
        + "lastRouteSpeed:3,routingAttempts:1}}",
        "!transmitTicks !txReport.lastFailedLinkFrom !txReport.lastFailedLinkTo !txReport.txPower !txReport.measuredNoiseFloor"
        + " !txReport.destinationAckTxPower !txReport.destinationAckRssi !txReport.destinationAckNoiseFloor")]
    [InlineData(
        "M 13 7B 00 00 03 00 CB 7F 7F 7F 7F 00 00 01 00 00 00 00 03 01 00 00",
        "{txReport:{transmitTicks:3,repeaters:0,ackRssi:-53,ackRepeaterRssi:[127,127,127,127],ackChannel:0,txChannel:0,"
        + "routeSchemeState:1,lastRouteRepeaters:[0,0,0,0],beam1000ms:false,beam250ms:false,lastRouteSpeed:3,routingAttempts:1,"
        + "lastFailedLinkFrom:0,lastFailedLinkTo:0}}",
        "!txReport.txPower")]
    [InlineData(
        "M 13 7B 01 01 02 02 7E BB BC 7F 7D 01 03 07 05 06 00 00 64 02 05 06 0D A0 F2 B0 9C",
        "{callbackId:123,transmitStatus:1,txReport:{transmitTicks:258,repeaters:2,ackRssi:126,ackRepeaterRssi:[-69,-68,127,125],"
        + "ackChannel:1,txChannel:3,routeSchemeState:7,lastRouteRepeaters:[5,6,0,0],beam1000ms:true,beam250ms:true,"
        + "lastRouteSpeed:4,routingAttempts:2,lastFailedLinkFrom:5,lastFailedLinkTo:6,txPower:13,measuredNoiseFloor:-96,"
        + "destinationAckTxPower:-14,destinationAckRssi:-80,destinationAckNoiseFloor:-100}}")]
    [InlineData("M A9 7E 00 00 03", "{callbackId:126,transmitStatus:0,transmitTicks:3}", "!txReport")]
    [InlineData(
        "M A9 7E 00 00 03 00 CB 7F 7F 7F 7F 00 00 01 00 00 00 00 03 01",
        "{callbackId:126,transmitStatus:0,txReport:{transmitTicks:3,repeaters:0,ackRssi:-53,ackRepeaterRssi:[127,127,127,127],"
        + "ackChannel:0,txChannel:0,routeSchemeState:1,lastRouteRepeaters:[0,0,0,0],beam1000ms:false,beam250ms:false,"
        + "lastRouteSpeed:3,routingAttempts:1}}",
        "!transmitTicks")]
    public Task SendData_callback_tells_what_became_of_it(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);

    [Theory]
    [InlineData("H 12 FF 25 03", "{destinationNodeId:255,transmitOptions:37,callbackId:3}")]
    [InlineData("M 12 03 00", "{callbackId:3,transmitStatus:0}")]
    public Task SendNodeInformation_tells_to_whom(string message, string fields, string absent = "") =>
        DecodeRow.Message(message, fields, absent);
}
