using Microsoft.Extensions.Logging;

namespace Bridge.Mqtt;

/// <summary>Who wants which incoming messages. Filters outlive connections; a refused one is asked for again at the next. Any thread may call.</summary>
internal sealed class MqttSubscriptions(IMqttLink link, MqttCounters counters, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string?> _refusals = new(StringComparer.Ordinal);
    private volatile Entry[] _entries = [];

    /// <summary>Hands a message to everybody who asked for its topic, once each. A handler that throws is logged.</summary>
    public void Dispatch(MqttMessage message)
    {
        counters.NoteReceived();
        foreach (var entry in _entries)
        {
            if (!entry.Matches(message.Topic)) continue;
            try
            {
                entry.Handler(message);
            }
            catch (Exception exception)
            {
                counters.NoteHandlerFailure();
                logger.HandlerFailed(exception, message.Topic);
            }
        }
    }

    public Entry Add(IReadOnlyList<MqttSubscription> filters, Action<MqttMessage> handler)
    {
        var entry = new Entry(filters, handler);
        lock (_gate) _entries = [.. _entries, entry];
        return entry;
    }

    /// <returns>The filters nobody wants any more.</returns>
    public IReadOnlyList<string> Remove(Entry entry)
    {
        lock (_gate)
        {
            if (!_entries.Contains(entry)) return [];
            _entries = [.. _entries.Where(other => other != entry)];
            return [.. entry.Filters.Select(static filter => filter.Filter).Where(filter => !_entries.Any(other => other.Has(filter)))];
        }
    }

    /// <summary>Subscribes everything; each asker in a packet of its own. Ends at the first sign that the connection is lost.</summary>
    public async Task SubscribeAllAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in _entries) await SubscribeAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    public async Task SubscribeAsync(Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await link.SubscribeAsync(entry.Filters, cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < entry.Filters.Count; index++) Note(entry.Filters[index].Filter, index < answers.Count ? answers[index] : "no answer");
        }
        catch (MqttLinkException exception) when (exception.Failure != MqttLinkFailure.ConnectionLost)
        {
            foreach (var filter in entry.Filters) Note(filter.Filter, exception.Message);
        }
    }

    // One line a change: a broker that refuses does so at every connection.
    private void Note(string filter, string? refusal)
    {
        lock (_gate)
        {
            if (_refusals.GetValueOrDefault(filter) == refusal) return;
            _refusals[filter] = refusal;
        }

        if (refusal is not null) logger.SubscriptionRefused(filter, refusal);
    }

    /// <summary>Filters of one asker.</summary>
    internal sealed record Entry(IReadOnlyList<MqttSubscription> Filters, Action<MqttMessage> Handler)
    {
        public bool Matches(string topic)
        {
            foreach (var filter in Filters)
            {
                if (TopicRules.Matches(filter.Filter, topic)) return true;
            }

            return false;
        }

        public bool Has(string filter) => Filters.Any(own => own.Filter == filter);

        // Two askers may ask for the same and are two all the same.
        public bool Equals(Entry? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
