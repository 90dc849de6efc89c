using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class MultiChannelEncapsulationTests
{
    [Theory]
    [InlineData("60 0D 00 03 25 02", 0, 3, "25 02")] // Get to endpoint 3
    [InlineData("60 0D 03 00 25 03 FF", 3, 0, "25 03 FF")] // its answer
    [InlineData("60 0D 05 03 25 02", 5, 3, "25 02")] // asked from endpoint 5
    [InlineData("60 0D 03 05 32 02 21 44 00 00 05 FD", 3, 5, "32 02 21 44 00 00 05 FD")]
    [InlineData("60 0D 00 02 6C 01 03 03 25 01 FF", 0, 2, "6C 01 03 03 25 01 FF")] // Supervision inside
    public void MultiChannelEncapsulation_carries_endpoints_and_command(string hex, byte source, byte destination, string inner)
    {
        var command = WireAssert.Decode<MultiChannelEncapsulation>(hex);
        Assert.Equal(new EndpointIndex(source), command.SourceEndPoint);
        Assert.Equal(new MultiChannelDestination(new EndpointIndex(destination)), command.Destination);
        Assert.Equal(inner, Hex.Spaced(command.Command.Span));
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Fact]
    public void MultiChannelEncapsulation_with_a_bit_address_names_several_endpoints()
    {
        // 85 = bits 0 and 2 = endpoints 1 and 3
        var command = WireAssert.Decode<MultiChannelEncapsulation>("60 0D 00 85 20 01 FF");
        Assert.True(command.Destination.IsBitAddress);
        Assert.Equal([1, 3], command.Destination.EndPoints);
        Assert.Equal(command.Destination, MultiChannelDestination.OfBits([1, 3]));
        Assert.Equal("60 0D 00 85 20 01 FF", Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Fact]
    public void MultiChannelEncapsulation_destination_83_is_not_endpoint_3() =>
        Assert.Equal([1, 2], WireAssert.Decode<MultiChannelEncapsulation>("60 0D 00 83 25 01 FF").Destination.EndPoints);

    [Theory]
    [InlineData(
        "60 0D 03 00 25 03 FF", "sourceEndPoint=3 bitAddress=false destinationEndPoint=0 encapsulated={currentValue=255 state='on'}")]
    [InlineData(
        "60 0D 00 85 25 01 FF", "sourceEndPoint=0 bitAddress=true destinationEndPoints=[1,3] encapsulated={targetValue=255 state='on'}")]
    [InlineData("60 0D 00 01 25 03", "Truncated")]
    [InlineData("60 06 01 25 03 FF", "instance=1 encapsulated={currentValue=255 state='on'}")]
    [InlineData("60 04 25", "requestedCommandClass=37")]
    [InlineData("60 05 25 02", "requestedCommandClass=37 instances=2")]
    [InlineData("60 08 40 03", "dynamic=false identical=true individualEndPoints=3")]
    [InlineData("60 08 40 03 01", "dynamic=false identical=true individualEndPoints=3 aggregatedEndPoints=1")]
    [InlineData("60 09 01", "endPoint=1")]
    [InlineData("60 0B FF FF", "genericDeviceClass=255 specificDeviceClass=255")]
    [InlineData("60 0C 00 FF FF 01 00 03", "reportsToFollow=0 genericDeviceClass=255 specificDeviceClass=255 endPoints=[1,3]")]
    [InlineData("60 0E 03", "aggregatedEndPoint=3")]
    public void MultiChannel_commands_are_described(string hex, string fields) => Assert.Equal(fields, FieldText.OrErrorOf(hex));

    [Fact]
    public void MultiInstanceGet_names_the_class() =>
        WireAssert.Command("60 04 25", new MultiInstanceGet(new(0x25)), ignoresTrailing: true);

    [Fact]
    public void MultiInstanceReport_counts_the_instances()
    {
        WireAssert.Command("60 05 25 02", new MultiInstanceReport(new(0x25), 2), ignoresTrailing: true);
        Assert.Equal(2, WireAssert.Decode<MultiInstanceReport>("60 05 25 82").Instances);
        var values = new CollectedValues();
        values.Add(new MultiInstanceReport(new(0x25), 2));
        Assert.Equal(Value.Of(2), values[MultiChannelCommandClass.Instances(new CommandClassId(0x25))]);
    }

    [Fact]
    public void MultiInstanceEncapsulation_carries_instance_and_command()
    {
        var command = WireAssert.Decode<MultiInstanceEncapsulation>("60 06 01 25 03 FF");
        Assert.Equal(new EndpointIndex(1), command.Instance);
        Assert.Equal("25 03 FF", Hex.Spaced(command.Command.Span));
        Assert.Equal("60 06 01 25 03 FF", Hex.Spaced(CommandCodec.Encode(command, new(1))));
    }

    [Fact]
    public void MultiInstanceEncapsulation_with_the_layout_of_version_2_is_understood() =>
        Assert.Equal("25 03 FF", Hex.Spaced(WireAssert.Decode<MultiInstanceEncapsulation>("60 06 01 00 25 03 FF").Command.Span));

    [Fact]
    public void MultiInstanceEncapsulation_of_a_lone_NoOperation_keeps_it() =>
        Assert.Equal("00", Hex.Spaced(WireAssert.Decode<MultiInstanceEncapsulation>("60 06 01 00").Command.Span));

    [Theory]
    // behind a No Operation anything may follow, which must not be taken for another command when it is read back
    [InlineData("60 06 1F 00 00 03", "00 00 03")]
    [InlineData("60 06 1F 00 00", "00 00")]
    public void MultiInstanceEncapsulation_of_a_NoOperation_with_more_behind_goes_both_ways(string hex, string command) =>
        Assert.Equal(command, Hex.Spaced(WireAssert.RoundTrip<MultiInstanceEncapsulation>(hex).Command.Span));
}
