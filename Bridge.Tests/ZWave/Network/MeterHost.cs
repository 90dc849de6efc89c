using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.ZWave.Network;

/// <summary>A host that comes later to plugs that are there already, with or without what an earlier one remembered.</summary>
internal sealed class MeterHost : IAsyncDisposable
{
    private readonly SimulatorTransport _transport;

    private MeterHost(SimulatedNetwork plugs, INetworkStore store)
    {
        _transport = new(new SimulatedController(plugs, NullLogger.Instance));
        Network = new(
            new(_transport)
            {
                Devices = DeviceCatalog.Load(Repository.Path("devices")),
                Store = store,
                Timeouts = new() { MeterConfirmation = TimeSpan.FromMilliseconds(20), MeterQuestionPause = TimeSpan.FromMilliseconds(20) },
            },
            Probe, NullLogger.Instance);
    }

    public NetworkProbe Probe { get; } = new();

    public ZWaveNetwork Network { get; }

    public static async Task<MeterHost> StartAsync(SimulatedNetwork plugs, INetworkStore? store = null)
    {
        var host = new MeterHost(plugs, store ?? new NoNetworkStore());
        host.Network.Start();
        await host.Probe.UntilReadyAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        await _transport.DisposeAsync();
    }
}

/// <summary>Remembers the last network it was given.</summary>
internal sealed class MemoryStore : INetworkStore
{
    private NetworkSnapshot? _snapshot;

    public Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken) =>
        Task.FromResult(_snapshot is { } known && known.HomeId == homeId ? known : null);

    public Task SaveAsync(NetworkSnapshot snapshot, CancellationToken cancellationToken)
    {
        _snapshot = snapshot;
        return Task.CompletedTask;
    }
}
