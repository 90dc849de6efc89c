using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>A question that waits for its answer. Dispose it when nobody waits any more.</summary>
internal sealed class ReplyExpectation(ReplyExpectations owner, NodeId node, EndpointIndex endpoint, Func<ICommand, ReplyMatch> match) : IDisposable
{
    private readonly TaskCompletionSource<ICommand> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer.</summary>
    public Task<ICommand> Reply => _reply.Task;

    /// <summary>How many parts of the answer came so far.</summary>
    public int Parts { get; private set; }

    /// <summary>True when the command would be the answer; nothing is taken.</summary>
    public bool Awaits(NodeId fromNode, EndpointIndex fromEndpoint, ICommand command) =>
        fromNode == node && fromEndpoint == endpoint && !_reply.Task.IsCompleted && match(command) != ReplyMatch.None;

    public bool Offer(NodeId fromNode, EndpointIndex fromEndpoint, ICommand command)
    {
        if (fromNode != node || fromEndpoint != endpoint) return false;
        switch (match(command))
        {
            case ReplyMatch.Complete:
                return _reply.TrySetResult(command);
            case ReplyMatch.Partial:
                Parts++;
                return true;
            default:
                return false;
        }
    }

    /// <summary>A part came that is not a whole command yet.</summary>
    public void NotePart(NodeId fromNode, EndpointIndex fromEndpoint)
    {
        if (fromNode == node && fromEndpoint == endpoint) Parts++;
    }

    public void Dispose() => owner.Remove(this);
}

/// <summary>All questions that wait. Belongs to the network's loop.</summary>
internal sealed class ReplyExpectations
{
    private readonly List<ReplyExpectation> _waiting = [];

    public ReplyExpectation Add(NodeId node, EndpointIndex endpoint, Func<ICommand, ReplyMatch> match)
    {
        var expectation = new ReplyExpectation(this, node, endpoint, match);
        _waiting.Add(expectation);
        return expectation;
    }

    public void Remove(ReplyExpectation expectation) => _waiting.Remove(expectation);

    /// <summary>True when somebody waits for this command.</summary>
    public bool Awaits(NodeId node, EndpointIndex endpoint, ICommand command) =>
        _waiting.Exists(expectation => expectation.Awaits(node, endpoint, command));

    /// <summary>Gives a received command to every question it answers. True: it answers at least one.</summary>
    public bool Offer(NodeId node, EndpointIndex endpoint, ICommand command)
    {
        var isAnswer = false;
        foreach (var expectation in _waiting) isAnswer |= expectation.Offer(node, endpoint, command);
        return isAnswer;
    }

    /// <summary>A part of a longer report arrived: whoever waits for that node waits on.</summary>
    public void NotePart(NodeId node, EndpointIndex endpoint)
    {
        foreach (var expectation in _waiting) expectation.NotePart(node, endpoint);
    }
}
