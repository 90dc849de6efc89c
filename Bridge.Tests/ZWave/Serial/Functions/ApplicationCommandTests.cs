using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class ApplicationCommandTests
{
    [Fact]
    public void ApplicationCommand_brings_a_command_of_a_node()
    {
        // node 12, Switch Binary Report on, -75 dBm
        var request = SerialAssert.FromModule<ApplicationCommandRequest>(
            "01 0A 00 04 00 0C 03 25 03 FF B5 92",
            "rxStatus=0 sourceNodeId=12 encapsulated=0x2503ff rxRssi=-75",
            required: 6);
        Assert.Equal(-75, request.Rssi?.Dbm);
        Assert.Equal("25 03 FF", Hex.Spaced(request.Command.Span));
        Assert.Equal(ReceiveStatus.None, request.ReceiveStatus);
    }

    [Fact]
    public void ApplicationCommand_in_16_bit_mode_has_a_source_of_two_bytes() =>
        // node 300, multicast, no signal strength
        SerialAssert.FromModule<ApplicationCommandRequest>(
            "01 0A 00 04 08 01 2C 03 25 03 FF 0E",
            "rxStatus=8 sourceNodeId=300 encapsulated=0x2503ff",
            required: 7,
            NodeIdWidth.Bits16);

    [Fact]
    public void ApplicationCommand_tells_the_security_key_when_the_module_decrypted() =>
        SerialAssert.FromModule<ApplicationCommandRequest>(
            "01 0B 00 04 04 0C 03 25 03 FF B5 02 95",
            "rxStatus=4 sourceNodeId=12 encapsulated=0x2503ff rxRssi=-75 securityKey=2",
            required: 6);

    [Fact]
    public void ApplicationCommand_without_a_command_is_refused() =>
        SerialAssert.Refused<ApplicationCommandRequest>("00 0C 00 B5", DecodeError.ReservedValue);

    [Fact]
    public void ApplicationCommand_whose_length_points_beyond_the_end_is_truncated() =>
        SerialAssert.Refused<ApplicationCommandRequest>("00 0C 05 25 03 FF B5", DecodeError.Truncated);
}
