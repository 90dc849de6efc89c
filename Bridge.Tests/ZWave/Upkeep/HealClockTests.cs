using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

/// <summary>What a heal asks of the module and when, to the millisecond.</summary>
public sealed class HealClockTests
{
    private const string NoAnswer = "it did not find its neighbours: it does not answer, or could not be told";
    private const string NoEnd = "it did not find its neighbours: the controller never told how it ended";

    [Fact]
    public async Task One_node_looks_around_and_then_gets_its_routes_one_by_one()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin(node: 2);
        var look = await rig.ExpectLookAsync(2);
        await rig.PassAsync(5_000, limit: HealRig.Limit);
        await rig.LookedAsync(look, NeighborUpdateStatus.Done);
        await rig.PauseAsync(250);
        await rig.RouteAsync("47 02");
        await rig.PauseAsync(250);
        // to the members of its groups: the controller first
        await rig.RouteAsync("46 02 01");
        await rig.PauseAsync(250);
        await rig.RouteAsync("46 02 03");
        await rig.PauseAsync(250);
        await rig.RouteAsync("55 02");
        await rig.PauseAsync(250);
        await rig.RouteAsync("51 02");
        var node = Assert.Single((await heal).Nodes);
        Assert.Equal(NodeHealOutcome.Healed, node.Outcome);
        Assert.Empty(node.Reasons);
        Assert.Equal([1, 3, 4], node.Neighbors!.Select(static id => (int)id.Value));
        Assert.Equal(
            [
                (0, 2, HealStep.Neighbors), (5_250, 2, HealStep.DeleteReturnRoutes), (5_250, 2, HealStep.AssignReturnRoutes),
                (6_000, 2, HealStep.SucReturnRoutes), (6_250, 2, HealStep.Ended),
            ],
            rig.Steps);
    }

    [Fact]
    public async Task The_next_node_has_its_turn_a_second_later_and_progress_is_told_after_each()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin();
        foreach (ushort node in new[] { 2, 3 })
        {
            await rig.HealAsync(node);
            await rig.PauseAsync(1_000);
        }

        await rig.HealAsync(4);
        Assert.Equal(3, (await heal).Count(NodeHealOutcome.Healed));
        Assert.Equal(
            [(0, 2), (1_250, 2), (2_250, 3), (3_000, 3), (4_000, 4), (4_750, 4)],
            rig.Steps.Where(static step => step.Step is HealStep.Neighbors or HealStep.Ended).Select(static step => (step.At, step.Node)));
        Assert.Equal(
            [(2, NodeHealOutcome.Healed, 1, 3, 0), (3, NodeHealOutcome.Healed, 2, 3, 0), (4, NodeHealOutcome.Healed, 3, 3, 0)], rig.Ends);
    }

    [Fact]
    public async Task A_node_that_ends_looking_around_in_the_last_millisecond_is_healed()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin(node: 3);
        var look = await rig.ExpectLookAsync(3);
        await rig.PassAsync(HealRig.Limit - 1, limit: HealRig.Limit);
        await rig.LookedAsync(look, NeighborUpdateStatus.Done);
        await rig.RoutesAsync(3);
        Assert.Equal(NodeHealOutcome.Healed, Assert.Single((await heal).Nodes).Outcome);
    }

    [Fact]
    public async Task A_node_whose_looking_around_never_ends_fails_at_the_limit_keeps_its_routes_and_the_next_one_follows()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin();
        await rig.ExpectLookAsync(2);
        await rig.PauseAsync(HealRig.Limit);
        // it was waited for long enough: not a second time
        await rig.PauseAsync(1_000);
        await rig.HealAsync(3);
        await rig.PauseAsync(1_000);
        await rig.HealAsync(4);
        var result = await heal;
        Assert.Equal([NodeHealOutcome.Failed, NodeHealOutcome.Healed, NodeHealOutcome.Healed], result.Nodes.Select(static node => node.Outcome));
        Assert.Equal([NoEnd], result.Nodes[0].Reasons);
        Assert.Equal([(0, 2, HealStep.Neighbors), (HealRig.Limit, 2, HealStep.Ended), (HealRig.Limit + 1_000, 3, HealStep.Neighbors)], rig.Steps[..3]);
        Assert.Equal((2, NodeHealOutcome.Failed, 1, 3, 1), rig.Ends[0]);
    }

    [Fact]
    public async Task An_end_that_is_told_after_the_limit_is_not_taken_for_that_of_the_next_node()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin();
        var late = await rig.ExpectLookAsync(2);
        await rig.PauseAsync(HealRig.Limit);
        await rig.PauseAsync(1_000);
        var look = await rig.ExpectLookAsync(3);
        await rig.LookedAsync(late, NeighborUpdateStatus.Done);
        await rig.ExpectNothingAsync();
        Assert.Equal((HealRig.Limit + 1_000, 3, HealStep.Neighbors), rig.Steps[^1]);
        await rig.LookedAsync(look, NeighborUpdateStatus.Failed);
        await rig.PauseAsync(2_000);
        Assert.True(await rig.Heal.CancelAsync());
        Assert.Equal([NodeHealOutcome.Failed, NodeHealOutcome.Cancelled, NodeHealOutcome.Cancelled], (await heal).Nodes.Select(static node => node.Outcome));
    }

    [Fact]
    public async Task A_node_that_fails_to_look_around_is_asked_three_times_two_seconds_apart()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin(node: 3);
        await rig.LookedAsync(await rig.ExpectLookAsync(3), NeighborUpdateStatus.Failed);
        await rig.PauseAsync(2_000);
        await rig.LookedAsync(await rig.ExpectLookAsync(3), NeighborUpdateStatus.Failed);
        await rig.PauseAsync(2_000);
        await rig.LookedAsync(await rig.ExpectLookAsync(3), NeighborUpdateStatus.Failed);
        var node = Assert.Single((await heal).Nodes);
        Assert.Equal(NodeHealOutcome.Failed, node.Outcome);
        Assert.Equal([NoAnswer], node.Reasons);
        Assert.Equal([(0, 3, HealStep.Neighbors), (4_000, 3, HealStep.Ended)], rig.Steps);
    }

    [Fact]
    public async Task A_route_whose_end_is_never_told_is_given_up_after_half_a_minute_and_the_rest_goes_on()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin(node: 2);
        await rig.LookedAsync(await rig.ExpectLookAsync(2), NeighborUpdateStatus.Done);
        await rig.PauseAsync(250);
        await rig.RouteAsync("47 02");
        await rig.PauseAsync(250);
        await rig.ExpectRouteAsync("46 02 01");
        await rig.PauseAsync(30_000);
        await rig.PauseAsync(250);
        await rig.RouteAsync("46 02 03");
        await rig.PauseAsync(250);
        await rig.RouteAsync("55 02");
        await rig.PauseAsync(250);
        await rig.RouteAsync("51 02");
        var node = Assert.Single((await heal).Nodes);
        Assert.Equal(NodeHealOutcome.Partly, node.Outcome);
        Assert.Equal(["it got no route to node 1: the controller never told how it ended"], node.Reasons);
    }

    [Fact]
    public async Task A_route_that_does_not_reach_its_node_is_tried_again_two_seconds_later()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin(node: 3);
        await rig.LookedAsync(await rig.ExpectLookAsync(3), NeighborUpdateStatus.Done);
        await rig.PauseAsync(250);
        await rig.RouteAsync("47 03");
        await rig.PauseAsync(250);
        await rig.RouteAsync("55 03", TransmitStatus.NoAcknowledgement);
        await rig.PauseAsync(2_000);
        await rig.RouteAsync("55 03");
        await rig.PauseAsync(250);
        await rig.RouteAsync("51 03");
        Assert.Equal(NodeHealOutcome.Healed, Assert.Single((await heal).Nodes).Outcome);
        Assert.Equal((2_750, 3, HealStep.Ended), rig.Steps[^1]);
    }
}
