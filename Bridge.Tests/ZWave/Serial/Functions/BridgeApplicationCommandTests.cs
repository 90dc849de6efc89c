using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class BridgeApplicationCommandTests
{
    private const string EmptyMaskTail = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";

    [Fact]
    public void BridgeApplicationCommand_names_the_destination_before_the_source()
    {
        // to 1 from 12, Switch Binary Report on, no multicast, -79 dBm
        var request = SerialAssert.FromModule<BridgeApplicationCommandRequest>(
            "01 0C 00 A8 00 01 0C 03 25 03 FF 00 B1 3D",
            "rxStatus=0 destinationNodeId=1 sourceNodeId=12 encapsulated=0x2503ff rxRssi=-79",
            required: 7);
        Assert.Equal(new NodeId(12), ((IReceivedCommand)request).SourceNodeId);
        Assert.Null(request.MulticastNodeIds);
    }

    [Fact]
    public void BridgeApplicationCommand_in_16_bit_mode_has_node_ids_of_two_bytes() =>
        SerialAssert.FromModule<BridgeApplicationCommandRequest>(
            "01 0E 00 A8 00 00 01 01 05 03 25 03 FF 00 B1 37",
            "rxStatus=0 destinationNodeId=1 sourceNodeId=261 encapsulated=0x2503ff rxRssi=-79",
            required: 9,
            NodeIdWidth.Bits16);

    [Theory]
    [InlineData("08 01 0C 03 25 01 FF 1D 01 80 " + EmptyMaskTail + " B1", NodeIdWidth.Bits8)]
    [InlineData("08 00 01 00 0C 03 25 01 FF 1D 01 80 " + EmptyMaskTail + " B1", NodeIdWidth.Bits16)]
    public void BridgeApplicationCommand_mask_is_bits_of_classic_nodes_in_both_widths(string payload, NodeIdWidth width)
    {
        // nodes 1 and 16
        var request = SerialAssert.Payload<BridgeApplicationCommandRequest>(payload, width);
        Assert.Equal([new NodeId(1), new NodeId(16)], request.MulticastNodeIds!);
        Assert.Equal(-79, request.Rssi?.Dbm);
        Assert.Contains("multicastNodeIds=[1,16] rxRssi=-79", FieldText.Of(request), StringComparison.Ordinal);
        Assert.Equal(payload, Hex.Spaced(DataFrame.Of(request, width).Payload.Span));
    }

    [Fact]
    public void BridgeApplicationCommand_without_a_command_is_refused() =>
        SerialAssert.Refused<BridgeApplicationCommandRequest>("00 01 0C 00 00 B1", DecodeError.ReservedValue);

    [Fact]
    public void BridgeApplicationCommand_with_a_mask_beyond_the_end_is_truncated() =>
        SerialAssert.Refused<BridgeApplicationCommandRequest>("08 01 0C 03 25 03 FF 1D 01", DecodeError.Truncated);

    [Fact]
    public void BridgeApplicationCommand_with_a_mask_beyond_node_232_is_refused() =>
        SerialAssert.Refused<BridgeApplicationCommandRequest>(
            "08 01 0C 03 25 03 FF 1E 01 80 00 " + EmptyMaskTail, DecodeError.ReservedValue);
}
