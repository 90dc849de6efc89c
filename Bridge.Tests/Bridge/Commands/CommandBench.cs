using System.Text;
using Bridge.Commands;
using Bridge.Firmware;
using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.Requests;
using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Inclusion;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Upkeep;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json.Linq;

namespace Bridge.Tests.Commands;

/// <summary>Commands and requests on our simulated plugs: node 2 (security-free plug with many parameters), 3 (classic plug), 4 (two relays).</summary>
internal sealed class CommandBench : IAsyncDisposable, IBridgeStatus, IBridgeOptions, IBridgeRestart
{
    private readonly TemporaryFolder _folder = new();
    private readonly CommandReplies _replies;
    private readonly Dictionary<string, string> _options = new() { ["log_level"] = "info", ["last_seen"] = "always" };
    private readonly NodeUpdates _updates;
    private int _sent;

    private CommandBench(SimulatedHost host, TimeProvider? time, InclusionStrategy strategy)
    {
        Host = host;
        var properties = new PropertyCache(host.Network.View);
        _replies = new(Topics, Sink, time ?? TimeProvider.System, NullLogger.Instance);
        _updates = new(host.Network, _folder.Path, TimeProvider.System, NullLogger.Instance);
        Commands = new(host.Network, properties, Directory, _replies, time ?? TimeProvider.System, NullLogger.Instance, _updates.InstallAsync);
        Inclusion = new(host.Network, new()
        {
            Security2 = Bootstrap,
            Security0 = Bootstrap,
            Timeouts = new() { Departure = TimeSpan.FromMilliseconds(20), Busy = TimeSpan.FromMilliseconds(20) },
        });
        Upkeep = new(host.Network, new(_folder["backups"]), new() { NodePause = TimeSpan.Zero, StepPause = TimeSpan.Zero, RetryPause = TimeSpan.Zero });
        Context = new RequestContext(host.Network, properties, Directory, TimeProvider.System)
        {
            Status = this,
            Options = this,
            Restart = this,
            Inclusion = Inclusion,
            UsualStrategy = strategy,
            InclusionUsers = new(),
            Upkeep = Upkeep,
            Updates = _updates,
        };
        Requests = new(RequestTable.Create(Context), Directory, _replies, NullLogger.Instance);
    }

    public SimulatedHost Host { get; }

    public NetworkUpkeep Upkeep { get; }

    public string BackupFolder => _folder["backups"];

    public TopicScheme Topics { get; } = new("zwbridge");

    public RecordingSink Sink { get; } = new();

    public SomeDirectory Directory { get; } = new();

    public CommandHandler Commands { get; }

    public RequestHandler Requests { get; }

    public RequestContext Context { get; }

    public NodeInclusion Inclusion { get; }

    /// <summary>How plugs get their keys; nothing happens until the test says so.</summary>
    public FakeBootstrap Bootstrap { get; } = new();

    public int Restarts { get; private set; }

    /// <summary>What was published before the first restart was asked for.</summary>
    public long PublishedBeforeRestart { get; private set; }

    IReadOnlyList<BridgeOption> IBridgeOptions.All =>
    [
        new("log_level", _options["log_level"], ["debug", "info", "warning"]),
        new("last_seen", _options["last_seen"], ["off", "always"]),
    ];

    public static async Task<CommandBench> StartAsync(TimeProvider? time = null, InclusionStrategy strategy = InclusionStrategy.Default) =>
        new(await SimulatedHost.StartAsync(), time, strategy);

    /// <summary>Something comes in on a topic below the base topic.</summary>
    public void Receive(string topic, string payload, Func<MqttMessage, MqttMessage>? change = null) => Receive(topic, Encoding.UTF8.GetBytes(payload), change);

    public void Receive(string topic, byte[] payload, Func<MqttMessage, MqttMessage>? change = null)
    {
        var message = new MqttMessage($"zwbridge/{topic}", payload);
        if (change is not null) message = change(message);
        switch (Topics.Parse(message.Topic))
        {
            case RequestTopic request:
                Requests.Handle(request, message);
                break;
            case { } command:
                Commands.Handle(command, message);
                break;
        }
    }

    /// <summary>The same with a response topic of its own; returns what is answered there.</summary>
    public Task<JObject> AskAsync(string topic, string payload, Func<MqttMessage, MqttMessage>? change = null)
    {
        var reply = $"reply/{Interlocked.Increment(ref _sent)}";
        Receive(topic, payload, message => (change?.Invoke(message) ?? message) with { ResponseTopic = reply, CorrelationData = Encoding.UTF8.GetBytes(reply) });
        return Sink.NextAsync(reply);
    }

    public Task<PayloadValue> InfoAsync() =>
        Task.FromResult(PayloadFormat.Object(new KeyValuePair<string, PayloadValue>("version", PayloadValue.Of("1.2.3"))));

    public Task<PayloadValue> HealthAsync() =>
        Task.FromResult(PayloadFormat.Object(new KeyValuePair<string, PayloadValue>("uptime", PayloadValue.Of(12m))));

    public void Set(string name, string value) => _options[name] = value;

    public void RequestRestart()
    {
        if (Restarts++ == 0) PublishedBeforeRestart = Sink.Count;
    }

    public async ValueTask DisposeAsync()
    {
        Inclusion.Dispose();
        await Upkeep.DisposeAsync();
        await Host.DisposeAsync();
        _replies.Dispose();
        _updates.Dispose();
        _folder.Dispose();
    }
}
