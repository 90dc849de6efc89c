using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>One message on its way to one client.</summary>
/// <param name="QualityOfService">The lower of what was published and what is wanted.</param>
/// <param name="Retain">As it is sent.</param>
/// <param name="Identifiers">Of the subscriptions that matched.</param>
internal sealed record Delivery(BrokerMessage Message, QualityOfService QualityOfService, bool Retain, IReadOnlyList<uint> Identifiers)
{
    /// <summary>0 until it is sent, and always with QoS 0.</summary>
    public ushort PacketId { get; set; }

    /// <summary>Its place among the messages of its client.</summary>
    public long Number { get; set; }

    /// <summary>QoS 2: the client has it, PUBREL was sent, PUBCOMP is awaited.</summary>
    public bool IsReleased { get; set; }

    public bool IsAcknowledged => QualityOfService != QualityOfService.AtMostOnce;

    public PublishPacket ToPacket(TimeSpan now, bool isDuplicate) => new(Message.Topic, Message.Payload)
    {
        QualityOfService = QualityOfService,
        Retain = Retain,
        IsDuplicate = isDuplicate,
        PacketId = PacketId,
        IsText = Message.IsText,
        ContentType = Message.ContentType,
        ResponseTopic = Message.ResponseTopic,
        CorrelationData = Message.CorrelationData,
        UserProperties = Message.UserProperties,
        ExpirySeconds = Message.SecondsLeft(now),
        SubscriptionIdentifiers = Identifiers,
    };
}
