using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>What each packet of one client does. Packets are handled one after the other, in the order they came.</summary>
internal sealed class PacketHandler(BrokerCore core, Connection connection, IBrokerObserver observer, PacketDecoder decoder)
{
    private const string SystemPrefix = "$SYS/";

    private readonly ConnectHandler _connect = new(core, connection, observer);
    private bool _isConnected;

    /// <returns>False: the connection ends.</returns>
    public async ValueTask<bool> HandleAsync(Packet packet)
    {
        if (!_isConnected)
        {
            // "the first packet sent from the Client to the Server MUST be a CONNECT packet" [MQTT-3.1.0-1]
            if (packet is not ConnectPacket connect) return false;
            _isConnected = await _connect.HandleAsync(connect).ConfigureAwait(false);
            return _isConnected;
        }

        if (packet is PublishPacket publish) return await HandleAsync(publish).ConfigureAwait(false);
        lock (core.Gate)
        {
            return !connection.IsEnding && Handle(connection.Session!, packet);
        }
    }

    /// <summary>Tells the observer that the client it saw come is gone.</summary>
    public ValueTask LeaveAsync() =>
        _isConnected ? observer.DisconnectedAsync(connection.Session!.ClientId, connection.HowEnded) : ValueTask.CompletedTask;

    /// <summary>The client sent what cannot be read, or what it must not send.</summary>
    /// <param name="isConnect">It is a CONNECT, as far as can be seen.</param>
    public void Refuse(ReasonCode reason, bool isConnect)
    {
        lock (core.Gate)
        {
            if (connection.Session is not null) End(reason);
            else if (isConnect && IsAnswered(reason)) _connect.Refuse(reason);
            else connection.End();
        }
    }

    /// <summary>A CONNECT that cannot be read is answered in its own version. One of 3.1.1 only when that version is the reason.</summary>
    private bool IsAnswered(ReasonCode reason)
    {
        connection.Level = decoder.Level;
        return reason == ReasonCode.UnsupportedProtocolVersion || connection.IsVersion5;
    }

    private bool Handle(Session session, Packet packet)
    {
        switch (packet)
        {
            case PingReqPacket:
                connection.Send(PingRespPacket.Instance);
                return true;
            case AcknowledgementPacket acknowledgement:
                return Handle(session, acknowledgement);
            case SubscribePacket subscribe:
                SubscribeHandler.Handle(core, connection, session, subscribe);
                return true;
            case UnsubscribePacket unsubscribe:
                SubscribeHandler.Handle(core, connection, session, unsubscribe);
                return true;
            case DisconnectPacket disconnect:
                return Handle(session, disconnect);
            default:
                // A second CONNECT [MQTT-3.1.0-2], or AUTH without a method that was agreed [MQTT-4.12.0-1].
                return End(ReasonCode.ProtocolError);
        }
    }

    private async ValueTask<bool> HandleAsync(PublishPacket packet)
    {
        if (TopicOf(packet) is not { } topic) return false;
        var message = BrokerMessage.From(packet, topic, core.Now);
        var decision = await observer.DecideAsync(connection.Session!.ClientId, message).ConfigureAwait(false);
        lock (core.Gate)
        {
            if (connection.IsEnding) return false;
            if (decision.EndsConnection)
                return End(decision.ReasonCode < ReasonCode.UnspecifiedError ? ReasonCode.AdministrativeAction : decision.ReasonCode);
            return Handle(connection.Session!, packet, decision);
        }
    }

    private bool Handle(Session session, PublishPacket packet, PublishDecision decision)
    {
        switch (packet.QualityOfService)
        {
            case QualityOfService.AtMostOnce:
                Route(session, decision);
                return true;
            case QualityOfService.AtLeastOnce:
                var reason = Route(session, decision);
                connection.Send(new AcknowledgementPacket(PacketType.PubAck, packet.PacketId) { ReasonCode = reason });
                return true;
            default:
                return HandleExactlyOnce(session, packet, decision);
        }
    }

