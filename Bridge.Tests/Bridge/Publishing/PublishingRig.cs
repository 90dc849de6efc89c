using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Options;
using Bridge.Properties;
using Bridge.Publishing;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Publishing;

/// <summary>A state publisher on a network on paper; the test's thread is the network's loop.</summary>
internal sealed class PublishingRig : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ObserverList _observers = new();

    public PublishingRig(LastSeenMode lastSeen = LastSeenMode.Change, int joinMilliseconds = 100)
    {
        View = new(Time);
        Directory = new(_folder.Path, Time, NullLogger.Instance);
        Directory.Load(View.Identity!.HomeId);
        Properties = new(View);
        var options = new StatePublisherOptions { LastSeen = lastSeen, Join = TimeSpan.FromMilliseconds(joinMilliseconds) };
        States = new(View, Properties, Directory, Sink, Topics, options, static action => action(), Time);
        _observers.Add(Properties);
        _observers.Add(States);
        View.Values.Updated += _observers.ValueUpdated;
    }

    public ManualTimeProvider Time { get; } = new();

    public FakeNetworkView View { get; }

    public NodeDirectory Directory { get; }

    public PropertyCache Properties { get; }

    public RecordingSink Sink { get; } = new();

    public TopicScheme Topics { get; } = new("base");

    public StatePublisher States { get; }

    public INetworkObserver Observers => _observers;

    /// <summary>A plug that was heard of, on a controller that is ready; nothing of it is in the sink any more.</summary>
    public Node Ready(ushort id = 4)
    {
        var node = View.AddPlug(new(id));
        node.Status = NodeStatus.Alive;
        Become(ControllerStatus.Ready);
        _observers.NodeAdded(node);
        Time.Advance(1000);
        Sink.Take();
        return node;
    }

    public void Become(ControllerStatus status)
    {
        View.Status = status;
        _observers.ControllerChanged(status);
    }

    public void Become(Node node, NodeStatus status)
    {
        var before = node.Status;
        node.Status = status;
        _observers.NodeStatusChanged(node, before);
    }

    public void Set(ValueId id, Value value) => View.Values.Set(id, value);

    /// <summary>A report comes in: the time of the node, its value, the command.</summary>
    public void Report(Node node, ValueId id, Value value)
    {
        node.LastSeen = Time.GetUtcNow();
        Set(id, value);
        _observers.CommandReceived(new(node, EndpointIndex.Root, new SwitchBinaryReport(value.AsBoolean == true ? (byte)0xFF : (byte)0)));
    }

    public void Dispose()
    {
        States.Dispose();
        Directory.FlushAsync().GetAwaiter().GetResult();
        _folder.Dispose();
    }
}
