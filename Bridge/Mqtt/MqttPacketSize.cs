using System.Text;

namespace Bridge.Mqtt;

/// <summary>How large a message is on the wire, to be compared with a broker's Maximum Packet Size (MQTT 5.0, 3.3 and 3.2.2.3.6).</summary>
public static class MqttPacketSize
{
    /// <summary>The whole PUBLISH of MQTT 5 in bytes, fixed header included.</summary>
    public static long OfPublish(MqttMessage message)
    {
        long properties = 0;
        if (message.IsText) properties += 2;
        if (message.ExpirySeconds is not null) properties += 5;
        if (message.ContentType is { } type) properties += 1 + Text(type);
        if (message.ResponseTopic is { } response) properties += 1 + Text(response);
        if (!message.CorrelationData.IsEmpty) properties += 3 + message.CorrelationData.Length;
        foreach (var (name, value) in message.UserProperties) properties += 1 + Text(name) + Text(value);
        var identifier = message.QualityOfService == MqttQualityOfService.AtMostOnce ? 0 : 2;
        var body = Text(message.Topic) + identifier + LengthOf(properties) + properties + message.Payload.Length;
        return 1 + LengthOf(body) + body;
    }

    private static long Text(string text) => 2 + Encoding.UTF8.GetByteCount(text);

    /// <summary>Bytes of a variable byte integer.</summary>
    private static int LengthOf(long value) => value switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        _ => 4,
    };
}
