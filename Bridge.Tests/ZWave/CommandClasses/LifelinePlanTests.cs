using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

/// <summary>The controller is node 1; a group is named by its reports in both classes.</summary>
public sealed class LifelinePlanTests
{
    [Theory]
    [InlineData(null, true, 4, true)]
    [InlineData(null, true, 3, true)]
    [InlineData(null, true, 2, false)] // endpoint 0 is not legal yet
    [InlineData(null, false, 1, false)]
    [InlineData(true, true, 2, true)]
    [InlineData(true, false, 1, false)] // cannot be insisted on where it is missing
    [InlineData(false, true, 4, false)]
    public void UsesMultiChannel_follows_the_rule_then_the_version(bool? rule, bool isSupported, byte version, bool expected) =>
        Assert.Equal(expected, LifelinePlan.UsesMultiChannel(new(1, rule), isSupported, version));

    [Fact]
    public void Association_joins_the_lifeline_of_a_node_with_that_class_only()
    {
        var node = new PlayedInterview().Supporting(AssociationCommandClass.Id, 2);
        node.Answers["85 05"] = "85 06 02";
        node.Answers["85 02 01"] = "85 03 01 05 00";
        Assert.Equal(["85 05", "85 02 01", "85 02 02", "85 01 01 01", "85 02 01"], node.Run(AssociationCommandClass.Definition));
    }

    [Fact]
    public void Association_leaves_a_lifeline_alone_that_holds_the_controller()
    {
        var node = new PlayedInterview().Supporting(AssociationCommandClass.Id, 2);
        node.Answers["85 05"] = "85 06 01";
        node.Answers["85 02 01"] = "85 03 01 05 00 07 01";
        Assert.Equal(["85 05", "85 02 01"], node.Run(AssociationCommandClass.Definition));
    }

    [Fact]
    public void Association_leaves_a_full_group_to_the_user()
    {
        // room for one, which is node 7
        var node = new PlayedInterview().Supporting(AssociationCommandClass.Id, 2);
        node.Answers["85 05"] = "85 06 01";
        node.Answers["85 02 01"] = "85 03 01 01 00 07";
        Assert.Equal(["85 05", "85 02 01"], node.Run(AssociationCommandClass.Definition));
    }

    [Fact]
    public void Association_joins_a_group_that_did_not_answer() =>
        Assert.Equal(
            ["85 05", "85 01 01 01", "85 02 01"],
            new PlayedInterview().Supporting(AssociationCommandClass.Id, 1).Run(AssociationCommandClass.Definition));

    [Fact]
    public void Association_joins_every_group_of_the_rules_that_exists()
    {
        var node = new PlayedInterview { Rules = [new(0), new(1), new(2), new(3)] }.Supporting(AssociationCommandClass.Id, 2);
        node.Answers["85 05"] = "85 06 02";
        Assert.Equal(
            ["85 01 01 01", "85 02 01", "85 01 02 01", "85 02 02"], node.Run(AssociationCommandClass.Definition).Skip(3));
    }

    [Fact]
    public void MultiChannelAssociation_joins_as_endpoint_0_and_Association_does_not()
    {
        var node = Both(version: 4, associationReport: "85 03 01 05 00", report: "8E 03 01 05 00");
        Assert.Equal(["8E 01 01 00 01 00", "8E 02 01"], Joining(node));
    }

    [Fact]
    public void MultiChannelAssociation_leaves_a_lifeline_alone_that_holds_endpoint_0() =>
        Assert.Empty(Joining(Both(version: 4, associationReport: "85 03 01 05 00", report: "8E 03 01 05 00 00 01 00")));

    [Fact]
    public void MultiChannelAssociation_leaves_an_endpoint_member_alone_that_Association_lists_too() =>
        Assert.Empty(Joining(Both(version: 4, associationReport: "85 03 01 05 00 01", report: "8E 03 01 05 00 00 01 00")));

    [Fact]
    public void MultiChannelAssociation_takes_the_plain_controller_out_first_even_of_a_full_group()
    {
        // room for one, which is the controller
        var node = Both(version: 4, associationReport: "85 03 01 01 00 01", report: "8E 03 01 01 00 01");
        Assert.Equal(["85 04 01 01", "8E 01 01 00 01 00", "8E 02 01", "85 02 01"], Joining(node));
    }

