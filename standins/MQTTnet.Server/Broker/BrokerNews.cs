namespace StandIns.Broker;

/// <summary>
/// What the observer is told once the gate is open again: one piece of news at a time, the latest of each topic only, so that a slow
/// observer holds nothing up and nothing grows.
/// </summary>
internal sealed class BrokerNews(IBrokerObserver observer)
{
    private readonly Dictionary<string, (string ClientId, BrokerMessage Message)> _retained = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dropped = new(StringComparer.Ordinal);
    private bool _isTelling;

    public volatile bool IsThere;

    public void RetainedChanged(string clientId, BrokerMessage message)
    {
        _retained[message.Topic] = (clientId, message);
        IsThere = true;
    }

    public void Dropped(string clientId)
    {
        _dropped.Add(clientId);
        IsThere = true;
    }

    /// <summary>Tells what there is; when somebody is about it already, leaves it to him.</summary>
    public async ValueTask TellAsync(Lock gate)
    {
        lock (gate)
        {
            if (_isTelling || !IsThere) return;
            _isTelling = true;
        }

        while (true)
        {
            (string ClientId, BrokerMessage Message)[] retained;
            string[] dropped;
            lock (gate)
            {
                IsThere = false;
                retained = [.. _retained.Values];
                dropped = [.. _dropped];
                _retained.Clear();
                _dropped.Clear();
                if (retained.Length == 0 && dropped.Length == 0)
                {
                    _isTelling = false;
                    return;
                }
            }

            foreach (var (clientId, message) in retained) await observer.RetainedChangedAsync(clientId, message).ConfigureAwait(false);
            foreach (var clientId in dropped) await observer.DroppedAsync(clientId).ConfigureAwait(false);
        }
    }
}
