using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetLongRangeNodesTests
{
    [Fact]
    public void GetLongRangeNodes_request_names_the_segment() =>
        SerialAssert.FromHost<GetLongRangeNodesRequest>("01 04 00 DA 00 21", "segment=0", required: 1);

    [Fact]
    public void GetLongRangeNodes_response_counts_from_node_256() =>
        SerialAssert.FromModule<GetLongRangeNodesResponse>(
            "01 16 01 DA 00 00 10 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 23",
            "moreNodes=false segment=0 nodeIds=[256]",
            required: 19);

    [Fact]
    public void GetLongRangeNodes_response_of_segment_1_counts_from_node_384()
    {
        // bits 1 of the first and 7 of the last byte: 256 + 128 + 1 and 256 + 128 + 127
        var response = SerialAssert.FromModule<GetLongRangeNodesResponse>(
            "01 16 01 DA 01 01 10 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80 A0",
            "moreNodes=true segment=1 nodeIds=[385,511]",
            required: 19,
            NodeIdWidth.Bits16);
        Assert.Equal([new NodeId(385), new NodeId(511)], response.NodeIds);
    }

    [Fact]
    public void GetLongRangeNodes_response_with_a_mask_beyond_its_segment_is_refused() =>
        SerialAssert.Refused<GetLongRangeNodesResponse>(
            "00 00 11 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01", DecodeError.ReservedValue);
}
