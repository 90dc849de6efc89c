using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Asks nodes for their node information frame. The answer is no callback: it comes as an ApplicationUpdate, and "failed" does not even name the
/// node, so only one is asked at a time. Belongs to the network's loop.
/// </summary>
internal sealed class NodeInformationSource(NetworkContext context, CommandSender sender)
{
    private const int MaximumQuestions = 3;

    private Task _turn = Task.CompletedTask;
    private NodeId _asked;
    private TaskCompletionSource<bool>? _answer;

    /// <summary>Asks until the node answers, three times. The information itself is applied by whoever receives the update.</summary>
    public async Task<bool> RequestAsync(Node node, CancellationToken cancellationToken)
    {
        var before = _turn;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _turn = done.Task;
        await before;
        try
        {
            for (var attempt = 0; attempt < MaximumQuestions; attempt++)
            {
                var answer = _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _asked = node.Id;
                var response = await context.Session.RequestAsync<RequestNodeInfoResponse>(new RequestNodeInfoRequest(node.Id), cancellationToken);
                if (!response.IsAccepted) continue;
                if (await context.IsFirstAsync(answer.Task, context.Timeouts.NodeInformation, cancellationToken) && await answer.Task) return true;
            }

            return false;
        }
        finally
        {
            _answer = null;
            _asked = NodeId.None;
            done.SetResult();
            sender.Wake();
        }
    }

    /// <summary>An ApplicationUpdate came: node information of a node, or (node 0) the failure of the pending request.</summary>
    public void Offer(NodeId node, bool isInformation)
    {
        if (isInformation && node == _asked) _answer?.TrySetResult(true);
        else if (!isInformation) _answer?.TrySetResult(false);
    }
}
