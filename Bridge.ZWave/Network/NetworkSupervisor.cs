using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Keeps the controller usable: opens the line, sets the module up, does so again after it was pulled, jammed or reset, with growing pauses and for
/// ever. Belongs to the network's loop.
/// </summary>
internal sealed class NetworkSupervisor
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly NetworkContext _context;
    private readonly ControllerStartup _startup;
    private readonly CommandSender _sender;
    private readonly NodeCare _care;
    private readonly NodeMembership _membership;
    private readonly NetworkSecurity _security;
    private readonly NetworkPersistence _persistence;
    private readonly INetworkObserver _observer;
    private TaskCompletionSource _restart = NewSignal();
    private TaskCompletionSource? _wanted;
    private bool _isQuiet;
    private bool _isOpen;
    private bool _isAfterReset;
    private string? _lastFailure;

    public NetworkSupervisor(
        NetworkContext context, ControllerStartup startup, NetworkSecurity security, CommandSender sender, NodeCare care, NodeMembership membership,
        NetworkPersistence persistence, INetworkObserver observer)
    {
        _security = security;
        _context = context;
        _startup = startup;
        _sender = sender;
        _care = care;
        _membership = membership;
        _persistence = persistence;
        _observer = observer;
        context.Session.StateChanged += state => context.Loop.Post(() => OnSessionChanged(state));
        sender.ControllerHangs += () =>
        {
            context.Logger.ControllerJammed();
            Become(ControllerStatus.Jammed, SendOutcome.LinkLost);
            RequestRestart("transmissions do not end");
        };
        context.Session.Reopened += () => context.Loop.Post(() => RequestRestart("the line is open again"));
    }

    /// <summary>Runs until stopped.</summary>
    public Task RunAsync(CancellationToken stopping) => _context.Loop.RunAsync(async () =>
    {
        var pause = s_firstPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var restart = _restart = NewSignal();
                await StartAsync(stopping);
                _lastFailure = null;
                EndWanted();
                pause = s_firstPause;
                await restart.Task.WaitAsync(stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is ZWaveException or IOException)
            {
                // Once a reason: somebody may not plug the stick in for days.
                if (_lastFailure != exception.Message) _context.Logger.StartupFailed(exception.Message.TrimEnd('.'));
                _lastFailure = exception.Message;
                if (_context.Status == ControllerStatus.Ready) Become(ControllerStatus.Starting, SendOutcome.LinkLost);
                EndWanted();
                if (!await RecoverAsync(pause, stopping)) return;
                pause = pause * 2 > s_longestPause ? s_longestPause : pause * 2;
            }
        }
    });

    /// <summary>Startup has to be run again.</summary>
    public void RequestRestart(string reason)
    {
        _context.Logger.RestartRequested(reason);
        _restart.TrySetResult();
    }

    /// <summary>
    /// Resets a module that is well, because what was done with it wants that, and sets it up again. Returns when that is done or failed; failures are dealt
    /// with as any others. Does nothing when the controller is not ready: its next start does the same.
    /// </summary>
    /// <param name="isQuiet">True: as long as it comes back, nobody is told and what waits to be sent goes on to wait.</param>
    public async Task RestartAsync(string reason, bool isQuiet, CancellationToken cancellationToken)
    {
        if (_context.Status != ControllerStatus.Ready) return;
        var wanted = _wanted = NewSignal();
        _isQuiet = isQuiet;
        RequestRestart(reason);
        await wanted.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The module said that it started.</summary>
    public void OnControllerStarted(SerialApiStartedRequest started)
    {
        if (_startup.OfferStarted()) return;
        _context.Logger.ControllerRestarted(started.WakeUpReason.ToString());
        _context.Session.FailPending(ZWaveErrorCode.ControllerReset, "the controller was reset");
        _isAfterReset = true;
        Become(ControllerStatus.Starting, SendOutcome.LinkLost);
        _restart.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task StartAsync(CancellationToken stopping)
    {
        if (!_isQuiet && _context.Status != ControllerStatus.Starting) Become(ControllerStatus.Starting, SendOutcome.LinkLost);
        if (!_isOpen)
        {
            await _context.Session.OpenAsync(stopping);
            _isOpen = true;
        }

        var isAfterReset = _isAfterReset;
        _isAfterReset = false;
        var identity = await _startup.RunAsync(isAfterReset, stopping);
        await TakeNodesAsync(identity, stopping);
        _context.Logger.ControllerReady(identity.HomeId, identity.NodeId.Value, identity.LibraryVersion, _context.Nodes.Count - 1);
        var wasTold = _context.Status == ControllerStatus.Ready;
        _context.Status = ControllerStatus.Ready;
        _sender.Start();
        if (!wasTold) _observer.ControllerChanged(ControllerStatus.Ready);
        _care.OnControllerReady();
    }

    private void EndWanted()
    {
        _isQuiet = false;
        _wanted?.TrySetResult();
        _wanted = null;
    }

    // All that has to be asked or read comes first: nobody sees a network, or a node, of which nothing is known yet but will be in a moment.
    private async Task TakeNodesAsync(ControllerIdentity identity, CancellationToken stopping)
    {
        var isNew = _context.Identity?.HomeId != identity.HomeId;
        List<(NodeId Id, NodeProtocolInformation Information)> told = [];
        foreach (var id in identity.NodeIds.Where(id => isNew || !_context.Nodes.ContainsKey(id))) told.Add((id, await _membership.AskAsync(id, stopping)));
        var remembered = isNew ? await _persistence.LoadAsync(identity.HomeId, stopping) : null;

        // What is not written yet belongs to the network that was there before.
        if (isNew) await _persistence.FlushAsync();
        _context.Identity = identity;
        _security.Begin(identity);
        RemoveNodesNotIn(isNew ? [] : identity.NodeIds);
        var added = told.Where(node => !_context.Nodes.ContainsKey(node.Id)).Select(node => _membership.Add(node.Id, node.Information)).ToList();
        if (remembered is not null) _persistence.Restore(remembered);
        foreach (var node in _context.OtherNodes) _security.Consider(node);
        foreach (var node in added.Where(node => node.Id != identity.NodeId)) _membership.Announce(node);
    }

    private void RemoveNodesNotIn(IReadOnlyList<NodeId> present)
    {
        foreach (var gone in _context.Nodes.Keys.Where(id => !present.Contains(id)).ToArray()) _membership.Remove(gone);
    }

    private void OnSessionChanged(SessionState state)
    {
        switch (state)
        {
            case SessionState.Unplugged:
                Become(ControllerStatus.Unplugged, SendOutcome.LinkLost);
                break;
            case SessionState.Jammed:
                _context.Logger.ControllerJammed();
                Become(ControllerStatus.Jammed, SendOutcome.LinkLost);
                RequestRestart("the controller does not answer");
                break;
        }
    }

    private void Become(ControllerStatus status, SendOutcome outcome)
    {
        _sender.Stop(outcome);
        if (_context.Status == status) return;
        _context.Status = status;
        _observer.ControllerChanged(status);
    }

    // The module does not answer: after a pause the line is closed and opened anew. False: we are to stop.
    private async Task<bool> RecoverAsync(TimeSpan pause, CancellationToken stopping)
    {
        try
        {
            if (_isOpen && _context.Session.State is SessionState.Jammed or SessionState.Open) _context.Session.Reopen();
            var restart = _restart.Task.IsCompleted ? (_restart = NewSignal()).Task : _restart.Task;
            await Task.WhenAny(restart, _context.DelayAsync(pause, stopping));
            // An unplugged line tells when it is back; asking it before is of no use.
            if (_isOpen && _context.Session.State == SessionState.Unplugged) await restart.WaitAsync(stopping);
            return !stopping.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
