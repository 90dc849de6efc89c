using Bridge.Mqtt;
using Bridge.Options;
using Bridge.Publishing;
using Bridge.Requests;
using Bridge.Tests.Mqtt;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json.Linq;

namespace Bridge.Tests.Support;

/// <summary>How a <see cref="BridgeBench"/> is set up.</summary>
internal sealed record BridgeBenchOptions
{
    public BrokerKind Broker { get; init; }

    public MosquittoSettings? Mosquitto { get; init; }

    /// <summary>The broker of another bench; null: one of its own.</summary>
    public BenchBroker? SharedBroker { get; init; }

    /// <summary>Makes the plugs; null: the three of the demonstration, relays open, loads that stay the same.</summary>
    public Func<SimulatedNetwork> Plugs { get; init; } = static () => SimulatedNetwork.CreateDefault(TimeProvider.System);

    /// <summary>Changes to the settings of the broker connection.</summary>
    public Action<MqttOptions> Mqtt { get; init; } = static _ => { };

    public Func<NetworkTimeouts, NetworkTimeouts> Timeouts { get; init; } = static timeouts => timeouts;

    /// <summary>The keys of the network, which plugs that join are given; null: nothing can be encrypted.</summary>
    public NetworkKeys? Keys { get; init; }

    /// <summary>How plugs get their keys, and waiting times of inclusion. Plugs that say they were reset are looked after by no test that does not want it.</summary>
    public InclusionOptions Inclusion { get; init; } = new() { Timeouts = new() { Departure = TimeSpan.FromHours(1) } };

    /// <summary>What the observer sees; empty: everything.</summary>
    public string[] ObserverFilters { get; init; } = [];

    /// <summary>True: no waiting time is shortened.</summary>
    public bool HasRealTimes { get; init; }

    /// <summary>Takes every line, down to Trace, of the program and of the simulated stick; null: nobody wants them.</summary>
    public FullLog? FullLog { get; init; }
}

/// <summary>
/// The whole bridge on a simulated stick and a real broker, with somebody who watches the broker. Sessions may be ended and begun again with the same
/// stick, broker and folder.
/// </summary>
internal sealed class BridgeBench : IAsyncDisposable, IBridgeRestart
{
    private readonly BridgeBenchOptions _options;
    private readonly TemporaryFolder _folder = new();
    private readonly Lock _gate = new();
    private readonly List<(ushort Node, string Hex)> _said = [];
    private readonly SimulatorTransport _transport;
    private readonly bool _ownsBroker;
    private ILoggerFactory? _loggers;

    private BridgeBench(BridgeBenchOptions options, BenchBroker broker)
    {
        (_options, Broker, _ownsBroker) = (options, broker, options.SharedBroker is null);
        Plugs = options.Plugs();
        Plugs.HopTime = TimeSpan.Zero;
        Plugs.ControllerSays = (node, command) =>
        {
            lock (_gate) _said.Add((node.Value, Hex.Spaced(command.Span)));
        };
        var stickLog = options.FullLog?.CreateLogger(nameof(SimulatedController)) ?? NullLogger.Instance;
        _transport = new(new SimulatedController(Plugs, stickLog, new() { RestartTime = TimeSpan.FromMilliseconds(10) }));
    }

    public SimulatedNetwork Plugs { get; }

    public BenchBroker Broker { get; }

    public MqttObserver Observer { get; } = new();

    /// <summary>Null between two sessions.</summary>
    public BridgeSession? Session { get; private set; }

    public CollectedLog Log { get; } = new();

    public SimulatedFaults Faults => _transport.Controller.Faults;

    public string BaseTopic
    {
        get
        {
            var options = new MqttOptions();
            _options.Mqtt(options);
            return options.BaseTopic;
        }
    }

    public bool IsPlugged
    {
        get => _transport.IsPlugged;
        set => _transport.IsPlugged = value;
    }

    /// <summary>A place in the bridge's storage directory.</summary>
    public string Stored(params string[] parts) => Path.Combine([_folder.Path, .. parts]);

