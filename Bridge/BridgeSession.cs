using System.Net;
using Bridge.Commands;
using Bridge.Discovery;
using Bridge.Firmware;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Options;
using Bridge.Properties;
using Bridge.Publishing;
using Bridge.Requests;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Storage;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge;

/// <summary>What a session gets from outside.</summary>
/// <param name="Settings">Valid.</param>
/// <param name="Transport">The way to the module.</param>
/// <param name="Devices">All device files.</param>
public sealed record BridgeSessionOptions(BridgeSettings Settings, ITransport Transport, DeviceCatalog Devices)
{
    /// <summary>Where the built-in broker listens; null: another broker is used.</summary>
    public IPEndPoint? EmbeddedBroker { get; init; }

    /// <summary>Also told what happens in the network; null: nobody.</summary>
    public INetworkObserver? Observer { get; init; }

    /// <summary>The keys of the network; null: nothing can be encrypted.</summary>
    public NetworkKeys? Keys { get; init; }

    /// <summary>Waiting times of the network.</summary>
    public NetworkTimeouts Timeouts { get; init; } = new();

    /// <summary>Waiting times of the line to the module.</summary>
    public SessionTimeouts SessionTimeouts { get; init; } = new();

    /// <summary>Waiting times of a heal.</summary>
    public HealTimes HealTimes { get; init; } = new();

    /// <summary>Waiting times of firmware updates.</summary>
    public FirmwareTimeouts FirmwareTimeouts { get; init; } = new();

    /// <summary>False for modules that hang after a soft reset.</summary>
    public bool UseSoftReset { get; init; } = true;

    public required LogLevelSwitch LogLevel { get; init; }

    public required MqttLoggerProvider MqttLog { get; init; }

    public required IBridgeRestart Restart { get; init; }

