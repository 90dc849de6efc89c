using Bridge.Cli;
using Bridge.Tests.Support;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>The examples that fix the output format: every key named there is there and equal; more keys may be there.</summary>
public sealed class DecodeExamplesTests
{
    [Fact]
    public Task Meter_report() => Decodes(
        ["--kind", "cc", "32022144000005FD"],
        """
        {"kind": "cc", "ok": true, "commandClass": "0x32", "commandClassName": "METER", "command": "0x02", "commandName": "METER_REPORT",
         "fields": {"meterType": 1, "rateType": 1, "scale": 0, "precision": 2, "size": 4, "meterValue": 15.33, "unit": "kWh"}}
        """);

    [Fact]
    public Task Multi_Channel_end_point_3_answers_on() => Decodes(
        ["--kind", "cc", "600D03002503FF"],
        """
        {"kind": "cc", "ok": true, "commandClass": "0x60", "commandClassName": "MULTI_CHANNEL", "command": "0x0D",
         "commandName": "MULTI_CHANNEL_CMD_ENCAP",
         "fields": {"sourceEndPoint": 3, "bitAddress": false, "destinationEndPoint": 0,
          "encapsulated": {"commandClass": "0x25", "commandClassName": "SWITCH_BINARY", "command": "0x03",
           "commandName": "SWITCH_BINARY_REPORT", "fields": {"currentValue": 255, "state": "on"}}}}
        """);

    [Fact]
    public Task Notification_of_over_load_with_a_sequence_number() => Decodes(
        ["--kind", "cc", "7105000000FF0808802A"],
        """
        {"kind": "cc", "ok": true, "commandClass": "0x71", "commandClassName": "NOTIFICATION", "command": "0x05",
         "commandName": "NOTIFICATION_REPORT",
         "fields": {"v1AlarmType": 0, "v1AlarmLevel": 0, "notificationStatus": 255, "notificationType": 8, "event": 8,
          "eventParameters": "", "sequenceNumber": 42}}
        """);

    [Fact]
    public Task Configuration_report_of_one_byte() => Decodes(
        ["--kind", "cc", "70060701FF"],
        """
        {"kind": "cc", "ok": true, "commandClass": "0x70", "commandClassName": "CONFIGURATION", "command": "0x06",
         "commandName": "CONFIGURATION_REPORT", "fields": {"parameterNumber": 7, "size": 1, "value": -1, "valueUnsigned": 255}}
        """);

    [Fact]
    public Task Multi_Channel_bit_address() => Decodes(
        ["--kind", "cc", "600D00852001FF"],
        """
        {"kind": "cc", "ok": true, "commandClass": "0x60", "commandClassName": "MULTI_CHANNEL", "command": "0x0D",
         "commandName": "MULTI_CHANNEL_CMD_ENCAP",
         "fields": {"sourceEndPoint": 0, "bitAddress": true, "destinationEndPoints": [1, 3],
          "encapsulated": {"commandClass": "0x20", "commandClassName": "BASIC", "command": "0x01", "commandName": "BASIC_SET",
           "fields": {"value": 255}}}}
        """);

    [Fact]
    public Task Truncated_meter_report() =>
        Decodes(["--kind", "cc", "3202214400"], """{"kind": "cc", "ok": false, "error": {"code": "truncated"}}""");

    [Fact]
    public Task Class_without_a_codec() => Decodes(
        ["--kind", "cc", "3F0102"],
        """{"kind": "cc", "ok": true, "commandClass": "0x3F", "command": "0x01", "known": false, "fields": {"payload": "02"}}""");

    [Fact]
    public Task Serial_frame_from_the_module() => Decodes(
        ["--kind", "serial", "--from", "module", "010A0004000C032503FFB592"],
        """
        {"kind": "serial", "ok": true, "frame": "data", "type": "REQ", "functionId": "0x04", "functionName": "ApplicationCommandHandler",
         "fields": {"rxStatus": 0, "sourceNodeId": 12,
          "encapsulated": {"commandClass": "0x25", "commandClassName": "SWITCH_BINARY", "command": "0x03",
           "commandName": "SWITCH_BINARY_REPORT", "fields": {"currentValue": 255, "state": "on"}},
          "rxRssi": -75}}
        """);

    [Fact]
    public Task SendData_request_of_the_host() => Decodes(
        ["--kind", "serial", "--from", "host", "010A001305032501FF257B65"],
        """
        {"kind": "serial", "ok": true, "frame": "data", "type": "REQ", "functionId": "0x13", "functionName": "SendData",
         "fields": {"destinationNodeId": 5,
          "encapsulated": {"commandClass": "0x25", "commandClassName": "SWITCH_BINARY", "command": "0x01",
           "commandName": "SWITCH_BINARY_SET", "fields": {"targetValue": 255, "state": "on"}},
          "transmitOptions": 37, "callbackId": 123}}
        """);

    [Fact]
    public Task Wrong_checksum() =>
        Decodes(["--kind", "serial", "0104011301E9"], """{"kind": "serial", "ok": false, "error": {"code": "checksum"}}""");

    private static async Task Decodes(string[] arguments, string expectedJson)
    {
        var run = await CommandLineRun.Of(["decode", .. arguments]);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(run.Error);
        JsonAssert.Contains(JObject.Parse(expectedJson), run.Json);
    }
}