    /// <summary>How many commands went on the air.</summary>
    public int SaidCount
    {
        get
        {
            lock (_gate) return _said.Count;
        }
    }

    /// <summary>Starts everything and waits until every plug is online, shown and announced.</summary>
    public static async Task<BridgeBench> StartAsync(BridgeBenchOptions? options = null)
    {
        var bench = await PrepareAsync(options);
        try
        {
            await bench.Observer.ConnectAsync(bench.Broker.Port, bench.Login, bench._options.ObserverFilters);
            bench.StartSession();
            await bench.UntilShownAsync();
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything but the session and the observer's connection.</summary>
    public static async Task<BridgeBench> PrepareAsync(BridgeBenchOptions? options = null)
    {
        options ??= new();
        return new(options, options.SharedBroker ?? await BenchBroker.StartAsync(options.Broker, options.Mosquitto));
    }

    /// <summary>Begins a session; what it is to do is waited for by the caller.</summary>
    /// <param name="mqtt">Other settings of the broker connection than those of the bench; null: the same.</param>
    public void StartSession(Action<MqttOptions>? mqtt = null)
    {
        var options = new MqttOptions { Host = "127.0.0.1", Port = Broker.Port, JoinMilliseconds = 20 };
        _options.Mqtt(options);
        mqtt?.Invoke(options);
        List<string> faults = [];
        var settings = new BridgeSettings(
            new(TransportKind.Simulator, "simulator"), _folder.Path, MqttSettings.Read(options, faults), new HomeAssistantOptions(),
            new(_folder["devices"], _folder["discovery-templates"]));
        if (faults.Count > 0) throw new InvalidOperationException(string.Join("; ", faults));
        var mqttLog = new MqttLoggerProvider(TimeProvider.System);
        _loggers = LoggerFactory.Create(builder =>
        {
            builder.AddProvider(mqttLog).AddProvider(new CollectingProvider(Log));
            if (_options.FullLog is { } full) builder.SetMinimumLevel(LogLevel.Trace).AddProvider(full);
        });
        Session = new(
            new(settings, _transport, DeviceCatalog.Load(Repository.Path("devices")))
            {
                Timeouts = _options.HasRealTimes ? new() : _options.Timeouts(QuickTimeouts),
                SessionTimeouts = _options.HasRealTimes ? new() : QuickSessionTimeouts,
                Keys = _options.Keys,
                Inclusion = _options.Inclusion,
                HealTimes = _options.HasRealTimes ? new() : new() { NodePause = TimeSpan.Zero, StepPause = TimeSpan.Zero, RetryPause = TimeSpan.Zero },
                FirmwareTimeouts = _options.HasRealTimes ? new() : QuickFirmwareTimeouts,
                LogLevel = new(LogLevel.Information),
                MqttLog = mqttLog,
                Restart = this,
            },
            _loggers);
        Session.Start();
    }

    public async Task StopSessionAsync()
    {
        if (Session is { } session) await session.DisposeAsync();
        Session = null;
        _loggers?.Dispose();
        _loggers = null;
    }

    /// <summary>Waits until every plug is online, shown and announced, from a message on.</summary>
    public async Task UntilShownAsync(int since = 0)
    {
        foreach (var node in Plugs.Nodes)
        {
            await Observer.UntilAsync($"{BaseTopic}/node_{node.Id}", static text => text.Length > 0, since);
            await Observer.UntilAsync($"{BaseTopic}/node_{node.Id}/availability", "online", since);
            await Observer.UntilAsync(DiscoveryTopic(node.Id.Value), static text => text.Length > 0, since);
        }

        await Observer.UntilAsync(BridgeDiscoveryTopic, static text => text.Length > 0, since);
        await Observer.UntilObjectAsync($"{BaseTopic}/bridge/info", static info => (string?)info["controller"]!["status"] == "ready", since, "ready");
        await Observer.UntilAsync($"{BaseTopic}/bridge/health", static text => text.Length > 0, since);
        await SettleAsync();
    }

    /// <summary>Waits until the list of devices tells that every plug is interviewed; it comes at most once a second.</summary>
    public Task UntilListedAsync() => Observer.UntilAsync(
        $"{BaseTopic}/bridge/devices",
        text => JArray.Parse(text) is var all && all.Count == Plugs.Nodes.Count && all.All(static node => (string?)node["interview"] == "complete"),
        what: "complete");

    /// <summary>Waits until nothing is left in the queue to the stick and what was published so far has come.</summary>
    public async Task SettleAsync()
    {
        foreach (var node in Plugs.Nodes.Where(static node => !node.IsDead))
        {
            await Observer.AskAsync($"{BaseTopic}/bridge/request/device/ping", $$"""{"id":{{node.Id}}}""");
        }
    }

    public string BridgeDiscoveryTopic => $"homeassistant/device/zw_{Plugs.HomeId.ToString().ToLowerInvariant()}/config";

    public string DiscoveryTopic(ushort node) => $"homeassistant/device/zw_{Plugs.HomeId.ToString().ToLowerInvariant()}_{node}/config";

    /// <summary>The components of a node's discovery document as last announced.</summary>
    public JObject Components(ushort node) => (JObject)Observer.LastObject(DiscoveryTopic(node))["components"]!;

    /// <summary>What was said to a node since a count of <see cref="SaidCount"/>, without the Supervision around it.</summary>
    public string[] Said(ushort node, int since = 0)
    {
        lock (_gate) return [.. _said.Skip(since).Where(said => said.Node == node).Select(static said => Unsupervised(said.Hex))];
    }

    /// <summary>Forgets what was seen and said: what is left in memory is the bridge's own.</summary>
    public void Forget()
    {
        Observer.Clear();
        lock (_gate)
        {
            _said.Clear();
            _said.TrimExcess();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopSessionAsync();
        await Observer.DisposeAsync();
        await _transport.DisposeAsync();
        Plugs.Dispose();
        if (_ownsBroker) await Broker.DisposeAsync();
        _folder.Dispose();
    }

    void IBridgeRestart.RequestRestart()
    {
    }

    // A stick that answers at once, plugs without time on the air: nothing that is waited for takes long.
    private static NetworkTimeouts QuickTimeouts => new()
    {
        ConfirmationDelay = TimeSpan.FromMilliseconds(20),
        ConfirmationRetry = TimeSpan.FromMilliseconds(20),
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
        SoftReset = TimeSpan.FromMilliseconds(200),
        ShortestTransmission = TimeSpan.FromMilliseconds(200),
        LongestTransmission = TimeSpan.FromSeconds(2),
        FirstPing = TimeSpan.FromMilliseconds(100),
        LongestPing = TimeSpan.FromMilliseconds(400),
        SaveDelay = TimeSpan.FromMilliseconds(20),
    };

    private static FirmwareTimeouts QuickFirmwareTimeouts => new()
    {
        FragmentPause = TimeSpan.FromMilliseconds(1),
        NextGet = TimeSpan.FromSeconds(5),
        Restart = TimeSpan.FromMilliseconds(20),
        PingPause = TimeSpan.FromMilliseconds(50),
        Progress = TimeSpan.Zero,
    };

    private static SessionTimeouts QuickSessionTimeouts => new()
    {
        Drain = TimeSpan.FromMilliseconds(10),
        FrameReceive = TimeSpan.FromMilliseconds(100),
        FirstReopen = TimeSpan.FromMilliseconds(20),
        LongestReopen = TimeSpan.FromMilliseconds(100),
        Acknowledge = TimeSpan.FromMilliseconds(200),
        Response = TimeSpan.FromMilliseconds(500),
        AbortGrace = TimeSpan.FromMilliseconds(100),
        BackoffStep = TimeSpan.FromMilliseconds(100),
    };

    private (string User, string Password)? Login => _options.Mosquitto is { Username: { } user, Password: { } password } ? (user, password) : null;

    // Supervision Get: class, command, session, length, then the command itself
    private static string Unsupervised(string hex) => hex.StartsWith("6C 01 ", StringComparison.Ordinal) ? hex["6C 01 00 00 ".Length..] : hex;

    private sealed class CollectingProvider(CollectedLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
