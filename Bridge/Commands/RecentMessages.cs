using Bridge.Mqtt;

namespace Bridge.Commands;

/// <summary>
/// Remembers the last messages by their fingerprints, to know one that the broker sends once more (DUP) from one whose first copy got lost.
/// Any thread may call.
/// </summary>
internal sealed class RecentMessages
{
    private const int Count = 256;

    private readonly Lock _gate = new();
    private readonly Queue<(int, int, int)> _order = new(Count);
    private readonly Dictionary<(int, int, int), int> _times = new(Count);

    /// <summary>True when a message of the same topic, content and correlation is among the last ones. From now on this one is.</summary>
    public bool Note(MqttMessage message)
    {
        var fingerprint = (message.Topic.GetHashCode(StringComparison.Ordinal), Hash(message.Payload.Span), Hash(message.CorrelationData.Span));
        lock (_gate)
        {
            var wasThere = _times.TryGetValue(fingerprint, out var times);
            _times[fingerprint] = times + 1;
            _order.Enqueue(fingerprint);
            if (_order.Count > Count)
            {
                var oldest = _order.Dequeue();
                if (--_times[oldest] == 0) _times.Remove(oldest);
            }

            return wasThere;
        }
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        hash.Add(bytes.Length);
        return hash.ToHashCode();
    }
}
