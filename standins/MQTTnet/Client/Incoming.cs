using StandIns.Wire;

namespace StandIns.Client;

/// <summary>What the packets of the broker mean. Called by the receive loop only; answers are left for its next flush.</summary>
internal sealed class Incoming(
    PacketSender sender,
    Exchanges exchanges,
    KeepAlive keepAlive,
    Action<PublishPacket> received,
    ProtocolLevel level)
{
    /// <summary>QoS 2 messages handed out whose PUBREL has not come (4.3.3).</summary>
    private readonly HashSet<ushort> _unreleased = [];

    /// <summary>Not null: the connection ends.</summary>
    public ConnectionEnd? Handle(Packet packet)
    {
        switch (packet)
        {
            case PublishPacket message: return Handle(message);
            case AcknowledgementPacket { Type: PacketType.PubRel } release:
                _unreleased.Remove(release.PacketId);
                sender.Add(new AcknowledgementPacket(PacketType.PubComp, release.PacketId));
                return null;
            case AcknowledgementPacket { Type: PacketType.PubRec } answer: return HandleReceived(answer);
            case AcknowledgementPacket answer: return Complete(answer.PacketId, answer);
            case SubAckPacket answer: return Complete(answer.PacketId, answer);
            case UnsubAckPacket answer: return Complete(answer.PacketId, answer);
            case PingRespPacket:
                keepAlive.Answered();
                return null;
            case DisconnectPacket goodbye: return new ConnectionEnd(WasOpen: true, goodbye.ReasonCode, goodbye.ReasonString, Fault: null);
            default: return Broken(ReasonCode.ProtocolError, $"the broker sent {packet.Type} where it may not");
        }
    }

    private ConnectionEnd? Handle(PublishPacket message)
    {
        // We allow none (3.3.2.3.4).
        if (message.TopicAlias is not null) return Broken(ReasonCode.TopicAliasInvalid, "the broker used a topic alias, which we did not allow");
        var isNew = message.QualityOfService != QualityOfService.ExactlyOnce || _unreleased.Add(message.PacketId);
        if (isNew) received(message);
        if (message.QualityOfService == QualityOfService.AtLeastOnce) sender.Add(new AcknowledgementPacket(PacketType.PubAck, message.PacketId));
        if (message.QualityOfService == QualityOfService.ExactlyOnce) sender.Add(new AcknowledgementPacket(PacketType.PubRec, message.PacketId));
        return null;
    }

    private ConnectionEnd? HandleReceived(AcknowledgementPacket answer)
    {
        var exchange = exchanges.Find(answer.PacketId);
        // A refusal ends the exchange (4.3.3).
        if (exchange is not null && answer.ReasonCode >= ReasonCode.UnspecifiedError) return Complete(answer.PacketId, answer);
        if (exchange is null)
        {
            var code = level == ProtocolLevel.Version5 ? ReasonCode.PacketIdentifierNotFound : ReasonCode.Success;
            sender.Add(new AcknowledgementPacket(PacketType.PubRel, answer.PacketId) { ReasonCode = code });
            return null;
        }

        if (exchange.Expected is not (PacketType.PubRec or PacketType.PubComp)) return Mismatch(answer.PacketId, answer.Type, exchange);
        exchange.Expected = PacketType.PubComp;
        sender.Add(new AcknowledgementPacket(PacketType.PubRel, answer.PacketId));
        return null;
    }

    /// <summary>An answer to nothing is ignored: whoever waited for it may have given up.</summary>
    private ConnectionEnd? Complete(ushort packetId, Packet answer)
    {
        if (exchanges.Find(packetId) is not { } exchange) return null;
        if (exchange.Expected != answer.Type) return Mismatch(packetId, answer.Type, exchange);
        exchanges.End(packetId);
        exchange.TrySetResult(answer);
        return null;
    }

    private ConnectionEnd Mismatch(ushort packetId, PacketType type, Exchange exchange) =>
        Broken(ReasonCode.ProtocolError, $"the broker answered packet {packetId} with {type} in place of {exchange.Expected}");

    private ConnectionEnd Broken(ReasonCode reason, string words)
    {
        if (level == ProtocolLevel.Version5) sender.Add(new DisconnectPacket { ReasonCode = reason });
        sender.Flush();
        return new ConnectionEnd(WasOpen: true, default, null, new ConnectionFault(words));
    }
}
