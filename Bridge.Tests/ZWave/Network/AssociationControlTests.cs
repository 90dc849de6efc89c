using Bridge.ZWave;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

public sealed class AssociationControlTests
{
    [Theory]
    [InlineData("4", 4, null)]
    [InlineData("4.1", 4, 1)]
    [InlineData("232.127", 232, 127)]
    [InlineData("1.0", 1, 0)]
    public void Member_is_written_as_node_or_node_and_endpoint(string text, int node, int? endpoint)
    {
        Assert.True(AssociationMember.TryParse(text, out var member));
        Assert.Equal(new(new((ushort)node), endpoint is { } index ? new EndpointIndex((byte)index) : null), member);
        Assert.Equal(text, member.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("233")]
    [InlineData("4.")]
    [InlineData("4.128")]
    [InlineData("4.1.1")]
    [InlineData(" 4")]
    [InlineData("-4")]
    [InlineData("four")]
    public void Anything_else_is_no_member(string? text) => Assert.False(AssociationMember.TryParse(text, out _));

    [Fact]
    public async Task Groups_are_told_with_name_room_and_members()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"));
        var groups = await bench.Network.GetAssociationsAsync(new(2), EndpointIndex.Root);
        Assert.Equal([(1, "Lifeline", 5, "1.0"), (2, "Basic Set", 5, "")], groups.Select(Row));
    }

    [Fact]
    public async Task Plug_without_group_names_tells_numbers_and_nodes()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        Assert.Equal([(1, null, 1, "1")], (await bench.Network.GetAssociationsAsync(new(2), EndpointIndex.Root)).Select(Row));
    }

    [Fact]
    public async Task Nodes_go_through_association_and_endpoints_through_multi_channel_association()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"));
        var since = bench.Said(2).Length;
        var group = await bench.Network.ChangeAssociationsAsync(new(2), EndpointIndex.Root, 2, [Member("4"), Member("5.1"), Member("6.0")], []);
        Assert.Equal("4 5.1 6.0", Members(group));
        group = await bench.Network.ChangeAssociationsAsync(new(2), EndpointIndex.Root, 2, [], [Member("4"), Member("5.1")]);
        Assert.Equal("6.0", Members(group));
        Assert.Equal(
            // group 2: add node 4; add 5.1 and 6.0 behind the marker; remove them in the same way
            ["85 01 02 04", "8E 01 02 00 05 01 06 00", "85 04 02 04", "8E 04 02 00 05 01"],
            bench.Said(2, since).Where(static said => said[..5] is "85 01" or "85 04" or "8E 01" or "8E 04"));
    }

    [Fact]
    public async Task Full_group_ignores_a_member_and_the_result_says_so()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        Assert.Equal("1", Members(await bench.Network.ChangeAssociationsAsync(new(2), EndpointIndex.Root, 1, [Member("7")], [])));
        // first out, then in: the only place is free by then
        Assert.Equal("7", Members(await bench.Network.ChangeAssociationsAsync(new(2), EndpointIndex.Root, 1, [Member("7")], [Member("1")])));
    }

    [Theory]
    [InlineData(2, "7", ZWaveErrorCode.InvalidArgument)]
    [InlineData(0, "7", ZWaveErrorCode.InvalidArgument)]
    [InlineData(1, "7.1", ZWaveErrorCode.NotSupported)]
    public async Task What_the_plug_cannot_hold_is_refused_before_anything_is_changed(int group, string member, ZWaveErrorCode code)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        var error = await Assert.ThrowsAsync<ZWaveException>(
            () => bench.Network.ChangeAssociationsAsync(new(2), EndpointIndex.Root, group, [Member(member)], [Member("1")]));
        Assert.Equal(code, error.Code);
        Assert.Equal("1", Members(Assert.Single(await bench.Network.GetAssociationsAsync(new(2), EndpointIndex.Root))));
    }

    [Fact]
    public async Task Endpoint_without_groups_is_refused()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        Assert.Equal(3, (await bench.Network.GetAssociationsAsync(new(2), EndpointIndex.Root)).Count);
        Assert.Equal(ZWaveErrorCode.NotSupported, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.GetAssociationsAsync(new(2), new(1)))).Code);
        Assert.Equal(ZWaveErrorCode.InvalidArgument, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.GetAssociationsAsync(new(2), new(9)))).Code);
    }

    private static AssociationMember Member(string text) => AssociationMember.TryParse(text, out var member) ? member : throw new ArgumentException(text, nameof(text));

    private static string Members(AssociationGroup group) => string.Join(' ', group.Members);

    private static (int, string?, int?, string) Row(AssociationGroup group) => (group.Number, group.Name, group.MaximumMembers, Members(group));
}
