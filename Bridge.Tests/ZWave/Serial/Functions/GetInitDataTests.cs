using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetInitDataTests
{
    private const string Mask1And2And4 = "0B 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";

    [Fact]
    public void GetInitData_request_is_empty() =>
        Assert.Equal(TransactionShape.Response, SerialAssert.FromHost<GetInitDataRequest>("01 03 00 02 FE", fields: "", required: 0).Shape);

    [Theory]
    [InlineData(NodeIdWidth.Bits8)]
    [InlineData(NodeIdWidth.Bits16)]
    public void GetInitData_response_lists_the_classic_nodes_in_both_widths(NodeIdWidth width)
    {
        // API 1, controller and SIS, nodes 1, 2, 4, 700 series
        var response = SerialAssert.FromModule<GetInitDataResponse>(
            "01 25 01 02 08 08 1D " + Mask1And2And4 + " 07 00 C8",
            "apiVersion=8 apiCapabilities=8 endNode=false timerSupport=false secondaryController=false isSis=true "
            + "nodeIds=[1,2,4] chipType=7 chipVersion=0",
            required: 32,
            width);
        Assert.Equal([new NodeId(1), new NodeId(2), new NodeId(4)], response.NodeIds);
    }

    [Fact]
    public void GetInitData_response_names_each_capability() =>
        Assert.Contains(
            "apiCapabilities=7 endNode=true timerSupport=true secondaryController=true isSis=false",
            FieldText.Of(SerialAssert.Payload<GetInitDataResponse>("0A 07 00")),
            StringComparison.Ordinal);

    [Fact]
    public void GetInitData_response_counts_nodes_from_1_to_232()
    {
        // bit 7 of the last byte
        var response = SerialAssert.Payload<GetInitDataResponse>(
            "0A 00 1D 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 80");
        Assert.Equal([new NodeId(1), new NodeId(232)], response.NodeIds);
        Assert.Null(response.ChipType);
    }

    [Fact]
    public void GetInitData_response_without_node_list_has_no_nodes() =>
        Assert.Empty(SerialAssert.Payload<GetInitDataResponse>("05 01 00 05 00").NodeIds);

    [Fact]
    public void GetInitData_response_with_a_mask_beyond_node_232_is_refused() =>
        SerialAssert.Refused<GetInitDataResponse>("08 08 1E " + Mask1And2And4 + " 00 07 00", DecodeError.ReservedValue);
}
