using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SerialApiSetupTests
{
    [Theory]
    [InlineData("01 05 00 0B 02 01 F2", "subCommand=2 enable=true", 2)]
    [InlineData("01 05 00 0B 80 02 73", "subCommand=128 nodeIdBaseType=2", 2)]
    [InlineData("01 05 00 0B 80 01 70", "subCommand=128 nodeIdBaseType=1", 2)]
    [InlineData("01 04 00 0B 10 E0", "subCommand=16", 1)]
    [InlineData("01 04 00 0B 20 D0", "subCommand=32", 1)]
    [InlineData("01 05 00 0B 40 0B BA", "subCommand=64 region=11", 2)]
    [InlineData("01 05 00 0B 16 09 EE", "subCommand=22 region=9", 2)]
    [InlineData("01 06 00 0B 03 00 8C 7D", "subCommand=3 maximumLongRangePowerDeciDbm=140", 3)]
    [InlineData("01 06 00 0B 04 E2 0A 1E", "subCommand=4 normalPowerDeciDbm=-30 measured0dBmDeciDbm=10", 3)]
    [InlineData("01 08 00 0B 12 00 C8 FF F0 29", "subCommand=18 normalPowerDeciDbm=200 measured0dBmDeciDbm=-16", 5)]
    public void SerialApiSetup_request_by_sub_command(string frame, string fields, int required) =>
        Assert.Equal(TransactionShape.Response, SerialAssert.FromHost<SerialApiSetupRequest>(frame, fields, required).Shape);

    [Theory]
    [InlineData("01 05 01 0B 02 01 F3", "subCommand=2 status=1", 2)]
    [InlineData("01 05 01 0B 80 01 71", "subCommand=128 status=1", 2)]
    [InlineData("01 05 01 0B 40 01 B1", "subCommand=64 status=1", 2)]
    [InlineData("01 05 01 0B 10 2E CE", "subCommand=16 maximumPayloadSize=46", 2)]
    [InlineData("01 05 01 0B 11 C8 29", "subCommand=17 maximumPayloadSize=200", 2)]
    [InlineData("01 05 01 0B 00 15 E5", "subCommand=0 unsupportedSubCommand=21", 2)]
    [InlineData("01 06 01 0B 05 FF 9C 95", "subCommand=5 maximumLongRangePowerDeciDbm=-100", 3)]
    [InlineData("01 06 01 0B 08 E2 0A 13", "subCommand=8 normalPowerDeciDbm=-30 measured0dBmDeciDbm=10", 3)]
    [InlineData("01 08 01 0B 13 00 C8 FF F0 29", "subCommand=19 normalPowerDeciDbm=200 measured0dBmDeciDbm=-16", 5)]
    [InlineData("01 08 01 0B 15 03 00 01 09 E3", "subCommand=21 regions=[0,1,9]", 5)]
    [InlineData(
        "01 07 01 0B 16 09 03 01 EF", "subCommand=22 region=9 supportsZWave=true supportsLongRange=true includedRegion=1", 4)]
    [InlineData("01 05 01 0B 20 09 D9", "subCommand=32 region=9", 2)]
    [InlineData("01 05 01 0B 01 DF 2E", "subCommand=1 supportedSubCommandFlags=223", 2)]
    [InlineData(
        "01 0A 01 0B 01 DF 03 80 1B 00 01 B8", "subCommand=1 supportedSubCommandFlags=223 supportedSubCommandMask=0x03801b0001", 2)]
    public void SerialApiSetup_response_by_sub_command(string frame, string fields, int required) =>
        SerialAssert.FromModule<SerialApiSetupResponse>(frame, fields, required);

    [Fact]
    public void SerialApiSetup_requests_are_made_by_name()
    {
        SerialAssert.Encodes("01 05 00 0B 02 01 F2", SerialApiSetupRequest.SetTransmitStatusReport(enable: true));
        SerialAssert.Encodes("01 05 00 0B 80 02 73", SerialApiSetupRequest.SetNodeIdBaseType(NodeIdWidth.Bits16));
        SerialAssert.Encodes("01 04 00 0B 10 E0", SerialApiSetupRequest.Get(SerialApiSetupSubCommand.GetMaximumPayloadSize));
        SerialAssert.Encodes("01 06 00 0B 04 E2 0A 1E", SerialApiSetupRequest.SetPowerLevel(new(-30, 10), is16Bit: false));
        SerialAssert.Encodes("01 08 00 0B 12 00 C8 FF F0 29", SerialApiSetupRequest.SetPowerLevel(new(200, -16), is16Bit: true));
    }

    [Fact]
    public void SerialApiSetup_flags_list_the_power_of_two_sub_commands()
    {
        // DF: all but 20
        var response = SerialAssert.Payload<SerialApiSetupResponse>("01 DF");
        Assert.True(response.Supports(SerialApiSetupSubCommand.SetNodeIdBaseType));
        Assert.False(response.Supports(SerialApiSetupSubCommand.GetRegion));
        Assert.False(response.Supports(SerialApiSetupSubCommand.GetSupportedRegions));
    }

    [Theory]
    // since 7.19.1 bit 0 of the first byte is sub-command 01: sub-commands 01, 02, 15
    [InlineData("01 03 03 00 10")]
    // before it was 00, shifting all by one
    [InlineData("01 03 06 00 20")]
    public void SerialApiSetup_mask_lists_all_sub_commands_from_0_or_1(string payload)
    {
        var response = SerialAssert.Payload<SerialApiSetupResponse>(payload);
        Assert.True(response.Supports(SerialApiSetupSubCommand.GetSupportedRegions));
        Assert.False(response.Supports(SerialApiSetupSubCommand.GetRegionInformation));
        Assert.False(response.Supports(SerialApiSetupSubCommand.SetPowerLevel));
    }

    [Fact]
    public void SerialApiSetup_response_to_a_set_of_status_0_is_a_refusal()
    {
        Assert.False(SerialAssert.Payload<SerialApiSetupResponse>("02 00").IsAccepted);
        Assert.False(SerialAssert.Payload<SerialApiSetupResponse>("00 02").IsAccepted);
        Assert.True(SerialAssert.Payload<SerialApiSetupResponse>("02 01").IsAccepted);
    }

    [Fact]
    public void SerialApiSetup_sub_command_unknown_to_us_keeps_its_number() =>
        Assert.Equal("subCommand=102", FieldText.Of(SerialAssert.Payload<SerialApiSetupResponse>("66 01 02")));
}
