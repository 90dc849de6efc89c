using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Serial;

/// <summary>
/// The conversation with the module: requests out, answers matched, unsolicited frames handed on. One loop owns all state and takes its three sources in
/// a fixed order: received frames, requests, the timer.
/// </summary>
/// <remarks>
/// Threads: all members may be used by any thread. Handlers (<see cref="UnsolicitedFrame"/>, <see cref="StateChanged"/>, <see cref="Reopened"/>, progress) run
/// on the loop and must not block; what they throw is logged and counted. Results reach callers on other threads.
/// A request that fails is not repeated by the session, whatever the reason: a switch command must not be carried out late.
/// When the module acknowledges nothing (<see cref="SessionState.Jammed"/>), NAK is sent and what was received is forgotten; trying again, resetting the
/// module and <see cref="Reopen"/> are the caller's next steps. A line that breaks (<see cref="SessionState.Unplugged"/>) is reopened for ever.
/// Whether the module kept its settings is not known here: after <see cref="Reopened"/> run the startup sequence.
/// </remarks>
public sealed class SerialApiSession : IAsyncDisposable
{
    /// <summary>Requests that may wait for the line unless told otherwise.</summary>
    public const int DefaultQueueLimit = 64;

    private readonly SessionTimeouts _timeouts;
    private readonly SessionLoop _loop;

    public SerialApiSession(
        ITransport transport, SessionTimeouts timeouts, TimeProvider time, ILogger logger, int queueLimit = DefaultQueueLimit)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(timeouts);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _timeouts = timeouts;
        _loop = new(transport, timeouts, time, logger, queueLimit);
    }

    /// <summary>The line changed its state.</summary>
    public event Action<SessionState>? StateChanged
    {
        add => _loop.StateChanged += value;
        remove => _loop.StateChanged -= value;
    }

    /// <summary>A line that was lost is open again: run the startup sequence.</summary>
    public event Action? Reopened
    {
        add => _loop.Reopened += value;
        remove => _loop.Reopened -= value;
    }

    /// <summary>Receives every data frame that answers nothing, after its ACK was written and in the order of the line.</summary>
    public Action<DataFrame>? UnsolicitedFrame
    {
        get => _loop.UnsolicitedFrame;
        set => _loop.UnsolicitedFrame = value;
    }

    /// <summary>How wide node ids are from now on, for requests not sent yet and answers not read yet. Set by the startup sequence.</summary>
    public NodeIdWidth NodeIdWidth
    {
        get => _loop.Width;
        set => _loop.Width = value;
    }

    public SessionState State => _loop.State;

    public SessionCounters Counters => _loop.Counters;

    /// <summary>Ends with the session; fails when the loop ended by a fault of its own, which is for the host to end loudly on.</summary>
    public Task Completion => _loop.Completion;

    /// <summary>Opens the line once, sends NAK (which ends whatever the module was sending) and throws away what comes for a moment.</summary>
    /// <exception cref="IOException">The line cannot be opened; the message says what to do. May be called again.</exception>
    public Task OpenAsync(CancellationToken cancellationToken = default) => _loop.OpenAsync(cancellationToken);

    /// <summary>Sends a request that is done with its ACK; a callback id in it is sent as it is.</summary>
    /// <exception cref="ZWaveException">It failed; the code says why.</exception>
    public async Task SendAsync(IHostRequest request, CancellationToken cancellationToken = default)
    {
        var command = new AckCommand(request, Rules(TransactionShape.AckOnly));
        using var registration = Submit(command, cancellationToken);
        await command.Result.ConfigureAwait(false);
    }

    /// <summary>Sends a request that is done with its RES; a callback id in it is sent as it is.</summary>
    /// <exception cref="ZWaveException">It failed; a RES that says no is in <see cref="ZWaveException.Response"/>.</exception>
    public async Task<TResponse> RequestAsync<TResponse>(IHostRequest request, CancellationToken cancellationToken = default)
        where TResponse : class, ISerialMessage<TResponse>
    {
        var command = new ResponseCommand<TResponse>(request, Rules(TransactionShape.Response));
        using var registration = Submit(command, cancellationToken);
        return await command.Result.ConfigureAwait(false);
    }

    /// <summary>
    /// Sends a request with a callback id of its own and gives the final callback; <paramref name="progress"/> gets those before, on the loop.
    /// </summary>
    /// <exception cref="ZWaveException">It failed. A callback that reports a failure is a result, not an exception.</exception>
    public Task<TCallback> TransactAsync<TCallback>(
        ICallbackRequest request, Action<TCallback>? progress = null, CancellationToken cancellationToken = default)
        where TCallback : class, ICallback, ISerialMessage<TCallback> =>
        TransactAsync(request, progress, request is IAbortableRequest ? _timeouts.TransmitCallback : _timeouts.Callback, cancellationToken);

    /// <summary>The same with a limit for each callback. A token that ends the wait aborts a transmission that can be aborted.</summary>
    /// <exception cref="ZWaveException">It failed. A callback that reports a failure is a result, not an exception.</exception>
    public async Task<TCallback> TransactAsync<TCallback>(
        ICallbackRequest request, Action<TCallback>? progress, TimeSpan callbackLimit, CancellationToken cancellationToken)
        where TCallback : class, ICallback, ISerialMessage<TCallback>
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Shape is not (TransactionShape.Callback or TransactionShape.ResponseAndCallback))
        {
            throw new ArgumentException($"function {request.Function} has no callback", nameof(request));
        }

        var rules = new CommandRules(request.Shape, request is ITransmitRequest, request is IAbortableRequest, callbackLimit, _timeouts);
        var command = new CallbackCommand<TCallback>(request, rules, progress);
        using var registration = Submit(command, cancellationToken);
        return await command.Result.ConfigureAwait(false);
    }

    /// <summary>Fails every request submitted so far, queued or under way: the module was reset and forgot them. Later requests are not touched.</summary>
    public void FailPending(ZWaveErrorCode reason, string message) =>
        _loop.Post(new(SessionMessageKind.FailPending, Code: reason, Text: message));

    /// <summary>
    /// Call right before sending a soft reset: some modules of the 700 series damage the high nibble of that ACK. The next single stray byte with the low
    /// nibble 6 counts as ACK, once.
    /// </summary>
    public void ExpectDamagedAck() => _loop.Post(new(SessionMessageKind.ExpectDamagedAck));

    /// <summary>Closes the line and opens it anew (the last resort for a module that does not answer); requests under way fail.</summary>
    public void Reopen() => _loop.Post(new(SessionMessageKind.Reopen));

    /// <summary>Closes the line; every request fails with <see cref="ZWaveErrorCode.Cancelled"/>.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private CommandRules Rules(TransactionShape shape) => new(shape, IsTransmit: false, IsAbortable: false, _timeouts.Callback, _timeouts);

    private CancellationTokenRegistration Submit(PendingCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command.Request);
        cancellationToken.ThrowIfCancellationRequested();
        _loop.Submit(command);
        if (!cancellationToken.CanBeCanceled) return default;
        return cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (loop, abandoned) = ((SessionLoop, PendingCommand))state!;
                abandoned.IsAbandoned = true;
                abandoned.Cancel(token);
                loop.Post(new(SessionMessageKind.Abandon, abandoned));
            },
            (_loop, command));
    }
}
