using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Watches a network and waits for what happens in it. Patience only bounds a failing test; nothing is waited for by time.</summary>
internal sealed class NetworkProbe : INetworkObserver
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<ControllerStatus> _statuses = [];
    private readonly List<ValueUpdate> _updates = [];
    private readonly List<ReceivedCommand> _commands = [];
    private readonly List<MeterRejection> _rejections = [];
    private readonly List<NodeId> _added = [];
    private readonly List<NodeId> _removed = [];
    private readonly List<NodeId> _reset = [];
    private readonly List<(NodeId Node, NodeStatus Status)> _nodeStatuses = [];
    private readonly Dictionary<NodeId, InterviewProgress> _interviews = [];
    private readonly Dictionary<NodeId, string?> _orders = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<ControllerStatus> Statuses => Read(() => _statuses.ToArray());

    public IReadOnlyList<ValueUpdate> Updates => Read(() => _updates.ToArray());

    public IReadOnlyList<ReceivedCommand> Commands => Read(() => _commands.ToArray());

    public IReadOnlyList<MeterRejection> Rejections => Read(() => _rejections.ToArray());

    public IReadOnlyList<NodeId> Added => Read(() => _added.ToArray());

    public IReadOnlyList<NodeId> Removed => Read(() => _removed.ToArray());

    public IReadOnlyList<NodeId> Reset => Read(() => _reset.ToArray());

    public IReadOnlyList<(NodeId Node, NodeStatus Status)> NodeStatuses => Read(() => _nodeStatuses.ToArray());

    public InterviewProgress? InterviewOf(NodeId node) => Read(() => _interviews.GetValueOrDefault(node));

    /// <summary>The observed order of a node's endpoints when the node last changed.</summary>
    public string? OrderOf(NodeId node) => Read(() => _orders.GetValueOrDefault(node));

    /// <summary>Waits until the condition holds; asked again whenever anything happens.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (true)
        {
            Task changed;
            lock (_gate) changed = _changed.Task;
            if (condition()) return;
            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"did not happen: {what}; {Describe()}");
            }
        }
    }

    public Task UntilReadyAsync(int times = 1) =>
        UntilAsync(() => Statuses.Count(static status => status == ControllerStatus.Ready) >= times, $"controller ready ({times})");

    public Task UntilInterviewedAsync(params NodeId[] nodes) => UntilAsync(
        () => nodes.All(node => InterviewOf(node)?.State == InterviewState.Complete), "interview of nodes " + string.Join(", ", nodes));

    /// <summary>Waits until a value is told that is equal to this one, now or from <paramref name="since"/> on.</summary>
    public Task UntilValueAsync(ValueId id, Value value, int since = 0) =>
        UntilAsync(() => Updates.Skip(since).Any(update => update.Id == id && update.Current == value), $"{id} = {value}");

    void INetworkObserver.ControllerChanged(ControllerStatus status) => Note(() => _statuses.Add(status));

    void INetworkObserver.NodeAdded(Node node) => Note(() => _added.Add(node.Id));

    void INetworkObserver.NodeRemoved(NodeId node) => Note(() => _removed.Add(node));

    void INetworkObserver.NodeReset(Node node) => Note(() => _reset.Add(node.Id));

    void INetworkObserver.NodeStatusChanged(Node node, NodeStatus before) => Note(() => _nodeStatuses.Add((node.Id, node.Status)));

    void INetworkObserver.NodeChanged(Node node) => Note(() => _orders[node.Id] = node.ObservedEndpointOrder);

    void INetworkObserver.InterviewProgressed(Node node) => Note(() => _interviews[node.Id] = node.Interview);

    void INetworkObserver.ValueUpdated(ValueUpdate update) => Note(() => _updates.Add(update));

    void INetworkObserver.MeterReadingRejected(MeterRejection rejection) => Note(() => _rejections.Add(rejection));

    void INetworkObserver.CommandReceived(ReceivedCommand received) => Note(() => _commands.Add(received));

    private void Note(Action note)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            note();
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate) return read();
    }

    private string Describe() => Read(() =>
        $"controller {string.Join(' ', _statuses)}; interviews {string.Join(", ", _interviews.Select(static pair => $"{pair.Key}: {pair.Value}"))}; nodes {string.Join(", ", _nodeStatuses)}");
}
