using Bridge.ZWave;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>Exclusion as the module and the user see it.</summary>
public sealed class ExclusionTests
{
    [Theory]
    [InlineData(6)]
    // some firmware ends with it
    [InlineData(5)]
    public async Task A_node_whose_button_is_pushed_leaves_with_everything_known_of_it(byte last)
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        var id = await OpenAsync(rig);
        await rig.SayAsync(0x4B, id, 2);
        await rig.SayAsync(0x4B, id, 3, 5, "03 04 10 01");
        await rig.SayAsync(0x4B, id, last);
        Assert.Equal(0, await rig.ExpectAsync("4B 05"));
        Assert.Equal(new NodeId(5), (await rig.UntilAsync<NodeExcluded>()).Node);
        Assert.Contains(new(5), rig.Probe.Removed);
        Assert.False(await rig.IsShownAsync(5));
        Assert.Equal([typeof(ExclusionStarted), typeof(NodeFound), typeof(NodeExcluded)], rig.Events.Select(static news => news.GetType()));
    }

    [Fact]
    public async Task A_node_that_is_named_at_the_end_only_leaves_as_well()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        var id = await OpenAsync(rig);
        await rig.SayAsync(0x4B, id, 2);
        await rig.SayAsync(0x4B, id, 6, 5);
        await rig.ExpectAsync("4B 05");
        Assert.Equal(new NodeId(5), (await rig.UntilAsync<NodeExcluded>()).Node);
    }

    [Fact]
    public async Task A_node_of_another_network_takes_none_of_ours_with_it()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        var id = await OpenAsync(rig);
        await rig.SayAsync(0x4B, id, 2);
        await rig.SayAsync(0x4B, id, 3, 0, "03 04 10 01");
        await rig.SayAsync(0x4B, id, 6);
        await rig.ExpectAsync("4B 05");
        Assert.Equal(NodeId.None, (await rig.UntilAsync<NodeExcluded>()).Node);
        Assert.True(await rig.IsShownAsync(5));
        Assert.Empty(rig.Probe.Removed);
    }

    [Fact]
    public async Task When_nobody_comes_the_module_is_told_to_stop()
    {
        await using var rig = await InclusionRig.StartAsync();
        await OpenAsync(rig);
        await rig.Time.ElapseAsync(45_000);
        await rig.SayAsync(0x4B, await rig.ExpectAsync("4B 05"), 6);
        Assert.Equal(0, await rig.ExpectAsync("4B 05"));
        Assert.Equal("no node came in time", (await rig.UntilAsync<ExclusionStopped>()).Reason);
    }

    [Fact]
    public async Task A_user_may_stop_waiting_also_with_firmware_that_does_not_answer_that()
    {
        await using var rig = await InclusionRig.StartAsync();
        await OpenAsync(rig);
        Assert.True(await rig.Inclusion.StopAsync());
        await rig.ExpectAsync("4B 05");
        await rig.Time.ElapseAsync(10_000);
        Assert.Equal(0, await rig.ExpectAsync("4B 05"));
        Assert.Equal("stopped", (await rig.UntilAsync<ExclusionStopped>()).Reason);
    }

    [Fact]
    public async Task A_node_that_was_found_but_not_removed_within_fourteen_seconds_stays()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        var id = await OpenAsync(rig);
        await rig.SayAsync(0x4B, id, 2);
        await rig.UntilAsync<NodeFound>();
        await rig.Time.ElapseAsync(14_000);
        await rig.SayAsync(0x4B, await rig.ExpectAsync("4B 05"), 6);
        await rig.ExpectAsync("4B 05");
        await rig.UntilAsync<InclusionFailed>();
        Assert.True(await rig.IsShownAsync(5));
    }

    [Fact]
    public async Task A_failure_of_the_module_ends_it_with_an_event()
    {
        await using var rig = await InclusionRig.StartAsync();
        var id = await OpenAsync(rig);
        await rig.SayAsync(0x4B, id, 7);
        Assert.Equal(0, await rig.ExpectAsync("4B 05"));
        Assert.Equal(InclusionActivity.Excluding, (await rig.UntilAsync<InclusionFailed>()).Activity);
        // and the next may begin
        await OpenAsync(rig);
    }

    [Fact]
    public async Task A_module_that_is_not_there_is_not_asked()
    {
        await using var rig = await InclusionRig.StartAsync();
        rig.Pull();
        await rig.Probe.UntilAsync(() => rig.Probe.Statuses[^1] == Bridge.ZWave.Network.ControllerStatus.Unplugged, "unplugged");
        var refused = await Assert.ThrowsAsync<ZWaveException>(() => rig.Inclusion.StartExclusionAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(ZWaveErrorCode.NotReady, refused.Code);
    }

    private static async Task<byte> OpenAsync(InclusionRig rig)
    {
        var start = rig.Inclusion.StartExclusionAsync(TimeSpan.FromSeconds(45));
        var id = await rig.ExpectAsync("4B C1");
        await rig.SayAsync(0x4B, id, 1);
        await start;
        return id;
    }
}
