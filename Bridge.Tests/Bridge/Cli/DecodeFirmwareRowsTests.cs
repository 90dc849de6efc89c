using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Firmware Update Meta Data.</summary>
public sealed class DecodeFirmwareRowsTests
{
    private const string WithoutFlags = "!continuesToFunction !activation !nonSecure !resume";
    private const string WithoutTheRestOfVersion3 =
        "!numberOfFirmwareTargets !maxFragmentSize !firmwareIds !hardwareVersion " + WithoutFlags;

    [Theory]
    [InlineData("7A 01", "{}")]
    [InlineData(
        "7A 02 03 12 AC 01 12 34",
        "{manufacturerId:786,firmware0Id:44033,firmware0Checksum:4660}",
        "!firmwareUpgradable " + WithoutTheRestOfVersion3)] // versions 1 and 2
    [InlineData(
        "7A 02 03 12 AC 01 12 34 FF",
        "{firmware0Checksum:4660,firmwareUpgradable:255}",
        WithoutTheRestOfVersion3)]
    [InlineData(
        "7A 02 03 12 AC 01 12 34 FF 00 00 28",
        "{firmware0Checksum:4660,firmwareUpgradable:255,numberOfFirmwareTargets:0,maxFragmentSize:40,firmwareIds:[]}",
        "!hardwareVersion " + WithoutFlags)] // version 3
    [InlineData(
        "7A 02 03 12 AC 01 12 34 00 02 00 28 AC 02 00 03",
        "{firmwareUpgradable:0,numberOfFirmwareTargets:2,maxFragmentSize:40,firmwareIds:[44034,3]}",
        "!hardwareVersion " + WithoutFlags)]
    [InlineData(
        "7A 02 03 12 AC 01 12 34 FF 00 00 28 01",
        "{firmwareIds:[],hardwareVersion:1}",
        WithoutFlags)] // version 5
    [InlineData(
        "7A 02 03 12 AC 01 12 34 FF 01 00 28 AC 02 01 0A",
        "{firmwareIds:[44034],hardwareVersion:1,continuesToFunction:false,activation:true,nonSecure:false,resume:true}")]
    [InlineData(
        "7A 02 03 12 AC 01 12 34 FF 00 00 28 01 05",
        "{hardwareVersion:1,continuesToFunction:true,activation:false,nonSecure:true,resume:false}")]
    public Task Meta_data_tell_what_may_be_updated(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "7A 03 03 12 AC 01 12 34",
        "{manufacturerId:786,firmwareId:44033,checksum:4660}",
        "!firmwareTarget !fragmentSize !activation !nonSecure !resume !hardwareVersion")]
    [InlineData(
        "7A 03 03 12 AC 01 12 34 01 00 28",
        "{firmwareTarget:1,fragmentSize:40}",
        "!activation !nonSecure !resume !hardwareVersion")]
    [InlineData(
        "7A 03 03 12 AC 01 12 34 00 00 28 01",
        "{firmwareTarget:0,fragmentSize:40,activation:true,nonSecure:false,resume:false}",
        "!hardwareVersion")]
    [InlineData(
        "7A 03 03 12 AC 01 12 34 00 00 28 06 02",
        "{firmwareTarget:0,fragmentSize:40,activation:false,nonSecure:true,resume:true,hardwareVersion:2}")]
    [InlineData("7A 04 FF", "{status:255}", "!nonSecure !resume")]
    [InlineData("7A 04 FF 02", "{status:255,nonSecure:true,resume:false}")]
    [InlineData("7A 04 00 04", "{status:0,nonSecure:false,resume:true}")]
    public Task Update_request_tells_what_is_sent(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("7A 05 02 01 01", "{numberOfReports:2,reportNumber:257}")]
    [InlineData("7A 05 02 80 01", "{numberOfReports:2,reportNumber:1}")] // the upper bit is reserved
    [InlineData(
        "7A 06 00 01 00 01 02 03 04 05 06 07 0C FC",
        "{last:false,reportNumber:1,data:'0001020304050607',checksum:3324,checksumValid:true}")]
    [InlineData("7A 06 80 02 08 09 94 FD", "{last:true,reportNumber:2,data:'0809',checksum:38141,checksumValid:true}")]
    [InlineData("7A 06 80 02 08 09 94 FE", "{last:true,reportNumber:2,data:'0809',checksum:38142,checksumValid:false}")]
    public Task Fragments_tell_their_number_and_checksum(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("7A 07 FF", "{status:255}", "!waitTime")]
    [InlineData("7A 07 FF 01 05", "{status:255,waitTime:261}")]
    [InlineData("7A 08 03 12 AC 01 12 34 00", "{manufacturerId:786,firmwareId:44033,checksum:4660,firmwareTarget:0}", "!hardwareVersion")]
    [InlineData("7A 08 03 12 AC 01 12 34 01 02", "{firmwareTarget:1,hardwareVersion:2}")]
    [InlineData(
        "7A 09 03 12 AC 01 12 34 00 FF",
        "{manufacturerId:786,firmwareId:44033,checksum:4660,firmwareTarget:0,status:255}",
        "!hardwareVersion")]
    [InlineData("7A 09 03 12 AC 01 12 34 01 01 02", "{firmwareTarget:1,status:1,hardwareVersion:2}")]
    public Task End_and_activation_tell_a_status(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "7A 0A 03 12 AC 01 00 00 28 01",
        "{manufacturerId:786,firmwareId:44033,firmwareTarget:0,fragmentSize:40,hardwareVersion:1}")]
    [InlineData("7A 0B FF 12 34", "{status:255,firmwareChecksum:4660}")]
    public Task Download_tells_what_is_asked_for(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
