namespace Bridge.Mqtt;

/// <summary>The life of one connection: it ends once, for one reason, and the calls that wait for an answer end with it. Any thread.</summary>
/// <param name="answerLimit">How long the broker may take for an answer.</param>
internal sealed class ConnectionState(TimeProvider time, TimeSpan answerLimit) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _loss = new();
    private readonly HashSet<Task> _calls = [];
    private string? _reason;

    /// <summary>Why it ended; null: it has not.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>True once the caller of connect knows of it: from then on a loss is told.</summary>
    public bool IsAccepted { get; private set; }

    public bool IsOpen => IsAccepted && Reason is null;

    /// <summary>Completed when the end was told, or there was nobody to tell.</summary>
    public Task Told => _told.Task;

    /// <summary>Not null: it ended already, for this reason.</summary>
    public string? Accept()
    {
        lock (_gate)
        {
            IsAccepted = _reason is null;
            return _reason;
        }
    }

    /// <summary>True for the first reason only.</summary>
    public bool TryEnd(string reason)
    {
        lock (_gate)
        {
            if (_reason is not null) return false;
            _reason = reason;
            return true;
        }
    }

    /// <summary>Runs a request that the broker answers.</summary>
    /// <param name="stalled">It did not answer in time; called with the reason.</param>
    /// <exception cref="MqttLinkException">The connection is or was lost.</exception>
    public async Task<T> CallAsync<T>(Func<Task<T>> start, Action<string> stalled, CancellationToken cancellationToken)
    {
        Task<T> call;
        lock (_gate)
        {
            if (_reason is { } reason) throw new MqttLinkException(MqttLinkFailure.ConnectionLost, reason);
            call = RunAsync(start, stalled);
            _calls.Add(call);
        }

        try
        {
            return await call.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = call.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>All calls have failed when this completes.</summary>
    public async Task FailCallsAsync()
    {
        await _loss.CancelAsync().ConfigureAwait(false);
        Task[] calls;
        lock (_gate) calls = [.. _calls];
        await Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
    }

    public void SetTold() => _told.TrySetResult();

    /// <summary>What a call fails with: the reason of the end, if that is known by now.</summary>
    public MqttLinkException LostBy(Exception cause) =>
        new(MqttLinkFailure.ConnectionLost, Reason ?? MqttConnectFailure.Words(cause), cause);

    public void Dispose() => _loss.Dispose();

    private async Task<T> RunAsync<T>(Func<Task<T>> start, Action<string> stalled)
    {
        try
        {
            return await start().WaitAsync(answerLimit, time, _loss.Token).ConfigureAwait(false);
        }
        catch (TimeoutException cause)
        {
            stalled("the broker did not answer in time");
            throw LostBy(cause);
        }
        catch (Exception cause)
        {
            throw LostBy(cause);
        }
    }

    private void Forget(Task call)
    {
        // Nobody may be waiting for it.
        _ = call.Exception;
        lock (_gate) _calls.Remove(call);
    }
}
