using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Microsoft.Extensions.Logging;

namespace Bridge;

/// <summary>The simulated network of the demonstration, with its controller and the line to it.</summary>
public sealed class SimulatedStick : IAsyncDisposable
{
    private SimulatedStick(SimulatedNetwork network, SimulatorTransport transport) => (Network, Transport) = (network, transport);

    public SimulatedNetwork Network { get; }

    public SimulatorTransport Transport { get; }

    /// <summary>Plugs it in: relays closed, loads that vary, everything in the clear.</summary>
    public static SimulatedStick Create(TimeProvider time, ILogger logger) => Create(time, logger, keys: null);

    /// <summary>The same; with keys one plug has them, and one more lies on the table.</summary>
    public static SimulatedStick Create(TimeProvider time, ILogger logger, NetworkKeys? keys)
    {
        var network = SimulatedNetwork.CreateDefault(time, varyingLoads: true, keys);
        return new(network, new(new(network, logger)));
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        Network.Dispose();
    }
}
