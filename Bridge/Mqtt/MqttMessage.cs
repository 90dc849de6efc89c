namespace Bridge.Mqtt;

/// <summary>How hard a broker tries to deliver (MQTT 5.0, 4.3).</summary>
public enum MqttQualityOfService : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}

/// <summary>One message, in either direction. MQTT 5 properties are left out for a peer that speaks 3.1.1.</summary>
/// <param name="Topic">UTF-8, without wildcards.</param>
/// <param name="Payload">May be empty: a retained message of zero bytes clears the topic.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    public MqttQualityOfService QualityOfService { get; init; }

    /// <summary>
    /// Outgoing: the broker keeps it. Incoming: it is one the broker had kept when we subscribed, or was published so
    /// (<see cref="MqttSubscription.RetainAsPublished"/>).
    /// </summary>
    public bool Retain { get; init; }

    /// <summary>Incoming: the broker sends it once more; the first one may have come through.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Where the sender wants the answer (MQTT 5); null: it wants none.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>Goes back with the answer unchanged (MQTT 5).</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>MIME type (MQTT 5): "application/json".</summary>
    public string? ContentType { get; init; }

    /// <summary>The payload is UTF-8 text (MQTT 5 Payload Format Indicator 1).</summary>
    public bool IsText { get; init; }

    /// <summary>Seconds after which it is worthless (MQTT 5); incoming: what is left of them. Null: never.</summary>
    public uint? ExpirySeconds { get; init; }

    /// <summary>User Properties (MQTT 5), in order; names may repeat.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];
}
