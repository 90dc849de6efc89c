namespace StandIns.Wire;

/// <summary>Writes packets. What MQTT 5 added is left out at level 3.1.1.</summary>
internal static class PacketEncoder
{
    /// <summary>Fixed header, identifier and lengths of properties: for the guess of a packet's length.</summary>
    private const int PublishOverhead = 16;

    /// <summary>Appends one packet.</summary>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="ArgumentException">A text or the packet is longer than MQTT can say, or 3.1.1 has no such packet; nothing was written.</exception>
    public static int Encode(PacketBuffer output, Packet packet, ProtocolLevel level)
    {
        var start = output.Length;
        try
        {
            output.WriteByte((byte)(((int)packet.Type << 4) | FlagsOf(packet)));
            var length = output.BeginLength(packet is PublishPacket publish ? publish.Payload.Length + publish.Topic.Length + PublishOverhead : 0);
            WriteBody(output, packet, level);
            output.EndLength(length);
            return output.Length - start;
        }
        catch (ArgumentException)
        {
            output.Truncate(start);
            throw;
        }
    }

    /// <summary>One packet in bytes of its own.</summary>
    public static byte[] ToArray(Packet packet, ProtocolLevel level)
    {
        var output = new PacketBuffer();
        Encode(output, packet, level);
        return output.Written.ToArray();
    }

    private static int FlagsOf(Packet packet) => packet switch
    {
        PublishPacket publish => (publish.IsDuplicate ? 8 : 0) | ((int)publish.QualityOfService << 1) | (publish.Retain ? 1 : 0),
        _ => FixedHeader.ReservedFlags(packet.Type),
    };

    private static void WriteBody(PacketBuffer output, Packet packet, ProtocolLevel level)
    {
        var isVersion5 = level == ProtocolLevel.Version5;
        switch (packet)
        {
            case ConnectPacket connect: ConnectEncoder.Write(output, connect); break;
            case ConnAckPacket answer: ConnectEncoder.Write(output, answer, level); break;
            case PublishPacket publish: Write(output, publish, isVersion5); break;
            case AcknowledgementPacket answer: Write(output, answer, isVersion5); break;
            case SubscribePacket subscribe: Write(output, subscribe, isVersion5); break;
            case SubAckPacket answer:
                WriteAnswer(output, answer.PacketId, answer.ReasonString, answer.UserProperties, isVersion5);
                foreach (var code in answer.ReasonCodes) output.WriteByte(isVersion5 || (byte)code < 0x80 ? (byte)code : (byte)0x80);
                break;
            case UnsubscribePacket unsubscribe:
                WriteAnswer(output, unsubscribe.PacketId, reason: null, unsubscribe.UserProperties, isVersion5);
                foreach (var filter in unsubscribe.Filters) output.WriteText(filter);
                break;
            case UnsubAckPacket answer:
                WriteAnswer(output, answer.PacketId, answer.ReasonString, answer.UserProperties, isVersion5);
                if (isVersion5) foreach (var code in answer.ReasonCodes) output.WriteByte((byte)code);
                break;
            case DisconnectPacket disconnect when isVersion5: Write(output, disconnect); break;
            case AuthPacket when !isVersion5: throw new ArgumentException("MQTT 3.1.1 has no AUTH", nameof(packet));
            case AuthPacket authentication: Write(output, authentication); break;
            default: break;
        }
    }

    private static void Write(PacketBuffer output, PublishPacket packet, bool isVersion5)
    {
        output.WriteText(packet.Topic);
        if (packet.QualityOfService != QualityOfService.AtMostOnce) output.WriteUInt16(packet.PacketId);
        if (isVersion5)
        {
            var properties = output.BeginLength();
            output.Property(PropertyId.PayloadFormatIndicator, packet.IsText);
            output.Property(PropertyId.MessageExpiryInterval, packet.ExpirySeconds);
            output.Property(PropertyId.TopicAlias, packet.TopicAlias);
            output.Property(PropertyId.ResponseTopic, packet.ResponseTopic);
            output.Property(PropertyId.CorrelationData, packet.CorrelationData);
            output.Properties(packet.UserProperties);
            for (var index = 0; index < packet.SubscriptionIdentifiers.Count; index++)
                output.SubscriptionIdentifier(packet.SubscriptionIdentifiers[index]);
            output.Property(PropertyId.ContentType, packet.ContentType);
            output.EndLength(properties);
        }

        output.WriteBytes(packet.Payload.Span);
    }

