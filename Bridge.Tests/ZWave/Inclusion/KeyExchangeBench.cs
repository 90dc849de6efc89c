using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Network;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>Our host with keys, and plugs that want some: everything from the button to the interview is real but the radio.</summary>
internal sealed class KeyExchangeBench : IAsyncDisposable
{
    private InclusionWatch _watch;

    private KeyExchangeBench(KeyExchangeTimeouts? timeouts)
    {
        Bench = new(new(TimeProvider.System, new(0xC0DE2026), new(1)), keys: NetworkKeys.Generate());
        Inclusion = new(Bench.Network, new() { KeyExchange = timeouts ?? new() });
        _watch = new(Inclusion);
    }

    public NetworkBench Bench { get; }

    public NodeInclusion Inclusion { get; private set; }

    public IReadOnlyList<InclusionEvent> Events => _watch.Events;

    public static async Task<KeyExchangeBench> StartAsync(KeyExchangeTimeouts? timeouts = null)
    {
        var bench = new KeyExchangeBench(timeouts);
        bench.Bench.Network.Start();
        await bench.Bench.Probe.UntilReadyAsync();
        return bench;
    }

    /// <summary>Begins anew with the real limits, which a slow machine keeps; what happened before is forgotten.</summary>
    public void BePatient()
    {
        Inclusion.Dispose();
        Inclusion = new(Bench.Network, new());
        _watch = new(Inclusion);
    }

    /// <summary>Any node may join, and the button of this one is pushed.</summary>
    public async Task JoinAsync(SimulatedNode plug, IKeyExchangeUser user, InclusionStrategy strategy = InclusionStrategy.Default)
    {
        await Inclusion.StartInclusionAsync(TimeSpan.FromSeconds(60), strategy, user);
        plug.PressInclusionButton();
    }

    /// <inheritdoc cref="InclusionWatch.UntilAsync"/>
    public Task<T> UntilAsync<T>()
        where T : InclusionEvent => _watch.UntilAsync<T>();

    /// <summary>The node failed and leaves when its button is pushed; nothing of it is left.</summary>
    public async Task<BootstrapFailed> UntilDiscardedAsync(SimulatedNode plug)
    {
        var failed = await UntilAsync<BootstrapFailed>();
        await UntilAsync<ButtonWanted>();
        plug.PressInclusionButton();
        Assert.Equal(failed.Node, (await UntilAsync<NodeExcluded>()).Node);
        Assert.Empty(Bench.Probe.Added);
        Assert.Empty(Bench.Plugs.Nodes);
        Assert.Null(await Bench.Network.ReadAsync(view => view.FindNode(failed.Node)));
        return failed;
    }

    /// <summary>A node is interviewed and can be switched: the network works.</summary>
    public async Task SwitchAsync(SimulatedNode plug)
    {
        var node = (await UntilAsync<NodeIncluded>()).Node.Id;
        await Bench.Probe.UntilInterviewedAsync(node);
        Assert.True(await Bench.Network.SetSwitchAsync(node, EndpointIndex.Root, isOn: true));
        Assert.True(plug.IsOn());
    }

    public async ValueTask DisposeAsync()
    {
        Inclusion.Dispose();
        await Bench.DisposeAsync();
    }
}