    private bool HandleExactlyOnce(Session session, PublishPacket packet, PublishDecision decision)
    {
        var reason = ReasonCode.Success;
        if (!session.Received.Contains(packet.PacketId))
        {
            // A 3.1.1 client was not told a limit; its identifiers are one.
            if (connection.IsVersion5 && session.Received.Count >= core.Limits.ReceiveMaximum)
                return End(ReasonCode.ReceiveMaximumExceeded);
            reason = Route(session, decision);
            // An error ends it here; the identifier is free (4.3.3).
            if (reason < ReasonCode.UnspecifiedError || !connection.IsVersion5) session.Received.Add(packet.PacketId);
        }

        connection.Send(new AcknowledgementPacket(PacketType.PubRec, packet.PacketId) { ReasonCode = reason });
        return true;
    }

    private ReasonCode Route(Session session, PublishDecision decision)
    {
        if (decision.Message is not { } message) return decision.ReasonCode;
        // "The Server SHOULD prevent Clients from using such Topic Names to exchange messages with other Clients" (4.7.2)
        if (message.Topic.StartsWith(SystemPrefix, StringComparison.Ordinal)) return ReasonCode.NotAuthorized;
        var isWanted = core.Publish(message, session);
        return decision.ReasonCode != ReasonCode.Success || isWanted ? decision.ReasonCode : ReasonCode.NoMatchingSubscribers;
    }

    private bool Handle(Session session, AcknowledgementPacket packet)
    {
        var delivery = session.Tracked(packet.PacketId);
        switch (packet.Type)
        {
            case PacketType.PubAck:
                if (delivery is { QualityOfService: QualityOfService.ExactlyOnce }) return End(ReasonCode.ProtocolError);
                Finish(session, packet.PacketId);
                return true;
            case PacketType.PubRec:
                return HandleReceived(session, delivery, packet);
            case PacketType.PubComp:
                // Of QoS 1, or before PUBREC.
                if (delivery is { IsReleased: false }) return End(ReasonCode.ProtocolError);
                Finish(session, packet.PacketId);
                return true;
            default:
                var isKnown = session.Received.Remove(packet.PacketId);
                connection.Send(new AcknowledgementPacket(PacketType.PubComp, packet.PacketId)
                {
                    ReasonCode = isKnown ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound,
                });
                return true;
        }
    }

    private bool HandleReceived(Session session, Delivery? delivery, AcknowledgementPacket packet)
    {
        if (delivery is { QualityOfService: QualityOfService.AtLeastOnce }) return End(ReasonCode.ProtocolError);
        if (packet.ReasonCode >= ReasonCode.UnspecifiedError)
        {
            Finish(session, packet.PacketId);
            return true;
        }

        if (delivery is not null) delivery.IsReleased = true;
        connection.Send(new AcknowledgementPacket(PacketType.PubRel, packet.PacketId)
        {
            ReasonCode = delivery is null ? ReasonCode.PacketIdentifierNotFound : ReasonCode.Success,
        });
        return true;
    }

    /// <summary>The client has the message, or does not want it: there is room for the next.</summary>
    private void Finish(Session session, ushort packetId)
    {
        session.Forget(packetId);
        core.Touch(connection);
    }

    private bool Handle(Session session, DisconnectPacket packet)
    {
        if (packet.SessionExpirySeconds is { } seconds)
        {
            // "If the Session Expiry Interval in the CONNECT packet was zero, then it is a Protocol Error to set a non-zero" one
            if (seconds > 0 && connection.SessionExpirySeconds == 0) return End(ReasonCode.ProtocolError);
            session.Expiry = _connect.Allowed(seconds);
        }

        core.Detach(connection, ConnectionEnd.Clean, publishesWill: packet.ReasonCode != ReasonCode.Success);
        connection.End();
        return false;
    }

    /// <summary>The topic, or what its alias stands for; null: it stands for nothing, and the connection ends.</summary>
    private string? TopicOf(PublishPacket packet)
    {
        if (packet.TopicAlias is not { } alias) return packet.Topic;
        if (alias <= core.Limits.TopicAliases)
        {
            if (packet.Topic.Length > 0) return connection.TopicAliases[alias] = packet.Topic;
            if (connection.TopicAliases.TryGetValue(alias, out var topic)) return topic;
            Refuse(ReasonCode.ProtocolError, isConnect: false);
            return null;
        }

        Refuse(ReasonCode.TopicAliasInvalid, isConnect: false);
        return null;
    }

    private bool End(ReasonCode reason)
    {
        core.Detach(connection, ConnectionEnd.Unclean, publishesWill: true);
        connection.End(reason);
        return false;
    }
}
