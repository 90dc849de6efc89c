using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class MultiChannelTests
{
    [Fact]
    public void EndPointGet_has_no_parameters() => WireAssert.Command("60 07", new MultiChannelEndPointGet());

    [Fact]
    public void EndPointReport_of_version_2_counts_the_individual_endpoints() =>
        // 40 = identical, three endpoints
        WireAssert.Command("60 08 40 03", new MultiChannelEndPointReport(IsDynamic: false, IsIdentical: true, 3));

    [Fact]
    public void EndPointReport_of_version_4_counts_the_aggregated_endpoints_too() =>
        // 80 = dynamic, three individual and one aggregated
        WireAssert.Command(
            "60 08 80 03 01", new MultiChannelEndPointReport(IsDynamic: true, IsIdentical: false, 3, 1), version: 4, ignoresTrailing: true);

    [Fact]
    public void EndPointReport_for_a_version_3_node_leaves_the_aggregated_endpoints_out() =>
        Assert.Equal("60 08 00 03", Hex.Spaced(CommandCodec.Encode(new MultiChannelEndPointReport(false, false, 3, 1), new(3))));

    [Fact]
    public void EndPointReport_reserved_bits_are_ignored() =>
        Assert.Equal(new MultiChannelEndPointReport(false, true, 3, 2), WireAssert.Decode<MultiChannelEndPointReport>("60 08 7F 83 82"));

    [Fact]
    public void CapabilityGet_names_the_endpoint() =>
        WireAssert.Command("60 09 01", new MultiChannelCapabilityGet(new(1)), ignoresTrailing: true);

    [Fact]
    public void CapabilityReport_tells_device_class_and_classes()
    {
        // endpoint 1, generic 10 (binary switch), specific 01, classes 25 20 32
        var report = WireAssert.Decode<MultiChannelCapabilityReport>("60 0A 01 10 01 25 20 32");
        Assert.Equal(new EndpointIndex(1), report.EndPoint);
        Assert.False(report.IsDynamic);
        Assert.Equal((0x10, 0x01), (report.GenericDeviceClass, report.SpecificDeviceClass));
        Assert.Equal([0x25, 0x20, 0x32], report.CommandClasses.Select(id => (int)id.Value));
        Assert.Equal("60 0A 01 10 01 25 20 32", Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
        Assert.Equal(
            "endPoint=1 dynamic=false genericDeviceClass=16 specificDeviceClass=1 commandClasses=[37,32,50]",
            FieldText.Of("60 0A 01 10 01 25 20 32"));
    }

    [Fact]
    public void CapabilityReport_of_a_dynamic_endpoint_with_generic_FF_means_removed()
    {
        var report = WireAssert.Decode<MultiChannelCapabilityReport>("60 0A 82 FF 00");
        Assert.True(report.IsRemoved);
        Assert.Empty(report.CommandClasses);
        Assert.False(WireAssert.Decode<MultiChannelCapabilityReport>("60 0A 02 FF 00").IsRemoved);
    }

    [Fact]
    public void EndPointFind_asks_for_a_device_class() =>
        WireAssert.Command(
            "60 0B FF FF", new MultiChannelEndPointFind(MultiChannelEndPointFind.Any, MultiChannelEndPointFind.Any), ignoresTrailing: true);

    [Fact]
    public void EndPointFindReport_lists_endpoints()
    {
        var report = WireAssert.Decode<MultiChannelEndPointFindReport>("60 0C 00 FF FF 01 02 03");
        Assert.Equal([1, 2, 3], report.EndPoints.Select(endPoint => (int)endPoint.Value));
        Assert.Equal("60 0C 00 FF FF 01 02 03", Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
    }

    [Fact]
    public void EndPointFindReport_with_endpoint_0_found_nothing()
    {
        var report = WireAssert.Decode<MultiChannelEndPointFindReport>("60 0C 00 10 01 00");
        Assert.Empty(report.EndPoints);
        Assert.Equal("60 0C 00 10 01 00", Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
    }

    [Fact]
    public void EndPointFindReport_parts_are_joined_in_order()
    {
        var first = WireAssert.Decode<MultiChannelEndPointFindReport>("60 0C 01 FF FF 01 02");
        var last = WireAssert.Decode<MultiChannelEndPointFindReport>("60 0C 00 FF FF 03");
        Assert.Equal(first.PartKey, last.PartKey);
        var joined = Assert.IsType<MultiChannelEndPointFindReport>(last.JoinAfter(first));
        Assert.Equal([1, 2, 3], joined.EndPoints.Select(endPoint => (int)endPoint.Value));
        Assert.Equal(0, joined.ReportsToFollow);
    }

    [Fact]
    public void AggregatedMembersGet_names_the_endpoint() =>
        WireAssert.Command("60 0E 03", new MultiChannelAggregatedMembersGet(new(3)), ignoresTrailing: true);

    [Fact]
    public void AggregatedMembersReport_lists_the_members()
    {
        // endpoint 3 = 1 mask byte 03 = endpoints 1 and 2
        var report = WireAssert.Decode<MultiChannelAggregatedMembersReport>("60 0F 03 01 03");
        Assert.Equal([1, 2], report.Members);
        Assert.Equal("60 0F 03 01 03", Hex.Spaced(CommandCodec.Encode(report, CodecContext.Newest)));
        Assert.Equal("aggregatedEndPoint=3 members=[1,2]", FieldText.Of("60 0F 03 01 03"));
    }

    [Theory]
    [InlineData("60 0F 03 02 03")] // two mask bytes announced, one there
    [InlineData("60 0F 03")]
    public void AggregatedMembersReport_with_a_missing_mask_is_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Theory]
    [InlineData("60 08 40 03", 2)]
    [InlineData("60 09 01", 1)]
    [InlineData("60 0A 01 10 01", 3)]
    [InlineData("60 0B FF FF", 2)]
    [InlineData("60 0C 00 FF FF", 3)]
    [InlineData("60 0E 03", 1)]
    [InlineData("60 0F 03 01 03", 3)]
    [InlineData("60 0D 00 03 25 02", 3)]
    [InlineData("60 04 25", 1)]
    [InlineData("60 05 25 02", 2)]
    [InlineData("60 06 01 25 03 FF", 2)]
    public void MultiChannel_commands_without_their_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);

    [Fact]
    public void EndPointReport_gives_counts_and_flags()
    {
        var values = new CollectedValues();
        values.Add(new MultiChannelEndPointReport(IsDynamic: true, IsIdentical: false, 2, 1));
        Assert.Equal(Value.Of(2), values[MultiChannelCommandClass.EndpointCount]);
        Assert.Equal(Value.Of(1), values[MultiChannelCommandClass.AggregatedCount]);
        Assert.Equal(Value.Of(false), values[MultiChannelCommandClass.IsIdentical]);
        Assert.Equal(Value.Of(true), values[MultiChannelCommandClass.IsDynamic]);
    }

    [Fact]
    public void CapabilityReport_gives_the_classes_of_its_endpoint_only()
    {
        var values = new CollectedValues();
        values.Add(WireAssert.Decode<MultiChannelCapabilityReport>("60 0A 02 10 01 25 32"));
        Assert.Equal(Value.Of([0x25, 0x32]), values[MultiChannelCommandClass.EndpointClasses(new(2))]);
        Assert.Equal(Value.Of(0x10), values[MultiChannelCommandClass.EndpointGeneric(new(2))]);
        Assert.Equal(Value.Of(0x01), values[MultiChannelCommandClass.EndpointSpecific(new(2))]);
        Assert.Equal(3, values.Count);
    }

    [Fact]
    public void CapabilityReport_of_identical_endpoints_is_stored_for_all_of_them()
    {
        var values = new CollectedValues();
        values.Add(new MultiChannelEndPointReport(IsDynamic: false, IsIdentical: true, 3, 1));
        values.Add(WireAssert.Decode<MultiChannelCapabilityReport>("60 0A 01 10 01 25 32"));
        Assert.Equal(Value.Of([0x25, 0x32]), values[MultiChannelCommandClass.EndpointClasses(new(3))]);
        Assert.Equal(Value.Of(0x10), values[MultiChannelCommandClass.EndpointGeneric(new(2))]);
        // the aggregated endpoint 4 is something else
        Assert.Equal(Value.Unknown, values[MultiChannelCommandClass.EndpointClasses(new(4))]);
    }

    [Fact]
    public void CapabilityReport_of_a_removed_endpoint_makes_its_values_unknown()
    {
        var values = new CollectedValues();
        values.Add(WireAssert.Decode<MultiChannelCapabilityReport>("60 0A 82 10 01 25"));
        values.Add(WireAssert.Decode<MultiChannelCapabilityReport>("60 0A 82 FF 00"));
        Assert.Equal(Value.Unknown, values[MultiChannelCommandClass.EndpointClasses(new(2))]);
    }

    [Fact]
    public void AggregatedMembersReport_gives_the_members()
    {
        var values = new CollectedValues();
        values.Add(WireAssert.Decode<MultiChannelAggregatedMembersReport>("60 0F 03 01 03"));
        Assert.Equal(Value.Of([1, 2]), values[MultiChannelCommandClass.Members(new(3))]);
    }
}
