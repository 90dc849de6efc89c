using Bridge.ZWave.Devices;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Network;

/// <summary>What the parts of a network share. Everything in it belongs to the loop.</summary>
internal sealed class NetworkContext(
    SerialApiSession session, DeviceCatalog devices, NetworkTimeouts timeouts, TimeProvider time, ILogger logger) : INetworkView
{
    public NetworkLoop Loop { get; } = new();

    public SerialApiSession Session { get; } = session;

    public DeviceCatalog Devices { get; } = devices;

    public NetworkTimeouts Timeouts { get; } = timeouts;

    public TimeProvider Time { get; } = time;

    public ILogger Logger { get; } = logger;

    public NetworkCounters Counters { get; } = new();

    public SendQueue Queue { get; } = new();

    public ReplyExpectations Expectations { get; } = new();

    public ValueStore Values { get; } = new(time);

    /// <summary>Switch commands whose outcome is not known yet.</summary>
    public PendingSwitches PendingSwitches => field ??= new(Values);

    public SortedDictionary<NodeId, Node> Nodes { get; } = [];

    /// <summary>Known from startup on; null while the module is not there.</summary>
    public ControllerIdentity? Identity { get; set; }

    public ControllerStatus Status
    {
        get;
        set
        {
            if (field == value) return;
            field = value;
            StatusChanged?.Invoke(value);
        }
    } = ControllerStatus.Starting;

    /// <summary>Ready, gone, back: told before the observers are.</summary>
    public event Action<ControllerStatus>? StatusChanged;

    /// <summary>
    /// Nodes whose inclusion is under way or failed half-way: they are spoken with, but nobody outside is told of them, and nothing can be asked of them.
    /// </summary>
    public HashSet<NodeId> Hidden { get; } = [];

    public IEnumerable<Node> OtherNodes => Nodes.Values.Where(node => node.Id != Identity?.NodeId && !Hidden.Contains(node.Id));

    public Node? FindNode(NodeId id) => Nodes.GetValueOrDefault(id);

    Node? INetworkView.FindNode(NodeId id) => Hidden.Contains(id) ? null : FindNode(id);

    /// <summary>A node that is not in the network yet asks to be included, or one that was included by its label powers up.</summary>
    public event Action<ApplicationUpdateRequest>? SmartStartHeard;

    public void OnSmartStart(ApplicationUpdateRequest update) => SmartStartHeard?.Invoke(update);

    /// <summary>Waits on the loop's clock.</summary>
    public Task DelayAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, Time, cancellationToken);

    /// <summary>Waits for a task, but no longer than this. True: it ended; its timer is gone then.</summary>
    public async Task<bool> IsFirstAsync(Task task, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (task.IsCompleted) return true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(task, DelayAsync(pause, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == task;
    }

    public long TimestampAfter(TimeSpan pause) => Time.GetTimestamp() + (long)(pause.TotalSeconds * Time.TimestampFrequency);
}

/// <summary>What happened on the air, counted.</summary>
public sealed class NetworkCounters
{
    private long _framesDropped;

    /// <summary>Frames that came faster than they could be handled.</summary>
    public long FramesDropped => Interlocked.Read(ref _framesDropped);

    public long CommandsReceived { get; set; }

    /// <summary>Malformed commands and encapsulations.</summary>
    public long CommandsRefused { get; set; }

    /// <summary>Commands of classes or numbers nobody here knows.</summary>
    public long CommandsUnknown { get; set; }

    /// <summary>Commands from nodes that are not in the network.</summary>
    public long StrangersDropped { get; set; }

    /// <summary>Encrypted commands that could not be opened.</summary>
    public long NotDecrypted { get; set; }

    /// <summary>Commands of ours a node could not decrypt; each was sent once more.</summary>
    public long NotDecryptedByNode { get; set; }

    /// <summary>Encrypted commands that came a second time.</summary>
    public long RepetitionsDropped { get; set; }

    /// <summary>Commands that came in the clear or with a weaker key than their node has.</summary>
    public long InsecureRefused { get; set; }

    /// <summary>Questions a node acknowledged and never answered.</summary>
    public long RepliesMissing { get; set; }

    /// <summary>Meter readings that were not believed.</summary>
    public long MeterReadingsRejected { get; set; }

    internal void NoteFrameDropped() => Interlocked.Increment(ref _framesDropped);
}
