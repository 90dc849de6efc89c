using System.Net;
using Bridge.ZWave.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Peers;

/// <summary>The simulated controller on TCP, for a host that is not ours: no time passes on the radio or with restarts.</summary>
internal sealed class SimulatedStick : IAsyncDisposable
{
    private readonly SimulatorServer _server;

    public SimulatedStick()
    {
        Network = new(TimeProvider.System, new(0xC0DE2026), new(1)) { HopTime = TimeSpan.Zero };
        _server = SimulatorServer.Start(
            new(Network, NullLogger.Instance, new SimulatedControllerOptions { RestartTime = TimeSpan.Zero }), new(IPAddress.Loopback, 0), NullLogger.Instance);
    }

    public SimulatedNetwork Network { get; }

    public int Port => _server.Endpoint.Port;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Network.Dispose();
    }
}
