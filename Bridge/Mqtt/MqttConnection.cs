using Microsoft.Extensions.Logging;

namespace Bridge.Mqtt;

/// <summary>How the connection is kept.</summary>
/// <param name="Request">Where to and as whom; the will is added.</param>
/// <param name="StateTopic"><c>&lt;base&gt;/bridge/state</c>: "online" and "offline", retained.</param>
public sealed record MqttConnectionOptions(MqttConnectRequest Request, string StateTopic)
{
    /// <summary>Asked at every opening for our client id; null, or a null answer: that of the request.</summary>
    public Func<string?>? ClientId { get; init; }

    /// <summary>False: no message of ours is retained.</summary>
    public bool Retain { get; init; } = true;

    /// <summary>Messages on their way at a time, as far as the broker takes them; more do not make it faster.</summary>
    public int MaximumInFlight { get; init; } = 256;

    /// <summary>Topics whose latest message may wait: more than a full network has.</summary>
    public int MaximumTopics { get; init; } = 10_000;

    /// <summary>Messages that are not retained and wait for a broker that does not keep up.</summary>
    public int MaximumEvents { get; init; } = 256;

    /// <summary>How long the end may take: what waits, the farewell, the goodbye.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>0..1, where in the last quarter of a pause the next try is: many clients of one broker shall not come back at the same moment.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}

/// <summary>
/// The life of the connection to the broker: opened for ever, and after every opening subscribed, <c>online</c> and everything we keep there. Any thread may
/// call any member.
/// </summary>
public sealed class MqttConnection : IMessageSink, IAsyncDisposable
{
    /// <summary>Payloads of the state topic.</summary>
    public const string Online = "online";

    /// <inheritdoc cref="Online"/>
    public const string Offline = "offline";

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_subscribeLimit = TimeSpan.FromSeconds(10);

    private readonly IMqttLink _link;
    private readonly MqttConnectionOptions _options;
    private readonly FullPublication _publication;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly MqttOutbox _outbox;
    private readonly MqttSubscriptions _subscriptions;
    private readonly CancellationTokenSource _stopping = new();
    private MqttProtocol _protocol;
    private TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private string? _lastReason;
    private volatile bool _isConnected;
    private int _isDisposed;

    /// <param name="link">Belongs to the connection from here on.</param>
    /// <param name="options">How.</param>
    /// <param name="publication">What is published after every opening.</param>
    public MqttConnection(IMqttLink link, MqttConnectionOptions options, FullPublication publication, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(options);
        (_link, _options, _publication, _time, _logger) = (link, options, publication, time, logger);
        _protocol = options.Request.Protocol;
        _outbox = new(link, options, Counters, logger);
        _subscriptions = new(link, Counters, logger);
        link.Received = _subscriptions.Dispatch;
        link.Lost = OnLost;
    }

    public MqttCounters Counters { get; } = new();

    /// <summary>True between an opening and its loss.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>What is spoken, or would be tried next.</summary>
    public MqttProtocol Protocol => _protocol;

    /// <summary>Why there is no connection; null while there is one, or nothing was tried yet.</summary>
    public string? Reason => _isConnected ? null : _lastReason;

    /// <summary>Begins to connect and returns at once.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    public void Publish(MqttMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _outbox.Publish(message);
    }

    /// <summary>
    /// Asks for incoming messages, now and after every opening. The handler is called on the link's thread, one message at a time, and must not block; when
    /// several filters fit a topic it is called once a message.
    /// </summary>
    /// <returns>To be disposed of when they are no longer wanted.</returns>
    public IAsyncDisposable Subscribe(IReadOnlyList<MqttSubscription> filters, Action<MqttMessage> handler)
    {
        ArgumentNullException.ThrowIfNull(filters);
        ArgumentNullException.ThrowIfNull(handler);
        var entry = _subscriptions.Add(filters, handler);
        if (_isConnected) _ = SubscribeNowAsync(entry);
        return new Subscription(this, entry);
    }

    /// <summary>The same for a while; ends when the broker was asked, or there is no connection that could be.</summary>
    public async Task<IAsyncDisposable> SubscribeAsync(IReadOnlyList<MqttSubscription> filters, Action<MqttMessage> handler)
    {
        ArgumentNullException.ThrowIfNull(filters);
        ArgumentNullException.ThrowIfNull(handler);
        var entry = _subscriptions.Add(filters, handler);
        if (_isConnected) await SubscribeNowAsync(entry).ConfigureAwait(false);
        return new Subscription(this, entry);
    }

    /// <summary>Ends in good order: what waits is sent, then "offline" is retained, then the broker hears goodbye, all within the limit.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (_link.IsConnected) await SayGoodbyeAsync().ConfigureAwait(false);
        _outbox.End();
        _isConnected = false;
        await _link.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static TimeSpan Longer(TimeSpan pause)
    {
        // Whole milliseconds: timers know nothing finer.
        var longer = TimeSpan.FromMilliseconds((long)(pause.TotalMilliseconds * 1.5));
        return longer < s_longestPause ? longer : s_longestPause;
    }

    private static string Name(MqttProtocol protocol) => protocol == MqttProtocol.Version5 ? "5" : "3.1.1";

    private string Broker => $"{_options.Request.Host}:{_options.Request.Port}";

    private MqttMessage StateMessage(string state) => MqttMessages.Text(_options.StateTopic, state) with
    {
        Retain = true,
        QualityOfService = MqttQualityOfService.AtLeastOnce,
    };

