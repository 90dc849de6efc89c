using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class AssociationTests
{
    [Fact]
    public void AssociationSet_adds_nodes_to_a_group()
    {
        // group 1: node 1
        WireAssert.RoundTrip<AssociationSet>("85 01 01 01");
        Assert.Equal("groupingIdentifier=1 nodeIds=[1]", FieldText.Of("85 01 01 01"));
        Assert.Equal("85 01 02 01 07", WireAssert.Encode(new AssociationSet(2, [1, 7])));
    }

    [Fact]
    public void AssociationSet_without_nodes_adds_none()
    {
        WireAssert.RoundTrip<AssociationSet>("85 01 01");
        Assert.Equal("groupingIdentifier=1 nodeIds=[]", FieldText.Of("85 01 01"));
    }

    [Fact]
    public void AssociationGet_names_the_group()
    {
        WireAssert.Command("85 02 01", new AssociationGet(1), ignoresTrailing: true);
        Assert.Equal("groupingIdentifier=1", FieldText.Of("85 02 01"));
    }

    [Fact]
    public void AssociationReport_tells_members_and_room()
    {
        // group 1, room for 5, last report, node 1
        WireAssert.RoundTrip<AssociationReport>("85 03 01 05 00 01");
        Assert.Equal("groupingIdentifier=1 maxNodesSupported=5 reportsToFollow=0 nodeIds=[1]", FieldText.Of("85 03 01 05 00 01"));
        Assert.Equal(["0x85/members/1 = 1", "0x85/maximumMembers/1 = 5"], CollectedValues.TextOf("85 03 01 05 00 01"));
    }

    [Fact]
    public void AssociationReport_of_an_empty_group_tells_an_empty_list()
    {
        WireAssert.RoundTrip<AssociationReport>("85 03 02 05 00");
        Assert.Equal(["0x85/members/2 = ", "0x85/maximumMembers/2 = 5"], CollectedValues.TextOf("85 03 02 05 00"));
    }

    [Fact]
    public void AssociationReport_joins_the_members_of_earlier_frames()
    {
        // group 1: nodes 1 and 2, one report to follow; then node 3
        var first = WireAssert.Decode<AssociationReport>("85 03 01 05 01 01 02");
        var last = WireAssert.Decode<AssociationReport>("85 03 01 05 00 03");
        Assert.Equal((1, 1), (first.PartKey, first.ReportsToFollow));
        Assert.Equal("85 03 01 05 00 01 02 03", WireAssert.Encode(last.JoinAfter(first)));
    }

    [Fact]
    public void AssociationReport_of_another_group_has_another_part_key() =>
        Assert.NotEqual(
            WireAssert.Decode<AssociationReport>("85 03 01 05 01 01").PartKey,
            WireAssert.Decode<AssociationReport>("85 03 02 05 00 01").PartKey);

    [Fact]
    public void AssociationReport_joined_without_end_stops_growing()
    {
        var part = new AssociationReport(1, 5, ReportsToFollow: 1, new byte[40]);
        var joined = part;
        for (var frame = 0; frame < 20; frame++) joined = Assert.IsType<AssociationReport>(part.JoinAfter(joined));
        Assert.Equal(255, joined.NodeIds.Length);
    }

    [Theory]
    [InlineData("85 04 01 01", "groupingIdentifier=1 nodeIds=[1]")]
    [InlineData("85 04 01", "groupingIdentifier=1 nodeIds=[]")] // every node of the group
    [InlineData("85 04 00", "groupingIdentifier=0 nodeIds=[]")] // every node of every group
    public void AssociationRemove_takes_nodes_out(string hex, string fields)
    {
        WireAssert.RoundTrip<AssociationRemove>(hex);
        Assert.Equal(fields, FieldText.Of(hex));
    }

    [Fact]
    public void AssociationGroupingsGet_has_no_parameters() =>
        WireAssert.Command("85 05", new AssociationGroupingsGet(), ignoresTrailing: true);

    [Fact]
    public void AssociationGroupingsReport_tells_the_number_of_groups()
    {
        WireAssert.Command("85 06 02", new AssociationGroupingsReport(2), ignoresTrailing: true);
        Assert.Equal("supportedGroupings=2", FieldText.Of("85 06 02"));
        Assert.Equal(["0x85/groupCount = 2"], CollectedValues.TextOf("85 06 02"));
    }

    [Fact]
    public void AssociationSpecificGroupGet_has_no_parameters() =>
        WireAssert.Command("85 0B", new AssociationSpecificGroupGet(), ignoresTrailing: true);

    [Fact]
    public void AssociationSpecificGroupReport_names_the_group()
    {
        WireAssert.Command("85 0C 00", new AssociationSpecificGroupReport(0), ignoresTrailing: true);
        Assert.Equal("group=0", FieldText.Of("85 0C 00"));
    }

    [Theory]
    [InlineData("85 01 01", 1)]
    [InlineData("85 02 01", 1)]
    [InlineData("85 03 01 05 00", 3)]
    [InlineData("85 04 01", 1)]
    [InlineData("85 06 02", 1)]
    [InlineData("85 0C 00", 1)]
    public void Association_commands_without_their_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);

    [Fact]
    public void Interview_reads_every_group()
    {
        var node = Node();
        node.Answers["85 05"] = "85 06 03";
        Assert.Equal(["85 05", "85 02 01", "85 02 02", "85 02 03"], node.Run(AssociationCommandClass.Definition.InterviewSteps[0]));
    }

    [Fact]
    public void Interview_of_255_groups_ends()
    {
        var node = Node();
        node.Answers["85 05"] = "85 06 FF";
        Assert.Equal(256, node.Run(AssociationCommandClass.Definition.InterviewSteps[0]).Count);
    }

    [Fact]
    public void Interview_does_not_take_the_answer_of_another_group()
    {
        var node = Node();
        node.Answers["85 05"] = "85 06 02";
        node.Answers["85 02 02"] = "85 03 01 05 00 01";
        node.Run(AssociationCommandClass.Definition.InterviewSteps[0]);
        Assert.False(node.Read(AssociationCommandClass.Members(1)).IsKnown);
        Assert.False(node.Read(AssociationCommandClass.Members(2)).IsKnown);
    }

    private static PlayedInterview Node() => new PlayedInterview().Supporting(AssociationCommandClass.Id, 2);
}
