namespace StandIns.Wire;

/// <summary>One filter of a SUBSCRIBE with its options (3.8.3). 3.1.1 has the quality of service only.</summary>
internal sealed record Subscription(string Filter)
{
    public QualityOfService QualityOfService { get; init; }

    /// <summary>The client's own messages do not come back.</summary>
    public bool NoLocal { get; init; }

    /// <summary>The retain flag is handed on as it was published.</summary>
    public bool RetainAsPublished { get; init; }

    public RetainHandling RetainHandling { get; init; }
}

/// <summary>SUBSCRIBE (3.8).</summary>
/// <param name="Subscriptions">At least one.</param>
internal sealed record SubscribePacket(ushort PacketId, IReadOnlyList<Subscription> Subscriptions) : Packet
{
    public override PacketType Type => PacketType.Subscribe;

    /// <summary>MQTT 5; 1 to 268,435,455.</summary>
    public uint? SubscriptionIdentifier { get; init; }
}

/// <summary>SUBACK (3.9): one code a filter, in their order.</summary>
internal sealed record SubAckPacket(ushort PacketId, IReadOnlyList<ReasonCode> ReasonCodes) : Packet
{
    public override PacketType Type => PacketType.SubAck;

    public string? ReasonString { get; init; }
}

/// <summary>UNSUBSCRIBE (3.10).</summary>
/// <param name="Filters">At least one.</param>
internal sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters) : Packet
{
    public override PacketType Type => PacketType.Unsubscribe;
}

/// <summary>UNSUBACK (3.11): one code a filter, in their order; 3.1.1 has none.</summary>
internal sealed record UnsubAckPacket(ushort PacketId, IReadOnlyList<ReasonCode> ReasonCodes) : Packet
{
    public override PacketType Type => PacketType.UnsubAck;

    public string? ReasonString { get; init; }
}
