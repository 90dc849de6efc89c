using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Simulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>The time between the controller's list of nodes and what is remembered of them.</summary>
public sealed class RestoringTests
{
    private const byte BinarySwitch = 0x10;
    private const byte WallController = 0x18;

    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_program_that_ends_while_it_reads_what_it_knew_does_not_write_over_it()
    {
        var store = new SlowStore();
        var bench = await ReadingAsync(store);
        await bench.DisposeAsync();
        Assert.Empty(store.Saved);
    }

    [Fact]
    public async Task Nobody_sees_a_node_before_what_is_known_of_it()
    {
        var store = new SlowStore();
        await using var bench = await ReadingAsync(store);
        Assert.Equal((true, 0), await bench.Network.ReadAsync(static view => (view.Identity is null, view.OtherNodes.Count())));
        store.Answer.SetResult(Remembered(BinarySwitch));
        await bench.Probe.UntilReadyAsync();
        Assert.True(await bench.Network.ReadAsync(static view => view.FindNode(new(2))!.IsSlow));
    }

    [Fact]
    public async Task Node_that_speaks_before_the_network_is_known_is_no_stranger_and_its_state_is_read_afterwards()
    {
        var store = new SlowStore();
        await using var bench = await ReadingAsync(store);
        bench.Plugs[2].PressButton();
        bench.Plugs[2].Say(WireAssert.Bytes("25 03 FF"));
        // Whatever the module sends after it comes after it.
        await bench.Network.Context.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest(), TestContext.Current.CancellationToken);
        Assert.Equal(1, await bench.Network.ReadAsync(_ => bench.Network.Counters.CommandsReceived));
        store.Answer.SetResult(null);
        await bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(true));
        Assert.Equal(0, bench.Network.Counters.StrangersDropped);
    }

    [Fact]
    public async Task What_changed_meanwhile_is_written_afterwards()
    {
        var store = new SlowStore();
        await using var bench = await ReadingAsync(store);
        store.Answer.SetResult(null);
        await bench.Probe.UntilInterviewedAsync(new NodeId(2));
        await store.HasSaved.Task.WaitAsync(s_hang);
        Assert.Equal(2, Assert.Single(store.Saved[0].Nodes).Id.Value);
    }

    [Fact]
    public async Task What_is_remembered_of_another_kind_of_device_is_dropped()
    {
        var store = new SlowStore();
        await using var bench = Bench(store);
        store.Answer.SetResult(Remembered(WallController));
        bench.Network.Start();
        await bench.Probe.UntilReadyAsync();
        Assert.Equal(
            (false, BinarySwitch), await bench.Network.ReadAsync(static view => (view.FindNode(new(2))!.IsSlow, view.FindNode(new(2))!.Protocol!.GenericDeviceClass)));
    }

    private static NetworkSnapshot Remembered(byte genericDeviceClass) => new(new(0xC0DE2026), [new NodeSnapshot(new(2))
    {
        Protocol = new(true, false, true, false, BasicDeviceClass: 0x04, genericDeviceClass, SpecificDeviceClass: 0x01),
        IsSlow = true,
    }]);

    private static NetworkBench Bench(SlowStore store)
    {
        var plugs = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        plugs.Add(new(2), PlugFile.Read(PlugBench.EnergySwitch));
        return new(plugs, store: store);
    }

    // The controller has told its nodes; what is known of them is being read.
    private static async Task<NetworkBench> ReadingAsync(SlowStore store)
    {
        var bench = Bench(store);
        bench.Network.Start();
        await store.Asked.Task.WaitAsync(s_hang);
        return bench;
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
