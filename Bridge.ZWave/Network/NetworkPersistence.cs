using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Remembers the network: puts back what an earlier run knew, writes changes some seconds after the first one and at the end. Belongs to the
/// network's loop; the writing itself happens beside it.
/// </summary>
internal sealed class NetworkPersistence : IDisposable
{
    private readonly NetworkContext _context;
    private readonly INetworkStore _store;
    private readonly ITimer _timer;
    private bool _isDirty;
    private Task _saving = Task.CompletedTask;

    public NetworkPersistence(NetworkContext context, INetworkStore store)
    {
        _context = context;
        _store = store;
        _timer = context.Time.CreateTimer(_ => context.Loop.Post(Save), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something worth remembering changed.</summary>
    public void Touch()
    {
        if (_isDirty) return;
        _isDirty = true;
        _timer.Change(_context.Timeouts.SaveDelay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads what is remembered of a network; null: nothing.</summary>
    public Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken) => _store.LoadAsync(homeId, cancellationToken);

    /// <summary>
    /// Puts back what is remembered of the nodes the controller has now. Where it names another device class, another device got the number since: then
    /// nothing that is remembered of that node is true.
    /// </summary>
    public void Restore(NetworkSnapshot snapshot)
    {
        foreach (var remembered in snapshot.Nodes)
        {
            if (_context.FindNode(remembered.Id) is not { } node) continue;
            if (IsSameKind(node.Protocol, remembered.Protocol)) Restore(node, remembered);
            else _context.Logger.RememberedAnotherDevice(node.Id.Value);
        }
    }

    /// <summary>Writes what is not written yet.</summary>
    public async Task FlushAsync()
    {
        Save();
        await _saving;
    }

    public void Dispose() => _timer.Dispose();

    private void Save()
    {
        if (!_isDirty) return;
        _isDirty = false;
        if (_context.Identity is not { } identity) return;
        var snapshot = new NetworkSnapshot(identity.HomeId, [.. _context.Nodes.Values.Where(node => node.Id != identity.NodeId).Select(Snapshot)]);
        _saving = WriteAfterAsync(_saving, snapshot);
    }

    private async Task WriteAfterAsync(Task earlier, NetworkSnapshot snapshot)
    {
        await earlier;
        try
        {
            await Task.Run(() => _store.SaveAsync(snapshot, CancellationToken.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _context.Logger.SaveFailed(exception.Message);
            Touch();
        }
    }

    private static bool IsSameKind(NodeProtocolInformation? told, NodeProtocolInformation? remembered) =>
        told is null || remembered is null
        || (told.GenericDeviceClass, told.SpecificDeviceClass) == (remembered.GenericDeviceClass, remembered.SpecificDeviceClass);

    private NodeSnapshot Snapshot(Node node) => new(node.Id)
    {
        Protocol = node.Protocol,
        Interview = node.Interview.State,
        CompletedSteps = [.. node.CompletedSteps.Order(StringComparer.Ordinal)],
        FailedSteps = [.. node.FailedSteps.Order(StringComparer.Ordinal)],
        IsSlow = node.IsSlow,
        LastSeen = node.LastSeen,
        HasLeft = node.HasLeft,
        IsHidden = _context.Hidden.Contains(node.Id),
        GrantedClasses = node.GrantedClasses,
        SecureClasses = node.SecureClasses,
        ObservedEndpointOrder = node.ObservedEndpointOrder,
        Endpoints =
        [
            .. node.Endpoints.Select(static endpoint => new EndpointSnapshot(
                endpoint.Index, endpoint.GenericDeviceClass, endpoint.SpecificDeviceClass,
                new Dictionary<CommandClassId, byte>(endpoint.Classes), endpoint.ControlledClasses)),
        ],
        Values =
        [
            .. _context.Values.OfNode(node.Id)
                .Select(static pair => new ValueSnapshot(pair.Key.Endpoint, pair.Key.Property, pair.Value.Value, pair.Value.Metadata)),
        ],
    };

    private void Restore(Node node, NodeSnapshot remembered)
    {
        node.IsSlow = remembered.IsSlow;
        node.LastSeen = remembered.LastSeen;
        node.HasLeft = remembered.HasLeft;
        if (remembered.IsHidden) _context.Hidden.Add(node.Id);
        node.GrantedClasses = remembered.GrantedClasses;
        node.SecureClasses = remembered.SecureClasses;
        node.ObservedEndpointOrder = remembered.ObservedEndpointOrder;
        node.CompletedSteps.UnionWith(remembered.CompletedSteps);
        node.FailedSteps.UnionWith(remembered.FailedSteps);
        node.Interview = remembered.Interview == InterviewState.Complete
            ? new(InterviewState.Complete, 100, string.Empty)
            : new(InterviewState.None, 0, string.Empty);
        foreach (var endpoint in remembered.Endpoints)
        {
            var restored = node.AddEndpoint(endpoint.Index);
            restored.GenericDeviceClass = endpoint.GenericDeviceClass;
            restored.SpecificDeviceClass = endpoint.SpecificDeviceClass;
            restored.ControlledClasses = endpoint.ControlledClasses;
            foreach (var (commandClass, version) in endpoint.Classes) restored.SetVersion(commandClass, version);
        }

        foreach (var value in remembered.Values) _context.Values.Restore(new(node.Id, value.Endpoint, value.Property), value.Value, value.Metadata);
    }
}
