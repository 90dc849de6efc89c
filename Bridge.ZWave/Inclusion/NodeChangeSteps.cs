using System.Threading.Channels;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>One callback of AddNode, RemoveNode or RemoveSpecificNode.</summary>
/// <param name="Node"><see cref="NodeId.None"/> while there is none.</param>
internal sealed record NodeChangeStep(NodeChangeStatus Status, NodeId Node, NodeInformation? Information)
{
    public bool IsFound => Status == NodeChangeStatus.NodeFound;

    /// <summary>A node is being added or removed, and named.</summary>
    public bool IsChange => Status is NodeChangeStatus.EndNode or NodeChangeStatus.Controller;

    public bool IsFailure => Status is NodeChangeStatus.Failed or NodeChangeStatus.SecurityFailed or NodeChangeStatus.NotPrimary;

    public static NodeChangeStep Of<TCallback>(NodeChangeCallback<TCallback> callback)
        where TCallback : NodeChangeCallback<TCallback>, new() =>
        new(callback.Status, callback.NodeId ?? NodeId.None, callback.NodeInformation);
}

/// <summary>The callbacks of one request, one after another, each with a limit of its own.</summary>
internal sealed class NodeChangeSteps
{
    private readonly Channel<NodeChangeStep> _steps = Channel.CreateUnbounded<NodeChangeStep>();
    private readonly NetworkContext _context;
    private Task<bool>? _more;

    private NodeChangeSteps(NetworkContext context) => _context = context;

    /// <summary>Sends the request.</summary>
    /// <param name="limit">Longer than any wait for a single callback.</param>
    public static NodeChangeSteps Begin<TCallback>(NetworkContext context, ICallbackRequest request, TimeSpan limit, CancellationToken cancellationToken)
        where TCallback : NodeChangeCallback<TCallback>, ICallback, ISerialMessage<TCallback>, new()
    {
        var steps = new NodeChangeSteps(context);
        _ = steps.RunAsync(
            report => context.Session.TransactAsync<TCallback>(request, callback => report(NodeChangeStep.Of(callback)), limit, cancellationToken));
        return steps;
    }

    /// <summary>The next callback; null: none came in time, or none follows.</summary>
    /// <exception cref="ZWaveException">The request failed.</exception>
    /// <exception cref="OperationCanceledException">It is not waited for any more.</exception>
    public async Task<NodeChangeStep?> NextAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_steps.Reader.TryRead(out var step)) return step;
        _more ??= _steps.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        if (!await _context.IsFirstAsync(_more, limit, cancellationToken)) return null;
        var more = _more;
        _more = null;
        return await more && _steps.Reader.TryRead(out step) ? step : null;
    }

    private async Task RunAsync<TCallback>(Func<Action<NodeChangeStep>, Task<TCallback>> transact)
        where TCallback : NodeChangeCallback<TCallback>, new()
    {
        try
        {
            // The handler is called on the session's loop, which must not wait: neither does a channel.
            var last = await transact(step => _steps.Writer.TryWrite(step));
            _steps.Writer.TryWrite(NodeChangeStep.Of(last));
            _steps.Writer.Complete();
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            _steps.Writer.Complete(exception);
        }
    }
}
