namespace StandIns.Wire;

/// <summary>Writes CONNECT and CONNACK, the packets with the most fields.</summary>
internal static class ConnectEncoder
{
    public static void Write(PacketBuffer output, ConnectPacket packet)
    {
        var isVersion5 = packet.Level == ProtocolLevel.Version5;
        output.WriteText("MQTT");
        output.WriteByte((byte)packet.Level);
        output.WriteByte((byte)Flags(packet));
        output.WriteUInt16(packet.KeepAliveSeconds);
        if (isVersion5) WriteProperties(output, packet);
        output.WriteText(packet.ClientId);
        if (packet.Will is { } will)
        {
            if (isVersion5) WriteProperties(output, will);
            output.WriteText(will.Topic);
            output.WriteBinary(will.Payload.Span);
        }

        if (packet.Username is not null) output.WriteText(packet.Username);
        if (packet.Password is { } password) output.WriteBinary(password.Span);
    }

    public static void Write(PacketBuffer output, ConnAckPacket packet, ProtocolLevel level)
    {
        output.WriteByte(packet.SessionPresent ? (byte)1 : (byte)0);
        if (level != ProtocolLevel.Version5)
        {
            output.WriteByte(ReasonCodes.ToVersion311(packet.ReasonCode));
            return;
        }

        output.WriteByte((byte)packet.ReasonCode);
        var properties = output.BeginLength();
        output.Property(PropertyId.SessionExpiryInterval, packet.SessionExpirySeconds);
        output.Property(PropertyId.ReceiveMaximum, packet.ReceiveMaximum);
        output.Property(PropertyId.MaximumQos, packet.MaximumQualityOfService switch
        {
            QualityOfService.AtMostOnce => false,
            QualityOfService.AtLeastOnce => true,
            _ => (bool?)null,
        });
        output.Property(PropertyId.RetainAvailable, packet.RetainAvailable);
        output.Property(PropertyId.MaximumPacketSize, packet.MaximumPacketSize);
        output.Property(PropertyId.AssignedClientIdentifier, packet.AssignedClientId);
        output.Property(PropertyId.TopicAliasMaximum, packet.TopicAliasMaximum);
        output.Property(PropertyId.ReasonString, packet.ReasonString);
        output.Properties(packet.UserProperties);
        output.Property(PropertyId.WildcardSubscriptionAvailable, packet.WildcardSubscriptionAvailable);
        output.Property(PropertyId.SubscriptionIdentifierAvailable, packet.SubscriptionIdentifierAvailable);
        output.Property(PropertyId.SharedSubscriptionAvailable, packet.SharedSubscriptionAvailable);
        output.Property(PropertyId.ServerKeepAlive, packet.ServerKeepAliveSeconds);
        output.Property(PropertyId.ResponseInformation, packet.ResponseInformation);
        output.Property(PropertyId.ServerReference, packet.ServerReference);
        output.Property(PropertyId.AuthenticationMethod, packet.AuthenticationMethod);
        output.Property(PropertyId.AuthenticationData, packet.AuthenticationData);
        output.EndLength(properties);
    }

    private static int Flags(ConnectPacket packet) =>
        (packet.CleanStart ? 0x02 : 0)
        | (packet.Will is { } will ? 0x04 | ((int)will.QualityOfService << 3) | (will.Retain ? 0x20 : 0) : 0)
        | (packet.Password is not null ? 0x40 : 0)
        | (packet.Username is not null ? 0x80 : 0);

    private static void WriteProperties(PacketBuffer output, ConnectPacket packet)
    {
        var properties = output.BeginLength();
        output.Property(PropertyId.SessionExpiryInterval, packet.SessionExpirySeconds);
        output.Property(PropertyId.ReceiveMaximum, packet.ReceiveMaximum);
        output.Property(PropertyId.MaximumPacketSize, packet.MaximumPacketSize);
        output.Property(PropertyId.TopicAliasMaximum, packet.TopicAliasMaximum);
        output.Property(PropertyId.RequestResponseInformation, packet.RequestResponseInformation);
        output.Property(PropertyId.RequestProblemInformation, packet.RequestProblemInformation);
        output.Properties(packet.UserProperties);
        output.Property(PropertyId.AuthenticationMethod, packet.AuthenticationMethod);
        output.Property(PropertyId.AuthenticationData, packet.AuthenticationData);
        output.EndLength(properties);
    }

    private static void WriteProperties(PacketBuffer output, WillMessage will)
    {
        var properties = output.BeginLength();
        output.Property(PropertyId.WillDelayInterval, will.DelaySeconds);
        output.Property(PropertyId.PayloadFormatIndicator, will.IsText);
        output.Property(PropertyId.MessageExpiryInterval, will.ExpirySeconds);
        output.Property(PropertyId.ContentType, will.ContentType);
        output.Property(PropertyId.ResponseTopic, will.ResponseTopic);
        output.Property(PropertyId.CorrelationData, will.CorrelationData);
        output.Properties(will.UserProperties);
        output.EndLength(properties);
    }
}
