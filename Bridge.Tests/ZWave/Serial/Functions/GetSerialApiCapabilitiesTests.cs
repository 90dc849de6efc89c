using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetSerialApiCapabilitiesTests
{
    private const string Frame =
        "01 2B 01 07 01 02 00 86 00 01 00 5A FE 87 7F 88 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 82";

    [Fact]
    public void GetSerialApiCapabilities_request_is_empty() =>
        SerialAssert.FromHost<GetSerialApiCapabilitiesRequest>("01 03 00 07 FB", fields: "", required: 0);

    [Fact]
    public void GetSerialApiCapabilities_response_counts_functions_from_1()
    {
        // mask FE 87 7F 88: not 01, but 02..08; 09..0B and 10; 11..17; 1C and 20
        var response = SerialAssert.FromModule<GetSerialApiCapabilitiesResponse>(
            Frame,
            "apiVersion=1 apiRevision=2 manufacturerId=134 productTypeId=1 productId=90 "
            + "functionIds=[2,3,4,5,6,7,8,9,10,11,16,17,18,19,20,21,22,23,28,32]",
            required: 40);
        Assert.True(response.Supports(SendData.Id));
        Assert.False(response.Supports(AddNodeId));
    }

    [Fact]
    public void GetSerialApiCapabilities_response_with_every_bit_has_255_functions()
    {
        // the last bit would be function 256
        var response = SerialAssert.Payload<GetSerialApiCapabilitiesResponse>(
            "01 02 00 86 00 01 00 5A " + string.Concat(Enumerable.Repeat("FF", 32)));
        Assert.Equal(Enumerable.Range(1, 255), response.FunctionIds.Select(id => (int)id.Value));
    }

    private static readonly FunctionId AddNodeId = new(0x4A);
}
