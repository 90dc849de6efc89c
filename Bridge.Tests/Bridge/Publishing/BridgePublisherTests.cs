using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.Publishing;
using Bridge.Tests.Mqtt;
using Bridge.Tests.Support;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Publishing;

/// <summary>Publishers and connection together: what a broker has of us, whatever happened to it.</summary>
public sealed class BridgePublisherTests : IAsyncDisposable
{
    // The first pause before the connection is opened again, and no pause of anything else.
    private const int Pause = 750;

    private static readonly NodeId s_four = new(4);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FakeMqttLink _link = new();
    private readonly CollectedLog _log = new();
    private readonly ObserverList _observers = new();
    private readonly FakeNetworkView _view;
    private readonly NodeDirectory _directory;
    private readonly MqttConnection _connection;
    private readonly BridgePublisher _publisher;
    private readonly FullPublication _publication;
    private Exception? _loopFault;

    public BridgePublisherTests()
    {
        _view = new(_time);
        _directory = new(_folder.Path, _time, _log);
        var keeper = new NodeDirectoryKeeper(_view, _directory);
        _publication = new(_time, _log);
        var topics = new TopicScheme("base");
        _connection = new(_link, new(new("broker", 1883, "id"), topics.BridgeState) { Jitter = static () => 0 }, _publication, _time, _log);
        var properties = new PropertyCache(_view);
        var context = new PublishingContext(_view, OnLoop, properties, _directory, _connection, topics)
        {
            Program = new("1.2.3", "broker:1883", "base"),
            Health = new(new(), new(), _connection.Counters, static () => 0),
            Time = _time,
        };
        _publisher = new(context, _log);
        _publisher.AddTo(_publication);
        _publication.Add("discovery", _ =>
        {
            _connection.Publish(MqttMessages.Text("discovery/config", "{}"));
            return Task.CompletedTask;
        });
        _directory.Replaced += (_, after) => _publisher.EntryChanged(after.Id);
        keeper.Abandoned += _publisher.Abandoned;
        _observers.Add(keeper);
        _observers.Add(properties);
        foreach (var observer in _publisher.Observers) _observers.Add(observer);
        _view.Values.Updated += _observers.ValueUpdated;
    }

