using System.Text.Json;
using Bridge.Tests.Support;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>Our host with keys of its own on a mock network, and plugs that join it with the cryptography of npm's zwave-js. One plug at a time.</summary>
public sealed class InclusionOnMockNetwork : IAsyncLifetime
{
    private static readonly TimeSpan s_open = TimeSpan.FromSeconds(60);

    private InclusionWatch? _watch;
    private MockNetwork? _peer;
    private ZWaveNetwork? _network;
    private NodeInclusion? _inclusion;
    private int _since;

    internal NetworkProbe Probe { get; } = new();

    internal MockNetwork Peer => _peer!;

    internal ZWaveNetwork Network => _network!;

    internal NodeInclusion Inclusion => _inclusion!;

    public async ValueTask InitializeAsync()
    {
        _peer = await MockNetwork.StartAsync();
        _network = _peer.Connect(Probe, NetworkKeys.Generate());
        _inclusion = new(_network, new());
        _watch = new(_inclusion, patienceSeconds: 60);
        _network.Start();
        await Probe.UntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _inclusion?.Dispose();
        if (_network is not null) await _network.DisposeAsync();
        if (_peer is not null) await _peer.DisposeAsync();
    }

    /// <summary>
    /// Any node may join, and the button of a new plug is pushed. Given the number on its label, <paramref name="user"/> makes who decides.
    /// </summary>
    internal async Task<JoiningPeer> JoinAsync(
        IEnumerable<SecurityClass> wants, Func<ushort?, KeyExchangeDialog> user, string? misbehaves = null, int? repeatMs = null, bool csa = false)
    {
        _since = _watch!.Events.Count;
        var since = Peer.Peer.Position;
        var label = await Peer.Peer.RunAsync(
            "join", ("security", wants.Select(SecurityClassWords.Of).ToArray()), ("misbehaves", misbehaves), ("repeatMs", repeatMs), ("csa", csa));
        var node = new NodeId((ushort)label.Number("node")!.Value);
        ushort? pin = label.TryGetProperty("pin", out var told) ? ushort.Parse(told.GetString()!, null) : null;
        await Inclusion.StartInclusionAsync(s_open, InclusionStrategy.Default, user(pin));
        return new(this, node, since);
    }

    /// <summary>Waits for an event of the inclusion that runs.</summary>
    internal Task<T> UntilAsync<T>()
        where T : InclusionEvent => _watch!.UntilAsync<T>(since: _since);
}

/// <summary>A plug that joins, or has joined.</summary>
internal sealed record JoiningPeer(InclusionOnMockNetwork Host, NodeId Node, int Since)
{
    /// <summary>Waits for a step of its side of the exchange.</summary>
    public Task<JsonElement> StepAsync(string step) => Host.Peer.Peer.NextEventAsync(
        "keyExchange", line => line.Number("node") == Node.Value && line.Text("step") == step, Since);

    /// <summary>It has the keys, was interviewed with the strongest and obeys; nothing about its relay was on the air in the clear.</summary>
    public async Task WorksWithAsync(params SecurityClass[] granted)
    {
        var complete = await StepAsync("complete");
        Assert.Equal(
            granted.Select(SecurityClassWords.Of).Order(), complete.GetProperty("classes").EnumerateArray().Select(static name => name.GetString()).Order());
        Assert.Equal(SecurityClasses.Of(granted), (await Host.UntilAsync<KeysExchanged>()).Granted);
        await Host.Probe.UntilInterviewedAsync(Node);
        Assert.Equal(
            SecurityClasses.Of(granted).Highest, await Host.Network.ReadAsync(view => view.FindNode(Node)!.SecurityClass));
        Assert.True(await Host.Network.SetSwitchAsync(Node, EndpointIndex.Root, isOn: true));
        Assert.True(await IsOnAsync());
        Assert.Equal(0, (await Host.Peer.Peer.RunAsync("security", ("node", Node.Value))).GetProperty("refused").Number("plain"));
    }

    /// <summary>It did not get its keys; when its button is pushed it leaves, and nobody was told of it.</summary>
    public async Task IsNotKeptAsync(KeyExchangeFailure failure)
    {
        var failed = await Host.UntilAsync<BootstrapFailed>();
        Assert.Equal((Node, failure), (failed.Node, failed.Failure));
        await Host.UntilAsync<ButtonWanted>();
        await LeaveAsync();
        Assert.DoesNotContain(Node, Host.Probe.Added);
        Assert.Null(await Host.Network.ReadAsync(view => view.FindNode(Node)));
    }

    /// <summary>Its button is pushed while nodes may leave.</summary>
    public async Task LeaveAsync()
    {
        await Host.Peer.Peer.RunAsync("leave", ("node", Node.Value));
        Assert.Equal(Node, (await Host.UntilAsync<NodeExcluded>()).Node);
    }

    public async Task<bool> IsOnAsync() =>
        (await Host.Peer.NodeAsync((byte)Node.Value)).GetProperty("relays").GetRawText().Contains("true", StringComparison.Ordinal);
}
