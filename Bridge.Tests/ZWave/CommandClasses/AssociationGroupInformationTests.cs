using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class AssociationGroupInformationTests
{
    // group 1, 8 bytes, "Lifeline"
    private const string LifelineName = "59 02 01 08 4C 69 66 65 6C 69 6E 65";

    // list mode, two groups: 1 lifeline, 2 control key 1
    private const string TwoGroups = "59 04 82 01 00 00 01 00 00 00 02 00 20 01 00 00 00";

    [Fact]
    public void AssociationGroupNameGet_names_the_group()
    {
        WireAssert.Command("59 01 01", new AssociationGroupNameGet(1), ignoresTrailing: true);
        Assert.Equal("groupingIdentifier=1", FieldText.Of("59 01 01"));
    }

    [Fact]
    public void AssociationGroupNameReport_is_a_counted_text()
    {
        WireAssert.RoundTrip<AssociationGroupNameReport>(LifelineName, ignoresTrailing: true);
        Assert.Equal("groupingIdentifier=1 name='Lifeline'", FieldText.Of(LifelineName));
        Assert.Equal(["0x59/groupName/1 = Lifeline"], CollectedValues.TextOf(LifelineName));
        Assert.Equal(LifelineName, WireAssert.Encode(new AssociationGroupNameReport(1, "Lifeline")));
    }

    [Theory]
    [InlineData("59 02 02 03 4F 6E 00", "On")] // ended with 00
    [InlineData("59 02 02 05 4F 6E 00 41 41", "On")]
    [InlineData("59 02 02 00", "")]
    [InlineData("59 02 02 03 4F C3 A9", "Oé")]
    [InlineData("59 02 02 02 4F FF", "O\uFFFD")] // not UTF-8
    public void AssociationGroupNameReport_name_ends_at_a_NUL(string hex, string name) =>
        Assert.Equal(name, WireAssert.RoundTrip<AssociationGroupNameReport>(hex).Name);

    [Fact]
    public void AssociationGroupNameReport_shorter_than_its_length_is_truncated() =>
        WireAssert.Refused("59 02 01 08 4C 69 66 65 6C 69 6E", DecodeError.Truncated);

    [Theory]
    [InlineData("59 03 00 01", false, false, 1)]
    [InlineData("59 03 40 00", false, true, 0)]
    [InlineData("59 03 80 02", true, false, 2)]
    public void AssociationGroupInfoGet_asks_for_one_group_or_all(string hex, bool refreshCache, bool listMode, byte group) =>
        WireAssert.Command(hex, new AssociationGroupInfoGet(refreshCache, listMode, group), ignoresTrailing: true);

    [Fact]
    public void AssociationGroupInfoGet_is_described_by_its_bits() =>
        Assert.Equal("refreshCache=false listMode=true groupingIdentifier=0", FieldText.Of("59 03 40 00"));

    [Fact]
    public void AssociationGroupInfoReport_tells_the_profile_of_each_group()
    {
        WireAssert.RoundTrip<AssociationGroupInfoReport>(TwoGroups, ignoresTrailing: true);
        Assert.Equal(
            "listMode=true dynamicInfo=false groups=[{groupingIdentifier=1 mode=0 profile=1 eventCode=0}"
            + " {groupingIdentifier=2 mode=0 profile=8193 eventCode=0}]",
            FieldText.Of(TwoGroups));
        Assert.Equal(["0x59/groupProfile/1 = 1", "0x59/groupProfile/2 = 8193"], CollectedValues.TextOf(TwoGroups));
    }

    [Fact]
    public void AssociationGroupInfoReport_may_be_dynamic_and_empty()
    {
        WireAssert.RoundTrip<AssociationGroupInfoReport>("59 04 40");
        Assert.Equal("listMode=false dynamicInfo=true groups=[]", FieldText.Of("59 04 40"));
    }

    [Fact]
    public void AssociationGroupInfoReport_reserved_byte_is_ignored_and_sent_as_zero() =>
        Assert.Equal(
            "59 04 01 01 00 00 01 00 00 00",
            WireAssert.Encode(WireAssert.Decode<AssociationGroupInfoReport>("59 04 01 01 00 00 01 AA 00 00")));

    [Theory]
    [InlineData("59 05 80 02", true)]
    [InlineData("59 05 00 02", false)]
    public void AssociationGroupCommandListGet_may_allow_a_cached_answer(string hex, bool allowCache) =>
        WireAssert.Command(hex, new AssociationGroupCommandListGet(allowCache, 2), ignoresTrailing: true);

    [Fact]
    public void AssociationGroupCommandListGet_is_described_by_its_bit() =>
        Assert.Equal("allowCache=true groupingIdentifier=2", FieldText.Of("59 05 80 02"));

    [Fact]
    public void AssociationGroupCommandListReport_lists_classes_and_commands()
    {
        // group 2 sends Basic Set
        WireAssert.RoundTrip<AssociationGroupCommandListReport>("59 06 02 02 20 01", ignoresTrailing: true);
        Assert.Equal("groupingIdentifier=2 commands=[{commandClass=32 command=1}]", FieldText.Of("59 06 02 02 20 01"));
        Assert.Equal(["0x59/groupCommands/2 = 8193"], CollectedValues.TextOf("59 06 02 02 20 01"));
    }

    [Fact]
    public void AssociationGroupCommandListReport_two_byte_classes_take_three_bytes()
    {
        // class F100 command 02, then Switch Binary Report
        WireAssert.RoundTrip<AssociationGroupCommandListReport>("59 06 01 05 F1 00 02 25 03");
        Assert.Equal(
            "groupingIdentifier=1 commands=[{commandClass=61696 command=2} {commandClass=37 command=3}]",
            FieldText.Of("59 06 01 05 F1 00 02 25 03"));
    }

    [Theory]
    [InlineData("59 06 02 03 20 01 25")]
    [InlineData("59 06 02 04 20 01 F1 00")]
    public void AssociationGroupCommandListReport_start_of_an_entry_at_the_end_is_ignored(string hex) =>
        Assert.Equal("59 06 02 02 20 01", WireAssert.Encode(WireAssert.Decode<AssociationGroupCommandListReport>(hex)));

    [Fact]
    public void AssociationGroupCommandListReport_of_a_silent_group_is_empty()
    {
        WireAssert.RoundTrip<AssociationGroupCommandListReport>("59 06 03 00");
        Assert.Equal(["0x59/groupCommands/3 = "], CollectedValues.TextOf("59 06 03 00"));
    }

    [Theory]
    [InlineData("59 01 01", 1)]
    [InlineData(LifelineName, 10)]
    [InlineData("59 03 40 00", 2)]
    [InlineData(TwoGroups, 15)]
    [InlineData("59 05 80 02", 2)]
    [InlineData("59 06 02 02 20 01", 4)]
    public void AssociationGroupInformation_commands_without_their_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);

    [Fact]
    public void Interview_asks_name_profile_and_commands_of_every_group()
    {
        var node = Node().Supporting(AssociationCommandClass.Id, 2);
        node.Answers["85 05"] = "85 06 02";
        node.Answers["59 01 01"] = LifelineName;
        node.Answers["59 03 00 02"] = TwoGroups; // all groups in answer to a question for one
        node.Answers["59 05 80 02"] = "59 06 02 02 20 01";
        Assert.Equal(
            ["85 05", "59 01 01", "59 03 00 01", "59 05 80 01", "59 01 02", "59 03 00 02", "59 05 80 02"],
            node.Run(AssociationGroupInformationCommandClass.Definition));
        Assert.Equal("Lifeline", node.Read(AssociationGroupInformationCommandClass.GroupName(1)).AsText);
        Assert.Equal(0x2001, node.Read(AssociationGroupInformationCommandClass.GroupProfile(2)).AsInteger);
        Assert.Equal([0x2001], node.Read(AssociationGroupInformationCommandClass.GroupCommands(2)).AsNumbers!);
    }

    [Fact]
    public void Interview_does_not_ask_again_how_many_groups_there_are()
    {
        var node = Node().Supporting(AssociationCommandClass.Id, 2);
        node.Answers["85 05"] = "85 06 01";
        node.Run(AssociationCommandClass.Definition.InterviewSteps[0]);
        node.Sent.Clear();
        Assert.Equal(["59 01 01", "59 03 00 01", "59 05 80 01"], node.Run(AssociationGroupInformationCommandClass.Definition));
    }

    [Fact]
    public void Interview_without_Association_counts_the_groups_of_MultiChannelAssociation()
    {
        var node = Node().Supporting(MultiChannelAssociationCommandClass.Id, 4);
        node.Answers["8E 05"] = "8E 06 01";
        Assert.Equal(["8E 05", "59 01 01", "59 03 00 01", "59 05 80 01"], node.Run(AssociationGroupInformationCommandClass.Definition));
    }

    [Fact]
    public void Interview_without_an_association_class_asks_nothing() =>
        Assert.Empty(Node().Run(AssociationGroupInformationCommandClass.Definition));

    [Fact]
    public void Interview_does_not_take_the_answer_of_another_group()
    {
        var node = Node().Supporting(AssociationCommandClass.Id, 2);
        node.Answers["85 05"] = "85 06 02";
        node.Answers["59 01 02"] = LifelineName;
        node.Answers["59 03 00 02"] = "59 04 01 01 00 00 01 00 00 00";
        node.Answers["59 05 80 02"] = "59 06 01 02 5A 01";
        node.Run(AssociationGroupInformationCommandClass.Definition);
        Assert.False(node.Read(AssociationGroupInformationCommandClass.GroupName(1)).IsKnown);
        Assert.False(node.Read(AssociationGroupInformationCommandClass.GroupProfile(1)).IsKnown);
        Assert.False(node.Read(AssociationGroupInformationCommandClass.GroupCommands(1)).IsKnown);
    }

    private static PlayedInterview Node() => new PlayedInterview().Supporting(AssociationGroupInformationCommandClass.Id, 3);
}
