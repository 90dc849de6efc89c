namespace Bridge.Mqtt;

/// <summary>
/// Keeps to the broker's Receive Maximum (MQTT 5.0, 4.9): so many messages are under way at a time, the others wait in the order they came. Of QoS 2 one at a
/// time: a broker delivers it when it is released, and the library does not release in the order of sending. Any thread.
/// </summary>
public sealed class PublishWindow : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Publication> _waiting = new();
    private readonly HashSet<Publication> _running = [];
    private readonly Func<MqttMessage, Task> _send;
    private readonly int _size;
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly Action _stalled;
    private readonly ITimer _timer;
    private string? _lost;
    private bool _isArmed;
    private bool _isPumping;

    /// <param name="size">Messages under way at a time.</param>
    /// <param name="send">Sends one; completed by the broker's acknowledgement. What it throws is the outcome.</param>
    /// <param name="limit">How long an acknowledgement may take.</param>
    /// <param name="stalled">One took longer: the connection is of no use any more.</param>
    public PublishWindow(int size, Func<MqttMessage, Task> send, TimeProvider time, TimeSpan limit, Action stalled)
    {
        (_size, _send, _time, _limit, _stalled) = (size, send, time, limit, stalled);
        _timer = time.CreateTimer(static window => ((PublishWindow)window!).CheckAge(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <exception cref="MqttLinkException">Lost, or what the sender threw.</exception>
    public Task PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        var publication = new Publication(message, cancellationToken);
        lock (_gate)
        {
            if (_lost is { } reason) return Task.FromException(new MqttLinkException(MqttLinkFailure.ConnectionLost, reason));
            _waiting.Enqueue(publication);
            Pump();
        }

        return cancellationToken.CanBeCanceled ? publication.Task.WaitAsync(cancellationToken) : publication.Task;
    }

    /// <summary>All have failed when this returns, and all later ones fail.</summary>
    public void Fail(string reason)
    {
        Publication[] failed;
        lock (_gate)
        {
            _lost ??= reason;
            failed = [.. _running, .. _waiting];
            _running.Clear();
            _waiting.Clear();
        }

        foreach (var publication in failed) publication.Fail(new MqttLinkException(MqttLinkFailure.ConnectionLost, reason));
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Starts what may be started. Under the lock: messages leave in the order they came.</summary>
    private void Pump()
    {
        if (_isPumping) return;
        _isPumping = true;
        while (_running.Count < _size && _waiting.TryPeek(out var publication))
        {
            var isExactlyOnce = publication.Message.QualityOfService == MqttQualityOfService.ExactlyOnce;
            if (isExactlyOnce && _running.Any(static other => other.Message.QualityOfService == MqttQualityOfService.ExactlyOnce)) break;
            _waiting.Dequeue();
            if (publication.Cancellation.IsCancellationRequested) continue;
            _running.Add(publication);
            publication.Started = _time.GetTimestamp();
            Arm(_limit);
            _ = RunAsync(publication);
        }

        _isPumping = false;
    }

    private async Task RunAsync(Publication publication)
    {
        try
        {
            await _send(publication.Message).ConfigureAwait(false);
            publication.TrySetResult();
        }
        catch (MqttLinkException failure)
        {
            publication.Fail(failure);
        }

        lock (_gate)
        {
            _running.Remove(publication);
            Pump();
        }
    }

    private void Arm(TimeSpan due)
    {
        if (_isArmed) return;
        _isArmed = true;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void CheckAge()
    {
        lock (_gate)
        {
            _isArmed = false;
            if (_running.Count == 0) return;
            var rest = _limit - _time.GetElapsedTime(_running.Min(static publication => publication.Started));
            if (rest > TimeSpan.Zero)
            {
                Arm(rest);
                return;
            }
        }

        _stalled();
    }

    private sealed class Publication(MqttMessage message, CancellationToken cancellation)
        : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public MqttMessage Message { get; } = message;

        public CancellationToken Cancellation { get; } = cancellation;

        public long Started { get; set; }

        /// <summary>Nobody may be waiting for it.</summary>
        public void Fail(MqttLinkException failure)
        {
            TrySetException(failure);
            _ = Task.Exception;
        }
    }
}
