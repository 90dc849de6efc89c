using System.Collections.Concurrent;
using System.Threading.Channels;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

/// <summary>
/// Nodes 2, 3 and 4 on a module that is played by the test, with the waiting times of the program and time that stands still. Neighbours are told by the
/// module itself; looking for them and routes are for the test.
/// </summary>
/// <remarks>Time moves only after the timer it is moved for is armed (<see cref="ManualTimeProvider.ElapseAsync(int)"/>): the program's turn is over by then.</remarks>
internal sealed class HealRig : IAsyncDisposable
{
    /// <summary>76 s, and 217 ms for each of four listening nodes: what the module has for the neighbours of a node.</summary>
    public const int Limit = 76_868;

    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(60);

    private static readonly FunctionId[] s_tested =
        [RequestNodeNeighborUpdate.Id, AssignReturnRoute.Id, DeleteReturnRoute.Id, AssignSucReturnRoute.Id, DeleteSucReturnRoute.Id];

    // of node 2's only group
    private static readonly byte[] s_members = [1, 3];

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTransport _transport = new();
    private readonly Channel<DataFrame> _asked = Channel.CreateUnbounded<DataFrame>();
    private readonly ConcurrentQueue<(int At, HealProgress Progress)> _steps = new();
    private readonly SemaphoreSlim _speaking = new(1);
    private TimeSpan _began;
    private FakeController _module = null!;
    private Task _playing = Task.CompletedTask;

    private HealRig()
    {
        Network = new(
            new(_transport)
            {
                Time = Time,
                UseSoftReset = false,
                Store = new KnownNodes(),
                // nothing of the network's own beside the heal
                Timeouts = new() { SilenceBeforePing = TimeSpan.FromDays(30), SaveDelay = TimeSpan.FromDays(30) },
            },
            Probe, NullLogger.Instance);
        Upkeep = new(Network, new(_folder["backups"]));
        Upkeep.Heal.Progressed += progress => _steps.Enqueue(((int)(Time.Elapsed - _began).TotalMilliseconds, progress));
    }

    public ManualTimeProvider Time { get; } = new();

    public NetworkProbe Probe { get; } = new();

    public ZWaveNetwork Network { get; }

    public NetworkUpkeep Upkeep { get; }

    public NetworkHeal Heal => Upkeep.Heal;

    /// <summary>What began or ended when: milliseconds since the heal began, node, step.</summary>
    public (int At, int Node, HealStep Step)[] Steps =>
        [.. _steps.Select(static step => (step.At, (int)step.Progress.Node.Value, step.Progress.Step))];

    /// <summary>How the nodes ended so far: node, how, done, of how many, failed.</summary>
    public (int Node, NodeHealOutcome Outcome, int Done, int Total, int Failed)[] Ends =>
    [
        .. _steps.Select(static step => step.Progress).Where(static progress => progress.Result is not null)
            .Select(static progress => ((int)progress.Node.Value, progress.Result!.Outcome, progress.Done, progress.Total, progress.Failed)),
    ];

    public static async Task<HealRig> StartAsync()
    {
        var rig = new HealRig();
        rig.Network.Start();
        rig._module = await rig._transport.AcceptAsync();
        await rig._module.ExpectAsync("15");
        rig._playing = rig.PlayAsync();
        await rig.Time.ElapseAsync(100);
        await rig.Probe.UntilReadyAsync();
        await rig.SettleAsync();
        return rig;
    }

    /// <summary>Begins a heal of all nodes, or of one.</summary>
    public Task<HealResult> Begin(ushort? node = null)
    {
        _began = Time.Elapsed;
        return node is { } one ? Heal.HealAsync(new(one)) : Heal.HealAllAsync();
    }

    /// <summary>The next thing asked of the module: function and payload, the callback id left out.</summary>
    /// <returns>The callback id.</returns>
    public async Task<byte> ExpectAsync(string hex)
    {
        var frame = await _asked.Reader.ReadAsync().AsTask().WaitAsync(s_hang);
        Assert.Equal(hex, Hex.Spaced([frame.Function.Value, .. frame.Payload[..^1].Span]));
        return frame.Payload.Span[^1];
    }

    /// <summary>A node is to look around: the module says that it does.</summary>
    /// <returns>The callback id.</returns>
    public async Task<byte> ExpectLookAsync(ushort node)
    {
        var id = await ExpectAsync($"48 {node:X2}");
        await LookedAsync(id, NeighborUpdateStatus.Started);
        // from here on the limit runs: it begins anew with what the module said
        await SettleAsync();
        return id;
    }

    /// <summary>A node looks around, or ended with that.</summary>
    public Task LookedAsync(byte callbackId, NeighborUpdateStatus status) =>
        SendAsync(DataFrame.Of(new RequestNodeNeighborUpdateCallback(callbackId, status), NodeIdWidth.Bits8));

    /// <summary>A route is to be deleted or given: the module takes it.</summary>
    /// <returns>The callback id.</returns>
    public async Task<byte> ExpectRouteAsync(string hex)
    {
        var id = await ExpectAsync(hex);
        await SendAsync(new DataFrame(FrameType.Response, Function(hex), WireAssert.Bytes("01")));
        await SettleAsync();
        return id;
    }

    /// <summary>The same, and how it ends.</summary>
    public async Task RouteAsync(string hex, TransmitStatus status = TransmitStatus.Ok)
    {
        var id = await ExpectRouteAsync(hex);
        await SendAsync(new DataFrame(FrameType.Request, Function(hex), new[] { id, (byte)status }));
    }

    /// <summary>Lets a pause of the program pass: until its very end nothing is asked of the module.</summary>
    public async Task PauseAsync(int milliseconds)
    {
        await PassAsync(milliseconds - 1, limit: milliseconds);
        await Time.ElapseAsync(1);
    }

