using Bridge.ZWave.Network;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Upkeep;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

/// <summary>What ends a heal early, or takes a node out of it, at a known moment.</summary>
public sealed class HealInterruptionTests
{
    private const string WasCancelled = "the heal was cancelled";

    [Fact]
    public async Task Cancelled_while_a_node_looks_around_the_next_one_has_no_turn_and_the_late_end_disturbs_nobody()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin();
        await rig.HealAsync(2);
        await rig.PauseAsync(1_000);
        var look = await rig.ExpectLookAsync(3);
        Assert.True(await rig.Heal.CancelAsync());
        await ExpectCancelledAsync(rig, heal, NodeHealOutcome.Healed, NodeHealOutcome.Cancelled, NodeHealOutcome.Cancelled);
        rig.Time.Advance(5_000);
        await rig.LookedAsync(look, NeighborUpdateStatus.Done);
        rig.Time.Advance(2 * HealRig.Limit);
        await rig.ExpectNothingAsync();
        Assert.Equal((2_250, 3, HealStep.Neighbors), rig.Steps[^1]);
        // and another heal may begin
        var again = rig.Begin(node: 4);
        await rig.HealAsync(4);
        Assert.Equal(NodeHealOutcome.Healed, Assert.Single((await again).Nodes).Outcome);
    }

    [Fact]
    public async Task Cancelled_between_two_nodes_the_first_one_stays_healed()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin();
        await rig.HealAsync(2);
        await rig.PassAsync(500, limit: 1_000);
        Assert.True(await rig.Heal.CancelAsync());
        await ExpectCancelledAsync(rig, heal, NodeHealOutcome.Healed, NodeHealOutcome.Cancelled, NodeHealOutcome.Cancelled);
        rig.Time.Advance(HealRig.Limit);
        await rig.ExpectNothingAsync();
    }

    [Fact]
    public async Task Cancelled_between_two_tries_there_is_no_other_try()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin();
        await rig.LookedAsync(await rig.ExpectLookAsync(2), NeighborUpdateStatus.Failed);
        await rig.PassAsync(500, limit: 2_000);
        Assert.True(await rig.Heal.CancelAsync());
        await ExpectCancelledAsync(rig, heal, NodeHealOutcome.Cancelled, NodeHealOutcome.Cancelled, NodeHealOutcome.Cancelled);
        rig.Time.Advance(HealRig.Limit);
        await rig.ExpectNothingAsync();
        Assert.Equal([(0, 2, HealStep.Neighbors)], rig.Steps);
    }

    [Fact]
    public async Task Cancelled_while_a_route_is_given_no_other_route_follows()
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin();
        await rig.LookedAsync(await rig.ExpectLookAsync(2), NeighborUpdateStatus.Done);
        await rig.PauseAsync(250);
        await rig.RouteAsync("47 02");
        await rig.PauseAsync(250);
        await rig.ExpectRouteAsync("46 02 01");
        Assert.True(await rig.Heal.CancelAsync());
        await ExpectCancelledAsync(rig, heal, NodeHealOutcome.Cancelled, NodeHealOutcome.Cancelled, NodeHealOutcome.Cancelled);
        rig.Time.Advance(HealRig.Limit);
        await rig.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("it is dead")]
    [InlineData("it left the network")]
    public async Task A_node_that_dies_or_leaves_while_another_is_healed_is_skipped_at_its_turn_and_not_counted(string reason)
    {
        await using var rig = await HealRig.StartAsync();
        var heal = rig.Begin();
        var look = await rig.ExpectLookAsync(2);
        await rig.Network.OnLoopAsync(() =>
        {
            if (reason == "it is dead") rig.Network.Context.FindNode(new(3))!.Status = NodeStatus.Dead;
            else rig.Network.Context.Nodes.Remove(new(3));
        });
        await rig.LookedAsync(look, NeighborUpdateStatus.Done);
        await rig.RoutesAsync(2);
        await rig.PauseAsync(1_000);
        await rig.PauseAsync(1_000);
        await rig.HealAsync(4);
        var result = await heal;
        Assert.Equal([NodeHealOutcome.Healed, NodeHealOutcome.Skipped, NodeHealOutcome.Healed], result.Nodes.Select(static node => node.Outcome));
        Assert.Equal([reason], result.Nodes[1].Reasons);
        Assert.Equal([(2, NodeHealOutcome.Healed, 1, 3, 0), (3, NodeHealOutcome.Skipped, 1, 2, 0), (4, NodeHealOutcome.Healed, 2, 2, 0)], rig.Ends);
    }

    private static async Task ExpectCancelledAsync(HealRig rig, Task<HealResult> heal, params NodeHealOutcome[] outcomes)
    {
        var result = await heal;
        Assert.True(result.WasCancelled);
        Assert.Equal(outcomes, result.Nodes.Select(static node => node.Outcome));
        Assert.All(result.Nodes.Where(static node => node.Outcome == NodeHealOutcome.Cancelled), static node => Assert.Equal([WasCancelled], node.Reasons));
        await rig.ExpectNothingAsync();
    }
}
