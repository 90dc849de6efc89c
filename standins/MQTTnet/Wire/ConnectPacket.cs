namespace StandIns.Wire;

/// <summary>CONNECT (3.1).</summary>
/// <param name="ClientId">Empty: the broker shall choose.</param>
internal sealed record ConnectPacket(ProtocolLevel Level, string ClientId) : Packet
{
    public override PacketType Type => PacketType.Connect;

    /// <summary>Clean Session in 3.1.1.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>0: no keep-alive.</summary>
    public ushort KeepAliveSeconds { get; init; }

    public WillMessage? Will { get; init; }

    public string? Username { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>MQTT 5: absent means 0, the session ends with the connection.</summary>
    public uint? SessionExpirySeconds { get; init; }

    /// <summary>MQTT 5: absent means 65,535; never 0.</summary>
    public ushort? ReceiveMaximum { get; init; }

    /// <summary>MQTT 5: absent means no limit; never 0.</summary>
    public uint? MaximumPacketSize { get; init; }

    /// <summary>MQTT 5: absent means 0, no aliases.</summary>
    public ushort? TopicAliasMaximum { get; init; }

    public bool? RequestResponseInformation { get; init; }

    /// <summary>MQTT 5: absent means true; false: reason strings and user properties only in PUBLISH, CONNACK and DISCONNECT.</summary>
    public bool? RequestProblemInformation { get; init; }

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    /// <summary>The password stays out.</summary>
    public override string ToString() => $"CONNECT {Level} {ClientId}";
}

/// <summary>What the broker publishes when the client vanishes (3.1.2.5, 3.1.3.2 to 3.1.3.4).</summary>
internal sealed record WillMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    public QualityOfService QualityOfService { get; init; }

    public bool Retain { get; init; }

    /// <summary>MQTT 5: how long the broker waits for the client to come back; absent means 0.</summary>
    public uint? DelaySeconds { get; init; }

    /// <summary>MQTT 5 Payload Format Indicator: true = UTF-8 text.</summary>
    public bool? IsText { get; init; }

    public uint? ExpirySeconds { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}

/// <summary>CONNACK (3.2). 3.1.1 has the first two only, its return codes translated.</summary>
internal sealed record ConnAckPacket(ReasonCode ReasonCode) : Packet
{
    public override PacketType Type => PacketType.ConnAck;

    public bool SessionPresent { get; init; }

    public string? ReasonString { get; init; }

    /// <summary>Absent: as asked for.</summary>
    public uint? SessionExpirySeconds { get; init; }

    /// <summary>Absent means 65,535; never 0.</summary>
    public ushort? ReceiveMaximum { get; init; }

    /// <summary>Absent means 2; never 2 itself.</summary>
    public QualityOfService? MaximumQualityOfService { get; init; }

    public bool? RetainAvailable { get; init; }

    /// <summary>Absent means no limit; never 0.</summary>
    public uint? MaximumPacketSize { get; init; }

    public string? AssignedClientId { get; init; }

    public ushort? TopicAliasMaximum { get; init; }

    public bool? WildcardSubscriptionAvailable { get; init; }

    public bool? SubscriptionIdentifierAvailable { get; init; }

    public bool? SharedSubscriptionAvailable { get; init; }

    /// <summary>Absent: as asked for.</summary>
    public ushort? ServerKeepAliveSeconds { get; init; }

    public string? ResponseInformation { get; init; }

    public string? ServerReference { get; init; }

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }
}
