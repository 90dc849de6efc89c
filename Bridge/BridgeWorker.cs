using Bridge.Mqtt;
using Bridge.Publishing;
using Bridge.Requests;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge;

/// <summary>How the worker of <c>demo</c> differs from that of <c>run</c>.</summary>
public sealed record BridgeWorkerOptions
{
    /// <summary>False for modules that hang after a soft reset.</summary>
    public bool UseSoftReset { get; init; } = true;

    /// <summary>Of a simulated network: how long a frame is on the air; null: as long as a real one.</summary>
    public TimeSpan? HopTime { get; init; }

    /// <summary>Also told what happens in the network; null: nobody.</summary>
    public INetworkObserver? Observer { get; init; }

    /// <summary>Of a simulated network: which plugs, in which state; null: those of the demonstration.</summary>
    public Func<TimeProvider, ILogger, SimulatedStick> SimulatedStick { get; init; } = Bridge.SimulatedStick.Create;
}

/// <summary>
/// Keeps the bridge going from start to stop: the built-in broker where it is wanted, and one session after another, because a restart asked for on MQTT is
/// one of the session, not of the program.
/// </summary>
public sealed class BridgeWorker(
    Lazy<BridgeSettings> settings, NetworkKeyStore keys, BridgeWorkerOptions options, LogLevelSwitch logLevel, MqttLoggerProvider mqttLog,
    Options.UnknownSettings unknown, IHostApplicationLifetime lifetime, TimeProvider time, ILoggerFactory loggers) : BackgroundService, IBridgeRestart
{
    private readonly ILogger _logger = loggers.CreateLogger<BridgeWorker>();
    private TaskCompletionSource _restart = NewSignal();

    /// <summary>Why it ended by itself, when that is nothing a stack trace would explain; null: it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>A session was started: for the demonstration, which tells what there is.</summary>
    public event Action<BridgeSession, EmbeddedBroker?>? SessionStarted;

    public void RequestRestart() => _restart.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whatever it takes to begin must not hold up the host, which waits for the first await.
        await Task.Yield();
        var current = settings.Value;
        _logger.Starting(ProgramVersion.Text, current.Port.Text, current.Directory);
        if (ProgramVersion.UsesStandIns) _logger.UsesStandIns();
        foreach (var path in unknown.Paths) _logger.SettingUnknown(path);
        foreach (var warning in current.Mqtt.Warnings) _logger.SettingWarning(warning);
        if (keys.Prepare() is [var fault, ..])
        {
            Failure = fault;
            _logger.NoKeys(fault);
            lifetime.StopApplication();
            return;
        }

        foreach (var warning in keys.Warnings) _logger.SettingWarning(warning);
        try
        {
            await using var broker = await StartBrokerAsync(current, stoppingToken);
            await RunAsync(current, broker, stoppingToken);
            _logger.Stopped();
        }
        catch (EmbeddedBrokerException exception)
        {
            Failure = exception.Message;
            _logger.BrokerCannotListen(exception.Message);
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(BridgeSettings current, EmbeddedBroker? broker, CancellationToken stoppingToken)
    {
        await using var stick = current.Port.Kind == TransportKind.Simulator
            ? options.SimulatedStick(time, loggers.CreateLogger<SimulatedStick>())
            : null;
        if (stick is not null && options.HopTime is { } hopTime) stick.Network.HopTime = hopTime;
        while (!stoppingToken.IsCancellationRequested)
        {
            _restart = NewSignal();
            await RunSessionAsync(current, stick, broker, stoppingToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<EmbeddedBroker?> StartBrokerAsync(BridgeSettings current, CancellationToken stoppingToken) => current.Mqtt.Embedded is not { } embedded
        ? null
        : await EmbeddedBroker.StartAsync(
            embedded with { RetainedFile = Path.Combine(current.Directory, "retained.json") }, time, loggers.CreateLogger<EmbeddedBroker>(), stoppingToken);

    private async Task RunSessionAsync(BridgeSettings current, SimulatedStick? stick, EmbeddedBroker? broker, CancellationToken stoppingToken)
    {
        var devices = ShippedDevices.Load(current.Own.DevicesDirectory);
        foreach (var left in devices.Faults) _logger.DeviceFileLeftOut(left);
        var session = new BridgeSession(
            new(current, Transport(current.Port, stick), devices)
            {
                EmbeddedBroker = broker?.LocalEndPoint,
                UseSoftReset = options.UseSoftReset,
                Observer = options.Observer,
                LogLevel = logLevel,
                MqttLog = mqttLog,
                Restart = this,
                Keys = keys.Keys,
                Time = time,
            },
            loggers);
        await using (session)
        {
            SessionStarted?.Invoke(session, broker);
            session.Start();
            await _restart.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) _logger.Restarting();
        }
    }

    private ITransport Transport(TransportAddress address, SimulatedStick? stick) => address.Kind switch
    {
        TransportKind.Simulator => stick!.Transport,
        TransportKind.Tcp => new TcpTransport(address.Host!, address.Port, time),
        _ => new SerialPortTransport(address.Text),
    };
}
