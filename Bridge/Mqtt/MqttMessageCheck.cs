using System.Text;

namespace Bridge.Mqtt;

/// <summary>What must be right before a broker sees it: a wrong text in one message ends the whole connection (MQTT 5.0, 1.5.4 and 4.7).</summary>
public static class MqttMessageCheck
{
    private const int MaximumTextBytes = ushort.MaxValue;

    /// <summary>What keeps a message from being sent, as the end of a sentence; null: nothing.</summary>
    public static string? FaultOf(MqttMessage message)
    {
        if (FaultOfTopic(message.Topic) is { } fault) return fault;
        if (message.ResponseTopic is { } response && FaultOfTopic(response) is { } other) return "response " + other;
        if (message.CorrelationData.Length > MaximumTextBytes) return "correlation data is longer than 65,535 bytes";
        if (message.ContentType is { } type && FaultOfText(type) is { } third) return "content type " + third;
        foreach (var (name, value) in message.UserProperties)
        {
            if ((FaultOfText(name) ?? FaultOfText(value)) is { } last) return "user property " + last;
        }

        return null;
    }

    /// <summary>What the broker does not take of a message, as a sentence; null: nothing.</summary>
    public static string? ExcessOf(MqttMessage message, MqttBrokerLimits limits)
    {
        if (message.QualityOfService > limits.MaximumQualityOfService)
            return $"it has QoS {(int)message.QualityOfService}, the broker takes {(int)limits.MaximumQualityOfService} at most";
        if (message.Retain && !limits.RetainAvailable) return "it is to be retained, and the broker keeps no retained messages";
        if (limits.MaximumPacketSize is not { } maximum || MqttPacketSize.OfPublish(message) is var size && size <= maximum) return null;
        return $"it is a packet of {size} bytes, the broker takes {maximum} at most";
    }

    /// <summary>What keeps a text from being published to.</summary>
    public static string? FaultOfTopic(string topic)
    {
        if (topic.Length == 0) return "topic is empty";
        if (FaultOfText(topic) is { } fault) return "topic " + fault;
        return topic.AsSpan().IndexOfAny('+', '#') >= 0 ? "topic has a wildcard" : null;
    }

    /// <summary>What keeps a text from being subscribed to.</summary>
    public static string? FaultOfFilter(string filter)
    {
        if (filter.Length == 0) return "filter is empty";
        if (FaultOfText(filter) is { } fault) return "filter " + fault;
        foreach (var range in filter.AsSpan().Split('/'))
        {
            var level = filter.AsSpan(range);
            if (level.IndexOfAny('+', '#') < 0) continue;
            if (level.Length > 1) return "filter has a wildcard that is not a whole level";
            if (level is "#" && range.End.Value != filter.Length) return "filter has # before its end";
        }

        return null;
    }

    private static string? FaultOfText(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return "has the character U+0000";
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return "has half a surrogate pair";
            index++;
        }

        return text.Length > MaximumTextBytes / 3 && Encoding.UTF8.GetByteCount(text) > MaximumTextBytes ? "is longer than 65,535 bytes" : null;
    }
}
