using System.Net;
using Bridge.ZWave.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Peers;

/// <summary>The simulated controller behind a TCP port, for a host that is not ours: no time passes on the radio or with restarts.</summary>
internal sealed class SimulatedTcpStick : IAsyncDisposable
{
    private readonly SimulatorServer _server;

    /// <summary>Without a network, one of its own that has no plugs.</summary>
    public SimulatedTcpStick(SimulatedNetwork? network = null, SimulatedControllerOptions? options = null)
    {
        Network = network ?? new(TimeProvider.System, new(0xC0DE2026), new(1));
        Network.HopTime = TimeSpan.Zero;
        var controller = new SimulatedController(Network, NullLogger.Instance, (options ?? new()) with { RestartTime = TimeSpan.Zero });
        _server = SimulatorServer.Start(controller, new(IPAddress.Loopback, 0), NullLogger.Instance);
    }

    /// <summary>With the three plugs every simulation begins with.</summary>
    public static SimulatedTcpStick WithPlugs(SimulatedControllerOptions? options = null) =>
        new(SimulatedNetwork.CreateDefault(TimeProvider.System), options);

    public SimulatedNetwork Network { get; }

    public int Port => _server.Endpoint.Port;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Network.Dispose();
    }
}
