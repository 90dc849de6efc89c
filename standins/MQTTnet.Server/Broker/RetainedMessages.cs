using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>The last retained message of each topic. Not thread-safe.</summary>
internal sealed class RetainedMessages(BrokerLimits limits)
{
    private readonly Dictionary<string, BrokerMessage> _messages = new(StringComparer.Ordinal);
    private long _bytes;

    public int Count => _messages.Count;

    public IEnumerable<BrokerMessage> All => _messages.Values;

    /// <summary>Keeps the message, or forgets the topic when its payload is empty (3.3.1.3).</summary>
    /// <returns>False: there is no room for it, or nothing to forget.</returns>
    public bool Set(BrokerMessage message, TimeSpan now)
    {
        if (message.Payload.IsEmpty) return Remove(message.Topic);
        if (!HasRoomFor(message)) DropExpired(now);
        if (!HasRoomFor(message)) return false;
        Remove(message.Topic);
        _messages.Add(message.Topic, message);
        _bytes += message.Size;
        return true;
    }

    /// <summary>Adds every message that the pattern stands for and that has not expired.</summary>
    public void Find(string pattern, TimeSpan now, List<BrokerMessage> found)
    {
        if (pattern.AsSpan().IndexOfAny('+', '#') < 0)
        {
            if (_messages.TryGetValue(pattern, out var message) && !message.HasExpired(now)) found.Add(message);
            return;
        }

        foreach (var message in _messages.Values)
        {
            if (TopicRules.Matches(pattern, message.Topic) && !message.HasExpired(now)) found.Add(message);
        }
    }

    private bool HasRoomFor(BrokerMessage message)
    {
        var before = _messages.GetValueOrDefault(message.Topic);
        return _messages.Count + (before is null ? 1 : 0) <= limits.RetainedMessages
            && _bytes + message.Size - (before?.Size ?? 0) <= limits.RetainedBytes;
    }

    private bool Remove(string topic)
    {
        if (!_messages.Remove(topic, out var before)) return false;
        _bytes -= before.Size;
        return true;
    }

    private void DropExpired(TimeSpan now)
    {
        foreach (var message in _messages.Values.Where(message => message.HasExpired(now)).ToArray()) Remove(message.Topic);
    }
}
