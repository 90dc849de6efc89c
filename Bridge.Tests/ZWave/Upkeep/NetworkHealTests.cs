using Bridge.ZWave;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

public sealed class NetworkHealTests
{
    private static readonly HealStep[] s_allSteps =
        [HealStep.Neighbors, HealStep.DeleteReturnRoutes, HealStep.AssignReturnRoutes, HealStep.SucReturnRoutes, HealStep.Ended];

    public static TheoryData<HealStep> StepsBeforeTheEnd => [.. s_allSteps[..^1]];

    [Fact]
    public async Task One_node_goes_through_all_steps_and_tells_its_neighbours()
    {
        await using var bench = await UpkeepBench.StartAsync();
        var steps = Record(bench);
        var result = await bench.Upkeep.Heal.HealAsync(new(3));
        Assert.Equal(s_allSteps, steps.Select(static progress => progress.Step));
        var node = Assert.Single(result.Nodes);
        Assert.Equal((new NodeId(3), NodeHealOutcome.Healed, false), (node.Node, node.Outcome, result.WasCancelled));
        Assert.Empty(node.Reasons);
        Assert.Equal([1, 2, 4], node.Neighbors!.Select(static id => (int)id.Value));
        Assert.Equal((1, 1, 0), (steps[^1].Done, steps[^1].Total, steps[^1].Failed));
    }

