using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;

namespace Bridge.ZWave.Network;

/// <summary>
/// Sees to it that every node is known and its values are true: interviews new ones, goes on with interrupted interviews, reads nodes again that were
/// away. Belongs to the network's loop.
/// </summary>
internal sealed class NodeCare : IDisposable
{
    private readonly NetworkContext _context;
    private readonly Interviewer _interviewer;
    private readonly NodeModel _model;
    private readonly INetworkObserver _observer;
    private readonly NetworkPersistence _persistence;
    private readonly CancellationToken _stopping;
    private readonly HashSet<Node> _busy = [];
    private readonly Dictionary<Node, (TimeSpan Pause, ITimer Timer)> _retries = [];

    public NodeCare(
        NetworkContext context, Interviewer interviewer, NodeModel model, INetworkObserver observer, NetworkPersistence persistence,
        CancellationToken stopping)
    {
        _context = context;
        _interviewer = interviewer;
        _model = model;
        _observer = observer;
        _persistence = persistence;
        _stopping = stopping;
    }

    /// <summary>A node was interviewed, or read again as far as it answered.</summary>
    public event Action<Node>? Attended;

    /// <summary>A node left the network.</summary>
    public event Action<Node>? Left;

    /// <summary>A node said that it was reset by hand; whether it is really gone is not known yet.</summary>
    public event Action<Node>? WasReset;

    /// <summary>The controller is there (again): interview what is not known, read what is.</summary>
    public void OnControllerReady()
    {
        foreach (var node in _context.OtherNodes)
        {
            // A sleeping node is asked when it wakes up, and other controllers are none of our business.
            if (node.Protocol is { IsController: true } or { IsListening: false, IsFrequentlyListening: false }) continue;
            Attend(node);
        }
    }

    public void OnStatusChanged(Node node, NodeStatus before)
    {
        _context.Logger.NodeStatusChanged(node.Id.Value, node.Status);
        if (node.Status == NodeStatus.Alive && before == NodeStatus.Dead) Attend(node);
    }

    /// <summary>A command of a node came in.</summary>
    public void OnReceived(ReceivedCommand received, bool isUnsolicited, EndpointRefresh refresh)
    {
        var node = received.Node;
        if (received.Command is not DeviceResetLocallyNotification) NoteBack(node);

        switch (received.Command)
        {
            case DeviceResetLocallyNotification { IsCredible: true } when received.Endpoint.IsRoot:
                _context.Logger.NodeReset(node.Id.Value);
                node.HasLeft = true;
                _persistence.Touch();
                _observer.NodeReset(node);
                WasReset?.Invoke(node);
                break;
            // The root speaks for any of its endpoints: which of them changed only they can tell.
            case SwitchBinaryReport or MeterReport or BasicReport or BasicSet when isUnsolicited && received.Endpoint.IsRoot:
                refresh.Request(node);
                break;
            case WakeUpNotification when node.Interview.State is not (InterviewState.Complete or InterviewState.Running):
                Attend(node);
                break;
        }
    }

    /// <summary>A node is back, or it never was away: its notification was damaged or somebody else's.</summary>
    public void NoteBack(Node node)
    {
        if (!node.HasLeft) return;
        node.HasLeft = false;
        _persistence.Touch();
        _observer.NodeChanged(node);
    }

    /// <summary>What the module told of a node while it was added.</summary>
    public void Learn(Node node, NodeInformation information) => _model.Apply(node, information);

    /// <summary>Interviews a node that is not known yet, or reads the state of one that is. Does nothing while that is under way.</summary>
    public void Attend(Node node)
    {
        if (_context.Hidden.Contains(node.Id) || !_busy.Add(node)) return;
        StopRetry(node);
        _ = AttendAsync(node);
    }

    public async Task<bool> RefreshAsync(Node node, SendPriority priority)
    {
        var isComplete = await _interviewer.RefreshAsync(node, priority, _stopping);
        _persistence.Touch();
        Attended?.Invoke(node);
        return isComplete;
    }

    /// <summary>From the beginning.</summary>
    public async Task<bool> InterviewAgainAsync(Node node)
    {
        if (!_busy.Add(node)) throw new ZWaveException(ZWaveErrorCode.NotReady, $"node {node.Id} is being interviewed already") { Node = node.Id };
        try
        {
            StopRetry(node);
            node.CompletedSteps.Clear();
            node.FailedSteps.Clear();
            // No keys were found the last time; perhaps ours are others now.
            if (node.GrantedClasses is { IsEmpty: true }) node.GrantedClasses = null;
            return await InterviewAsync(node);
        }
        finally
        {
            _busy.Remove(node);
        }
    }

    /// <summary>Looks for the device file of a node that was put back from the store.</summary>
    public void FindDevice(Node node)
    {
        _model.FindDevice(node);
        _model.DescribeParameters(node);
    }

    public void Forget(Node node)
    {
        StopRetry(node);
        _model.Forget(node.Id);
        Left?.Invoke(node);
    }

    public void Dispose()
    {
        foreach (var (_, timer) in _retries.Values) timer.Dispose();
        _retries.Clear();
    }

    private async Task AttendAsync(Node node)
    {
        try
        {
            if (node.Interview.State == InterviewState.Complete) await RefreshAsync(node, SendPriority.Poll);
            else await InterviewAsync(node);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            _context.Logger.WorkFault(exception, $"node {node.Id}");
        }
        finally
        {
            _busy.Remove(node);
        }
    }

    private async Task<bool> InterviewAsync(Node node)
    {
        var isComplete = await _interviewer.RunAsync(node, _stopping);
        _persistence.Touch();
        if (isComplete)
        {
            _retries.Remove(node);
            _model.DescribeParameters(node);
            _context.Logger.InterviewComplete(node.Id.Value, node.Device is { } device ? $"{device.Manufacturer} {device.Model}" : "no device file");
            Attended?.Invoke(node);
        }
        else if (_context.Status == ControllerStatus.Ready && !_stopping.IsCancellationRequested)
        {
            RetryLater(node);
        }

        return isComplete;
    }

    private void RetryLater(Node node)
    {
        var pause = _retries.TryGetValue(node, out var last) ? last.Pause * 2 : _context.Timeouts.InterviewRetry;
        if (pause > _context.Timeouts.LongestPing) pause = _context.Timeouts.LongestPing;
        last.Timer?.Dispose();
        var timer = _context.Time.CreateTimer(_ => _context.Loop.Post(() => Attend(node)), null, pause, Timeout.InfiniteTimeSpan);
        _retries[node] = (pause, timer);
    }

    private void StopRetry(Node node)
    {
        if (_retries.TryGetValue(node, out var retry)) retry.Timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
