using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Network;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Upkeep;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

/// <summary>A heal in the waiting times of the program; time stands still but where a test lets it pass.</summary>
[Collection(MeasuredTime.Name)]
public sealed class HealTimeTests : IAsyncLifetime
{
    // 76 000 + 217 for each of the four listening nodes
    private const int Discovery = 76_868;

    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();
    private NetworkBench _bench = null!;
    private NetworkUpkeep _upkeep = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = new(SimulatedNetwork.CreateDefault(_time), new NetworkTimeouts(), _time);
        using var running = new RunningTime(_time);
        _bench.Network.Start();
        await _bench.Probe.UntilInterviewedAsync(new(2), new(3), new(4));
        _upkeep = new(_bench.Network, new(_folder.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await _upkeep.DisposeAsync();
        await _bench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_node_that_never_comes_to_an_end_is_given_up_after_the_time_of_the_reference()
    {
        _bench.Faults.HoldNeighborUpdates();
        var began = _time.GetTimestamp();
        var heal = _upkeep.Heal.HealAsync(new(2));
        using var running = new RunningTime(_time);
        var node = Assert.Single((await heal).Nodes);
        Assert.InRange(_time.GetElapsedTime(began).TotalMilliseconds, Discovery, 2 * Discovery);
        Assert.Equal(NodeHealOutcome.Failed, node.Outcome);
        // waited for long enough: not tried again
        Assert.Equal(["it did not find its neighbours: the controller never told how it ended"], node.Reasons);
    }

    [Fact]
    public async Task A_step_that_failed_is_tried_again_after_two_seconds()
    {
        _bench.Faults.FailNeighborUpdates(2);
        var steps = new List<HealStep>();
        var routes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _upkeep.Heal.Progressed += progress =>
        {
            steps.Add(progress.Step);
            if (progress.Step == HealStep.DeleteReturnRoutes) routes.TrySetResult();
        };
        var heal = _upkeep.Heal.HealAsync(new(2));
        await _time.ElapseAsync(2000);
        await _time.ElapseAsync(2000);
        Assert.Equal([HealStep.Neighbors], steps);
        // the pause before the routes
        await _time.ElapseAsync(250);
        await routes.Task;
        await _upkeep.Heal.CancelAsync();
        Assert.True((await heal).WasCancelled);
    }
}
