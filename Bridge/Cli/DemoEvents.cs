using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>Tells when every node of the demonstration is known.</summary>
internal sealed class DemoEvents : INetworkObserver
{
    private readonly HashSet<NodeId> _awaited = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isReady;

    /// <summary>Ends when all interviews are complete.</summary>
    public Task Done => _done.Task;

    public void NodeAdded(Node node) => _awaited.Add(node.Id);

    public void ControllerChanged(ControllerStatus status)
    {
        _isReady |= status == ControllerStatus.Ready;
        Look();
    }

    public void InterviewProgressed(Node node)
    {
        if (node.Interview.State == InterviewState.Complete) _awaited.Remove(node.Id);
        Look();
    }

    private void Look()
    {
        if (_isReady && _awaited.Count == 0) _done.TrySetResult();
    }
}
