using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>
/// Sessions, subscriptions and retained messages of a broker, and how messages get from one client to others. Nothing here waits or touches
/// a socket.
/// </summary>
/// <remarks>
/// Every member but <see cref="Now"/> and <see cref="FlushAsync"/> is called with <see cref="Gate"/> held, which is never held while bytes
/// move. Connections that got something to send are remembered until <see cref="FlushAsync"/>.
/// </remarks>
internal sealed class BrokerCore(BrokerLimits limits, TimeProvider time, IBrokerObserver observer)
{
    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly SubscriptionTree _tree = new();
    private readonly RetainedMessages _retained = new(limits);
    private readonly List<GrantedSubscription> _found = [];
    private readonly List<BrokerMessage> _foundRetained = [];
    private readonly Dictionary<Session, Match> _matches = [];
    private List<Connection> _touched = [];
    private readonly BrokerNews _news = new(observer);

    public Lock Gate { get; } = new();

    public BrokerLimits Limits => limits;

    public TimeProvider Time => time;

    /// <summary>Time since the broker began.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    public int SessionCount => _sessions.Count;

    public int RetainedCount => _retained.Count;

    /// <summary>Retained messages of an earlier run.</summary>
    public void Load(IEnumerable<BrokerMessage> messages)
    {
        foreach (var message in messages) _retained.Set(message, Now);
    }

    /// <summary>The session of a client that connects; a connection that still has it is thrown out (3.1.4).</summary>
    /// <param name="isPresent">True: it is the one from before.</param>
    public Session Attach(Connection connection, string clientId, bool cleanStart, out bool isPresent)
    {
        isPresent = false;
        if (_sessions.TryGetValue(clientId, out var session))
        {
            if (session.Connection is { } before)
            {
                Detach(before, ConnectionEnd.TakenOver, publishesWill: true);
                before.End(ReasonCode.SessionTakenOver);
            }

            if (cleanStart && !session.HasEnded) Remove(session);
            isPresent = !session.HasEnded;
        }

        if (!isPresent)
        {
            if (_sessions.Count >= limits.Sessions) MakeRoom();
            session = new(clientId, limits);
            _sessions.Add(clientId, session);
        }

        session!.ExpiryTimer?.Dispose();
        session.ExpiryTimer = null;
        // Back before the delay passed: the will is not published (3.1.3.2.2).
        session.WillTimer?.Dispose();
        session.WillTimer = null;
        session.Will = null;
        session.Connection = connection;
        return session;
    }

    /// <summary>A connection has ended: its will is published or waits, its session ends or waits. Does nothing the second time.</summary>
    public void Detach(Connection connection, ConnectionEnd end, bool publishesWill)
    {
        if (connection.Session is not { } session || session.Connection != connection) return;
        connection.HowEnded = end;
        session.Connection = null;
        session.LeftAt = Now;
        session.Queue.DropUnacknowledged();
        var will = publishesWill ? connection.Will : null;
        if (will is not null)
        {
            session.Will = BrokerMessage.From(will, Now);
            var delay = TimeSpan.FromSeconds(will.DelaySeconds ?? 0);
            if (delay == TimeSpan.Zero) PublishWill(session);
            else if (delay < session.Expiry) session.WillTimer = Later(delay, session, PublishWill);
        }

        if (session.Expiry == TimeSpan.Zero) Remove(session);
        else session.ExpiryTimer = Later(session.Expiry, session, Remove);
    }

    /// <summary>Hands a message to everybody who wants it.</summary>
    /// <returns>False: nobody does.</returns>
    public bool Publish(BrokerMessage message, Session? publisher)
    {
        if (message.Retain && _retained.Set(message, Now)) _news.RetainedChanged(publisher?.ClientId ?? "", message);
        _tree.Find(message.Topic, _found);
        if (_found.Count == 0) return false;
        foreach (var subscription in _found)
        {
            if (subscription.NoLocal && subscription.Session == publisher) continue;
            _matches.TryGetValue(subscription.Session, out var match);
            _matches[subscription.Session] = match.With(subscription);
            if (subscription.Filter.Group is null) continue;
            // A shared subscription is a delivery of its own.
            _matches.Remove(subscription.Session);
            if (match.IsThere) _matches.Add(subscription.Session, match);
            Deliver(subscription.Session, default(Match).With(subscription), message);
        }

        foreach (var (session, match) in _matches) Deliver(session, match, message);
        _matches.Clear();
        _found.Clear();
        return true;
    }

