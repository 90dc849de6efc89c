using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Our host on plugs of the test's choice, with everything it said on the air.</summary>
internal sealed class NetworkBench : IAsyncDisposable
{
    /// <summary>Waiting times that do not make a test slow.</summary>
    public static readonly NetworkTimeouts Quick = new()
    {
        ConfirmationDelay = TimeSpan.FromMilliseconds(20),
        ConfirmationRetry = TimeSpan.FromMilliseconds(20),
        EndpointRefresh = TimeSpan.FromMilliseconds(20),
        Reply = TimeSpan.FromMilliseconds(300),
        NotSentPause = TimeSpan.FromMilliseconds(20),
        NoAcknowledgementPause = TimeSpan.FromMilliseconds(20),
        SoftReset = TimeSpan.FromMilliseconds(500),
        FirstPing = TimeSpan.FromMilliseconds(100),
        SaveDelay = TimeSpan.FromMilliseconds(20),
    };

    private readonly Lock _gate = new();
    private readonly List<(ushort Node, string Hex)> _said = [];
    private readonly SimulatorTransport _transport;

    public NetworkBench(
        SimulatedNetwork plugs, NetworkTimeouts? timeouts = null, TimeProvider? time = null, bool hasFiles = true, INetworkStore? store = null,
        NetworkKeys? keys = null)
    {
        Plugs = plugs;
        plugs.HopTime = TimeSpan.Zero;
        plugs.ControllerSays = (node, command) =>
        {
            lock (_gate) _said.Add((node.Value, Hex.Spaced(command.Span)));
        };
        _transport = new(new SimulatedController(plugs, NullLogger.Instance));
        Network = new(
            new(_transport)
            {
                Devices = hasFiles ? DeviceCatalog.Load(Repository.Path("devices")) : DeviceCatalog.Empty,
                Timeouts = timeouts ?? Quick,
                Time = time ?? TimeProvider.System,
                Store = store ?? new NoNetworkStore(),
                Keys = keys,
                SessionTimeouts = time is null ? new() { FirstReopen = TimeSpan.FromMilliseconds(20) } : new(),
            },
            Probe, NullLogger.Instance);
    }

    public SimulatedNetwork Plugs { get; }

    public NetworkProbe Probe { get; } = new();

    public ZWaveNetwork Network { get; }

    public SimulatedFaults Faults => _transport.Controller.Faults;

    public bool IsPlugged
    {
        get => _transport.IsPlugged;
        set => _transport.IsPlugged = value;
    }

    /// <summary>One plug at node 2, interviewed.</summary>
    public static async Task<NetworkBench> StartAsync(PlugDefinition plug, bool hasFiles = true, INetworkStore? store = null)
    {
        var plugs = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        plugs.Add(new(2), plug);
        var bench = new NetworkBench(plugs, hasFiles: hasFiles, store: store);
        bench.Network.Start();
        await bench.Probe.UntilInterviewedAsync(new NodeId(2));
        return bench;
    }

    /// <summary>What was said to a node since <paramref name="since"/>, without the Supervision around it.</summary>
    public string[] Said(ushort node, int since = 0)
    {
        lock (_gate) return [.. _said.Where(said => said.Node == node).Select(static said => Unsupervised(said.Hex)).Skip(since)];
    }

    public Task<Value> ReadAsync(EndpointIndex endpoint, PropertyId property, ushort node = 2) =>
        Network.ReadAsync(view => view.Values.Read(new(new(node), endpoint, property)));

    public async Task<bool?> StateAsync(byte endpoint, ushort node = 2) =>
        (await ReadAsync(new(endpoint), SwitchBinaryCommandClass.State, node)).AsBoolean;

    /// <summary>Waits until a value is this, now or later.</summary>
    public async Task UntilAsync(byte endpoint, PropertyId property, Value value, ushort node = 2)
    {
        var id = new ValueId(new(node), new(endpoint), property);
        var since = Probe.Updates.Count;
        if (await ReadAsync(new(endpoint), property, node) != value) await Probe.UntilValueAsync(id, value, since);
    }

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        await _transport.DisposeAsync();
        Plugs.Dispose();
    }

    // Supervision Get: class, command, session, length, then the command itself
    private static string Unsupervised(string hex) => hex.StartsWith("6C 01 ", StringComparison.Ordinal) ? hex["6C 01 00 00 ".Length..] : hex;
}
