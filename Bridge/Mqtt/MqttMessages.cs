using System.Text;

namespace Bridge.Mqtt;

/// <summary>Messages in the forms we publish. All are text in UTF-8.</summary>
public static class MqttMessages
{
    private const string Json = "application/json";

    /// <summary>Plain text, "online".</summary>
    public static MqttMessage Text(string topic, string text) => new(topic, Encoding.UTF8.GetBytes(text)) { IsText = true };

    /// <summary>A JSON document that the broker keeps.</summary>
    public static MqttMessage Retained(string topic, ReadOnlyMemory<byte> json) => new(topic, json)
    {
        Retain = true,
        QualityOfService = MqttQualityOfService.AtLeastOnce,
        ContentType = Json,
        IsText = true,
    };

    /// <summary>A JSON document for those who listen now, at most once.</summary>
    public static MqttMessage Passing(string topic, ReadOnlyMemory<byte> json) => new(topic, json) { ContentType = Json, IsText = true };

    /// <summary>Zero bytes, retained: the broker forgets what it keeps for the topic.</summary>
    public static MqttMessage Clear(string topic) => new(topic, ReadOnlyMemory<byte>.Empty)
    {
        Retain = true,
        QualityOfService = MqttQualityOfService.AtLeastOnce,
    };
}
