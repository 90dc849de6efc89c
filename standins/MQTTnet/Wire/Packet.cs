namespace StandIns.Wire;

/// <summary>A name and a value; names may repeat and order counts (2.2.2.2, User Property).</summary>
internal readonly record struct UserProperty(string Name, string Value);

/// <summary>One control packet. What MQTT 5 added is left out when it is written for a peer that speaks 3.1.1.</summary>
internal abstract record Packet
{
    public abstract PacketType Type { get; }

    /// <summary>MQTT 5, in every packet but the pings.</summary>
    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}

/// <summary>PINGREQ (3.12).</summary>
internal sealed record PingReqPacket : Packet
{
    public static readonly PingReqPacket Instance = new();

    public override PacketType Type => PacketType.PingReq;
}

/// <summary>PINGRESP (3.13).</summary>
internal sealed record PingRespPacket : Packet
{
    public static readonly PingRespPacket Instance = new();

    public override PacketType Type => PacketType.PingResp;
}

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP (3.4 to 3.7): which one is <paramref name="Type"/>.</summary>
/// <param name="PacketId">Of the PUBLISH; never 0.</param>
internal sealed record AcknowledgementPacket(PacketType Type, ushort PacketId) : Packet
{
    public override PacketType Type { get; } = Type;

    /// <summary>MQTT 5; a 3.1.1 acknowledgement always means success.</summary>
    public ReasonCode ReasonCode { get; init; }

    public string? ReasonString { get; init; }
}

/// <summary>DISCONNECT (3.14). In 3.1.1 it has no content and comes from a client only.</summary>
internal sealed record DisconnectPacket : Packet
{
    public override PacketType Type => PacketType.Disconnect;

    public ReasonCode ReasonCode { get; init; }

    public string? ReasonString { get; init; }

    /// <summary>In seconds; from a client only.</summary>
    public uint? SessionExpirySeconds { get; init; }

    /// <summary>From a broker only.</summary>
    public string? ServerReference { get; init; }
}

/// <summary>AUTH (3.15), MQTT 5 only.</summary>
internal sealed record AuthPacket : Packet
{
    public override PacketType Type => PacketType.Auth;

    public ReasonCode ReasonCode { get; init; }

    public string? ReasonString { get; init; }

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }
}
