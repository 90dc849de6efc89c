using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.Publishing;
using Bridge.Tests.Mqtt;
using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Publishing;

/// <summary>The whole way from simulated plugs to a link, on the network's own loop.</summary>
public sealed class PublishingOnSimulatorTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeMqttLink _link = new();
    private readonly SimulatedNetwork _plugs = SimulatedNetwork.CreateDefault(TimeProvider.System);
    private readonly SimulatorTransport _transport;
    private readonly ZWaveNetwork _network;
    private readonly NodeDirectory _directory;
    private readonly MqttConnection _connection;
    private readonly BridgePublisher _publisher;

    public PublishingOnSimulatorTests()
    {
        _plugs.HopTime = TimeSpan.Zero;
        _transport = new(new SimulatedController(_plugs, NullLogger.Instance));
        var observers = new ObserverList();
        var options = new ZWaveNetworkOptions(_transport) { Devices = DeviceCatalog.Load(Repository.Path("devices")) };
        _network = new(options, observers, NullLogger.Instance);
        var publication = new FullPublication(TimeProvider.System, NullLogger.Instance);
        _connection = new(_link, new(new("broker", 1883, "id"), "base/bridge/state"), publication, TimeProvider.System, NullLogger.Instance);
        _directory = new(_folder.Path, TimeProvider.System, NullLogger.Instance);
        var properties = new PropertyCache(_network.View);
        Task OnLoop(Action action) => _network.ReadAsync(_ =>
        {
            action();
            return true;
        });
        var context = new PublishingContext(_network.View, OnLoop, properties, _directory, _connection, new("base"))
        {
            Program = new("1.2.3", null, "base"),
            Health = new(_network.SessionCounters, _network.Counters, _connection.Counters, () => _network.QueuedCommands),
        };
        _publisher = new(context, NullLogger.Instance);
        _publisher.AddTo(publication);
        _directory.Replaced += (_, after) => _publisher.EntryChanged(after.Id);
        observers.Add(new NodeDirectoryKeeper(_network.View, _directory));
        observers.Add(properties);
        foreach (var observer in _publisher.Observers) observers.Add(observer);
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        _publisher.Dispose();
        await _connection.DisposeAsync();
        await _directory.FlushAsync();
        await _transport.DisposeAsync();
        _plugs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Three_plugs_are_online_with_states_and_a_set_shows()
    {
        _connection.Start();
        _network.Start();
        foreach (var node in new[] { 2, 3, 4 })
        {
            await _link.UntilAsync(() => Last($"base/node_{node}") is not null && Last($"base/node_{node}/availability") == "online", $"node {node}");
        }

        Assert.Equal("ready", (string?)JObject.Parse(Last("base/bridge/info")!)["controller"]!["status"]);
        await _network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: false);
        await _link.UntilAsync(() => (string?)JObject.Parse(Last("base/node_2")!)["state"] == "OFF", "node 2 off");
        await _network.SetSwitchAsync(new(4), new(2), isOn: false);
        await _link.UntilAsync(() => (string?)JObject.Parse(Last("base/node_4")!)["state_2"] == "OFF", "relay 2 off");
        await _link.UntilAsync(() => JArray.Parse(Last("base/bridge/devices") ?? "[]").Count == 3, "three devices");
    }

    [Fact]
    public async Task Pulled_stick_takes_everything_offline_and_comes_back()
    {
        _connection.Start();
        _network.Start();
        await _link.UntilAsync(() => Last("base/node_2/availability") == "online" && Last("base/node_2") is not null, "node 2");
        _transport.IsPlugged = false;
        await _link.UntilAsync(() => Last("base/node_2/availability") == "offline", "offline");
        await _link.UntilAsync(() => Last("base/bridge/info")!.Contains("\"unplugged\"", StringComparison.Ordinal), "unplugged");
        _transport.IsPlugged = true;
        await _link.UntilAsync(() => Last("base/node_2/availability") == "online", "online again");
    }

    private string? Last(string topic) => _link.Published.LastOrDefault(message => message.Topic == topic) is { } message ? RecordingSink.Text(message) : null;
}
