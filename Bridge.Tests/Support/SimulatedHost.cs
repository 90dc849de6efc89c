using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Support;

/// <summary>Our host on our simulated plugs, in memory, with waiting times that do not make a test slow.</summary>
internal sealed class SimulatedHost : IAsyncDisposable
{
    private readonly SimulatorTransport _transport;

    private SimulatedHost(SimulatedControllerOptions? options, bool useSoftReset, ILogger logger)
    {
        Plugs = SimulatedNetwork.CreateDefault(TimeProvider.System);
        Plugs.HopTime = TimeSpan.Zero;
        _transport = new(new SimulatedController(Plugs, NullLogger.Instance, options));
        Network = new(
            new(_transport)
            {
                Devices = DeviceCatalog.Load(Repository.Path("devices")),
                UseSoftReset = useSoftReset,
                Timeouts = new()
                {
                    ConfirmationDelay = TimeSpan.FromMilliseconds(20),
                    EndpointRefresh = TimeSpan.FromMilliseconds(20),
                    Reply = TimeSpan.FromMilliseconds(300),
                    NotSentPause = TimeSpan.FromMilliseconds(20),
                    NoAcknowledgementPause = TimeSpan.FromMilliseconds(20),
                    MeterConfirmation = TimeSpan.FromMilliseconds(20),
                    MeterQuestionPause = TimeSpan.FromMilliseconds(20),
                    LongestMeterQuestionPause = TimeSpan.FromMilliseconds(200),
                    MeterResetRetry = TimeSpan.FromMilliseconds(20),
                    PollSpacing = TimeSpan.FromMilliseconds(20),
                    NodePollSpacing = TimeSpan.FromMilliseconds(20),
                    SoftReset = TimeSpan.FromMilliseconds(500),
                    ShortestTransmission = TimeSpan.FromMilliseconds(200),
                    LongestTransmission = TimeSpan.FromSeconds(2),
                },
                SessionTimeouts = new()
                {
                    FirstReopen = TimeSpan.FromMilliseconds(20),
                    Acknowledge = TimeSpan.FromMilliseconds(400),
                    Response = TimeSpan.FromMilliseconds(1000),
                    AbortGrace = TimeSpan.FromMilliseconds(100),
                    BackoffStep = TimeSpan.FromMilliseconds(100),
                },
            },
            Probe, logger);
    }

    public SimulatedNetwork Plugs { get; }

    public NetworkProbe Probe { get; } = new();

    public ZWaveNetwork Network { get; }

    public SimulatedController Controller => _transport.Controller;

    public SimulatedFaults Faults => _transport.Controller.Faults;

    public bool IsPlugged
    {
        get => _transport.IsPlugged;
        set => _transport.IsPlugged = value;
    }

    /// <summary>Starts and waits until the three plugs are interviewed.</summary>
    public static async Task<SimulatedHost> StartAsync(
        SimulatedControllerOptions? options = null, bool useSoftReset = true, ILogger? logger = null)
    {
        var host = new SimulatedHost(options, useSoftReset, logger ?? NullLogger.Instance);
        host.Network.Start();
        await host.Probe.UntilInterviewedAsync(new(2), new(3), new(4));
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        await _transport.DisposeAsync();
        Plugs.Dispose();
    }
}
