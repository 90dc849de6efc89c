using System.Collections.Concurrent;
using System.Threading.Channels;
using Bridge.Tests.Support;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>How an <see cref="InclusionRig"/> is set up.</summary>
internal sealed record InclusionRigOptions
{
    /// <summary>Nodes there are beside our own, 1.</summary>
    public ushort[] Nodes { get; init; } = [];

    /// <summary>Functions the firmware lacks.</summary>
    public FunctionId[] Lacks { get; init; } = [];

    /// <summary>Our controller is the one that return routes lead to.</summary>
    public bool IsSuc { get; init; }

    public bool IsSecondary { get; init; }

    public INetworkStore Store { get; init; } = new NoNetworkStore();

    public IProvisioningStore Provisioning { get; init; } = new NoProvisioningStore();
}

/// <summary>
/// A network on a module that is played by the test, on bytes and with time that stands still: startup, pings and node information are answered by itself,
/// what belongs to inclusion is for the test.
/// </summary>
internal sealed class InclusionRig : IAsyncDisposable
{
    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    private static readonly byte[] s_tested = [0x3F, 0x4A, 0x4B, 0x51, 0x61, 0x63];

    private readonly InclusionRigOptions _options;
    private readonly FakeTransport _transport = new();
    private readonly Channel<DataFrame> _asked = Channel.CreateUnbounded<DataFrame>();
    private readonly InclusionWatch _watch;
    private FakeController _module = null!;
    private Task _playing = Task.CompletedTask;

    private InclusionRig(InclusionRigOptions options)
    {
        (_options, User) = (options, new(null, null));
        foreach (var node in options.Nodes) Listed.TryAdd(node, true);
        Network = new(
            new(_transport) { Time = Time, UseSoftReset = false, Store = options.Store, Timeouts = new() { SilenceBeforePing = TimeSpan.FromDays(30) } },
            Probe, NullLogger.Instance);
        Inclusion = new(Network, new() { Security2 = Security2, Security0 = Security0, Provisioning = options.Provisioning });
        _watch = new(Inclusion);
    }

    public ManualTimeProvider Time { get; } = new();

    public NetworkProbe Probe { get; } = new();

    public ZWaveNetwork Network { get; }

    public NodeInclusion Inclusion { get; }

    public FakeBootstrap Security2 { get; } = new();

    public FakeBootstrap Security0 { get; } = new();

    public KeyExchangeDialog User { get; }

    public IReadOnlyList<InclusionEvent> Events => _watch.Events;

    /// <summary>The module's own list.</summary>
    public ConcurrentDictionary<ushort, bool> Listed { get; } = new();

    /// <summary>Who acknowledges nothing.</summary>
    public ConcurrentDictionary<ushort, bool> Dead { get; } = new();

    /// <summary>Whom something was sent to.</summary>
    public ConcurrentQueue<ushort> SentTo { get; } = new();

    /// <summary>The classes a node that is asked for its node information lists; null: it does not answer.</summary>
    public string? NodeInformation { get; set; }

    public static async Task<InclusionRig> StartAsync(InclusionRigOptions? options = null)
    {
        var rig = new InclusionRig(options ?? new());
        rig.Network.Start();
        await rig.ConnectAsync();
        await rig.Probe.UntilReadyAsync();
        return rig;
    }

    /// <summary>The host opens the line.</summary>
    public async Task ConnectAsync()
    {
        _module = await _transport.AcceptAsync();
        await _module.ExpectAsync("15");
        _playing = PlayAsync(_module);
        await Time.ElapseAsync(100);
    }

    public void Pull() => _transport.Pull();

    public void Plug() => _transport.Plug();

    /// <summary>The next request that is the test's: function and payload, the callback id left out.</summary>
    /// <returns>The callback id.</returns>
    public async Task<byte> ExpectAsync(string hex, bool hasCallback = true)
    {
        var frame = await _asked.Reader.ReadAsync().AsTask().WaitAsync(s_hang);
        var payload = hasCallback ? frame.Payload[..^1] : frame.Payload;
        Assert.Equal(hex, Hex.Spaced([frame.Function.Value, .. payload.Span]));
        return frame.Payload.Span[^1];
    }

    /// <summary>The next request that is the test's, whole, with the callback id where AddNode has it.</summary>
    public async Task<(string Hex, byte CallbackId)> TakeAsync()
    {
        var frame = await _asked.Reader.ReadAsync().AsTask().WaitAsync(s_hang);
        return (Hex.Spaced([frame.Function.Value, .. frame.Payload.Span]), frame.Payload.Span[1]);
    }