    private async Task RunAsync()
    {
        var pause = s_firstPause;
        while (!_stopping.IsCancellationRequested)
        {
            var began = _time.GetTimestamp();
            try
            {
                if (!await ConnectAsync().ConfigureAwait(false)) continue;
                // A connection that lasted starts afresh; one that is thrown out at once (the same client id twice) does not.
                if (_time.GetElapsedTime(began) >= s_longestPause) pause = s_firstPause;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (MqttLinkException exception)
            {
                Report(exception.Message);
            }
            catch (Exception exception)
            {
                // A fault of the library below: the next opening may do without it.
                Report($"{exception.GetType().Name}: {exception.Message}");
            }

            var quarter = pause / 4;
            if (!await DelayAsync(pause - quarter + (quarter * _options.Jitter())).ConfigureAwait(false)) return;
            pause = Longer(pause);
        }
    }

    // One connection, from its opening to its loss. False: to be tried again at once, with the other protocol version.
    private async Task<bool> ConnectAsync()
    {
        var lost = _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        MqttBrokerLimits limits;
        try
        {
            limits = await _link.ConnectAsync(Request(), _stopping.Token).ConfigureAwait(false);
        }
        catch (MqttLinkException exception) when (exception.Failure == MqttLinkFailure.ProtocolVersion && FallsBack())
        {
            return false;
        }

        _lastReason = null;
        Counters.NoteConnect();
        _logger.BrokerConnected(Broker, Name(limits.Protocol));
        using var session = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _outbox.Open(limits);
        _isConnected = true;
        var work = BeginAsync(session.Token);
        try
        {
            var reason = await lost.Task.WaitAsync(_stopping.Token).ConfigureAwait(false);
            _isConnected = false;
            _outbox.Close();
            _lastReason = reason;
            _logger.BrokerLost(Broker, reason);
        }
        finally
        {
            await session.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
        }

        return true;
    }

    private MqttConnectRequest Request() => _options.Request with
    {
        ClientId = _options.ClientId?.Invoke() ?? _options.Request.ClientId,
        Protocol = _protocol,
        Will = StateMessage(Offline) with { Retain = _options.Retain },
    };

    // Remembered, so that every later opening is spared the refusal. Back again when that is refused, too: the broker was replaced.
    private bool FallsBack()
    {
        var refused = _protocol;
        if (_options.Request.Protocol == MqttProtocol.Version311) return false;
        _protocol = refused == MqttProtocol.Version5 ? MqttProtocol.Version311 : MqttProtocol.Version5;
        if (_protocol == MqttProtocol.Version5) return false;
        _logger.ProtocolFallsBack(Broker, Name(refused), Name(_protocol));
        return true;
    }

    private async Task BeginAsync(CancellationToken session)
    {
        try
        {
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(session))
            {
                // Commands can be given before anybody is told that we are there; a broker that never answers does not stop us.
                var subscribing = _subscriptions.SubscribeAllAsync(limit.Token);
                await subscribing.WaitAsync(s_subscribeLimit, _time, session).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!subscribing.IsCompleted)
                {
                    await limit.CancelAsync().ConfigureAwait(false);
                    _logger.SubscriptionRefused("#", "no answer in time");
                }
            }

            if (session.IsCancellationRequested) return;
            _outbox.Publish(StateMessage(Online));
            await _publication.RunAsync(session).ConfigureAwait(false);
        }
        finally
        {
            if (!session.IsCancellationRequested) _outbox.Release();
        }
    }

    private async Task SubscribeNowAsync(MqttSubscriptions.Entry entry)
    {
        try
        {
            await _subscriptions.SubscribeAsync(entry, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MqttLinkException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is gone: the next one subscribes everything.
        }
    }

    private void OnLost(string reason)
    {
        // At once, not when the loop gets to it: what is published from here on waits.
        _isConnected = false;
        _outbox.Close();
        _lost.TrySetResult(reason);
    }

    private void Report(string reason)
    {
        if (_lastReason == reason) return;
        _lastReason = reason;
        _logger.BrokerUnusable(Broker, reason);
    }

    private async Task<bool> DelayAsync(TimeSpan pause)
    {
        await Task.Delay(pause, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stopping.IsCancellationRequested;
    }

    private async Task SayGoodbyeAsync()
    {
        using var limit = new CancellationTokenSource(_options.StopLimit, _time);
        try
        {
            _outbox.Release();
            // Half of it: what does not leave by then must not cost the farewell.
            await _outbox.DrainedAsync().WaitAsync(_options.StopLimit / 2, _time, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _outbox.End();
            await _link.PublishAsync(StateMessage(Offline) with { Retain = _options.Retain }, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            await _link.DisconnectAsync(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MqttLinkException or OperationCanceledException)
        {
            // Without a goodbye the broker publishes the will, which says the same.
            _logger.FarewellFailed(exception.Message);
        }
    }

    private sealed class Subscription(MqttConnection connection, MqttSubscriptions.Entry entry) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            var unwanted = connection._subscriptions.Remove(entry);
            if (unwanted.Count == 0 || !connection._isConnected) return;
            try
            {
                await connection._link.UnsubscribeAsync(unwanted, connection._stopping.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is MqttLinkException or OperationCanceledException or ObjectDisposedException)
            {
                // Without a connection there is no subscription.
            }
        }
    }
}
