using System.Text.Json;
using Bridge.Cli;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>
/// The program itself between the mock network of npm's zwave-js and a Mosquitto, with npm's MQTT client watching. Nothing of the
/// bridge is reached into.
/// </summary>
public abstract class BridgeOnMockNetwork : IAsyncLifetime
{
    /// <summary>Topics of the three plugs, in the order of their ids.</summary>
    public static readonly IReadOnlyList<string> Plugs = ["zwbridge/node_2", "zwbridge/node_3", "zwbridge/node_4"];

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly string[] _networkOptions;
    private readonly TemporaryFolder _folder = new();
    private MosquittoBroker? _broker;
    private MockNetwork? _network;
    private MqttPeer? _client;
    private BridgeProcess? _program;

    private protected BridgeOnMockNetwork(params string[] networkOptions) => _networkOptions = networkOptions;

    /// <summary>What was told of the three plugs after their interview, before any test.</summary>
    public IReadOnlyList<JsonElement> StatesAtFirst { get; private set; } = [];

    /// <summary>Where Mosquitto listens, on 127.0.0.1.</summary>
    public int BrokerPort => _broker!.Port;

    internal MockNetwork Network => _network!;

    internal MqttPeer Client => _client!;

    /// <summary>Where a plug is announced.</summary>
    public static string AnnouncementOf(string plug) => $"homeassistant/device/zw_c0ffee01_{plug["zwbridge/node_".Length..]}/config";

    public async ValueTask InitializeAsync()
    {
        _network = await MockNetwork.StartAsync(_networkOptions);
        _broker = await MosquittoBroker.StartAsync();
        _client = await MqttPeer.ConnectAsync(BrokerPort);
        await StartAsync();
        StatesAtFirst = [.. Plugs.Select(Client.LatestObject)];
    }

    /// <summary>Starts the program and waits until all three plugs can be used.</summary>
    public async Task StartAsync()
    {
        var since = Client.Position;
        _program = BridgeProcess.Start(
            _folder.Path,
            [
                "run", $"--ZWave:Port=tcp://127.0.0.1:{Network.Port}", "--Mqtt:Host=127.0.0.1", $"--Mqtt:Port={BrokerPort}",
                $"--Storage:Directory={_folder["state"]}",
            ]);
        try
        {
            // A plug is announced when its interview is over, and "online" once it was heard of.
            foreach (var plug in Plugs)
            {
                await Client.NextAsync(AnnouncementOf(plug), since: since, limit: s_limit);
                await Client.NextAsync(plug, since: since);
                await Client.NextAsync(plug + "/availability", "online", since);
            }
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"the bridge does not come up: {_program.Output}{_program.Error}", exception);
        }
    }

    /// <summary>Ends the program as systemd does.</summary>
    public async Task StopAsync() => Assert.Equal(ExitCode.Success, await EndAsync("TERM"));

    /// <summary>Ends it without letting it say anything.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>The broker is started again and has forgotten everything; somebody watches from its first moment on.</summary>
    public async Task RestartBrokerAsync()
    {
        var old = Client;
        await _broker!.RestartAsync();
        _client = await MqttPeer.ConnectAsync(BrokerPort);
        await old.DisposeAsync();
    }

    /// <summary>Every relay off, also on MQTT.</summary>
    public async Task SwitchOffAsync()
    {
        var nodes = (await Network.Peer.RunAsync("state")).GetProperty("nodes").EnumerateArray().ToArray();
        // One after another would take its confirmation's time each.
        var on = nodes.Zip(Plugs).Where(pair => HasRelayOn(pair.First) || TellsOn(pair.Second)).Select(static pair => pair.Second);
        await Task.WhenAll(on.Select(SwitchOffAsync));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _program?.Dispose();
        if (_client is not null) await _client.DisposeAsync();
        if (_network is not null) await _network.DisposeAsync();
        if (_broker is not null) await _broker.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Somebody else, who comes late.</summary>
    internal Task<MqttPeer> ConnectAsync(string clientId) => MqttPeer.ConnectAsync(BrokerPort, clientId);

    private static bool HasRelayOn(JsonElement node) =>
        node.GetProperty("relays").EnumerateObject().Any(static relay => relay.Value.GetBoolean());

    private static bool IsOn(JsonElement state) =>
        state.EnumerateObject().Any(static one => one.Name.StartsWith("state", StringComparison.Ordinal) && one.Value.ToString() == "ON");

    private bool TellsOn(string plug) => IsOn(Client.LatestObject(plug));

    private async Task SwitchOffAsync(string plug)
    {
        var since = Client.Position;
        var isToldOn = TellsOn(plug);
        // A strip nobody has a file for does not know which relay stands for all.
        await Client.DoAsync(plug + "/set", plug == Plugs[2] ? """{"state_1":"OFF","state_2":"OFF","state_3":"OFF"}""" : "OFF");
        // Switched on again before this was told there would be no news.
        if (isToldOn) await Client.NextObjectAsync(plug, static state => !IsOn(state), since);
    }

    private async Task<int> EndAsync(string signal)
    {
        using var program = _program!;
        await program.SignalAsync(signal);
        return await program.WaitForExitAsync();
    }
}

/// <summary>Plugs with device files.</summary>
public sealed class BridgeWithKnownPlugs() : BridgeOnMockNetwork();

/// <summary>Plugs with ids nobody has a file for.</summary>
public sealed class BridgeWithUnknownPlugs() : BridgeOnMockNetwork("--unknown-ids");
