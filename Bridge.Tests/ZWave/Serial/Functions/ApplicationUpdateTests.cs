using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class ApplicationUpdateTests
{
    private const string Classes = "commandClasses=[94,37,50,112,133,89,114]";

    [Fact]
    public void ApplicationUpdate_84_brings_the_node_information()
    {
        // node 5, end node, binary power switch
        var update = SerialAssert.FromModule<ApplicationUpdateRequest>(
            "01 10 00 49 84 05 0A 04 10 01 5E 25 32 70 85 59 72 AF",
            "updateStatus=132 nodeId=5 basicDeviceClass=4 genericDeviceClass=16 specificDeviceClass=1 " + Classes,
            required: 13);
        Assert.Equal(ApplicationUpdateStatus.NodeInformationReceived, update.Status);
        Assert.Equal([0x5E, 0x25, 0x32, 0x70, 0x85, 0x59, 0x72], update.NodeInformation!.Supported.Select(id => (int)id.Value));
        Assert.Null(update.NodeInformation.Controlled);
    }

    [Fact]
    public void ApplicationUpdate_84_in_16_bit_mode() =>
        SerialAssert.FromModule<ApplicationUpdateRequest>(
            "01 11 00 49 84 01 05 0A 04 10 01 5E 25 32 70 85 59 72 AF",
            "updateStatus=132 nodeId=261 basicDeviceClass=4 genericDeviceClass=16 specificDeviceClass=1 " + Classes,
            required: 14,
            NodeIdWidth.Bits16);

    [Theory]
    [InlineData("01 0B 00 49 40 0C 05 04 10 01 5E 25 9A", 64)]
    [InlineData("01 0B 00 49 86 0C 05 04 10 01 5E 25 5C", 134)]
    public void ApplicationUpdate_40_and_86_are_shaped_like_84(string frame, int status) =>
        SerialAssert.FromModule<ApplicationUpdateRequest>(
            frame,
            $"updateStatus={status} nodeId=12 basicDeviceClass=4 genericDeviceClass=16 specificDeviceClass=1 commandClasses=[94,37]",
            required: 8);

    [Fact]
    public void ApplicationUpdate_84_lists_controlled_classes_apart() =>
        SerialAssert.FromModule<ApplicationUpdateRequest>(
            "01 0E 00 49 84 0B 08 04 18 01 5E 86 EF 25 26 16",
            "updateStatus=132 nodeId=11 basicDeviceClass=4 genericDeviceClass=24 specificDeviceClass=1 commandClasses=[94,134] "
            + "controlledCommandClasses=[37,38]",
            required: 11);

    [Fact]
    public void ApplicationUpdate_84_of_length_0_knows_the_node_only() =>
        Assert.Null(SerialAssert.FromModule<ApplicationUpdateRequest>(
            "01 06 00 49 84 0C 00 38", "updateStatus=132 nodeId=12", required: 3).NodeInformation);

    [Theory]
    [InlineData("01 06 00 49 81 00 00 31", NodeIdWidth.Bits8)]
    [InlineData("01 07 00 49 81 00 00 00 30", NodeIdWidth.Bits16)]
    public void ApplicationUpdate_81_names_no_node(string frame, NodeIdWidth width) =>
        Assert.Null(SerialAssert.FromModule<ApplicationUpdateRequest>(frame, "updateStatus=129", required: 1, width).NodeId);

    [Theory]
    [InlineData("01 05 00 49 20 0C 9F", "updateStatus=32 nodeId=12")]
    [InlineData("01 05 00 49 10 01 A2", "updateStatus=16 nodeId=1")]
    public void ApplicationUpdate_20_and_10_name_the_node(string frame, string fields) =>
        SerialAssert.FromModule<ApplicationUpdateRequest>(frame, fields, required: 2);

    [Theory]
    [InlineData("01 11 00 49 85 00 00 C3 04 9A A0 06 04 10 01 5E 9F 55 58", 133, 14, NodeIdWidth.Bits8)]
    [InlineData("01 12 00 49 87 00 00 00 C3 04 9A A0 06 04 10 01 5E 9F 55 59", 135, 15, NodeIdWidth.Bits16)]
    public void ApplicationUpdate_85_and_87_tell_who_wants_to_be_included(string frame, int status, int required, NodeIdWidth width)
    {
        var update = SerialAssert.FromModule<ApplicationUpdateRequest>(
            frame,
            $"updateStatus={status} nodeId=0 rxStatus=0 nwiHomeId='C3049AA0' basicDeviceClass=4 genericDeviceClass=16 "
            + "specificDeviceClass=1 commandClasses=[94,159,85]",
            required,
            width);
        Assert.Equal(new HomeId(0xC3049AA0), update.NwiHomeId);
    }

    [Fact]
    public void ApplicationUpdate_84_whose_length_points_beyond_the_end_is_truncated() =>
        SerialAssert.Refused<ApplicationUpdateRequest>("84 05 0B 04 10 01 5E 25 32 70 85 59 72", DecodeError.Truncated);
}
