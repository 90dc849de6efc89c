using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetSucNodeIdTests
{
    [Fact]
    public void GetSucNodeId_request_is_empty() => SerialAssert.FromHost<GetSucNodeIdRequest>("01 03 00 56 AA", fields: "", required: 0);

    [Fact]
    public void GetSucNodeId_response_names_the_node() =>
        SerialAssert.FromModule<GetSucNodeIdResponse>("01 04 01 56 01 AD", "sucNodeId=1", required: 1);

    [Fact]
    public void GetSucNodeId_response_in_16_bit_mode() =>
        SerialAssert.FromModule<GetSucNodeIdResponse>("01 05 01 56 00 01 AC", "sucNodeId=1", required: 2, NodeIdWidth.Bits16);

    [Fact]
    public void GetSucNodeId_response_of_0_means_none() =>
        Assert.Equal(NodeId.None, SerialAssert.Payload<GetSucNodeIdResponse>("00").SucNodeId);
}
