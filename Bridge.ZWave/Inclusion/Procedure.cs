using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>One inclusion, exclusion, removal or replacement from its beginning to its end. Belongs to the network's loop.</summary>
internal sealed class Procedure : IDisposable
{
    private readonly NetworkContext _context;
    private readonly CancellationTokenSource _ended;
    private readonly CancellationTokenSource _stopped;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Procedure(NetworkContext context, InclusionActivity activity, CancellationToken stopping)
    {
        (_context, Activity, IsPrepared) = (context, activity, activity == InclusionActivity.Removing);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        (Ended, Stopped) = (_ended.Token, _stopped.Token);
        context.StatusChanged += OnStatusChanged;
    }

    public InclusionActivity Activity { get; }

    /// <summary>Until when a node may join or leave; null: the module waits for none (any more).</summary>
    public DateTimeOffset? OpenUntil { get; set; }

    /// <summary>Whom it is about, once that is known.</summary>
    public NodeId Node { get; set; }

    /// <summary>Ends when the module took it, or with the reason why it did not.</summary>
    public Task Begun => _begun.Task;

    /// <summary>What comes before the module is asked is over; until then it can be stopped.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>The controller went away, or the program ends: there is nothing left to do.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The user does not want to wait any more.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Ends when the next may begin.</summary>
    public Task Over => _over.Task;

    public void End() => _over.TrySetResult();

    public void Begin() => _begun.TrySetResult();

    /// <summary>It failed. False: it had begun, so that nobody waits for the reason.</summary>
    public bool Fail(ZWaveException exception)
    {
        if (!_begun.TrySetException(exception)) return false;
        // Where nobody waits for it the event tells.
        _ = _begun.Task.Exception;
        return true;
    }

    public void Stop() => _stopped.Cancel();

    public void Dispose()
    {
        _context.StatusChanged -= OnStatusChanged;
        _begun.TrySetResult();
        _stopped.Dispose();
        _ended.Dispose();
    }

    private void OnStatusChanged(ControllerStatus status)
    {
        if (status != ControllerStatus.Ready) _ended.Cancel();
    }
}
