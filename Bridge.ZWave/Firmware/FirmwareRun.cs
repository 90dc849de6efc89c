using Bridge.ZWave.Network;

namespace Bridge.ZWave.Firmware;

/// <summary>An update under way: where it stands, and who is told how often. Belongs to the network's loop.</summary>
internal sealed class FirmwareRun : IDisposable
{
    private readonly NetworkContext _context;
    private readonly FirmwareTimeouts _timeouts;
    private readonly TaskCompletionSource<FirmwareProgress> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FirmwareProgress _told;
    private long _toldAt;

    public FirmwareRun(NetworkContext context, Node node, FirmwareProgress progress, FirmwareTimeouts timeouts, CancellationToken stopping)
    {
        (_context, Node, _timeouts, Progress, _told) = (context, node, timeouts, progress, progress);
        Inbox = new(context);
        Stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    public Node Node { get; }

    public FirmwareInbox Inbox { get; }

    public FirmwareTransfer? Transfer { get; private set; }

    /// <summary>Cancelled when the node is gone or everything ends.</summary>
    public CancellationTokenSource Stop { get; }

    public FirmwareProgress Progress { get; private set; }

    public bool IsAborted { get; private set; }

    /// <summary>The node has stored the firmware: nothing can be called off any more.</summary>
    public bool IsPastAbort { get; set; }

    public Action<FirmwareProgress> Changed { get; set; } = static _ => { };

    /// <summary>How it ended.</summary>
    public Task<FirmwareProgress> Ended => _ended.Task;

    /// <summary>The offer goes out; what the node fetches from now on is counted.</summary>
    public void Begin(FirmwareTransfer transfer, bool canResume)
    {
        Transfer = transfer;
        transfer.Progressed += OnProgressed;
        Progress = Progress with { Fragments = transfer.Fragments, CanResume = canResume };
        if (IsAborted) transfer.Abort();
    }

    public void Become(FirmwareState state)
    {
        Progress = Progress with { State = state };
        Tell();
    }

    /// <summary>False: it is too late for that.</summary>
    public bool Abort()
    {
        if (IsPastAbort) return false;
        IsAborted = true;
        Transfer?.Abort();
        return true;
    }

    public FirmwareProgress End(FirmwareState state, string? error)
    {
        Progress = Progress with { State = state, Error = error };
        Tell();
        _ended.TrySetResult(Progress);
        return Progress;
    }

    public void Dispose()
    {
        // Whoever waits for the end of an update that a stop interrupted waits no longer.
        _ended.TrySetCanceled();
        Stop.Dispose();
    }

    private void OnProgressed()
    {
        var isComplete = Transfer!.IsComplete;
        Progress = Progress with
        {
            Fragment = Transfer.Highest,
            State = isComplete ? FirmwareState.Checking : FirmwareState.Transferring,
        };
        var isDue = _context.Time.GetElapsedTime(_toldAt) >= _timeouts.Progress && Progress.Percent != _told.Percent;
        if (isComplete || isDue) Tell();
    }

    private void Tell()
    {
        (_told, _toldAt) = (Progress, _context.Time.GetTimestamp());
        Changed(Progress);
    }
}
