using Bridge.Firmware;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.Publishing;

/// <summary>What publishing needs of the rest.</summary>
/// <param name="View">The network, read on its loop.</param>
/// <param name="OnLoop">Runs an action on the network's loop.</param>
/// <param name="Properties">Told of changes before the publishers are.</param>
/// <param name="Directory">Told of changes before the publishers are.</param>
/// <param name="Sink">The connection.</param>
/// <param name="Topics">Below which base topic.</param>
public sealed record PublishingContext(
    INetworkView View, Func<Action, Task> OnLoop, PropertyCache Properties, INodeDirectory Directory, IMessageSink Sink, TopicScheme Topics)
{
    public required ProgramInfo Program { get; init; }

    public required HealthSources Health { get; init; }

    public StatePublisherOptions States { get; init; } = new();

    /// <summary>The firmware of a node; null: there is nothing to tell.</summary>
    public Func<Node, UpdateStatus?> UpdateStatus { get; init; } = static _ => null;

    /// <summary>The level of the program's own log as of now.</summary>
    public Func<string> LogLevel { get; init; } = static () => "warning";

    /// <summary>Until when a node may join; null: none may. Read on the network's loop.</summary>
    public Func<DateTimeOffset?> JoinUntil { get; init; } = static () => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Everything we publish but discovery and answers, put together: who is told of what, and what is published anew in which order.</summary>
public sealed class BridgePublisher : IDisposable
{
    private readonly PublishingContext _context;
    private readonly ILogger _logger;

    public BridgePublisher(PublishingContext context, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_context, _logger) = (context, logger);
        var (view, directory, sink, topics) = (context.View, context.Directory, context.Sink, context.Topics);
        Info = new(view, sink, topics, context.Program, context.LogLevel, context.JoinUntil);
        Devices = new(view, context.Properties, directory, sink, topics, Post, context.Time);
        Health = new(view, directory, sink, topics, context.Health, Post, context.Time);
        Events = new(view, context.Properties, directory, sink, topics);
        Inclusion = new(Events, Info, directory, topics);
        Updates = new(view, context.Properties, directory, sink, topics, context.UpdateStatus);
        States = new(view, context.Properties, directory, sink, topics, context.States, Post, context.Time);
    }

    public InfoPublisher Info { get; }

    public DeviceListPublisher Devices { get; }

    public HealthPublisher Health { get; }

    public EventPublisher Events { get; }

    /// <summary>To be told what inclusion says.</summary>
    public InclusionPublisher Inclusion { get; }

    public StatePublisher States { get; }

    public UpdatePublisher Updates { get; }

    /// <summary>
    /// To be added to the network's observers behind the directory's keeper and the properties. States first: theirs is the way of every report.
    /// </summary>
    public IReadOnlyList<INetworkObserver> Observers => [States, Info, Devices, Events, Updates];

    /// <summary>Adds what is published after every connect; discovery goes before it.</summary>
    public void AddTo(FullPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        publication.Add("bridge info", _ => _context.OnLoop(Info.Publish));
        publication.Add("devices", _ => _context.OnLoop(Devices.Publish));
        publication.Add("health", _ => _context.OnLoop(Health.Publish));
        publication.Add("availability", _ => _context.OnLoop(States.PublishAvailabilities));
        publication.Add("states", _ => _context.OnLoop(States.PublishStates));
        publication.Add("updates", _ => _context.OnLoop(Updates.PublishAll));
    }

    /// <summary>The directory has another entry for a node: topics move, the list of devices tells the names. Any thread.</summary>
    public void EntryChanged(NodeId node) => Post(() =>
    {
        States.EntryChanged(node);
        Updates.EntryChanged(node);
        Devices.Touch();
    });

    /// <summary>A node left while nobody looked: what a broker keeps of it is cleared. Any thread.</summary>
    public void Abandoned(NodeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Post(() =>
        {
            States.Clear(entry.Topic);
            Updates.Clear(entry.Topic);
        });
    }

    /// <summary>A firmware update went on. On the network's loop.</summary>
    public void UpdateProgressed(FirmwareProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        Updates.Consider(progress.Node);
        Events.UpdateProgressed(progress);
    }

    /// <summary>The user has other firmware files. Any thread.</summary>
    public void FirmwareFilesChanged() => Post(Updates.ConsiderAll);

    public void Dispose()
    {
        States.Dispose();
        Devices.Dispose();
        Health.Dispose();
    }

    private void Post(Action action) => _ = PostAsync(action);

    private async Task PostAsync(Action action)
    {
        try
        {
            await _context.OnLoop(action).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _logger.PublishingFailed(exception);
        }
    }
}