    private static void Write(PacketBuffer output, AcknowledgementPacket packet, bool isVersion5)
    {
        output.WriteUInt16(packet.PacketId);
        if (!isVersion5) return;
        var hasProperties = packet.ReasonString is not null || packet.UserProperties.Count > 0;
        if (packet.ReasonCode == ReasonCode.Success && !hasProperties) return;
        output.WriteByte((byte)packet.ReasonCode);
        if (!hasProperties) return;
        WriteReason(output, packet.ReasonString, packet.UserProperties);
    }

    private static void Write(PacketBuffer output, SubscribePacket packet, bool isVersion5)
    {
        output.WriteUInt16(packet.PacketId);
        if (isVersion5)
        {
            var properties = output.BeginLength();
            if (packet.SubscriptionIdentifier is { } identifier) output.SubscriptionIdentifier(identifier);
            output.Properties(packet.UserProperties);
            output.EndLength(properties);
        }

        foreach (var subscription in packet.Subscriptions)
        {
            output.WriteText(subscription.Filter);
            var options = (int)subscription.QualityOfService;
            if (isVersion5)
            {
                options |= (subscription.NoLocal ? 4 : 0) | (subscription.RetainAsPublished ? 8 : 0) | ((int)subscription.RetainHandling << 4);
            }

            output.WriteByte((byte)options);
        }
    }

    private static void Write(PacketBuffer output, DisconnectPacket packet)
    {
        var hasProperties = packet.ReasonString is not null || packet.UserProperties.Count > 0 || packet.SessionExpirySeconds is not null
            || packet.ServerReference is not null;
        if (packet.ReasonCode == ReasonCode.Success && !hasProperties) return;
        output.WriteByte((byte)packet.ReasonCode);
        if (!hasProperties) return;
        var properties = output.BeginLength();
        output.Property(PropertyId.SessionExpiryInterval, packet.SessionExpirySeconds);
        output.Property(PropertyId.ReasonString, packet.ReasonString);
        output.Properties(packet.UserProperties);
        output.Property(PropertyId.ServerReference, packet.ServerReference);
        output.EndLength(properties);
    }

    private static void Write(PacketBuffer output, AuthPacket packet)
    {
        var hasProperties = packet.ReasonString is not null || packet.UserProperties.Count > 0 || packet.AuthenticationMethod is not null
            || packet.AuthenticationData is not null;
        if (packet.ReasonCode == ReasonCode.Success && !hasProperties) return;
        output.WriteByte((byte)packet.ReasonCode);
        var properties = output.BeginLength();
        output.Property(PropertyId.AuthenticationMethod, packet.AuthenticationMethod);
        output.Property(PropertyId.AuthenticationData, packet.AuthenticationData);
        output.Property(PropertyId.ReasonString, packet.ReasonString);
        output.Properties(packet.UserProperties);
        output.EndLength(properties);
    }

    private static void WriteAnswer(PacketBuffer output, ushort packetId, string? reason, IReadOnlyList<UserProperty> properties, bool isVersion5)
    {
        output.WriteUInt16(packetId);
        if (isVersion5) WriteReason(output, reason, properties);
    }

    private static void WriteReason(PacketBuffer output, string? reason, IReadOnlyList<UserProperty> userProperties)
    {
        var properties = output.BeginLength();
        output.Property(PropertyId.ReasonString, reason);
        output.Properties(userProperties);
        output.EndLength(properties);
    }
}
