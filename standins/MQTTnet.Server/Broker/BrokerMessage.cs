using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>One application message as the broker keeps it; shared by all queues it waits in, so nothing here changes.</summary>
/// <param name="Payload">The bytes belong to the message.</param>
internal sealed record BrokerMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>As published.</summary>
    public QualityOfService QualityOfService { get; init; }

    /// <summary>As published.</summary>
    public bool Retain { get; init; }

    public bool? IsText { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];

    /// <summary>When it is worthless, on the broker's clock; null: never.</summary>
    public TimeSpan? ExpiresAt { get; init; }

    /// <summary>What it costs to keep, near enough.</summary>
    public long Size { get; } = SizeOf(Topic, Payload);

    /// <param name="topic">Of the packet, or what its alias stands for.</param>
    public static BrokerMessage From(PublishPacket packet, string topic, TimeSpan now) => new(topic, packet.Payload)
    {
        QualityOfService = packet.QualityOfService,
        Retain = packet.Retain,
        IsText = packet.IsText,
        ContentType = packet.ContentType,
        ResponseTopic = packet.ResponseTopic,
        CorrelationData = packet.CorrelationData,
        UserProperties = packet.UserProperties,
        ExpiresAt = ExpiryOf(packet.ExpirySeconds, now),
    };

    public static BrokerMessage From(WillMessage will, TimeSpan now) => new(will.Topic, will.Payload)
    {
        QualityOfService = will.QualityOfService,
        Retain = will.Retain,
        IsText = will.IsText,
        ContentType = will.ContentType,
        ResponseTopic = will.ResponseTopic,
        CorrelationData = will.CorrelationData,
        UserProperties = will.UserProperties,
        ExpiresAt = ExpiryOf(will.ExpirySeconds, now),
    };

    public static TimeSpan? ExpiryOf(uint? seconds, TimeSpan now) => seconds is { } interval ? now + TimeSpan.FromSeconds(interval) : null;

    public bool HasExpired(TimeSpan now) => ExpiresAt <= now;

    /// <summary>What is left of its Message Expiry Interval, in seconds, rounded up; null: it has none.</summary>
    public uint? SecondsLeft(TimeSpan now) =>
        ExpiresAt is not { } expiry ? null : (uint)Math.Clamp(Math.Ceiling((expiry - now).TotalSeconds), 0, uint.MaxValue);

    // A text of two bytes a character, and what an object and its entry in a queue cost.
    private static long SizeOf(string topic, ReadOnlyMemory<byte> payload) => (2L * topic.Length) + payload.Length + 100;
}
