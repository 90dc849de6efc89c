using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SetApplicationNodeInformationTests
{
    [Fact]
    public void SetApplicationNodeInformation_tells_device_and_command_classes()
    {
        // static controller: listening, generic 02, specific 07
        var request = SerialAssert.FromHost<SetApplicationNodeInformationRequest>(
            "01 0B 00 03 01 02 07 04 5E 22 85 59 57",
            "deviceOptions=1 genericDeviceClass=2 specificDeviceClass=7 commandClasses=[94,34,133,89]",
            required: 8);
        Assert.Equal(TransactionShape.AckOnly, request.Shape);
        Assert.Equal(DeviceOptions.Listening, request.DeviceOptions);
    }

    [Fact]
    public void SetApplicationNodeInformation_may_list_controlled_classes_behind_the_mark() =>
        SerialAssert.FromHost<SetApplicationNodeInformationRequest>(
            "01 0A 00 03 01 02 07 03 5E EF 20 60",
            "deviceOptions=1 genericDeviceClass=2 specificDeviceClass=7 commandClasses=[94] controlledCommandClasses=[32]",
            required: 7);

    [Fact]
    public void SetApplicationNodeInformation_counts_the_class_bytes_itself() =>
        SerialAssert.Encodes(
            "01 0B 00 03 01 02 07 04 5E 22 85 59 57",
            new SetApplicationNodeInformationRequest(DeviceOptions.Listening, 2, 7, [new(0x5E), new(0x22), new(0x85), new(0x59)]));
}
