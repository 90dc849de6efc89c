using Microsoft.Extensions.Logging;

namespace Bridge.Mqtt;

/// <summary>
/// What is on its way to the broker and what waits. Nothing waits while the broker keeps up: a message leaves inside the call that publishes it. Without a
/// connection, and when the broker does not keep up, the latest retained message of each topic waits; its memory does not grow with time.
/// </summary>
/// <remarks>
/// After a connect everything is published anew, so what waited for the connection is held back until then: most of it has been replaced by then, and what
/// has not (topics to be cleared) follows. Any thread may call. The link is called under the lock, which keeps the order of messages the order of calls.
/// </remarks>
internal sealed class MqttOutbox(IMqttLink link, MqttConnectionOptions options, MqttCounters counters, ILogger logger)
{
    private const int MaximumComplaints = 256;

    private readonly Lock _gate = new();
    private readonly LinkedList<MqttMessage> _inFlight = [];
    private readonly LinkedList<MqttMessage> _waiting = [];
    private readonly Dictionary<string, LinkedListNode<MqttMessage>> _retained = new(StringComparer.Ordinal);
    private readonly HashSet<(string, MqttLinkFailure)> _complaints = [];
    private TaskCompletionSource? _drained;
    private MqttBrokerLimits? _limits;
    private Phase _phase;
    private int _generation;
    private int _events;
    private bool _isFull;

    private enum Phase
    {
        /// <summary>No connection.</summary>
        Closed,

        /// <summary>Everything is being published anew; what waited is held back.</summary>
        Refreshing,

        Open,

        /// <summary>Nothing leaves any more.</summary>
        Ended,
    }

    public void Publish(MqttMessage message)
    {
        lock (_gate)
        {
            if (_phase is Phase.Open && _waiting.Count == 0 && HasRoom) Send(message);
            else if (_phase is Phase.Refreshing && HasRoom && (message.Retain || _events == 0))
            {
                Forget(message.Topic);
                Send(message);
            }
            else Keep(message);
            NoteQueues();
        }
    }

    /// <summary>There is a connection; what waits is held back until <see cref="Release"/>.</summary>
    public void Open(MqttBrokerLimits limits)
    {
        lock (_gate)
        {
            if (_phase == Phase.Ended) return;
            if (!limits.RetainAvailable && _limits is not { RetainAvailable: false }) logger.RetainUnavailable();
            (_phase, _limits, _isFull) = (Phase.Refreshing, limits, false);
            _generation++;
            _complaints.Clear();
        }
    }

    /// <summary>Everything was published anew: what still waits may leave.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (_phase == Phase.Refreshing) _phase = Phase.Open;
            Drain();
        }
    }

    /// <summary>The connection is lost: what was on its way waits again, unless something newer does.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_phase == Phase.Ended) return;
            _phase = Phase.Closed;
            _generation++;
            for (var last = _inFlight.Last; last is not null; last = last.Previous)
            {
                if (!last.Value.Retain) counters.NoteDropped();
                else if (!_retained.ContainsKey(last.Value.Topic)) Keep(last.Value, isFirst: true);
            }

            _inFlight.Clear();
            DropEvents();
            NoteQueues();
        }
    }

    /// <summary>Ends when nothing waits and nothing is on its way.</summary>
    public Task DrainedAsync()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && _inFlight.Count == 0) return Task.CompletedTask;
            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Whatever is published from now on is dropped.</summary>
    public void End()
    {
        lock (_gate) _phase = Phase.Ended;
    }

    private bool HasRoom => _inFlight.Count < Math.Min(_limits!.ReceiveMaximum, options.MaximumInFlight);

    private void Drain()
    {
        while (_phase == Phase.Open && _waiting.First is { } first && HasRoom)
        {
            Remove(first);
            Send(first.Value);
        }

        NoteQueues();
        if (_waiting.Count > 0 || _inFlight.Count > 0) return;
        _drained?.TrySetResult();
        _drained = null;
    }

    private void Send(MqttMessage message)
    {
        if (Fitted(message) is not { } fitted) return;
        var entry = _inFlight.AddLast(message);
        Task sending;
        try
        {
            sending = link.PublishAsync(fitted, CancellationToken.None);
        }
        catch (MqttLinkException exception)
        {
            sending = Task.FromException(exception);
        }

        if (!sending.IsCompletedSuccessfully)
        {
            _ = FinishAsync(sending, entry, _generation);
            return;
        }

        _inFlight.Remove(entry);
        counters.NotePublished();
    }

    // Comes back on whatever thread the link has, never on the caller's loop.
    private async Task FinishAsync(Task sending, LinkedListNode<MqttMessage> entry, int generation)
    {
        MqttLinkException? failure = null;
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (MqttLinkException exception)
        {
            failure = exception;
        }
        catch (OperationCanceledException)
        {
            failure = new(MqttLinkFailure.ConnectionLost, "given up");
        }

        // A lost connection is told to Close, which takes care of everything on its way at once and in order.
        if (failure is { Failure: MqttLinkFailure.ConnectionLost }) return;
        lock (_gate)
        {
            if (failure is null) counters.NotePublished();
            else Complain(entry.Value.Topic, failure);
            if (generation != _generation) return;
            _inFlight.Remove(entry);
            Drain();
        }
    }

    // A broker that keeps nothing has nothing to clear.
    private MqttMessage? Fitted(MqttMessage message)
    {
        var mayRetain = options.Retain && _limits!.RetainAvailable;
        if (message.Retain && !mayRetain)
        {
            if (message.Payload.IsEmpty) return null;
            message = message with { Retain = false };
        }

        return message.QualityOfService > _limits!.MaximumQualityOfService
            ? message with { QualityOfService = _limits.MaximumQualityOfService }
            : message;
    }

    private void Keep(MqttMessage message, bool isFirst = false)
    {
        if (message.Retain && _retained.TryGetValue(message.Topic, out var same))
        {
            same.Value = message;
            return;
        }

        var isDropped = _phase == Phase.Ended
            || (message.Retain ? _retained.Count >= options.MaximumTopics : _phase == Phase.Closed || _events >= options.MaximumEvents);
        if (isDropped)
        {
            counters.NoteDropped();
            if (_isFull || _phase is not (Phase.Open or Phase.Refreshing)) return;
            // Set first: the log may be published, too.
            _isFull = true;
            logger.QueueFull(_waiting.Count);
            return;
        }

        var node = isFirst ? _waiting.AddFirst(message) : _waiting.AddLast(message);
        if (message.Retain) _retained[message.Topic] = node;
        else _events++;
    }

    private void Forget(string topic)
    {
        if (_retained.TryGetValue(topic, out var node)) Remove(node);
    }

    private void Remove(LinkedListNode<MqttMessage> node)
    {
        _waiting.Remove(node);
        if (node.Value.Retain) _retained.Remove(node.Value.Topic);
        else _events--;
    }

    // What happened while nobody listened is no news.
    private void DropEvents()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (!node.Value.Retain)
            {
                Remove(node);
                counters.NoteDropped();
            }

            node = next;
        }
    }

    private void Complain(string topic, MqttLinkException failure)
    {
        counters.NoteRefused();
        if (_complaints.Count < MaximumComplaints && _complaints.Add((topic, failure.Failure))) logger.MessageRefused(topic, failure.Message);
    }

    private void NoteQueues() => counters.NoteQueues(_waiting.Count, _inFlight.Count);
}