    /// <summary>How nodes get their keys, and waiting times of inclusion; the provisioning list is in the folder of the settings.</summary>
    public InclusionOptions Inclusion { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// Network, broker connection and everything between them, put together and kept going from <see cref="Start"/> to disposal. Here is written who is told of
/// what in which order; nothing else is done here.
/// </summary>
public sealed class BridgeSession : IAsyncDisposable
{
    private readonly BridgeSessionOptions _options;
    private readonly HomeId? _remembered;
    private readonly TopicScheme _topics;
    private readonly FullPublication _publication;
    private readonly NodeUpdates _updates;
    private readonly BridgePublisher _publisher;
    private readonly TemplateWatcher _templates;
    private readonly DiscoveryPublisher _discovery;
    private readonly CommandReplies _replies;
    private readonly CommandHandler _commands;
    private readonly RequestHandler _requests;
    private readonly BirthWatcher _birth;
    private readonly ConnectionStart _start;
    private readonly InclusionUsers _inclusionUsers;

    public BridgeSession(BridgeSessionOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        _options = options;
        _remembered = RememberedNetworks.Last(options.Settings.Directory);
        var (settings, time) = (options.Settings, options.Time);
        _topics = new(settings.Mqtt.BaseTopic);
        var observers = new ObserverList();
        Network = new(NetworkOptions(loggers), observers, loggers.CreateLogger<ZWaveNetwork>());
        Upkeep = new(Network, BackupOptions(settings), options.HealTimes);
        Directory = new(settings.Directory, time, loggers.CreateLogger<NodeDirectory>());
        Inclusion = new(Network, options.Inclusion with
        {
            Provisioning = ProvisioningStore(loggers),
            BeforeChange = (activity, cancellationToken) => Upkeep.Backup.RunAsync(BackupReason(activity), cancellationToken),
        });
        _inclusionUsers = new();
        _publication = new(time, loggers.CreateLogger<FullPublication>());
        Connection = new(
            new MqttNetLink(time), ConnectionOptions(), _publication, time, loggers.CreateLogger<MqttConnection>());
        var keeper = new NodeDirectoryKeeper(Network.View, Directory);
        var properties = new PropertyCache(Network.View);
        _updates = new(Network, settings.Directory, time, loggers.CreateLogger<NodeUpdates>(), options.FirmwareTimeouts);
        _publisher = new(PublishingContext(properties), loggers.CreateLogger<BridgePublisher>());
        _templates = new(TemplateCatalog.ShippedFolder, settings.Own.TemplatesDirectory, time, loggers.CreateLogger<TemplateWatcher>());
        _discovery = new(
            new(Network.View, properties, Directory, new(_topics, ProgramVersion.Text), () => _templates.Catalog), DiscoveryOptions(settings),
            Connection, Network.OnLoopAsync, time, loggers.CreateLogger<DiscoveryPublisher>());
        _replies = new(_topics, Connection, time, loggers.CreateLogger<CommandReplies>());
        _commands = new(Network, properties, Directory, _replies, time, loggers.CreateLogger<CommandHandler>(), _updates.InstallAsync);
        _requests = new(RequestTable.Create(RequestContext(properties)), Directory, _replies, loggers.CreateLogger<RequestHandler>());
        _birth = new(new(settings.HomeAssistant.StatusTopic, settings.HomeAssistant.BirthPayload), _publication, time);
        _start = new(Connection, IsIdentityKnown, time);

        // Names and properties first: everybody else asks for them. States before discovery: theirs is the way of every report.
        foreach (var observer in (INetworkObserver[])[keeper, properties, _updates, .. _publisher.Observers, _discovery, _start]) observers.Add(observer);
        if (options.Observer is { } observing) observers.Add(observing);
        var names = new NewNodeNames(Directory, loggers.CreateLogger<NewNodeNames>());
        // Names first: what is told of a new node has them.
        Inclusion.Progressed += names.Take;
        Inclusion.Progressed += _publisher.Inclusion.Take;
        _inclusionUsers.Asked += _publisher.Inclusion.Take;
        _updates.Progressed += _publisher.UpdateProgressed;
        _updates.Changed += _publisher.Updates.Consider;
        _updates.Folder.Changed += _publisher.FirmwareFilesChanged;
        keeper.Abandoned += _publisher.Abandoned;
        Directory.Replaced += OnEntryReplaced;
        _templates.Changed += OnTemplatesChanged;
        options.LogLevel.Changed += OnLogLevelChanged;
        _publisher.Events.Watch(Upkeep);
        // Discovery first: a reader that just started makes nothing of a state it knows no entity for.
        _publication.Add("discovery", AnnounceAsync);
        _publisher.AddTo(_publication);
        // What is marked as retained is refused and told, whether the broker had kept it or somebody publishes it so just now.
        var commands = _topics.CommandFilters
            .Select(static filter => new MqttSubscription(filter) { WantsRetained = false, NoLocal = true, RetainAsPublished = true });
        Connection.Subscribe([.. commands], OnCommand);
        Connection.Subscribe(_birth.Subscriptions, _birth.OnMessage);
    }

    public ZWaveNetwork Network { get; }

    public NodeInclusion Inclusion { get; }
    public NetworkUpkeep Upkeep { get; }

    public NodeDirectory Directory { get; }

    public MqttConnection Connection { get; }

    /// <summary>Starts and returns at once.</summary>
    public void Start()
    {
        _options.MqttLog.Attach(Connection, _topics);
        Network.Start();
        _start.Begin();
    }

    /// <summary>Stops in good order: no more commands, the last states, "offline", goodbye; then the network is left and written.</summary>
    public async ValueTask DisposeAsync()
    {
        _options.LogLevel.Changed -= OnLogLevelChanged;
        _start.Dispose();
        _birth.Dispose();
        _templates.Dispose();
        await Connection.DisposeAsync();
        await Inclusion.FlushAsync();
        Inclusion.Dispose();
        await Upkeep.DisposeAsync();
        await Network.DisposeAsync();
        await _updates.FlushAsync();
        _updates.Dispose();
        _discovery.Dispose();
        _publisher.Dispose();
        _replies.Dispose();
        await Directory.FlushAsync();
    }

    private static NvmBackupReason BackupReason(InclusionActivity activity) => activity switch
    {
        InclusionActivity.Excluding => NvmBackupReason.Exclusion,
        InclusionActivity.Replacing => NvmBackupReason.Replacement,
        _ => NvmBackupReason.Inclusion,
    };

    private static NvmBackupOptions BackupOptions(BridgeSettings settings) => new(Path.Combine(settings.Directory, "backups"))
    {
        Keep = settings.Backups,
        IsAutomatic = settings.BackupBeforeInclusion,
    };

    private static DiscoveryOptions DiscoveryOptions(BridgeSettings settings) => new()
    {
        Discovery = settings.HomeAssistant.Discovery,
        Prefix = settings.HomeAssistant.Prefix,
        SingleComponents = settings.HomeAssistant.SingleComponents,
    };

    private ZWaveNetworkOptions NetworkOptions(ILoggerFactory loggers) => new(_options.Transport)
    {
        Devices = _options.Devices,
        Keys = _options.Keys,
        Store = new JsonNetworkStore(_options.Settings.Directory, _options.Time, loggers.CreateLogger<ZWaveNetwork>()),
        Timeouts = _options.Timeouts,
        SessionTimeouts = _options.SessionTimeouts,
        UseSoftReset = _options.UseSoftReset,
        Time = _options.Time,
    };

    private MqttConnectionOptions ConnectionOptions()
    {
        var mqtt = _options.Settings.Mqtt;
        return new(mqtt.Request(MqttSettings.DefaultClientId(_remembered, mqtt.BaseTopic), _options.EmbeddedBroker), _topics.BridgeState)
        {
            ClientId = () => mqtt.ClientId ?? (Directory.HomeId is { } homeId ? MqttSettings.DefaultClientId(homeId, mqtt.BaseTopic) : null),
            Retain = mqtt.Retain,
        };
    }

    // A client id that is made of the home id must not change with the first answer of the stick.
    private bool IsIdentityKnown =>
        _options.EmbeddedBroker is not null || _options.Settings.Mqtt.ClientId is not null || _remembered is not null;

    private PublishingContext PublishingContext(PropertyCache properties)
    {
        var mqtt = _options.Settings.Mqtt;
        return new(Network.View, Network.OnLoopAsync, properties, Directory, Connection, _topics)
        {
            Program = new(ProgramVersion.Text, mqtt.Broker is { } broker ? $"{broker.Host}:{broker.Port}" : null, mqtt.BaseTopic),
            Health = new(Network.SessionCounters, Network.Counters, Connection.Counters, () => Network.QueuedCommands),
            UpdateStatus = _updates.StatusOf,
            States = new() { LastSeen = mqtt.LastSeen, Join = mqtt.Join },
            LogLevel = () => _options.LogLevel.Word,
            JoinUntil = () => Inclusion.JoinUntil,
            Time = _options.Time,
        };
    }

    private RequestContext RequestContext(PropertyCache properties) => new(Network, properties, Directory, _options.Time)
    {
        Status = new BridgeStatus(Network, _publisher),
        Options = _options.LogLevel,
        Restart = _options.Restart,
        Inclusion = Inclusion,
        UsualStrategy = _options.Settings.InclusionStrategy,
        InclusionUsers = _inclusionUsers,
        Upkeep = Upkeep,
        Updates = _updates,
    };

    private JsonProvisioningStore ProvisioningStore(ILoggerFactory loggers) =>
        new(_options.Settings.Directory, _options.Time, loggers.CreateLogger<NodeInclusion>());

    private async Task AnnounceAsync(CancellationToken cancellationToken) =>
        // What an earlier run left is looked through in the background.
        _ = (await _discovery.ConnectedAsync(new SweepLink(Connection), cancellationToken)).ContinueWith(
            static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private void OnCommand(MqttMessage message)
    {
        switch (_topics.Parse(message.Topic))
        {
            case RequestTopic request:
                _requests.Handle(request, message);
                break;
            case { } command:
                _commands.Handle(command, message);
                break;
        }
    }

    private void OnEntryReplaced(NodeEntry before, NodeEntry after)
    {
        _publisher.EntryChanged(after.Id);
        _ = _discovery.RenamedAsync(after.Id);
    }

    private void OnTemplatesChanged() => _ = _discovery.TemplatesChangedAsync();

    private void OnLogLevelChanged() => _ = Network.OnLoopAsync(_publisher.Info.Publish);

    private sealed class SweepLink(MqttConnection connection) : IDiscoverySweepLink
    {
        public Task<IAsyncDisposable> SubscribeAsync(
            IReadOnlyList<string> filters, Action<MqttMessage> received, CancellationToken cancellationToken) =>
            connection.SubscribeAsync([.. filters.Select(static filter => new MqttSubscription(filter))], received);
    }
}
