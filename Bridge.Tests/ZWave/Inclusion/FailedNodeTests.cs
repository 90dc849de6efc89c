using Bridge.ZWave;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>Nodes that are gone: removed or replaced without their button, or by themselves after they were reset.</summary>
public sealed class FailedNodeTests
{
    [Fact]
    public async Task A_node_that_does_not_answer_is_removed()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        rig.Dead[5] = true;
        var removing = rig.Inclusion.RemoveFailedAsync(new(5));
        await TakeOffAsync(rig, 5);
        await removing;
        Assert.Contains(new(5), rig.Probe.Removed);
        Assert.Equal(new FailedNodeRemoved(new(5), HadReset: false), await rig.UntilAsync<FailedNodeRemoved>());
    }

    [Fact]
    public async Task A_node_that_answers_stays()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        await RefusedAsync(rig, rig.Inclusion.RemoveFailedAsync(new(5)), ZWaveErrorCode.NodeRefused);
        rig.ExpectNothing();
    }

    [Theory]
    // not on the module's list of failed nodes
    [InlineData("08", ZWaveErrorCode.NodeRefused)]
    // not the primary controller
    [InlineData("02", ZWaveErrorCode.NotSupported)]
    // failed
    [InlineData("20", ZWaveErrorCode.NotSupported)]
    public async Task A_module_that_does_not_begin_is_believed(string start, ZWaveErrorCode code)
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        rig.Dead[5] = true;
        var removing = rig.Inclusion.RemoveFailedAsync(new(5));
        await rig.ExpectAsync("61 05");
        await rig.RespondAsync("61 " + start);
        await RefusedAsync(rig, removing, code);
    }

    [Fact]
    public async Task A_busy_module_is_asked_again()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        rig.Dead[5] = true;
        var removing = rig.Inclusion.RemoveFailedAsync(new(5));
        await rig.ExpectAsync("61 05");
        await rig.RespondAsync("61 10");
        await rig.Time.ElapseAsync(1_000);
        await TakeOffAsync(rig, 5);
        await removing;
    }

    [Theory]
    [InlineData("00", ZWaveErrorCode.NodeRefused)]
    [InlineData("02", ZWaveErrorCode.NotSupported)]
    public async Task A_module_that_began_and_did_not_remove_it_is_believed(string end, ZWaveErrorCode code)
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        rig.Dead[5] = true;
        var removing = rig.Inclusion.RemoveFailedAsync(new(5));
        var id = await rig.ExpectAsync("61 05");
        await rig.RespondAsync("61 00");
        await rig.SayAsync($"61 {id:X2} {end}");
        await RefusedAsync(rig, removing, code);
    }

    [Fact]
    public async Task When_the_module_never_says_how_it_ended_its_list_does()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        rig.Dead[5] = true;
        var removing = rig.Inclusion.RemoveFailedAsync(new(5));
        await rig.ExpectAsync("61 05");
        rig.Listed.TryRemove(5, out _);
        await rig.RespondAsync("61 00");
        await rig.Time.ElapseAsync(65_000);
        await removing;
        Assert.Contains(new(5), rig.Probe.Removed);
    }

    [Fact]
    public async Task A_node_nobody_knows_cannot_be_removed()
    {
        await using var rig = await InclusionRig.StartAsync();
        var refused = await Assert.ThrowsAsync<ZWaveException>(() => rig.Inclusion.RemoveFailedAsync(new(9)));
        Assert.Equal(ZWaveErrorCode.NodeUnknown, refused.Code);
        refused = await Assert.ThrowsAsync<ZWaveException>(() => rig.Inclusion.RemoveFailedAsync(new(1)));
        Assert.Equal(ZWaveErrorCode.NodeUnknown, refused.Code);
    }

    [Fact]
    public async Task A_dead_node_is_replaced_by_one_that_gets_its_number_and_keys_of_its_own()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        rig.Dead[5] = true;
        rig.NodeInformation = "25 9F";
        var id = await BeginReplacementAsync(rig);
        rig.Dead.TryRemove(5, out _);
        await rig.SayAsync($"63 {id:X2} 04");
        Assert.Equal(new NodeId(5), (await rig.Security2.Began).Node);
        Assert.Contains(new(5), rig.Probe.Removed);
        Assert.False(await rig.IsShownAsync(5));
        rig.Security2.Succeed(SecurityClass.S2Authenticated);
        Assert.True((await rig.UntilAsync<NodeIncluded>()).IsReplacement);
        await rig.UntilAsync<InterviewBegan>();
        Assert.Equal(SecurityClasses.Of(SecurityClass.S2Authenticated), await rig.GrantedAsync(5));
    }

    [Fact]
    public async Task Commands_go_on_while_the_module_waits_for_the_node_that_replaces()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5, 6] });
        rig.Dead[5] = true;
        await BeginReplacementAsync(rig);
        Assert.True(await rig.Network.PingAsync(new(6)));
    }

    [Theory]
    [InlineData("05")]
    [InlineData("00")]
    public async Task A_replacement_that_fails_leaves_the_old_node(string end)
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        rig.Dead[5] = true;
        var id = await BeginReplacementAsync(rig);
        await rig.SayAsync($"63 {id:X2} {end}");
        await rig.UntilAsync<InclusionFailed>();
        Assert.True(await rig.IsShownAsync(5));
    }

    [Fact]
    public async Task A_replacement_is_stopped_by_the_user_or_when_nobody_comes()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        rig.Dead[5] = true;
        var id = await BeginReplacementAsync(rig);
        Assert.True(await rig.Inclusion.StopAsync());
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        await rig.SayAsync($"63 {id:X2} 05");
        await rig.UntilAsync<InclusionFailed>();
        await BeginReplacementAsync(rig);
        await rig.Time.ElapseAsync(60_000);
        Assert.Equal(0, await rig.ExpectAsync("4A 05"));
        Assert.Contains("no node came", (await rig.UntilAsync<InclusionFailed>(2)).Reason, StringComparison.Ordinal);
        Assert.True(await rig.IsShownAsync(5));
    }

    [Fact]
    public async Task A_node_that_says_it_was_reset_and_does_not_answer_is_removed()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        await SayResetAsync(rig);
        rig.Dead[5] = true;
        await rig.Time.ElapseAsync(5_000);
        await TakeOffAsync(rig, 5);
        Assert.Equal(new FailedNodeRemoved(new(5), HadReset: true), await rig.UntilAsync<FailedNodeRemoved>());
        Assert.Contains(new(5), rig.Probe.Removed);
    }

    [Fact]
    public async Task A_node_that_says_it_was_reset_and_answers_stays()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        await SayResetAsync(rig);
        await rig.Time.ElapseAsync(5_000);
        await rig.UntilAsync(static view => !view.FindNode(new(5))!.HasLeft);
        rig.ExpectNothing();
    }

    [Fact]
    public async Task A_reset_node_the_module_is_too_busy_to_remove_is_tried_again_later()
    {
        await using var rig = await InclusionRig.StartAsync(new() { Nodes = [5] });
        await SayResetAsync(rig);
        rig.Dead[5] = true;
        var id = await rig.OpenAsync();
        await rig.Time.ElapseAsync(5_000);
        await rig.Inclusion.StopAsync();
        await rig.ExpectAsync("4A 05");
        await rig.SayAsync(0x4A, id, 6);
        await rig.ExpectAsync("4A 05");
        await rig.UntilAsync<InclusionStopped>();
        await rig.Time.ElapseAsync(10_000);
        await TakeOffAsync(rig, 5);
        await rig.UntilAsync<FailedNodeRemoved>();
    }

    /// <summary>The module takes a failed node off its list.</summary>
    internal static async Task TakeOffAsync(InclusionRig rig, ushort node)
    {
        var id = await rig.ExpectAsync($"61 {node:X2}");
        await rig.RespondAsync("61 00");
        rig.Listed.TryRemove(node, out _);
        await rig.SayAsync($"61 {id:X2} 01");
    }

    private static async Task<byte> BeginReplacementAsync(InclusionRig rig)
    {
        var starting = rig.Inclusion.ReplaceFailedAsync(new(5), TimeSpan.FromSeconds(60), InclusionStrategy.Default, rig.User);
        var id = await rig.ExpectAsync("63 05");
        await rig.RespondAsync("63 00");
        await rig.SayAsync($"63 {id:X2} 03");
        await starting;
        Assert.Equal(new NodeId(5), (await rig.UntilAsync<ReplacementStarted>()).Node);
        return id;
    }

    private static async Task SayResetAsync(InclusionRig rig)
    {
        // Device Reset Locally Notification
        await rig.SayAsync("04 00 05 02 5A 01");
        await rig.Probe.UntilAsync(() => rig.Probe.Reset.Count == 1, "reset");
    }

    private static async Task RefusedAsync(InclusionRig rig, Task request, ZWaveErrorCode code)
    {
        Assert.Equal(code, (await Assert.ThrowsAsync<ZWaveException>(() => request)).Code);
        Assert.Equal(new NodeId(5), (await rig.UntilAsync<InclusionFailed>()).Node);
        Assert.True(await rig.IsShownAsync(5));
    }
}
