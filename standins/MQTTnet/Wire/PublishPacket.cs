namespace StandIns.Wire;

/// <summary>PUBLISH (3.3).</summary>
/// <param name="Topic">Empty only with a topic alias.</param>
internal sealed record PublishPacket(string Topic, ReadOnlyMemory<byte> Payload) : Packet
{
    public override PacketType Type => PacketType.Publish;

    public QualityOfService QualityOfService { get; init; }

    public bool Retain { get; init; }

    /// <summary>Sent once more; never with QoS 0.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>0 with QoS 0, else never 0. Set late: it is known when the packet is sent.</summary>
    public ushort PacketId { get; set; }

    /// <summary>MQTT 5; never 0.</summary>
    public ushort? TopicAlias { get; init; }

    /// <summary>MQTT 5 Payload Format Indicator: true = UTF-8 text.</summary>
    public bool? IsText { get; init; }

    public uint? ExpirySeconds { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>From a broker only: of the subscriptions that matched; 1 to 268,435,455.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers { get; init; } = [];
}