    /// <summary>Lets a part of a time limit of the program pass.</summary>
    public async Task PassAsync(int milliseconds, int limit)
    {
        await Time.ElapseAsync(milliseconds, until: limit);
        await ExpectNothingAsync();
    }

    /// <summary>A node is healed from the first step to the last: a second and a quarter for node 2, half a second less for the others.</summary>
    public async Task HealAsync(ushort node)
    {
        await LookedAsync(await ExpectLookAsync(node), NeighborUpdateStatus.Done);
        await RoutesAsync(node);
    }

    /// <summary>A node that has looked around gets its routes.</summary>
    public async Task RoutesAsync(ushort node)
    {
        await PauseAsync(250);
        await RouteAsync($"47 {node:X2}");
        foreach (var destination in node == 2 ? s_members : [])
        {
            await PauseAsync(250);
            await RouteAsync($"46 {node:X2} {destination:X2}");
        }

        await PauseAsync(250);
        await RouteAsync($"55 {node:X2}");
        await PauseAsync(250);
        await RouteAsync($"51 {node:X2}");
    }

    /// <summary>The network does everything it has to, and asks nothing of the module.</summary>
    public async Task ExpectNothingAsync()
    {
        await SettleAsync();
        Assert.False(_asked.Reader.TryRead(out var frame), frame is null ? null : $"asked: {frame.Function} {Hex.Spaced(frame.Payload.Span)}");
    }

    public async ValueTask DisposeAsync()
    {
        await Upkeep.DisposeAsync();
        await Network.DisposeAsync();
        // The host closed the line: that ends the module.
        await _playing;
        await _module.DisposeAsync();
        _speaking.Dispose();
        _folder.Dispose();
    }

    // What timers woke was done on the loop, and what was asked of the module then has reached it.
    private async Task SettleAsync()
    {
        for (var turn = 0; turn < 5; turn++) await Network.OnLoopAsync(static () => { });
        await Network.Context.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        for (var turn = 0; turn < 5; turn++) await Network.OnLoopAsync(static () => { });
    }

    private static FunctionId Function(string hex) => new(WireAssert.Bytes(hex)[0]);

    private async Task PlayAsync()
    {
        try
        {
            while (await _module.ReadAnyFrameAsync() is { } frame)
            {
                await SayAsync(static module => module.SendAsync("06"));
                if (s_tested.Contains(frame.Function)) await _asked.Writer.WriteAsync(frame);
                else if (Answer(frame) is { } answer) await SendAsync(answer);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or TimeoutException)
        {
        }
    }

    private Task SendAsync(DataFrame frame) => SayAsync(module => module.SendAsync(frame));

    // The module has one line, and this program two hands on it: the test's and the one that answers by itself.
    private async Task SayAsync(Func<FakeController, Task> say)
    {
        await _speaking.WaitAsync();
        try
        {
            await say(_module);
        }
        finally
        {
            _speaking.Release();
        }
    }

    private static DataFrame? Answer(DataFrame frame) => frame.Function.Value switch
    {
        0x02 => Of(new GetInitDataResponse(9, default, [new(1), new(2), new(3), new(4)])),
        0x05 => Of(new GetControllerCapabilitiesResponse(default)),
        0x07 => Of(new GetSerialApiCapabilitiesResponse(1, 2, 0x0086, 1, 0x5A, [.. s_functions])),
        0x15 => Of(new GetVersionResponse("Z-Wave 7.18", 1)),
        0x20 => Of(new MemoryGetIdResponse(new(0xC0DE2026), new(1))),
        // listening, routing, no controller
        0x41 => new(FrameType.Response, GetNodeProtocolInfo.Id, WireAssert.Bytes("D3 9C 01 04 10 01")),
        0x56 => Of(new GetSucNodeIdResponse(new(1))),
        // all hear each other
        0x80 => Of(new GetRoutingInfoResponse([.. new ushort[] { 1, 2, 3, 4 }.Where(id => id != frame.Payload.Span[0]).Select(static id => new NodeId(id))])),
        _ => null,
    };

    private static DataFrame Of<T>(T message)
        where T : ISerialMessage => DataFrame.Of(message, NodeIdWidth.Bits8);

    private static readonly FunctionId[] s_functions =
    [
        GetInitData.Id, GetControllerCapabilities.Id, GetSerialApiCapabilities.Id, SendData.Id, GetVersion.Id, MemoryGetId.Id, GetNodeProtocolInfo.Id,
        GetSucNodeId.Id, RequestNodeInfo.Id, GetRoutingInfo.Id, .. s_tested,
    ];

    /// <summary>Three nodes interviewed in an earlier run; node 2 reports to the controller and to node 3.</summary>
    private sealed class KnownNodes : INetworkStore
    {
        public Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken)
        {
            ValueSnapshot[] groups =
            [
                new(EndpointIndex.Root, AssociationCommandClass.GroupCount, Value.Of(1), null),
                new(EndpointIndex.Root, AssociationCommandClass.Members(1), Value.Of([.. s_members.Select(static id => (int)id)]), null),
            ];
            return Task.FromResult<NetworkSnapshot?>(new(homeId, [Known(2) with { Values = groups }, Known(3), Known(4)]));
        }

        public Task SaveAsync(NetworkSnapshot snapshot, CancellationToken cancellationToken) => Task.CompletedTask;

        private static NodeSnapshot Known(ushort id) => new(new(id))
        {
            Interview = InterviewState.Complete,
            Endpoints = [new(EndpointIndex.Root, 0x10, 0x01, new Dictionary<CommandClassId, byte>(), [])],
        };
    }
}
