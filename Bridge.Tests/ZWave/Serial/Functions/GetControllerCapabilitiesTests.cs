using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class GetControllerCapabilitiesTests
{
    [Fact]
    public void GetControllerCapabilities_request_is_empty() =>
        SerialAssert.FromHost<GetControllerCapabilitiesRequest>("01 03 00 05 F9", fields: "", required: 0);

    [Fact]
    public void GetControllerCapabilities_response_tells_the_role()
    {
        // SIS present, was the real primary, SUC
        var response = SerialAssert.FromModule<GetControllerCapabilitiesResponse>(
            "01 04 01 05 1C E3",
            "capabilities=28 secondary=false onOtherNetwork=false sisPresent=true realPrimary=true isSuc=true "
            + "noNodesIncluded=false",
            required: 1);
        Assert.Equal(ControllerCapabilities.SisPresent | ControllerCapabilities.RealPrimary | ControllerCapabilities.Suc, response.Capabilities);
    }

    [Fact]
    public void GetControllerCapabilities_response_of_a_secondary_in_another_network() =>
        Assert.Equal(
            "capabilities=35 secondary=true onOtherNetwork=true sisPresent=false realPrimary=false isSuc=false "
            + "noNodesIncluded=true",
            FieldText.Of(SerialAssert.Payload<GetControllerCapabilitiesResponse>("23")));
}
