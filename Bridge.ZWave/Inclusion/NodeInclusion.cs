using Bridge.ZWave.Network;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// Takes nodes into the network and out of it: inclusion with keys, exclusion, removal and replacement of nodes that are gone, SmartStart, and nodes that say
/// they were reset. One of these at a time; a second is refused.
/// </summary>
/// <remarks>
/// Any thread may call. Everything runs on the network's loop, the events too. A node is shown to the network's observers when it has its keys, or is meant to
/// have none; one whose keys could not be exchanged never is.
/// </remarks>
public sealed class NodeInclusion : IDisposable
{
    private readonly ZWaveNetwork _network;
    private readonly NetworkContext _context;
    private readonly InclusionTimeouts _timeouts;
    private readonly Func<InclusionActivity, CancellationToken, Task>? _beforeChange;
    private readonly NodeAddition _addition;
    private readonly NodeRemoval _removal;
    private readonly FailedNodes _failed;
    private readonly Newcomers _newcomers;
    private readonly Departures _departures;
    private readonly ProvisioningList _list;
    private readonly SmartStart _smartStart;
    private Procedure? _current;
    private bool _isInterrupted;

    public NodeInclusion(ZWaveNetwork network, InclusionOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        (_network, _context, _timeouts, _beforeChange) = (network, network.Context, options.Timeouts, options.BeforeChange);
        if (network.Security.Keys is { } keys)
        {
            options = options with
            {
                Security2 = options.Security2 ?? NodeBootstrap.Security2(network, keys, options.KeyExchange),
                Security0 = options.Security0 ?? NodeBootstrap.Security0(network, keys, options.KeyExchange),
            };
        }

        _addition = new(_context, network.Sender, _timeouts, Report);
        _removal = new(_context, network.Sender, _timeouts, Report);
        _failed = new(_context, network.Sender, _timeouts);
        _newcomers = new(network, new(network.NodeInformation, options), _removal, _failed, _timeouts, Report);
        _departures = new(network, _failed, _timeouts, TryBegin, End, Report);
        _list = new(options.Provisioning, _context);
        _smartStart = new(_context, _list);
        _list.Changed += OnListChanged;
        _smartStart.Asked += OnAsked;
        _context.SmartStartHeard += _smartStart.OnHeard;
        _context.StatusChanged += OnStatusChanged;
        network.Care.WasReset += _departures.Consider;
    }

    /// <summary>What happens, step by step. On the network's loop.</summary>
    public event Action<InclusionEvent>? Progressed;

    /// <summary>What the module is busy with. To be read on the network's loop.</summary>
    public InclusionActivity Activity => _current?.Activity ?? InclusionActivity.None;

    /// <summary>Until when a node may join; null: none may. To be read on the network's loop.</summary>
    public DateTimeOffset? JoinUntil => _current is { Activity: InclusionActivity.Including } current ? current.OpenUntil : null;

    /// <summary>The provisioning list, in the order in which it was filled. To be read on the network's loop.</summary>
    public IReadOnlyList<ProvisioningEntry> Provisioned => _list.Entries;

    /// <summary>Lets one node join. Returns when its button may be pushed; everything after that is told by <see cref="Progressed"/>.</summary>
    /// <exception cref="ZWaveException">The module is busy with another node, not there, or refuses.</exception>
    public Task StartInclusionAsync(TimeSpan duration, InclusionStrategy strategy, IKeyExchangeUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return StartAsync(InclusionActivity.Including, NodeId.None, procedure =>
            IncludeAsync(procedure, AddNodeRequest.Start(), duration, strategy, user, null));
    }

    /// <summary>
    /// Ends the wait for a node that is to join or to leave, or keeps it from beginning. False: nothing is waited for. A node that was found already is not
    /// stopped any more.
    /// </summary>
    public Task<bool> StopAsync(bool isWaitedFor = false) => _context.Loop.RunAsync(async () =>
    {
        if (_current is not { } current || (current.OpenUntil is null && current.IsPrepared)) return false;
        current.Stop();
        // Whoever stops may go on at once; a node that was found in this moment is not waited for.
        if (isWaitedFor) await _context.IsFirstAsync(current.Over, _timeouts.Stop, CancellationToken.None);
        return true;
    });

    /// <summary>Lets one node leave. Returns when its button may be pushed; everything after that is told by <see cref="Progressed"/>.</summary>
    /// <exception cref="ZWaveException">The module is busy with another node, not there, or refuses.</exception>
    public Task StartExclusionAsync(TimeSpan duration) => StartAsync(InclusionActivity.Excluding, NodeId.None, async procedure =>
    {
        var removed = await _removal.RunAsync(procedure, NodeId.None, duration, () => Report(new ExclusionStarted(duration)));
        if (removed is not { } node) return () => Report(new ExclusionStopped(procedure.Stopped.IsCancellationRequested ? "stopped" : "no node came in time"));
        _context.Logger.NodeExcluded(node.Value);
        if (node.IsValid) _network.Membership.Remove(node);
        return () => Report(new NodeExcluded(node));
    });

