using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Supervision, CRC-16 Encapsulation, Multi Command and Transport Service.</summary>
public sealed class DecodeEncapsulationRowsTests
{
    [Theory]
    [InlineData(
        "6C 01 81 03 25 01 FF",
        "{statusUpdates:true,sessionId:1,encapsulatedCommandLength:3,encapsulated:{commandClass:'0x25',command:'0x01',"
        + "fields:{targetValue:255,state:'on'}}}")]
    [InlineData(
        "6C 01 3F 02 25 02 AA",
        "{statusUpdates:false,sessionId:63,encapsulatedCommandLength:2,encapsulated:{commandClass:'0x25',command:'0x02'}}")]
    [InlineData("6C 02 81 01 05", "{moreStatusUpdates:true,wakeUpRequest:false,sessionId:1,status:1,duration:5,durationSeconds:5}")]
    [InlineData("6C 02 41 FF 00", "{moreStatusUpdates:false,wakeUpRequest:true,sessionId:1,status:255,duration:0,durationSeconds:0}")]
    [InlineData("6C 02 01 01 81", "{status:1,duration:129,durationSeconds:120}")]
    [InlineData("6C 02 01 01 FE", "{status:1,duration:254}", "!durationSeconds")]
    public Task Supervision_tells_session_and_status(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("56 01 20 02 4D 26", "{checksum:19750,encapsulated:{commandClass:'0x20',command:'0x02',fields:{}}}")]
    [InlineData("56 01 25 03 FF 79 58", "{checksum:31064,encapsulated:{commandClass:'0x25',command:'0x03',fields:{currentValue:255}}}")]
    [InlineData("56 01 3F 01 02 A5 2A", "{checksum:42282,encapsulated:{commandClass:'0x3F',command:'0x01',known:false}}")]
    public Task CRC_16_tells_checksum_and_command(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "8F 01 02 02 25 02 03 32 01 10",
        "{numberOfCommands:2,encapsulatedCommands:[{commandClass:'0x25',command:'0x02',fields:{}},{commandClass:'0x32',"
        + "command:'0x01',fields:{rateType:0,scale:2}}]}")]
    [InlineData("8F 01 00", "{numberOfCommands:0,encapsulatedCommands:[]}")]
    public Task Multi_Command_tells_its_commands(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "55 C0 05 70 25 03 FF 72 C5",
        "{datagramSize:5,sessionId:7,payload:'2503ff',frameCheckSequence:29381}",
        "!datagramOffset !headerExtension")]
    [InlineData(
        "55 C0 05 78 02 0A 0B 25 03 FF EA 78",
        "{datagramSize:5,sessionId:7,headerExtension:'0a0b',payload:'2503ff',frameCheckSequence:60024}")]
    [InlineData(
        "55 E0 05 50 03 25 FF E8 A5",
        "{datagramSize:5,sessionId:5,datagramOffset:3,payload:'25ff',frameCheckSequence:59557}",
        "!headerExtension")]
    [InlineData("55 E1 05 53 20 AA BB EA A9", "{datagramSize:261,sessionId:5,datagramOffset:800,payload:'aabb',frameCheckSequence:60073}")]
    [InlineData("55 C0 05 77 25 03 FF 23 E8", "{sessionId:7,payload:'2503ff',frameCheckSequence:9192}")] // reserved bits set
    [InlineData("55 C8 57 27", "{sessionId:5,datagramOffset:1831}")]
    [InlineData("55 E8 50", "{sessionId:5}")]
    [InlineData("55 F0 03", "{pendingFragments:3}")]
    public Task Transport_Service_tells_segments(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
