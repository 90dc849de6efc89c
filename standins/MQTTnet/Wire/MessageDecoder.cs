namespace StandIns.Wire;

/// <summary>Reads PUBLISH and its acknowledgements (3.3 to 3.7).</summary>
internal static class MessageDecoder
{
    public static PublishPacket ReadPublish(ref PacketReader reader, byte flags, bool isVersion5, PacketSource source)
    {
        var quality = (QualityOfService)((flags >> 1) & 3);
        var topic = reader.ReadText();
        var packetId = quality == QualityOfService.AtMostOnce ? (ushort)0 : reader.ReadPacketId();
        var fields = default(MessageFields);
        if (isVersion5) ReadProperties(ref reader, source, ref fields);
        CheckTopic(ref reader, topic, fields.TopicAlias is not null, isVersion5);
        return new PublishPacket(topic, reader.ReadRest())
        {
            QualityOfService = quality,
            Retain = (flags & 1) != 0,
            IsDuplicate = (flags & 8) != 0,
            PacketId = packetId,
            TopicAlias = fields.TopicAlias,
            IsText = fields.IsText,
            ExpirySeconds = fields.ExpirySeconds,
            ContentType = fields.ContentType,
            ResponseTopic = fields.ResponseTopic,
            CorrelationData = fields.CorrelationData,
            SubscriptionIdentifiers = fields.SubscriptionIdentifiers ?? (IReadOnlyList<uint>)[],
            UserProperties = fields.UserProperties ?? (IReadOnlyList<UserProperty>)[],
        };
    }

    public static AcknowledgementPacket ReadAcknowledgement(ref PacketReader reader, PacketType type, bool isVersion5)
    {
        var packet = new AcknowledgementPacket(type, reader.ReadPacketId());
        // "The Reason Code and Property Length can be omitted" (3.4.2.1, 3.4.2.2.1); 3.1.1 has neither.
        if (!isVersion5 || reader.AtEnd) return packet;
        var code = (ReasonCode)reader.ReadByte();
        if (!ReasonCodes.IsAllowed(code, type, PacketSource.Client)) reader.Fail(ReasonCode.ProtocolError, $"there is no reason code {(byte)code}");
        packet = packet with { ReasonCode = code };
        if (reader.AtEnd) return packet;
        var (reason, userProperties) = ReadReason(ref reader, PropertyPlaces.Acknowledgement);
        return packet with { ReasonString = reason, UserProperties = userProperties };
    }

    /// <summary>Properties of packets that have a reason string and user properties, or only those.</summary>
    public static (string? Reason, IReadOnlyList<UserProperty> UserProperties) ReadReason(ref PacketReader reader, PropertyPlaces place)
    {
        string? reason = null;
        List<UserProperty>? userProperties = null;
        reader.BeginProperties(place);
        while (reader.TryReadProperty(out var property))
        {
            if (property.Id == PropertyId.ReasonString) reason = property.Text;
            else (userProperties ??= []).Add(new UserProperty(property.Text, property.Value));
        }

        return (reason, userProperties ?? (IReadOnlyList<UserProperty>)[]);
    }

    /// <summary>"The Response Topic MUST NOT contain wildcard characters" [MQTT-3.3.2-14].</summary>
    public static string CheckedResponseTopic(ref PacketReader reader, string topic)
    {
        if (reader.Fault is null && TopicRules.FaultOfName(topic) is { } fault) reader.Fail(ReasonCode.ProtocolError, "the response " + fault);
        return topic;
    }

    private static void CheckTopic(ref PacketReader reader, string topic, bool hasAlias, bool isVersion5)
    {
        if (reader.Fault is not null) return;
        if (topic.Length == 0)
        {
            if (hasAlias) return;
            reader.Fail(isVersion5 ? ReasonCode.ProtocolError : ReasonCode.MalformedPacket, "the topic is empty");
        }
        else if (TopicRules.FaultOfName(topic) is { } fault)
        {
            reader.Fail(ReasonCode.MalformedPacket, "the " + fault);
        }
    }

    private static void ReadProperties(ref PacketReader reader, PacketSource source, ref MessageFields fields)
    {
        reader.BeginProperties(source == PacketSource.Broker ? PropertyPlaces.PublishFromBroker : PropertyPlaces.Publish);
        while (reader.TryReadProperty(out var property))
        {
            switch (property.Id)
            {
                case PropertyId.PayloadFormatIndicator: fields.IsText = property.IsSet; break;
                case PropertyId.MessageExpiryInterval: fields.ExpirySeconds = property.Number; break;
                case PropertyId.ContentType: fields.ContentType = property.Text; break;
                case PropertyId.ResponseTopic: fields.ResponseTopic = CheckedResponseTopic(ref reader, property.Text); break;
                case PropertyId.CorrelationData: fields.CorrelationData = property.Binary; break;
                case PropertyId.SubscriptionIdentifier: (fields.SubscriptionIdentifiers ??= []).Add(property.Number); break;
                case PropertyId.TopicAlias:
                    fields.TopicAlias = (ushort)property.Number;
                    // "A Topic Alias of 0 is not permitted" (3.3.2.3.4)
                    if (property.Number == 0) reader.Fail(ReasonCode.TopicAliasInvalid, "the topic alias is 0");
                    break;
                default: (fields.UserProperties ??= []).Add(new UserProperty(property.Text, property.Value)); break;
            }
        }
    }

    /// <summary>What the properties say, before the packet is made.</summary>
    private struct MessageFields
    {
        public ushort? TopicAlias;
        public bool? IsText;
        public uint? ExpirySeconds;
        public string? ContentType;
        public string? ResponseTopic;
        public ReadOnlyMemory<byte>? CorrelationData;
        public List<uint>? SubscriptionIdentifiers;
        public List<UserProperty>? UserProperties;
    }
}