    /// <summary>A request that came already; null: there is none.</summary>
    public string? TryTake() => _asked.Reader.TryRead(out var frame) ? Hex.Spaced([frame.Function.Value, .. frame.Payload.Span]) : null;

    /// <summary>Nothing of the test's was asked that it did not expect.</summary>
    public void ExpectNothing() => Assert.False(_asked.Reader.TryPeek(out _));

    /// <summary>The module says something by itself, or as a callback: function and payload.</summary>
    public Task SayAsync(string hex) => SendAsync(FrameType.Request, WireAssert.Bytes(hex));

    /// <summary>A callback of AddNode or RemoveNode.</summary>
    public Task SayAsync(byte function, byte callbackId, byte status, ushort node = 0, string information = "00") =>
        SayAsync($"{function:X2} {callbackId:X2} {status:X2} {node:X2} {information}");

    public Task RespondAsync(string hex) => SendAsync(FrameType.Response, WireAssert.Bytes(hex));

    /// <inheritdoc cref="InclusionWatch.UntilAsync"/>
    public Task<T> UntilAsync<T>(int count = 1)
        where T : InclusionEvent => _watch.UntilAsync<T>(count);

    /// <summary>Waits until the network is as wanted.</summary>
    public async Task UntilAsync(Func<INetworkView, bool> isSo)
    {
        using var limit = new CancellationTokenSource(s_hang);
        while (!await Network.ReadAsync(isSo))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>One round trip: everything that was asked of the module before was answered, and what came of it was done.</summary>
    public async Task SyncAsync()
    {
        await Network.Context.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await SettleAsync();
    }

    /// <summary>Everything that was posted to the network's loop is done.</summary>
    public async Task SettleAsync()
    {
        for (var turn = 0; turn < 5; turn++) await Network.OnLoopAsync(static () => { });
    }

    public Task<bool> IsShownAsync(ushort node) => Network.ReadAsync(view => view.FindNode(new(node)) is not null && view.OtherNodes.Any(other => other.Id.Value == node));

    public Task<SecurityClasses?> GrantedAsync(ushort node) => Network.ReadAsync(view => view.FindNode(new(node))!.GrantedClasses);

    /// <summary>Any node may join; the module is ready.</summary>
    public async Task<byte> OpenAsync(InclusionStrategy strategy = InclusionStrategy.Default, int seconds = 60, IKeyExchangeUser? user = null)
    {
        var start = Inclusion.StartInclusionAsync(TimeSpan.FromSeconds(seconds), strategy, user ?? User);
        var id = await ExpectAsync("4A C1");
        await SayAsync(0x4A, id, 1);
        await start;
        return id;
    }

    /// <summary>The module adds a node, from "found" to "done".</summary>
    /// <param name="classes">What its node information lists.</param>
    public async Task JoinAsync(byte id, ushort node, string classes)
    {
        var count = WireAssert.Bytes(classes).Length + 3;
        Listed[node] = true;
        await SayAsync(0x4A, id, 2);
        await SayAsync(0x4A, id, 3, node, $"{count:X2} 04 10 01 {classes}");
        await SayAsync(0x4A, id, 5, node);
        var stop = await ExpectAsync("4A 05");
        await SayAsync(0x4A, stop, 6, node);
        Assert.Equal(0, await ExpectAsync("4A 05"));
    }

    public async ValueTask DisposeAsync()
    {
        Inclusion.Dispose();
        await Network.DisposeAsync();
        // The host closed the line: that ends the module.
        await _playing;
        await _module.DisposeAsync();
    }

    private async Task SendAsync(FrameType type, byte[] bytes) => await _module.SendAsync(new DataFrame(type, new(bytes[0]), bytes.AsMemory(1)));

    private async Task PlayAsync(FakeController module)
    {
        try
        {
            while (true)
            {
                var frame = await module.ReadAnyFrameAsync();
                if (frame is null) return;
                await module.SendAsync("06");
                await AnswerAsync(module, frame);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or TimeoutException)
        {
        }
    }

    private async Task AnswerAsync(FakeController module, DataFrame frame)
    {
        if (s_tested.Contains(frame.Function.Value))
        {
            await _asked.Writer.WriteAsync(frame);
            return;
        }

        if (Response(frame) is { } response) await module.SendAsync(DataFrame.Of(response, NodeIdWidth.Bits8));
        switch (frame.Function.Value)
        {
            case 0x41:
                await module.SendAsync(new DataFrame(FrameType.Response, GetNodeProtocolInfo.Id, WireAssert.Bytes("D3 9C 01 04 10 01")));
                break;
            case 0x13:
                var node = frame.Payload.Span[0];
                SentTo.Enqueue(node);
                var status = Dead.ContainsKey(node) ? TransmitStatus.NoAcknowledgement : TransmitStatus.Ok;
                await module.SendAsync(DataFrame.Of(
                    new SendDataCallback { CallbackId = frame.Payload.Span[^1], TransmitStatus = status }, NodeIdWidth.Bits8));
                break;
            case 0x60 when NodeInformation is { } information:
                var count = WireAssert.Bytes(information).Length + 3;
                await module.SendAsync(new DataFrame(
                    FrameType.Request, new(0x49), WireAssert.Bytes($"84 {frame.Payload.Span[0]:X2} {count:X2} 04 10 01 {information}")));
                break;
            case 0x60:
                await module.SendAsync(new DataFrame(FrameType.Request, new(0x49), WireAssert.Bytes("81 00 00")));
                break;
        }
    }

    private ISerialMessage? Response(DataFrame frame) => frame.Function.Value switch
    {
        0x02 => new GetInitDataResponse(9, default, [new(1), .. Listed.Keys.Order().Select(static id => new NodeId(id))]),
        0x05 => new GetControllerCapabilitiesResponse(_options.IsSecondary ? ControllerCapabilities.Secondary : default),
        0x07 => new GetSerialApiCapabilitiesResponse(1, 2, 0x0086, 1, 0x5A, [.. Functions.Except(_options.Lacks)]),
        0x13 => SendDataResponse.Accepted,
        0x15 => new GetVersionResponse("Z-Wave 7.18", 1),
        0x20 => new MemoryGetIdResponse(new(0xC0DE2026), new(1)),
        0x56 => new GetSucNodeIdResponse(_options.IsSuc ? new(1) : NodeId.None),
        0x60 => RequestNodeInfoResponse.Accepted,
        0x62 => new IsFailedNodeResponse(Dead.ContainsKey(frame.Payload.Span[0])),
        _ => null,
    };

    private static FunctionId[] Functions =>
    [
        GetInitData.Id, GetControllerCapabilities.Id, GetSerialApiCapabilities.Id, SendData.Id, GetVersion.Id, MemoryGetId.Id, GetNodeProtocolInfo.Id,
        GetSucNodeId.Id, RequestNodeInfo.Id, IsFailedNode.Id, RemoveSpecificNode.Id, AddNode.Id, RemoveNode.Id, AssignSucReturnRoute.Id, RemoveFailedNode.Id,
        ReplaceFailedNode.Id,
    ];
}

/// <summary>An exchange of keys whose end the test decides.</summary>
internal sealed class FakeBootstrap : INodeBootstrap
{
    private readonly TaskCompletionSource<(NodeId, SecurityClasses)> _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(240);
    private readonly TaskCompletionSource<KeyExchangeOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>With whom, and what may be granted at most.</summary>
    public Task<(NodeId Node, SecurityClasses Wanted)> Began => _began.Task;

    /// <summary>True: the user is asked for the grant and for the PIN, and decides.</summary>
    public (SecurityClasses Requested, string Dsk)? Asks { get; set; }

    public void Succeed(params ReadOnlySpan<SecurityClass> granted) => _outcome.TrySetResult(new(SecurityClasses.Of(granted), null, string.Empty));

    public void Fail(KeyExchangeFailure failure, string reason = "the PIN is wrong") =>
        _outcome.TrySetResult(new(SecurityClasses.None, failure, reason));

    public async Task<KeyExchangeOutcome> RunAsync(Node node, SecurityClasses wanted, IKeyExchangeUser user, CancellationToken cancellationToken)
    {
        _began.TrySetResult((node.Id, wanted));
        if (Asks is not { } asks) return await _outcome.Task.WaitAsync(cancellationToken);
        var granted = await user.GrantAsync(node.Id, asks.Requested, s_limit, cancellationToken);
        if (granted is null) return new(SecurityClasses.None, KeyExchangeFailure.Cancelled, "cancelled");
        var pin = await user.PinAsync(node.Id, asks.Dsk, s_limit, cancellationToken);
        return pin is null
            ? new(SecurityClasses.None, KeyExchangeFailure.Cancelled, "cancelled")
            : new(granted.Value, null, string.Empty);
    }
}