    [Fact]
    public void MultiChannelAssociation_ends_a_membership_of_both_kinds()
    {
        var node = Both(version: 4, associationReport: "85 03 01 05 00 01", report: "8E 03 01 05 00 01 00 01 00");
        Assert.Equal(["85 04 01 01", "8E 01 01 00 01 00", "8E 02 01", "85 02 01"], Joining(node));
    }

    [Fact]
    public void MultiChannelAssociation_takes_the_plain_controller_out_itself_when_Association_does_not_list_it()
    {
        var node = new PlayedInterview().Supporting(MultiChannelAssociationCommandClass.Id, 3);
        node.Answers["8E 05"] = "8E 06 01";
        node.Answers["8E 02 01"] = "8E 03 01 05 00 01";
        Assert.Equal(
            ["8E 05", "8E 02 01", "8E 04 01 01", "8E 01 01 00 01 00", "8E 02 01"],
            node.Run(MultiChannelAssociationCommandClass.Definition));
    }

    [Fact]
    public void MultiChannelAssociation_counts_nodes_and_endpoints_of_a_full_group() =>
        // room for two: node 7, and node 8 endpoint 1
        Assert.Empty(Joining(Both(version: 4, associationReport: "85 03 01 02 00 07", report: "8E 03 01 02 00 07 00 08 01")));

    [Fact]
    public void MultiChannelAssociation_never_removes_other_members() =>
        Assert.Equal(
            ["85 04 01 01", "8E 01 01 00 01 00", "8E 02 01", "85 02 01"],
            Joining(Both(version: 4, associationReport: "85 03 01 05 00 07 01", report: "8E 03 01 05 00 07 01 00 08 01")));

    [Fact]
    public void Association_joins_where_MultiChannelAssociation_is_too_old()
    {
        var node = Both(version: 2, associationReport: "85 03 01 05 00", report: "8E 03 01 05 00");
        Assert.Equal(["8E 02 01", "85 01 01 01", "85 02 01"], Joining(node));
    }

    [Fact]
    public void Association_ends_an_endpoint_membership_the_rules_no_longer_want()
    {
        // room for one, which is endpoint 0 of the controller; once it is out, the group has room
        var node = Both(new(1, MultiChannel: false), version: 4, associationReport: "85 03 01 01 00", report: "8E 03 01 01 00 00 01 00");
        node.AnswersOnce["8E 02 01"] = new(["8E 03 01 01 00 00 01 00", "8E 03 01 01 00"]);
        Assert.Equal(["8E 02 01", "8E 04 01 00 01 00", "8E 02 01", "85 01 01 01", "85 02 01"], Joining(node));
    }

    [Fact]
    public void A_controller_whose_id_does_not_fit_in_a_byte_joins_nothing()
    {
        var node = new PlayedInterview { Controller = new NodeId(256) }.Supporting(AssociationCommandClass.Id, 2);
        Assert.Equal(["85 05"], node.Run(AssociationCommandClass.Definition));
    }

    [Fact]
    public void Only_the_node_itself_is_joined_not_its_endpoints() =>
        Assert.All(
            new[] { AssociationCommandClass.Definition, MultiChannelAssociationCommandClass.Definition },
            static definition => Assert.True(definition.InterviewSteps[1].RootOnly));

    /// <summary>A node with both classes and one group, with these members.</summary>
    private static PlayedInterview Both(byte version, string associationReport, string report) =>
        Both(new(1), version, associationReport, report);

    private static PlayedInterview Both(LifelineRule rule, byte version, string associationReport, string report)
    {
        var node = new PlayedInterview { Rules = [rule] }
            .Supporting(AssociationCommandClass.Id, 2)
            .Supporting(MultiChannelAssociationCommandClass.Id, version);
        node.Answers["85 05"] = "85 06 01";
        node.Answers["85 02 01"] = associationReport;
        node.Answers["8E 05"] = "8E 06 01";
        node.Answers["8E 02 01"] = report;
        return node;
    }

    /// <summary>What the lifeline steps of both classes send; their groups are read just before, class by class.</summary>
    private static List<string> Joining(PlayedInterview node)
    {
        List<string> sent = [];
        foreach (var definition in new[] { AssociationCommandClass.Definition, MultiChannelAssociationCommandClass.Definition })
        {
            node.Run(definition.InterviewSteps[0]);
            var before = node.Sent.Count;
            node.Run(definition.InterviewSteps[1]);
            sent.AddRange(node.Sent.Skip(before));
        }

        return sent;
    }
}
