using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetNodeProtocolInfoTests
{
    [Fact]
    public void GetNodeProtocolInfo_request_names_the_node() =>
        SerialAssert.FromHost<GetNodeProtocolInfoRequest>("01 04 00 41 0A B0", "nodeId=10", required: 1);

    [Fact]
    public void GetNodeProtocolInfo_request_in_16_bit_mode() =>
        SerialAssert.FromHost<GetNodeProtocolInfoRequest>("01 05 00 41 01 05 BF", "nodeId=261", required: 2, NodeIdWidth.Bits16);

    [Fact]
    public void GetNodeProtocolInfo_response_of_a_mains_powered_switch()
    {
        // listening, routing, 40k, protocol 3; optional classes, beam, routing end node, specific class; 100k; end node 04/10/01
        var response = SerialAssert.FromModule<GetNodeProtocolInfoResponse>(
            "01 09 01 41 D3 9C 01 04 10 01 ED",
            "listening=true routing=true maxBaudRateBits=2 protocolVersion=3 optionalFunctionality=true sensor1000ms=false "
            + "sensor250ms=false beamCapability=true routingEndNode=true specificDevice=true controllerNode=false "
            + "security=false speedExtension=1 basicDeviceClass=4 genericDeviceClass=16 specificDeviceClass=1",
            required: 6);
        Assert.True(response.NodeExists);
        Assert.False(response.IsFrequentlyListening);
    }

    [Fact]
    public void GetNodeProtocolInfo_response_of_a_node_that_wakes_every_second() =>
        // FLiRS 1000 ms, controller, security
        Assert.Equal(
            "listening=false routing=true maxBaudRateBits=1 protocolVersion=2 optionalFunctionality=false sensor1000ms=true "
            + "sensor250ms=false beamCapability=false routingEndNode=false specificDevice=false controllerNode=true "
            + "security=true speedExtension=0 basicDeviceClass=1 genericDeviceClass=64 specificDeviceClass=3",
            FieldText.Of(SerialAssert.Payload<GetNodeProtocolInfoResponse>("4A 43 00 01 40 03")));

    [Fact]
    public void GetNodeProtocolInfo_response_of_a_node_that_wakes_every_250_ms() =>
        Assert.True(SerialAssert.Payload<GetNodeProtocolInfoResponse>("53 20 00 04 40 03").Sensor250ms);

    [Fact]
    public void GetNodeProtocolInfo_response_without_generic_class_means_no_such_node() =>
        Assert.False(SerialAssert.Payload<GetNodeProtocolInfoResponse>("00 00 00 00 00 00").NodeExists);
}
