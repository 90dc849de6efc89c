namespace StandIns.Wire;

/// <summary>Reads SUBSCRIBE, UNSUBSCRIBE and their answers (3.8 to 3.11).</summary>
internal static class SubscriptionDecoder
{
    public static SubscribePacket ReadSubscribe(ref PacketReader reader, bool isVersion5)
    {
        var packetId = reader.ReadPacketId();
        uint? identifier = null;
        List<UserProperty>? userProperties = null;
        if (isVersion5)
        {
            reader.BeginProperties(PropertyPlaces.Subscribe);
            while (reader.TryReadProperty(out var property))
            {
                if (property.Id == PropertyId.SubscriptionIdentifier) identifier = property.Number;
                else (userProperties ??= []).Add(new UserProperty(property.Text, property.Value));
            }
        }

        var subscriptions = new List<Subscription>();
        while (!reader.AtEnd) subscriptions.Add(ReadSubscription(ref reader, isVersion5));
        if (subscriptions.Count == 0) reader.Fail(ReasonCode.ProtocolError, "there is no filter");
        return new SubscribePacket(packetId, subscriptions)
        {
            SubscriptionIdentifier = identifier,
            UserProperties = userProperties ?? (IReadOnlyList<UserProperty>)[],
        };
    }

    public static SubAckPacket ReadSubAck(ref PacketReader reader, bool isVersion5)
    {
        var packet = new SubAckPacket(reader.ReadPacketId(), []);
        if (isVersion5)
        {
            var (reason, userProperties) = MessageDecoder.ReadReason(ref reader, PropertyPlaces.Acknowledgement);
            packet = packet with { ReasonString = reason, UserProperties = userProperties };
        }

        return packet with { ReasonCodes = ReadCodes(ref reader, PacketType.SubAck, isVersion5) };
    }

    public static UnsubscribePacket ReadUnsubscribe(ref PacketReader reader, bool isVersion5)
    {
        var packetId = reader.ReadPacketId();
        var userProperties = isVersion5 ? MessageDecoder.ReadReason(ref reader, PropertyPlaces.Unsubscribe).UserProperties : [];
        var filters = new List<string>();
        while (!reader.AtEnd)
        {
            var filter = reader.ReadText();
            Check(ref reader, filter);
            filters.Add(filter);
        }

        if (filters.Count == 0) reader.Fail(ReasonCode.ProtocolError, "there is no filter");
        return new UnsubscribePacket(packetId, filters) { UserProperties = userProperties };
    }

    public static UnsubAckPacket ReadUnsubAck(ref PacketReader reader, bool isVersion5)
    {
        var packetId = reader.ReadPacketId();
        if (!isVersion5) return new UnsubAckPacket(packetId, []);
        var (reason, userProperties) = MessageDecoder.ReadReason(ref reader, PropertyPlaces.Acknowledgement);
        var codes = ReadCodes(ref reader, PacketType.UnsubAck, isVersion5);
        return new UnsubAckPacket(packetId, codes) { ReasonString = reason, UserProperties = userProperties };
    }

    private static Subscription ReadSubscription(ref PacketReader reader, bool isVersion5)
    {
        var filter = reader.ReadText();
        var options = reader.ReadByte();
        Check(ref reader, filter);
        // "Bits 6 and 7 are reserved" (3.8.3.1); in 3.1.1 all but the lowest two.
        if ((options & (isVersion5 ? 0xC0 : 0xFC)) != 0) reader.Fail(ReasonCode.MalformedPacket, $"the options of a filter are {options}");
        if ((options & 3) == 3) reader.Fail(isVersion5 ? ReasonCode.ProtocolError : ReasonCode.MalformedPacket, "a filter has QoS 3");
        if ((options & 0x30) == 0x30) reader.Fail(ReasonCode.ProtocolError, "a filter has retain handling 3");
        var noLocal = (options & 4) != 0;
        if (noLocal && TopicRules.IsShared(filter)) reader.Fail(ReasonCode.ProtocolError, "a shared filter has No Local");
        return new Subscription(filter)
        {
            QualityOfService = (QualityOfService)(options & 3),
            NoLocal = noLocal,
            RetainAsPublished = (options & 8) != 0,
            RetainHandling = (RetainHandling)((options >> 4) & 3),
        };
    }

    private static void Check(ref PacketReader reader, string filter)
    {
        if (reader.Fault is null && TopicRules.FaultOfFilter(filter) is { } fault) reader.Fail(ReasonCode.MalformedPacket, "the " + fault);
    }

    private static List<ReasonCode> ReadCodes(ref PacketReader reader, PacketType type, bool isVersion5)
    {
        var codes = new List<ReasonCode>(reader.Remaining);
        while (!reader.AtEnd)
        {
            var code = (ReasonCode)reader.ReadByte();
            var isKnown = isVersion5
                ? ReasonCodes.IsAllowed(code, type, PacketSource.Broker)
                : code is ReasonCode.Success or ReasonCode.GrantedQos1 or ReasonCode.GrantedQos2 or ReasonCode.UnspecifiedError;
            if (!isKnown) reader.Fail(ReasonCode.ProtocolError, $"there is no reason code {(byte)code}");
            codes.Add(code);
        }

        if (codes.Count == 0) reader.Fail(ReasonCode.MalformedPacket, "there is no reason code");
        return codes;
    }
}
