using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Version, Manufacturer Specific, Z-Wave Plus Info, Device Reset Locally and Powerlevel.</summary>
public sealed class DecodeIdentityRowsTests
{
    [Theory]
    [InlineData("86 11", "{}")]
    [InlineData(
        "86 12 06 04 05 01 02",
        "{zWaveLibraryType:6,zWaveProtocolVersion:4,zWaveProtocolSubVersion:5,firmware0Version:1,firmware0SubVersion:2}",
        "!hardwareVersion !numberOfFirmwareTargets !firmwareTargets")]
    [InlineData(
        "86 12 06 04 05 01 02 09",
        "{firmware0SubVersion:2}",
        "!hardwareVersion !numberOfFirmwareTargets !firmwareTargets")] // without the count it is version 1
    [InlineData(
        "86 12 03 07 0F 01 02 01 00",
        "{zWaveLibraryType:3,zWaveProtocolVersion:7,zWaveProtocolSubVersion:15,firmware0Version:1,firmware0SubVersion:2,"
        + "hardwareVersion:1,numberOfFirmwareTargets:0,firmwareTargets:[]}")]
    [InlineData(
        "86 12 03 07 0F 01 02 01 02 03 04 05 06",
        "{hardwareVersion:1,numberOfFirmwareTargets:2,firmwareTargets:[{version:3,subVersion:4},{version:5,subVersion:6}]}")]
    [InlineData("86 13 32", "{requestedCommandClass:50}")]
    [InlineData("86 14 32 05", "{requestedCommandClass:50,commandClassVersion:5}")]
    [InlineData("86 15", "{}")]
    [InlineData("86 16 07", "{version:true,commandClass:true,zWaveSoftware:true}")]
    [InlineData("86 16 03", "{version:true,commandClass:true,zWaveSoftware:false}")]
    [InlineData("86 17", "{}")]
    [InlineData(
        "86 18 07 0F 04 0A 0F 04 01 23 01 02 03 00 07 07 0F 04 01 77 01 02 00 00 05",
        "{sdkVersion:'7.15.4',applicationFrameworkApiVersion:'10.15.4',applicationFrameworkBuildNumber:291,"
        + "hostInterfaceVersion:'1.2.3',hostInterfaceBuildNumber:7,zWaveProtocolVersion:'7.15.4',zWaveProtocolBuildNumber:375,"
        + "applicationVersion:'1.2.0',applicationBuildNumber:5}")]
    [InlineData(
        "86 18 07 0F 04 0A 0F 04 01 23 00 00 00 00 00 07 0F 04 01 77 01 02 00 00 05",
        "{sdkVersion:'7.15.4',hostInterfaceBuildNumber:0,zWaveProtocolVersion:'7.15.4'}")] // without a host interface
    public Task Version_tells_what_runs_on_the_node(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("72 04", "{}")]
    [InlineData("72 05 03 12 AC 01 40 03", "{manufacturerId:786,productTypeId:44033,productId:16387}")]
    [InlineData("72 06 01", "{deviceIdType:1}")]
    [InlineData("72 06 F9", "{deviceIdType:1}")] // the upper bits are reserved
    [InlineData("72 07 01 24 DE AD BE EF", "{deviceIdType:1,deviceIdDataFormat:1,deviceIdData:'deadbeef'}", "!deviceId")]
    [InlineData("72 07 02 03 41 42 43", "{deviceIdType:2,deviceIdDataFormat:0,deviceIdData:'414243',deviceId:'ABC'}")]
    public Task Manufacturer_Specific_tells_who_made_it(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("5E 01", "{}")]
    [InlineData("5E 02 01 05 00", "{zWavePlusVersion:1,roleType:5,nodeType:0}", "!installerIconType !userIconType")]
    [InlineData("5E 02 02 05 00 07 00", "{zWavePlusVersion:2,installerIconType:1792}", "!userIconType")]
    [InlineData("5E 02 02 05 00 07 00 07 01", "{zWavePlusVersion:2,roleType:5,nodeType:0,installerIconType:1792,userIconType:1793}")]
    public Task ZWave_Plus_Info_tells_its_role(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("5A 01", "{}")]
    [InlineData("5A 01 00", "{}")]
    public Task Device_Reset_Locally_has_no_fields(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("73 01 05 0A", "{powerLevel:5,timeout:10}")]
    [InlineData("73 02", "{}")]
    [InlineData("73 03 05 09", "{powerLevel:5,timeout:9}")]
    [InlineData("73 03 00 00", "{powerLevel:0,timeout:0}")]
    [InlineData("73 03 00", "{powerLevel:0}", "!timeout")] // normal power has no end
    [InlineData("73 04 05 06 01 64", "{testNodeId:5,powerLevel:6,testFrameCount:356}")]
    [InlineData("73 05", "{}")]
    [InlineData("73 06 05 01 00 64", "{testNodeId:5,statusOfOperation:1,testFrameCount:100}")]
    public Task Powerlevel_tells_power_and_tests(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
