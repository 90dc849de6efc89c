using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class MultiChannelAssociationTests
{
    [Fact]
    public void MultiChannelAssociationSet_names_node_and_endpoint_behind_the_marker()
    {
        // group 1: node 1 endpoint 0
        WireAssert.RoundTrip<MultiChannelAssociationSet>("8E 01 01 00 01 00");
        Assert.Equal(
            "groupingIdentifier=1 nodeIds=[] multiChannelNodeIds=[{nodeId=1 bitAddress=false endPoint=0}]",
            FieldText.Of("8E 01 01 00 01 00"));
    }

    [Fact]
    public void MultiChannelAssociationSet_without_endpoints_has_no_marker()
    {
        WireAssert.RoundTrip<MultiChannelAssociationSet>("8E 01 01 02 03");
        Assert.Equal("groupingIdentifier=1 nodeIds=[2,3] multiChannelNodeIds=[]", FieldText.Of("8E 01 01 02 03"));
    }

    [Fact]
    public void MultiChannelAssociationSet_reads_a_bit_address_as_a_list_of_endpoints()
    {
        // node 3, mask 05 = endpoints 1 and 3
        WireAssert.RoundTrip<MultiChannelAssociationSet>("8E 01 01 00 03 85");
        Assert.Equal(
            "groupingIdentifier=1 nodeIds=[] multiChannelNodeIds=[{nodeId=3 bitAddress=true endPoints=[1,3]}]",
            FieldText.Of("8E 01 01 00 03 85"));
    }

    [Theory]
    [InlineData("8E 01 01 02 00")] // a marker without pairs
    [InlineData("8E 01 01 02 00 03")] // and with half a pair
    public void MultiChannelAssociationSet_marker_without_a_pair_is_ignored(string hex)
    {
        Assert.Equal("groupingIdentifier=1 nodeIds=[2] multiChannelNodeIds=[]", FieldText.Of(hex));
        Assert.Equal("8E 01 01 02", WireAssert.Encode(WireAssert.Decode<MultiChannelAssociationSet>(hex)));
    }

    [Fact]
    public void MultiChannelAssociationSet_single_byte_after_the_last_pair_is_ignored() =>
        Assert.Equal("8E 01 01 00 03 01", WireAssert.Encode(WireAssert.Decode<MultiChannelAssociationSet>("8E 01 01 00 03 01 04")));

    [Fact]
    public void MultiChannelAssociationGet_names_the_group()
    {
        WireAssert.Command("8E 02 01", new MultiChannelAssociationGet(1), ignoresTrailing: true);
        Assert.Equal("groupingIdentifier=1", FieldText.Of("8E 02 01"));
    }

    [Fact]
    public void MultiChannelAssociationReport_tells_nodes_endpoints_and_room()
    {
        // group 1, room for 5, last report, node 2, then node 3 endpoint 1
        WireAssert.RoundTrip<MultiChannelAssociationReport>("8E 03 01 05 00 02 00 03 01");
        Assert.Equal(
            "groupingIdentifier=1 maxNodesSupported=5 reportsToFollow=0 nodeIds=[2]"
            + " multiChannelNodeIds=[{nodeId=3 bitAddress=false endPoint=1}]",
            FieldText.Of("8E 03 01 05 00 02 00 03 01"));
        Assert.Equal(
            ["0x8E/members/1 = 2", "0x8E/endpointMembers/1 = 769", "0x8E/maximumMembers/1 = 5"],
            CollectedValues.TextOf("8E 03 01 05 00 02 00 03 01"));
    }

    [Fact]
    public void MultiChannelAssociationReport_tells_a_bit_address_with_its_bit() =>
        // 03 85 = 901
        Assert.Contains("0x8E/endpointMembers/1 = 901", CollectedValues.TextOf("8E 03 01 05 00 00 03 85"));

    [Fact]
    public void MultiChannelAssociationReport_of_an_empty_group_tells_empty_lists() =>
        Assert.Equal(
            ["0x8E/members/1 = ", "0x8E/endpointMembers/1 = ", "0x8E/maximumMembers/1 = 5"], CollectedValues.TextOf("8E 03 01 05 00"));

    [Fact]
    public void MultiChannelAssociationReport_joins_nodes_and_endpoints_of_earlier_frames()
    {
        var first = WireAssert.Decode<MultiChannelAssociationReport>("8E 03 01 05 01 02 00 03 01");
        var last = WireAssert.Decode<MultiChannelAssociationReport>("8E 03 01 05 00 04 00 03 02");
        Assert.Equal((1, 1), (first.PartKey, first.ReportsToFollow));
        Assert.Equal("8E 03 01 05 00 02 04 00 03 01 03 02", WireAssert.Encode(last.JoinAfter(first)));
    }

    [Fact]
    public void MultiChannelAssociationReport_joined_without_end_stops_growing()
    {
        var part = new MultiChannelAssociationReport(1, 5, ReportsToFollow: 1, new byte[40], new EndpointDestination[40]);
        var joined = part;
        for (var frame = 0; frame < 20; frame++) joined = Assert.IsType<MultiChannelAssociationReport>(part.JoinAfter(joined));
        Assert.Equal((255, 255), (joined.NodeIds.Length, joined.Endpoints.Length));
    }

    [Theory]
    [InlineData("8E 04 01 00 03 01", "groupingIdentifier=1 nodeIds=[] multiChannelNodeIds=[{nodeId=3 bitAddress=false endPoint=1}]")]
    [InlineData("8E 04 00", "groupingIdentifier=0 nodeIds=[] multiChannelNodeIds=[]")] // everything
    [InlineData("8E 04 02 07", "groupingIdentifier=2 nodeIds=[7] multiChannelNodeIds=[]")]
    public void MultiChannelAssociationRemove_takes_members_out(string hex, string fields)
    {
        WireAssert.RoundTrip<MultiChannelAssociationRemove>(hex);
        Assert.Equal(fields, FieldText.Of(hex));
    }

    [Fact]
    public void MultiChannelAssociationGroupingsGet_has_no_parameters() =>
        WireAssert.Command("8E 05", new MultiChannelAssociationGroupingsGet(), ignoresTrailing: true);

    [Fact]
    public void MultiChannelAssociationGroupingsReport_tells_the_number_of_groups()
    {
        WireAssert.Command("8E 06 02", new MultiChannelAssociationGroupingsReport(2), ignoresTrailing: true);
        Assert.Equal("supportedGroupings=2", FieldText.Of("8E 06 02"));
        Assert.Equal(["0x8E/groupCount = 2"], CollectedValues.TextOf("8E 06 02"));
    }

    [Theory]
    [InlineData("8E 01 01", 1)]
    [InlineData("8E 02 01", 1)]
    [InlineData("8E 03 01 05 00", 3)]
    [InlineData("8E 04 01", 1)]
    [InlineData("8E 06 02", 1)]
    public void MultiChannelAssociation_commands_without_their_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);

    [Fact]
    public void Interview_reads_every_group()
    {
        var node = new PlayedInterview().Supporting(MultiChannelAssociationCommandClass.Id, 4);
        node.Answers["8E 05"] = "8E 06 02";
        node.Answers["8E 02 01"] = "8E 03 01 05 00 02";
        node.Answers["8E 02 02"] = "8E 03 01 05 00 02"; // the answer of another group
        Assert.Equal(["8E 05", "8E 02 01", "8E 02 02"], node.Run(MultiChannelAssociationCommandClass.Definition.InterviewSteps[0]));
        Assert.Equal([2], node.Read(MultiChannelAssociationCommandClass.Members(1)).AsNumbers!);
        Assert.False(node.Read(MultiChannelAssociationCommandClass.Members(2)).IsKnown);
    }

    [Fact]
    public void Interview_of_255_groups_ends()
    {
        var node = new PlayedInterview().Supporting(MultiChannelAssociationCommandClass.Id, 4);
        node.Answers["8E 05"] = "8E 06 FF";
        Assert.Equal(256, node.Run(MultiChannelAssociationCommandClass.Definition.InterviewSteps[0]).Count);
    }
}