    public async ValueTask DisposeAsync()
    {
        _publisher.Dispose();
        await _connection.DisposeAsync();
        await _directory.FlushAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Broker_that_forgot_everything_gets_everything_again_in_the_order_readers_want_it()
    {
        Plug();
        await ConnectAsync();
        var before = _link.Published.Count;
        _link.Lose("restarted");
        await _time.ElapseAsync(Pause);
        await _link.UntilCalledAsync("publish discovery/config {}", 2);
        Assert.Equal(
            ["base/bridge/state", "base/bridge/info", "base/bridge/devices", "base/bridge/health", "base/node_4/availability", "base/node_4", "discovery/config"],
            _link.Published.Skip(before).Select(static message => message.Topic));
        Assert.All(_link.Published.Skip(before).SkipLast(1), static message => Assert.True(message.Retain));
    }

    [Fact]
    public async Task Birth_brings_availability_and_states_too()
    {
        Plug();
        await ConnectAsync();
        using var watcher = new BirthWatcher(new("hub/status", "online") { Random = static () => 0 }, _publication, _time);
        await using var subscription = _connection.Subscribe(watcher.Subscriptions, watcher.OnMessage);
        var before = _link.Published.Count;
        _link.Received!(new("hub/status", "online"u8.ToArray()));
        _time.Advance(1000);
        await _link.UntilCalledAsync("publish discovery/config {}", 2);
        string[] topics = [.. _link.Published.Skip(before).Select(static message => message.Topic)];
        Assert.Contains("base/node_4/availability", topics);
        Assert.Contains("base/node_4", topics);
    }

    [Fact]
    public async Task What_changed_while_there_was_no_broker_is_there_in_its_last_form_only()
    {
        Plug();
        await ConnectAsync();
        _link.Lose("away");
        await _time.ElapseAsync(1, Pause);
        for (var round = 0; round < 100; round++)
        {
            _view.Values.Set(FakeNetworkView.Power(s_four), Value.OfDecimal(round, 0));
            _time.Advance(5);
        }

        var before = _link.Published.Count;
        await _time.ElapseAsync(Pause - 501);
        await _link.UntilCalledAsync("publish discovery/config {}", 2);
        var state = Assert.Single(_link.Published.Skip(before), static message => message.Topic == "base/node_4");
        Assert.Contains("\"power\":99,", RecordingSink.Text(state), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_that_left_without_a_broker_is_cleared_when_it_is_back()
    {
        Plug();
        await ConnectAsync();
        _link.Lose("away");
        _view.Remove(s_four);
        _observers.NodeRemoved(s_four);
        await _time.ElapseAsync(Pause);
        await _link.UntilCalledAsync("publish base/node_4");
        await _link.UntilCalledAsync("publish base/node_4/availability");
        Assert.Empty(_link.Published.Last(static message => message.Topic == "base/node_4").Payload.ToArray());
    }

    [Fact]
    public async Task List_of_the_last_run_stays_until_the_controller_has_said_which_nodes_there_are()
    {
        var identity = _view.Identity;
        _view.Identity = null;
        await ConnectAsync();
        Become(ControllerStatus.Unplugged);
        _time.Advance(2000);
        Assert.DoesNotContain(_link.Published, static message => message.Topic == "base/bridge/devices");
        _view.Identity = identity;
        Plug();
        Assert.StartsWith("[{\"id\":4,", Last("base/bridge/devices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_moves_the_topics_and_is_told_in_the_list_of_devices()
    {
        Plug();
        await ConnectAsync();
        Assert.Null(_directory.TryReplace(_directory.Find(s_four) with { Name = "Heater", Topic = "heater" }));
        _time.Advance(1000);
        Assert.Empty(_link.Published.Last(static message => message.Topic == "base/node_4").Payload.ToArray());
        Assert.StartsWith("{\"state\"", Last("base/heater"), StringComparison.Ordinal);
        Assert.StartsWith("[{\"id\":4,\"name\":\"Heater\",\"topic\":\"heater\"", Last("base/bridge/devices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stick_that_is_pulled_is_told_and_takes_its_nodes_offline()
    {
        Plug();
        await ConnectAsync();
        Become(ControllerStatus.Unplugged);
        Assert.Contains("\"controller\":{\"status\":\"unplugged\"", Last("base/bridge/info"), StringComparison.Ordinal);
        Assert.Equal("offline", Last("base/node_4/availability"));
        Assert.Equal("""{"type":"controller_status","status":"unplugged"}""", Last("base/bridge/event"));
    }

    [Fact]
    public async Task Fault_while_publishing_is_logged_and_the_next_change_is_published()
    {
        Plug();
        await ConnectAsync();
        _loopFault = new InvalidOperationException("of ours");
        _publisher.EntryChanged(s_four);
        _loopFault = null;
        Assert.Contains("Publishing what changed failed", _log.Lines);
        _view.Values.Set(FakeNetworkView.State(s_four), Value.Of(false));
        Assert.StartsWith("{\"state\":\"OFF\"", Last("base/node_4"), StringComparison.Ordinal);
    }

    private string Last(string topic) => RecordingSink.Text(_link.Published.Last(message => message.Topic == topic));

    private Task OnLoop(Action action)
    {
        if (_loopFault is { } fault) return Task.FromException(fault);
        action();
        return Task.CompletedTask;
    }

    private void Plug()
    {
        var node = _view.AddPlug(s_four);
        node.Status = NodeStatus.Alive;
        _observers.NodeAdded(node);
        Become(ControllerStatus.Ready);
        _time.Advance(2000);
    }

    private void Become(ControllerStatus status)
    {
        _view.Status = status;
        _observers.ControllerChanged(status);
    }

    private async Task ConnectAsync()
    {
        _connection.Start();
        await _link.UntilCalledAsync("publish discovery/config {}");
        await _link.UntilAsync(() => _connection.Counters.Waiting == 0, "released");
    }
}
