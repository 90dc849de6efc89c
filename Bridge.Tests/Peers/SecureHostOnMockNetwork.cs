using System.Text.Json;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>Our host, with the keys of <c>keys.mjs</c>, on a mock network whose plugs have keys and the cryptography of npm's zwave-js.</summary>
public abstract class SecureHostOnMockNetwork(string option, NodeId node) : IAsyncLifetime
{
    private MockNetwork? _peer;
    private ZWaveNetwork? _network;

    internal NetworkProbe Probe { get; } = new();

    internal MockNetwork Peer => _peer!;

    internal ZWaveNetwork Network => _network!;

    /// <summary>The plug with keys.</summary>
    internal NodeId Plug => node;

    public async ValueTask InitializeAsync()
    {
        _peer = await MockNetwork.StartAsync(option);
        _network = _peer.Connect(Probe, SecureDriverOnSimulator.Keys);
        _network.Start();
        await Probe.UntilReadyAsync();
        await Probe.UntilInterviewedAsync(node);
    }

    public async ValueTask DisposeAsync()
    {
        if (_network is not null) await _network.DisposeAsync();
        if (_peer is not null) await _peer.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A report in the envelope of the plug's key; with <paramref name="tamperedByte"/> one bit of that byte of the frame is turned over.</summary>
    internal Task ReportAsync(string hex, int? tamperedByte = null) =>
        Peer.Peer.RunAsync("report", ("node", node.Value), ("hex", hex), ("tamperedByte", tamperedByte));

    internal Task RunAsync(string command) => Peer.Peer.RunAsync(command, ("node", node.Value));

    /// <summary>The security counters of the plug.</summary>
    internal Task<JsonElement> SecurityAsync() => Peer.Peer.RunAsync("security", ("node", node.Value));

    internal ValueId Watt => new(node, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 2));

    internal async Task<bool> IsOnAsync() =>
        (await Peer.NodeAsync((byte)node.Value)).GetProperty("relays").GetRawText().Contains("true", StringComparison.Ordinal);

    /// <summary>What our host counts, waited for: the plug's frames come by a line of their own.</summary>
    internal async Task UntilCountedAsync(Func<NetworkCounters, bool> counted)
    {
        for (var attempt = 0; attempt < 100 && !counted(Network.Counters); attempt++) await Network.PingAsync(node);
        Assert.True(counted(Network.Counters));
    }
}

/// <summary>Node 2 has Security 2 and the Authenticated key.</summary>
public sealed class Security2Host() : SecureHostOnMockNetwork("--s2", new(2));

/// <summary>Node 5 has Security 0.</summary>
public sealed class Security0Host() : SecureHostOnMockNetwork("--s0", new(5));