    [Fact]
    public async Task All_nodes_are_healed_the_nearest_first_one_after_another()
    {
        await using var bench = await UpkeepBench.StartAsync();
        // 1 - 4 - 3 - 2
        bench.Host.Plugs.Reach.Set(new(1), new NodeId(4));
        bench.Host.Plugs.Reach.Set(new(4), new(1), new(3));
        bench.Host.Plugs.Reach.Set(new(3), new(4), new(2));
        var steps = Record(bench);
        var result = await bench.Upkeep.Heal.HealAllAsync();
        Assert.Equal([4, 3, 2], steps.Where(static progress => progress.Step == HealStep.Ended).Select(static progress => (int)progress.Node.Value));
        Assert.Equal([4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2], steps.Select(static progress => (int)progress.Node.Value));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3], steps.Select(static progress => progress.Done));
        Assert.Equal(3, result.Count(NodeHealOutcome.Healed));
    }

    [Fact]
    public async Task A_heal_never_interviews_anybody()
    {
        await using var bench = await UpkeepBench.StartAsync();
        var before = await bench.Host.Network.ReadAsync(static view => view.FindNode(new(2))!.CompletedSteps.Count);
        await bench.Upkeep.Heal.HealAllAsync();
        Assert.Equal(
            (InterviewState.Complete, before),
            await bench.Host.Network.ReadAsync(static view => (view.FindNode(new(2))!.Interview.State, view.FindNode(new(2))!.CompletedSteps.Count)));
    }

    [Fact]
    public async Task Dead_nodes_are_skipped_and_told()
    {
        await using var bench = await UpkeepBench.StartAsync();
        await KillAsync(bench, 3);
        var steps = Record(bench);
        var result = await bench.Upkeep.Heal.HealAllAsync();
        Assert.Equal(
            [(2, NodeHealOutcome.Healed), (3, NodeHealOutcome.Skipped), (4, NodeHealOutcome.Healed)],
            result.Nodes.Select(static node => ((int)node.Node.Value, node.Outcome)));
        Assert.Equal(["it is dead"], result.Nodes[1].Reasons);
        Assert.DoesNotContain(steps, static progress => progress.Node == new NodeId(3));
        Assert.Equal(2, steps[^1].Total);
    }

    [Fact]
    public async Task A_dead_node_that_is_named_is_tried()
    {
        await using var bench = await UpkeepBench.StartAsync();
        await KillAsync(bench, 3);
        var node = Assert.Single((await bench.Upkeep.Heal.HealAsync(new(3))).Nodes);
        Assert.Equal(NodeHealOutcome.Failed, node.Outcome);
        Assert.Equal(["it did not find its neighbours: it does not answer, or could not be told"], node.Reasons);
    }

    [Fact]
    public async Task A_step_that_fails_twice_is_tried_a_third_time()
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Host.Faults.FailNeighborUpdates(2);
        bench.Host.Faults.FailReturnRoutes(2);
        Assert.Equal(NodeHealOutcome.Healed, Assert.Single((await bench.Upkeep.Heal.HealAsync(new(2))).Nodes).Outcome);
    }

    [Fact]
    public async Task A_node_that_does_not_look_around_keeps_its_routes()
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Host.Faults.FailNeighborUpdates(3);
        var steps = Record(bench);
        Assert.Equal(NodeHealOutcome.Failed, Assert.Single((await bench.Upkeep.Heal.HealAsync(new(2))).Nodes).Outcome);
        Assert.Equal([HealStep.Neighbors, HealStep.Ended], steps.Select(static progress => progress.Step));
    }

    [Fact]
    public async Task Routes_that_cannot_be_deleted_are_not_assigned_and_the_rest_goes_on()
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Host.Faults.FailReturnRoutes(3);
        var node = Assert.Single((await bench.Upkeep.Heal.HealAsync(new(2))).Nodes);
        Assert.Equal(NodeHealOutcome.Partly, node.Outcome);
        Assert.Equal(["its routes could not be deleted: it did not acknowledge"], node.Reasons);
    }

    [Theory]
    [MemberData(nameof(StepsBeforeTheEnd))]
    public async Task Cancelled_at_any_step_the_rest_is_left_as_it_is(HealStep step)
    {
        await using var bench = await UpkeepBench.StartAsync();
        var isCancelled = false;
        bench.Upkeep.Heal.Progressed += progress =>
        {
            if (progress.Node != new NodeId(3) || progress.Step != step) return;
            isCancelled = true;
            _ = bench.Upkeep.Heal.CancelAsync();
        };
        var result = await bench.Upkeep.Heal.HealAllAsync();
        Assert.True(isCancelled);
        Assert.True(result.WasCancelled);
        Assert.Equal([NodeHealOutcome.Healed, NodeHealOutcome.Cancelled, NodeHealOutcome.Cancelled], result.Nodes.Select(static node => node.Outcome));
        Assert.True(await bench.WorksAsync());
        // the next one may begin
        Assert.False((await bench.Upkeep.Heal.HealAsync(new(2))).WasCancelled);
    }

    [Fact]
    public async Task While_a_node_looks_around_others_are_switched()
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Host.Faults.HoldNeighborUpdates();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Upkeep.Heal.Progressed += _ => began.TrySetResult();
        var heal = bench.Upkeep.Heal.HealAsync(new(3));
        await began.Task;
        Assert.True(await bench.WorksAsync());
        Assert.True(await bench.Upkeep.Heal.CancelAsync());
        Assert.True((await heal).WasCancelled);
    }

    [Fact]
    public async Task One_heal_at_a_time_and_none_beside_a_backup()
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Host.Faults.HoldNeighborUpdates();
        var heal = bench.Upkeep.Heal.HealAsync(new(3));
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Upkeep.Heal.HealAllAsync());
        Assert.Equal((ZWaveErrorCode.NotReady, "a heal is under way; try again when it is over"), (error.Code, error.Message));
        Assert.Equal(NvmBackupOutcome.Failed, (await bench.Upkeep.Backup.RunAsync(NvmBackupReason.Request)).Outcome);
        await bench.Upkeep.Heal.CancelAsync();
        await heal;
        Assert.False(await bench.Upkeep.Heal.CancelAsync());
    }

    [Fact]
    public async Task A_pulled_stick_ends_it_with_what_was_done_so_far()
    {
        await using var bench = await UpkeepBench.StartAsync();
        bench.Upkeep.Heal.Progressed += progress =>
        {
            if (progress is { Step: HealStep.DeleteReturnRoutes, Node.Value: 3 }) bench.Host.IsPlugged = false;
        };
        var result = await bench.Upkeep.Heal.HealAllAsync();
        Assert.Equal([NodeHealOutcome.Healed, NodeHealOutcome.Failed, NodeHealOutcome.Failed], result.Nodes.Select(static node => node.Outcome));
        Assert.False(result.WasCancelled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public async Task A_node_that_is_not_there_is_refused(ushort node)
    {
        await using var bench = await UpkeepBench.StartAsync();
        var error = await Assert.ThrowsAsync<ZWaveException>(() => bench.Upkeep.Heal.HealAsync(new(node)));
        Assert.Equal(ZWaveErrorCode.NodeUnknown, error.Code);
    }

    private static List<HealProgress> Record(UpkeepBench bench)
    {
        List<HealProgress> steps = [];
        bench.Upkeep.Heal.Progressed += steps.Add;
        return steps;
    }

    private static async Task KillAsync(UpkeepBench bench, ushort node)
    {
        bench.Host.Plugs[node].IsDead = true;
        await bench.Host.Network.PingAsync(new(node));
        await bench.Host.Probe.UntilAsync(
            () => bench.Host.Probe.NodeStatuses.Contains((new(node), NodeStatus.Dead)), "dead");
    }
}
