using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.ZWave.Network;

/// <summary>A poll plan at work on nodes of paper, in time that only a test moves.</summary>
internal sealed class PollerRig : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly CountingTime _counting;
    private readonly SerialApiSession _session;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(TimeSpan At, ushort Node, string What)> _asked = [];

    public PollerRig()
    {
        _counting = new(_time);
        _session = new(new MemoryTransport("memory"), SessionTimeouts.Default, _time, NullLogger.Instance);
        Context = new(_session, DeviceCatalog.Empty, new(), _counting, NullLogger.Instance) { Status = ControllerStatus.Ready };
        Poller = new(Context, AskAsync, _stopping.Token);
    }

    public NetworkContext Context { get; }

    public Poller Poller { get; }

    /// <summary>What was asked, when, of which node: "W", "kWh", "switch", with the endpoint before it where it is not the root.</summary>
    public IReadOnlyList<(TimeSpan At, ushort Node, string What)> Asked => _asked;

    /// <summary>How often a timer fired.</summary>
    public int Wakeups => _counting.Fired;

    public TimeSpan Now => _time.Elapsed;

    /// <summary>Nodes that do not answer.</summary>
    public HashSet<ushort> Silent { get; } = [];

    /// <summary>A listening, interviewed plug with a relay and a meter of version 4 with these scales.</summary>
    public async Task<Node> AddAsync(ushort id, int[] scales, bool isPlus = false, Action<Node>? prepare = null)
    {
        var node = new Node(new(id))
        {
            Protocol = new(true, false, true, false, 4, 16, 1),
            Interview = new(InterviewState.Complete, 100, string.Empty),
            Status = NodeStatus.Alive,
        };
        AddClasses(node.Root, scales);
        if (isPlus) node.Root.Add(ZWavePlusInfoCommandClass.Id);
        prepare?.Invoke(node);
        await Context.Loop.ReadAsync(() =>
        {
            Context.Nodes[node.Id] = node;
            Poller.Plan(node);
            return true;
        });
        return node;

        void AddClasses(Endpoint endpoint, int[] listed)
        {
            endpoint.SetVersion(SwitchBinaryCommandClass.Id, 1);
            endpoint.SetVersion(MeterCommandClass.Id, 4);
            Context.Values.Set(new(node.Id, endpoint.Index, MeterCommandClass.MeterType), Value.Of(1L));
            Context.Values.Set(new(node.Id, endpoint.Index, MeterCommandClass.SupportedScales), Value.Of(listed));
        }
    }

    /// <summary>A further endpoint with a relay and a meter.</summary>
    public void AddEndpoint(Node node, byte number, params int[] scales)
    {
        var endpoint = node.AddEndpoint(new(number));
        endpoint.SetVersion(SwitchBinaryCommandClass.Id, 1);
        endpoint.SetVersion(MeterCommandClass.Id, 3);
        Context.Values.Set(new(node.Id, endpoint.Index, MeterCommandClass.SupportedScales), Value.Of(scales));
    }

    /// <summary>What the first association group says it sends, each as class * 256 + command.</summary>
    public void SetLifeline(Node node, params int[] commands) =>
        Context.Values.Set(new(node.Id, EndpointIndex.Root, AssociationGroupInformationCommandClass.GroupCommands(1)), Value.Of(commands));

    public Task PlanAsync(Node node) => OnLoopAsync(() => Poller.Plan(node));

    /// <summary>The node tells something without being asked.</summary>
    public Task ReportAsync(Node node, ICommand command) =>
        OnLoopAsync(() => Poller.OnReceived(new(node, EndpointIndex.Root, command), isUnsolicited: true));

    public Task OnLoopAsync(Action action) => Context.Loop.ReadAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>Lets time pass, second by second, each with all that happens in it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var end = _time.Elapsed + time; _time.Elapsed < end;)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Context.Loop.ReadAsync(static () => true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Poller.Dispose();
        _stopping.Dispose();
        await _session.DisposeAsync();
    }

    private Task<bool> AskAsync(Node node, PollTarget target)
    {
        var what = target.Reading is not { } reading ? "switch" : MeterScales.Find(reading.MeterType, reading.ScaleIndex)?.Unit ?? "PF";
        _asked.Add((_time.Elapsed, node.Id.Value, target.Endpoint.Index.IsRoot ? what : target.Endpoint.Index + " " + what));
        if (Silent.Contains(node.Id.Value)) throw new ZWaveException(ZWaveErrorCode.NodeNoAck, "silent") { Node = node.Id };
        ICommand answer = target.Reading is { } asked
            ? new MeterReport(asked.MeterType, asked.RateType, (byte)asked.ScaleIndex, 0, 4, 60)
            : new SwitchBinaryReport(0xFF);
        Poller.OnReceived(new(node, target.Endpoint.Index, answer), isUnsolicited: false);
        return Task.FromResult(true);
    }

    private sealed class CountingTime(TimeProvider inner) : TimeProvider
    {
        public int Fired { get; private set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(
            told =>
            {
                Fired++;
                callback(told);
            },
            state, dueTime, period);
    }
}
