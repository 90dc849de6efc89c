using System.Text;
using Bridge.Mqtt;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>A link without a broker: it answers what the test says, and writes down what it was asked.</summary>
internal sealed class FakeMqttLink : IMqttLink
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<string> _calls = [];
    private readonly List<MqttMessage> _published = [];
    private readonly List<MqttConnectRequest> _requests = [];
    private readonly LinkedList<TaskCompletionSource> _unacknowledged = [];
    private readonly Queue<MqttLinkException?> _connectAnswers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Action<MqttMessage>? Received { get; set; }

    public Action<string>? Lost { get; set; }

    public bool IsConnected { get; private set; }

    public MqttBrokerLimits Limits { get; set; } = new(MqttProtocol.Version5);

    /// <summary>True: publishes are not acknowledged until <see cref="Acknowledge"/>.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Which filters are refused, with the reason.</summary>
    public Func<string, string?> RefuseFilter { get; set; } = static _ => null;

    /// <summary>Which messages are refused.</summary>
    public Func<MqttMessage, MqttLinkException?> RefuseMessage { get; set; } = static _ => null;

    /// <summary>True: a SUBSCRIBE is never answered.</summary>
    public bool IsSubscribeIgnored { get; set; }

    /// <summary>"connect", "subscribe a b", "publish topic payload", "disconnect", in order.</summary>
    public IReadOnlyList<string> Calls => Read(() => _calls.ToArray());

    public IReadOnlyList<MqttMessage> Published => Read(() => _published.ToArray());

    public IReadOnlyList<MqttConnectRequest> Requests => Read(() => _requests.ToArray());

    public int Unacknowledged => Read(() => _unacknowledged.Count);

    public void AnswerConnects(params MqttLinkException?[] answers)
    {
        lock (_gate) Array.ForEach(answers, _connectAnswers.Enqueue);
    }

    public Task<MqttBrokerLimits> ConnectAsync(MqttConnectRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _requests.Add(request);
            Note("connect");
            if (_connectAnswers.TryDequeue(out var answer) && answer is not null) return Task.FromException<MqttBrokerLimits>(answer);
            IsConnected = true;
            return Task.FromResult(Limits with { Protocol = request.Protocol });
        }
    }

    public async Task<IReadOnlyList<string?>> SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellationToken)
    {
        lock (_gate) Note("subscribe " + string.Join(' ', subscriptions.Select(static one => one.Filter)));
        if (IsSubscribeIgnored) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return [.. subscriptions.Select(one => RefuseFilter(one.Filter))];
    }

    public Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken)
    {
        lock (_gate) Note("unsubscribe " + string.Join(' ', filters));
        return Task.CompletedTask;
    }

    public Task PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsConnected) return Task.FromException(new MqttLinkException(MqttLinkFailure.ConnectionLost, "not connected"));
            if (RefuseMessage(message) is { } refusal) return Task.FromException(refusal);
            _published.Add(message);
            Note($"publish {message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}".TrimEnd());
            if (!IsStalled) return Task.CompletedTask;
            var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _unacknowledged.AddLast(acknowledged);
            return acknowledged.Task;
        }
    }

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IsConnected = false;
            Note("disconnect");
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate) Note("dispose");
        return ValueTask.CompletedTask;
    }

    /// <summary>The broker acknowledges the oldest messages.</summary>
    public void Acknowledge(int count = int.MaxValue)
    {
        for (; count > 0; count--)
        {
            TaskCompletionSource oldest;
            lock (_gate)
            {
                if (_unacknowledged.First is not { } first) return;
                oldest = first.Value;
                _unacknowledged.RemoveFirst();
            }

            oldest.SetResult();
        }
    }

    /// <summary>The connection breaks.</summary>
    public void Lose(string reason)
    {
        TaskCompletionSource[] pending;
        lock (_gate)
        {
            IsConnected = false;
            pending = [.. _unacknowledged];
            _unacknowledged.Clear();
        }

        foreach (var one in pending) one.SetException(new MqttLinkException(MqttLinkFailure.ConnectionLost, reason));
        Lost!(reason);
    }

    /// <summary>Waits until the condition holds; asked again at every call. Patience only bounds a failing test.</summary>
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
                Assert.Fail($"did not happen: {what}; calls: {string.Join(", ", Calls)}");
            }
        }
    }

    public Task UntilCalledAsync(string call, int times = 1) => UntilAsync(() => Calls.Count(one => one == call) >= times, $"{call} ({times})");

    private void Note(string call)
    {
        _calls.Add(call);
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate) return read();
    }
}
