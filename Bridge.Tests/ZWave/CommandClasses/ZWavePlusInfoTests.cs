using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class ZWavePlusInfoTests
{
    [Fact]
    public void ZWavePlusInfoGet_has_no_parameters() => WireAssert.Command("5E 01", new ZWavePlusInfoGet(), ignoresTrailing: true);

    [Fact]
    public void ZWavePlusInfoReport_of_version_2_tells_role_and_icons()
    {
        // Z-Wave Plus version 2, always on end node, ordinary node, installer icon 0700, user icon 0701
        WireAssert.Command(
            "5E 02 02 05 00 07 00 07 01",
            new ZWavePlusInfoReport(2, ZWavePlusRoleType.AlwaysOnEndNode, ZWavePlusNodeType.Node, 0x0700, 0x0701),
            version: 2,
            ignoresTrailing: true);
        Assert.Equal(
            "zWavePlusVersion=2 roleType=5 nodeType=0 installerIconType=1792 userIconType=1793",
            FieldText.Of("5E 02 02 05 00 07 00 07 01"));
    }

    [Fact]
    public void ZWavePlusInfoReport_of_version_1_has_no_icons()
    {
        WireAssert.Command(
            "5E 02 01 05 00", new ZWavePlusInfoReport(1, ZWavePlusRoleType.AlwaysOnEndNode, ZWavePlusNodeType.Node), version: 1);
        Assert.Equal("zWavePlusVersion=1 roleType=5 nodeType=0", FieldText.Of("5E 02 01 05 00"));
    }

    [Fact]
    public void ZWavePlusInfoReport_for_a_version_1_node_leaves_the_icons_out() =>
        Assert.Equal(
            "5E 02 02 07 02",
            WireAssert.Encode(
                new ZWavePlusInfoReport(2, ZWavePlusRoleType.SleepingListeningEndNode, ZWavePlusNodeType.IpGateway, 0x0700, 0x0701),
                version: 1));

    [Fact]
    public void ZWavePlusInfoReport_with_one_icon_only_keeps_it() =>
        WireAssert.Command(
            "5E 02 02 05 00 07 00", new ZWavePlusInfoReport(2, ZWavePlusRoleType.AlwaysOnEndNode, ZWavePlusNodeType.Node, 0x0700));

    [Fact]
    public void ZWavePlusInfoReport_with_an_unknown_role_keeps_the_number() =>
        Assert.Equal((ZWavePlusRoleType)0x2A, WireAssert.RoundTrip<ZWavePlusInfoReport>("5E 02 02 2A 05 07 00 07 01").RoleType);

    [Fact]
    public void ZWavePlusInfoReport_tells_its_values() =>
        Assert.Equal(
            [
                "0x5E/plusVersion = 2",
                "0x5E/roleType = 5",
                "0x5E/nodeType = 0",
                "0x5E/installerIconType = 1792",
                "0x5E/userIconType = 1793",
            ],
            CollectedValues.TextOf("5E 02 02 05 00 07 00 07 01"));

    [Fact]
    public void ZWavePlusInfoReport_without_icons_tells_none() =>
        Assert.Equal(
            ["0x5E/plusVersion = 1", "0x5E/roleType = 5", "0x5E/nodeType = 0"], CollectedValues.TextOf("5E 02 01 05 00"));

    [Fact]
    public void ZWavePlusInfoReport_below_three_bytes_is_truncated() => WireAssert.TruncatedBelow("5E 02 02 05 00", required: 3);

    [Fact]
    public void Interview_asks_first_of_all_and_only_of_the_node()
    {
        var step = Assert.Single(ZWavePlusInfoCommandClass.Definition.InterviewSteps);
        Assert.Equal(InterviewPhase.Identity, step.Phase);
        Assert.True(step.RootOnly);
        Assert.Equal(["5E 01"], new PlayedInterview().Supporting(ZWavePlusInfoCommandClass.Id, 2).Run(step));
    }
}