    /// <summary>Takes a node that does not answer off the list, and everything known of it with it. Returns when it is gone.</summary>
    /// <exception cref="ZWaveException">It answers, does not exist, or the module does not do it.</exception>
    public Task RemoveFailedAsync(NodeId node) => RunAsync(InclusionActivity.Removing, node, async procedure =>
    {
        var found = Find(node);
        await _failed.RemoveAsync(found, procedure.Ended);
        _context.Logger.FailedNodeRemoved(node.Value);
        _network.Membership.Remove(node);
        return () => Report(new FailedNodeRemoved(node, found.HasLeft));
    });

    /// <summary>
    /// Gives the number of a node that does not answer to the next one whose button is pushed. Returns when that may be done; everything known of the old
    /// node is forgotten once the new one is there.
    /// </summary>
    /// <exception cref="ZWaveException">It answers, does not exist, or the module does not do it.</exception>
    public Task ReplaceFailedAsync(NodeId node, TimeSpan duration, InclusionStrategy strategy, IKeyExchangeUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return StartAsync(InclusionActivity.Replacing, node, async procedure =>
        {
            await _failed.ReplaceAsync(Find(node), duration, procedure, () => Report(new ReplacementStarted(node)));
            _network.Membership.Remove(node);
            await _newcomers.WelcomeAsync(procedure, new(node, null), strategy, user, null, isReplacement: true);
            return null;
        });
    }

    /// <summary>Puts an entry into the provisioning list, in place of one of the same DSK: the device may join when it gets power.</summary>
    public Task ProvisionAsync(ProvisioningEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _network.OnLoopAsync(() => _list.Set(entry));
    }

    /// <summary>Takes an entry off the provisioning list; a node it brought stays. False: there is none.</summary>
    public Task<bool> UnprovisionAsync(Dsk dsk)
    {
        ArgumentNullException.ThrowIfNull(dsk);
        return _context.Loop.ReadAsync(() => _list.Remove(dsk));
    }

    /// <summary>Ends when the provisioning list is written.</summary>
    public Task FlushAsync() => _context.Loop.RunAsync(_list.FlushAsync);

    public void Dispose()
    {
        _context.SmartStartHeard -= _smartStart.OnHeard;
        _context.StatusChanged -= OnStatusChanged;
        _network.Care.WasReset -= _departures.Consider;
    }

    private async Task<Action?> IncludeAsync(
        Procedure procedure, AddNodeRequest start, TimeSpan open, InclusionStrategy strategy, IKeyExchangeUser user, ProvisioningEntry? entry)
    {
        var added = await _addition.RunAsync(procedure, start, open, () => Report(new InclusionStarted(strategy, open, entry?.Dsk)));
        if (added is null) return () => Report(new InclusionStopped(procedure.Stopped.IsCancellationRequested ? "stopped" : "no node came in time"));
        var isKept = await _newcomers.WelcomeAsync(procedure, added, strategy, user, entry, isReplacement: false);
        if (entry is not null)
        {
            _list.Set(isKept ? entry with { State = ProvisioningState.Included, Node = added.Id } : entry with { State = ProvisioningState.Failed });
        }

        return null;
    }

    private void OnAsked(ProvisioningEntry entry, bool isLongRange)
    {
        // Busy: it asks again by itself.
        if (_current is not null) return;
        // It was in the network before and was reset since.
        if (entry.Node is { } before && _context.FindNode(before) is { } old) _departures.Consider(old);
        _ = SmartStartAsync(entry, isLongRange);
    }

    private async Task SmartStartAsync(ProvisioningEntry entry, bool isLongRange)
    {
        try
        {
            await StartAsync(InclusionActivity.Including, NodeId.None, procedure => IncludeAsync(
                procedure, AddNodeRequest.IncludeSmartStart(entry.Dsk.HomeIds, isLongRange), _timeouts.SmartStart, InclusionStrategy.S2Only,
                new ProvisionedUser(entry), entry));
        }
        catch (ZWaveException)
        {
            // The event tells.
        }
    }

    // Runs until the user may do his part; the rest goes on by itself.
    private Task StartAsync(InclusionActivity activity, NodeId node, Func<Procedure, Task<Action?>> work) => _context.Loop.RunAsync(() =>
    {
        var procedure = Begin(activity, node);
        _ = RunAsync(procedure, work);
        return procedure.Begun;
    });

    // Runs to the end.
    private Task RunAsync(InclusionActivity activity, NodeId node, Func<Procedure, Task<Action?>> work) => _context.Loop.RunAsync(async () =>
    {
        var procedure = Begin(activity, node);
        var begun = procedure.Begun;
        await RunAsync(procedure, work);
        await begun;
    });

