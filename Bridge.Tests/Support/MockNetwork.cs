using System.Text.Json;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Support;

/// <summary>
/// The network of npm's zwave-js on TCP: node 2 is the n4003, 3 the Energy Switch, 4 the Double Switch. Their fixed values are in Peers/README.md.
/// </summary>
internal sealed class MockNetwork : IAsyncDisposable
{
    public const uint HomeId = 0xC0FFEE01;

    private MockNetwork(NodePeer peer, int port) => (Peer, Port) = (peer, port);

    /// <summary>The script: its events and every command that has no method here.</summary>
    public NodePeer Peer { get; }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <param name="options"><c>--s2</c>, <c>--unknown-ids</c>, <c>--trace</c></param>
    public static async Task<MockNetwork> StartAsync(params string[] options)
    {
        var peer = NodePeer.Start("mock-network.mjs", options);
        try
        {
            var listening = await peer.NextAsync(line => line.Number("listening") is not null, "its port");
            return new(peer, listening.Number("listening")!.Value);
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Our host on it, with the device files of the program; not started.</summary>
    public ZWaveNetwork Connect(INetworkObserver observer, NetworkKeys? keys = null) => new(
        new(new TcpTransport("127.0.0.1", Port, TimeProvider.System))
        {
            Devices = DeviceCatalog.Load(Repository.Path("devices")),
            Keys = keys,
            Timeouts = new() { ConfirmationDelay = TimeSpan.FromMilliseconds(50), EndpointRefresh = TimeSpan.FromMilliseconds(50) },
        },
        observer, NullLogger.Instance);

    /// <summary>A report nobody asked for: a whole command in hex, inside Multi Channel when it comes from an endpoint.</summary>
    public Task ReportAsync(byte node, string hex, byte endpoint = 0) =>
        Peer.RunAsync("report", ("node", node), ("hex", hex), ("endpoint", endpoint));

    /// <summary>Somebody presses the button: the relay toggles, the lifeline hears of it.</summary>
    public Task PressAsync(byte node, byte? endpoint = null) => Peer.RunAsync("press", ("node", node), ("endpoint", endpoint));

    /// <summary>A notification state or an alarm level begins; with 0 it ends.</summary>
    public Task RaiseAlarmAsync(byte node, byte type, byte state) =>
        Peer.RunAsync("alarm", ("node", node), ("type", type), ("state", state));

    /// <summary>Arms a fault, for one node or for any: nak, can, noAck, refuse, failTransmit, dropResponse, dropCallback, dropCommand, dropReport.</summary>
    public Task ArmAsync(string fault, int times = 1, byte? node = null, byte? status = null) =>
        Peer.RunAsync("fault", ("fault", fault), ("times", times), ("node", node), ("status", status));

    /// <summary>A node out of reach, or in reach again.</summary>
    public Task SetDeadAsync(byte node, bool isDead) => Peer.RunAsync("fault", ("fault", "dead"), ("node", node), ("on", isDead));

    /// <summary>Ends the connection to the client: orderly, or with a reset.</summary>
    public Task CloseAsync(bool abruptly = false) => Peer.RunAsync("close", ("abruptly", abruptly));

    /// <summary>What a node holds: relays, meters, parameters, groups, alarms, protectionState, indicators.</summary>
    public async Task<JsonElement> NodeAsync(byte node)
    {
        var state = await Peer.RunAsync("state");
        return state.GetProperty("nodes").EnumerateArray().Single(entry => entry.Number("node") == node);
    }

    /// <summary>Every plain command a node got, in hex.</summary>
    public async Task<IReadOnlyList<string>> ReceivedAsync(byte node)
    {
        var received = await Peer.RunAsync("received", ("node", node));
        return [.. received.EnumerateArray().Select(hex => hex.GetString()!)];
    }

    /// <summary>Waits until a command with these first bytes (upper case hex, no spaces) reaches a node.</summary>
    public Task<JsonElement> CommandAsync(byte node, string hexStart, int since = 0) =>
        Peer.NextEventAsync("command", line => line.Number("node") == node && line.Text("hex").StartsWith(hexStart, StringComparison.Ordinal), since);

    public ValueTask DisposeAsync() => Peer.DisposeAsync();
}
