using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Simulation;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>The time between the controller's list of nodes and what is remembered of them.</summary>
public sealed class RestoringTests
{
    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_program_that_ends_while_it_reads_what_it_knew_does_not_write_over_it()
    {
        var store = new SlowStore();
        var bench = Bench(store);
        bench.Network.Start();
        await store.Asked.Task.WaitAsync(s_hang);
        await bench.DisposeAsync();
        Assert.Empty(store.Saved);
    }

    [Fact]
    public async Task What_changed_meanwhile_is_written_afterwards()
    {
        var store = new SlowStore();
        await using var bench = Bench(store);
        bench.Network.Start();
        await store.Asked.Task.WaitAsync(s_hang);
        store.Answer.SetResult(null);
        await bench.Probe.UntilInterviewedAsync(new NodeId(2));
        await store.HasSaved.Task.WaitAsync(s_hang);
        Assert.Equal(2, Assert.Single(store.Saved[0].Nodes).Id.Value);
    }

    private static NetworkBench Bench(SlowStore store)
    {
        var plugs = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        plugs.Add(new(2), PlugFile.Read(PlugBench.EnergySwitch));
        return new(plugs, store: store);
    }

    private sealed class SlowStore : INetworkStore
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<NetworkSnapshot?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource HasSaved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<NetworkSnapshot> Saved { get; } = [];

        public Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return Answer.Task.WaitAsync(cancellationToken);
        }

        public Task SaveAsync(NetworkSnapshot snapshot, CancellationToken cancellationToken)
        {
            lock (Saved) Saved.Add(snapshot);
            HasSaved.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