    // What is told at the end is told when the next may begin.
    private async Task RunAsync(Procedure procedure, Func<Procedure, Task<Action?>> work)
    {
        Action? last = null;
        try
        {
            await _smartStart.AdjustAsync(isWanted: false);
            if (_beforeChange is { } before && procedure.Activity != InclusionActivity.Removing) await before(procedure.Activity, procedure.Ended);
            procedure.Ended.ThrowIfCancellationRequested();
            procedure.IsPrepared = true;
            last = procedure.Stopped.IsCancellationRequested ? StoppedBefore(procedure) : await work(procedure);
        }
        catch (OperationCanceledException) when (_network.Stopping.IsCancellationRequested)
        {
            procedure.Fail(new(ZWaveErrorCode.Cancelled, "the network is left"));
        }
        catch (OperationCanceledException)
        {
            _isInterrupted = true;
            last = Failed(procedure, new(ZWaveErrorCode.LinkLost, "the controller went away or was reset"));
        }
        catch (ZWaveException exception)
        {
            _isInterrupted |= _context.Status != ControllerStatus.Ready;
            last = Failed(procedure, exception);
        }
        catch (Exception exception)
        {
            _context.Logger.WorkFault(exception, procedure.Activity.ToString());
            last = Failed(procedure, new(ZWaveErrorCode.NotReady, "a fault of this program; its log tells more"));
        }
        finally
        {
            End(procedure);
        }

        last?.Invoke();
    }

    private Action StoppedBefore(Procedure procedure)
    {
        procedure.Fail(new(ZWaveErrorCode.Cancelled, "stopped before it began"));
        return () => Report(procedure.Activity == InclusionActivity.Excluding ? new ExclusionStopped("stopped") : new InclusionStopped("stopped"));
    }

    private Action Failed(Procedure procedure, ZWaveException exception)
    {
        if (!procedure.Fail(exception)) _context.Logger.ProcedureFailed(procedure.Activity, exception.Message);
        return () => Report(new InclusionFailed(procedure.Activity, procedure.Node, exception.Message));
    }

    private Procedure Begin(InclusionActivity activity, NodeId node)
    {
        if (_current is { } current) throw new ZWaveException(ZWaveErrorCode.NotReady, Words(current));
        if (_context.Status != ControllerStatus.Ready) throw new ZWaveException(ZWaveErrorCode.NotReady, "the controller is not ready");
        if (_context.Identity is { IsPrimary: false })
        {
            throw new ZWaveException(ZWaveErrorCode.NotSupported, "this controller is a secondary one: only the primary controller of a network may do this");
        }

        return _current = new(_context, activity, _network.Stopping) { Node = node };
    }

    private Procedure? TryBegin(InclusionActivity activity, NodeId node) => _current is null && _context.Status == ControllerStatus.Ready
        ? Begin(activity, node)
        : null;

    private void End(Procedure procedure)
    {
        procedure.Dispose();
        if (_current == procedure) _current = null;
        procedure.End();
        _ = _smartStart.AdjustAsync(isWanted: _current is null);
    }

    private void OnStatusChanged(ControllerStatus status)
    {
        if (status == ControllerStatus.Ready) _context.Loop.Post(OnReady);
    }

    private void OnReady()
    {
        _context.Hidden.RemoveWhere(id => !_context.Nodes.ContainsKey(id));
        _smartStart.OnReady();
        _ = SettleAsync();
        _departures.OnReady();
    }

    // A module that was not reset may still wait for a node.
    private async Task SettleAsync()
    {
        if (_isInterrupted && _context.Status == ControllerStatus.Ready && _current is null)
        {
            _isInterrupted = false;
            try
            {
                await _context.Session.SendAsync(AddNodeRequest.Stop(wantsCallback: false));
                await _context.Session.SendAsync(RemoveNodeRequest.Stop(wantsCallback: false));
            }
            catch (ZWaveException exception)
            {
                _context.Logger.ModuleNotTold("stop including and excluding", exception.Message);
            }
        }

        await _smartStart.AdjustAsync(isWanted: _current is null);
    }

    private void OnListChanged()
    {
        if (_current is null) _ = _smartStart.AdjustAsync(isWanted: true);
        Report(new ProvisioningChanged());
    }

    private void Report(InclusionEvent news) => Progressed?.Invoke(news);

    private Node Find(NodeId id) => _context.FindNode(id) is { } node && id != _context.Identity?.NodeId
        ? node
        : throw new ZWaveException(ZWaveErrorCode.NodeUnknown, $"node {id} does not exist") { Node = id };

    private static string Words(Procedure current) => current switch
    {
        { Activity: InclusionActivity.Including, OpenUntil: not null } => "nodes may join already; stop that first",
        { Activity: InclusionActivity.Including } => "a node is being included",
        { Activity: InclusionActivity.Excluding, OpenUntil: not null } => "nodes may leave at the moment; stop that first",
        { Activity: InclusionActivity.Excluding } => "a node is being excluded",
        { Activity: InclusionActivity.Replacing } => $"node {current.Node} is being replaced",
        _ => $"node {current.Node} is being removed",
    };
}
