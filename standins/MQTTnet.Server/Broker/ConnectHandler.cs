using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>CONNECT and its answer (3.1, 3.2).</summary>
internal sealed class ConnectHandler(BrokerCore core, Connection connection, IBrokerObserver observer)
{
    /// <summary>"the Server MUST allow" 23 bytes, "MAY allow" more (3.1.3.1).</summary>
    private const int MaximumClientId = 1024;

    private const double KeepAliveFactor = 1.5;

    /// <returns>False: refused; the connection ends.</returns>
    public async ValueTask<bool> HandleAsync(ConnectPacket packet)
    {
        lock (core.Gate) connection.Level = packet.Level;
        var reason = FaultOf(packet) ?? await observer.AdmitAsync(packet).ConfigureAwait(false);
        lock (core.Gate)
        {
            if (connection.IsEnding) return false;
            if (reason != ReasonCode.Success)
            {
                Refuse(reason);
                return false;
            }

            Accept(packet);
        }

        await observer.ConnectedAsync(connection.Session!.ClientId).ConfigureAwait(false);
        return true;
    }

    /// <summary>With the gate.</summary>
    public void Refuse(ReasonCode reason)
    {
        connection.Send(new ConnAckPacket(reason));
        connection.End();
    }

    /// <summary>How long a session may be kept of what was asked for.</summary>
    public TimeSpan Allowed(uint seconds)
    {
        if (!core.Limits.KeepsSessions) return TimeSpan.Zero;
        var wanted = TimeSpan.FromSeconds(seconds);
        return wanted < core.Limits.SessionExpiry ? wanted : core.Limits.SessionExpiry;
    }

    private static ReasonCode? FaultOf(ConnectPacket packet)
    {
        if (packet.AuthenticationMethod is not null) return ReasonCode.BadAuthenticationMethod;
        // "If the Client supplies a zero-byte ClientId with CleanSession set to 0" in 3.1.1 [MQTT-3.1.3-8]
        if (packet is { Level: ProtocolLevel.Version311, ClientId: "", CleanStart: false }) return ReasonCode.ClientIdentifierNotValid;
        return packet.ClientId.Length > MaximumClientId ? ReasonCode.ClientIdentifierNotValid : null;
    }

    private void Accept(ConnectPacket packet)
    {
        var clientId = packet.ClientId.Length > 0 ? packet.ClientId : "auto-" + Guid.NewGuid().ToString("N");
        var session = core.Attach(connection, clientId, packet.CleanStart, out var isPresent);
        session.Expiry = connection.IsVersion5 ? Allowed(packet.SessionExpirySeconds ?? 0) : Allowed(packet.CleanStart ? 0 : uint.MaxValue);
        connection.Session = session;
        connection.Will = packet.Will;
        connection.SessionExpirySeconds = packet.SessionExpirySeconds ?? 0;
        connection.MaximumPacketSize = packet.MaximumPacketSize ?? uint.MaxValue;
        connection.Window = Math.Min(packet.ReceiveMaximum ?? ushort.MaxValue, core.Limits.Unacknowledged);
        connection.KeepAlive = packet.KeepAliveSeconds * KeepAliveFactor * TimeSpan.FromSeconds(1);
        connection.WatchKeepAlive();
        connection.Send(Answer(packet, session, isPresent));
        if (isPresent) connection.Resume();
    }

    private ConnAckPacket Answer(ConnectPacket packet, Session session, bool isPresent)
    {
        var expiry = (uint)session.Expiry.TotalSeconds;
        return new(ReasonCode.Success)
        {
            SessionPresent = isPresent,
            ReceiveMaximum = core.Limits.ReceiveMaximum,
            MaximumPacketSize = (uint)core.Limits.PacketSize,
            TopicAliasMaximum = core.Limits.TopicAliases,
            AssignedClientId = packet.ClientId.Length == 0 ? session.ClientId : null,
            SessionExpirySeconds = expiry == (packet.SessionExpirySeconds ?? 0) ? null : expiry,
            ResponseInformation = packet.RequestResponseInformation == true ? ResponseTopicOf(session.ClientId) : null,
        };
    }

    /// <summary>Where a client may have its answers sent (4.10.1); null: its identifier makes no topic.</summary>
    private static string? ResponseTopicOf(string clientId) => TopicRules.FaultOfName(clientId) is null ? $"response/{clientId}" : null;
}