    /// <summary>Adds a subscription and what is retained for it (3.8.4).</summary>
    public void Subscribe(GrantedSubscription subscription, RetainHandling retainHandling)
    {
        var session = subscription.Session;
        var isNew = !session.Subscriptions.ContainsKey(subscription.Filter.Text);
        session.Subscriptions[subscription.Filter.Text] = subscription;
        _tree.Add(subscription);
        if (subscription.Filter.Group is not null || retainHandling == RetainHandling.DoNotSend) return;
        if (retainHandling == RetainHandling.SendIfNew && !isNew) return;
        uint[] identifiers = subscription.Identifier == 0 ? [] : [subscription.Identifier];
        _retained.Find(subscription.Filter.Pattern, Now, _foundRetained);
        foreach (var message in _foundRetained)
        {
            var level = Lower(message.QualityOfService, subscription.QualityOfService);
            if (!session.Queue.AddRetained(new(message, level, Retain: true, identifiers))) _news.Dropped(session.ClientId);
        }

        _foundRetained.Clear();
        Touch(session.Connection);
    }

    /// <returns>False: there was none.</returns>
    public bool Unsubscribe(Session session, string filter)
    {
        if (!session.Subscriptions.Remove(filter, out var subscription)) return false;
        _tree.Remove(subscription);
        return true;
    }

    /// <summary>The connection has something to send.</summary>
    public void Touch(Connection? connection)
    {
        if (connection is null || connection.IsTouched) return;
        connection.IsTouched = true;
        _touched.Add(connection);
    }

    /// <summary>Ends every session as if its connection broke; nothing works afterwards.</summary>
    public void EndAll(ReasonCode reason)
    {
        foreach (var session in _sessions.Values.ToArray())
        {
            if (session.Connection is { } connection)
            {
                Detach(connection, ConnectionEnd.Unclean, publishesWill: true);
                connection.End(reason);
            }

            if (!session.HasEnded) Remove(session);
        }
    }

    /// <summary>Without the gate: sends what touched connections have, and tells the observer. A slow client is not waited for.</summary>
    public ValueTask FlushAsync()
    {
        List<Connection> touched;
        lock (Gate)
        {
            touched = _touched;
            if (touched.Count > 0) _touched = [];
            foreach (var connection in touched) connection.IsTouched = false;
        }

        foreach (var connection in touched) connection.StartSending();
        return _news.IsThere ? _news.TellAsync(Gate) : ValueTask.CompletedTask;
    }

    private static QualityOfService Lower(QualityOfService one, QualityOfService other) => one < other ? one : other;

    private void Deliver(Session session, Match match, BrokerMessage message)
    {
        var level = Lower(message.QualityOfService, match.QualityOfService);
        // Nobody keeps QoS 0 for a client that is away.
        if (!session.IsConnected && level == QualityOfService.AtMostOnce) return;
        var delivery = new Delivery(message, level, message.Retain && match.RetainAsPublished, match.Identifiers ?? []);
        if (!session.Queue.Add(delivery)) _news.Dropped(session.ClientId);
        Touch(session.Connection);
    }

    private void PublishWill(Session session)
    {
        session.WillTimer?.Dispose();
        session.WillTimer = null;
        if (session.Will is not { } will) return;
        session.Will = null;
        Publish(will, publisher: null);
    }

    private void Remove(Session session)
    {
        session.HasEnded = true;
        session.ExpiryTimer?.Dispose();
        foreach (var subscription in session.Subscriptions.Values) _tree.Remove(subscription);
        session.Subscriptions.Clear();
        _sessions.Remove(session.ClientId);
        // "or the Session ends, whichever happens first" (3.1.2.5)
        PublishWill(session);
    }

    /// <summary>Forgets the session that is longest without a connection.</summary>
    private void MakeRoom()
    {
        var oldest = _sessions.Values.Where(static session => !session.IsConnected).MinBy(static session => session.LeftAt);
        if (oldest is not null) Remove(oldest);
    }

    private ITimer Later(TimeSpan delay, Session session, Action<Session> action)
    {
        return time.CreateTimer(
            _ =>
            {
                lock (Gate)
                {
                    if (session.HasEnded || session.IsConnected) return;
                    action(session);
                }

                _ = FlushAsync().AsTask();
            },
            state: null,
            delay,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the subscriptions of one session that match one message ask for together: it is sent once (3.3.4).</summary>
    private readonly record struct Match(
        bool IsThere,
        QualityOfService QualityOfService,
        bool RetainAsPublished,
        IReadOnlyList<uint>? Identifiers)
    {
        public Match With(GrantedSubscription subscription) => new(
            IsThere: true,
            !IsThere || subscription.QualityOfService > QualityOfService ? subscription.QualityOfService : QualityOfService,
            RetainAsPublished || subscription.RetainAsPublished,
            subscription.Identifier == 0 ? Identifiers : [.. Identifiers ?? [], subscription.Identifier]);
    }
}
