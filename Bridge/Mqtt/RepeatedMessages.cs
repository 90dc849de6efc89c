namespace Bridge.Mqtt;

/// <summary>
/// Recognises a QoS 2 message that the broker sends once more (MQTT 5.0, 4.3.3): same packet identifier and content, with the duplicate flag. Used by one
/// thread at a time.
/// </summary>
public sealed class RepeatedMessages
{
    private readonly Dictionary<ushort, (string Topic, int Content)> _last = [];

    /// <summary>True: it was seen, and is left out.</summary>
    public bool IsRepeated(ushort packetId, MqttMessage message)
    {
        var hash = default(HashCode);
        hash.AddBytes(message.Payload.Span);
        var content = (message.Topic, hash.ToHashCode());
        if (message.IsDuplicate && _last.TryGetValue(packetId, out var last) && last == content) return true;
        _last[packetId] = content;
        return false;
    }

    /// <summary>A new session has new identifiers.</summary>
    public void Clear() => _last.Clear();
}
