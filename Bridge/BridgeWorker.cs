using Bridge.Options;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge;

/// <summary>Keeps the network going from start to stop. At the stop what is known is written.</summary>
/// <param name="zwave">Valid: the host has checked it.</param>
/// <param name="storage">Valid: the host has checked it.</param>
public sealed class BridgeWorker(
    IOptions<ZWaveOptions> zwave, IOptions<StorageOptions> storage, UnknownSettings unknown, TimeProvider time, ILoggerFactory loggers)
    : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger<BridgeWorker>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!TransportAddress.TryParse(zwave.Value.Port, out var address, out var fault)) throw new InvalidOperationException(fault);
        var directory = Path.GetFullPath(storage.Value.Directory ?? throw new InvalidOperationException("no storage directory"));
        _logger.Starting(ProgramVersion.Text, address.Text, directory);
        if (ProgramVersion.UsesStandIns) _logger.UsesStandIns();
        foreach (var path in unknown.Paths) _logger.SettingUnknown(path);
        var devices = ShippedDevices.Load();
        foreach (var left in devices.Faults) _logger.DeviceFileLeftOut(left);

        await using var stick = address.Kind == TransportKind.Simulator ? SimulatedStick.Create(time, loggers.CreateLogger<SimulatedStick>()) : null;
        var networkLogger = loggers.CreateLogger<ZWaveNetwork>();
        var options = new ZWaveNetworkOptions(Transport(address, stick))
        {
            Devices = devices,
            Store = new JsonNetworkStore(directory, time, networkLogger),
            Time = time,
        };
        await using (var network = new ZWaveNetwork(options, new NoObserver(), networkLogger))
        {
            network.Start();
            await UntilAsync(stoppingToken);
        }

        _logger.Stopped();
    }

    private ITransport Transport(TransportAddress address, SimulatedStick? stick) => address.Kind switch
    {
        TransportKind.Simulator => stick!.Transport,
        TransportKind.Tcp => new TcpTransport(address.Host!, address.Port, time),
        _ => new SerialPortTransport(address.Text),
    };

    private static async Task UntilAsync(CancellationToken token)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(stopped.SetResult);
        await stopped.Task;
    }

    /// <summary>The network tells its own log what matters; nothing else listens yet.</summary>
    private sealed class NoObserver : INetworkObserver;
}
