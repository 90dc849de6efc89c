namespace StandIns.Wire;

/// <summary>Reads CONNECT and CONNACK (3.1, 3.2).</summary>
internal static class ConnectDecoder
{
    private const byte Reserved = 0x01;
    private const byte WillFlag = 0x04;
    private const byte WillRetain = 0x20;
    private const byte PasswordFlag = 0x40;
    private const byte UsernameFlag = 0x80;

    /// <param name="level">What to answer in, if the CONNECT asks for one we do not speak.</param>
    public static ConnectPacket ReadConnect(ref PacketReader reader, out ProtocolLevel level)
    {
        level = ReadLevel(ref reader);
        var isVersion5 = level == ProtocolLevel.Version5;
        var flags = reader.ReadByte();
        if (FaultOf(flags, isVersion5) is { } fault) reader.Fail(ReasonCode.MalformedPacket, fault);
        var keepAlive = reader.ReadUInt16();
        var packet = new ConnectPacket(level, "") { CleanStart = (flags & 0x02) != 0, KeepAliveSeconds = keepAlive };
        if (isVersion5) packet = ReadProperties(ref reader, packet);
        packet = packet with { ClientId = reader.ReadText() };
        if ((flags & WillFlag) != 0) packet = packet with { Will = ReadWill(ref reader, flags, isVersion5) };
        if ((flags & UsernameFlag) != 0) packet = packet with { Username = reader.ReadText() };
        if ((flags & PasswordFlag) != 0) packet = packet with { Password = reader.ReadBinary() };
        return packet;
    }

    public static ConnAckPacket ReadConnAck(ref PacketReader reader, bool isVersion5)
    {
        var flags = reader.ReadByte();
        if ((flags & 0xFE) != 0) reader.Fail(ReasonCode.MalformedPacket, $"the acknowledge flags are {flags}");
        var code = reader.ReadByte();
        // A broker that speaks 3.1.1 only refuses an MQTT 5 CONNECT in its own form, which has no properties.
        if (code is > 0 and < (byte)ReasonCode.UnspecifiedError && reader.AtEnd) isVersion5 = false;
        var reason = isVersion5 ? (ReasonCode)code : ReasonCodes.FromVersion311(code);
        if (reason is not { } known || (isVersion5 && !ReasonCodes.IsAllowed(known, PacketType.ConnAck, PacketSource.Broker)))
        {
            reader.Fail(ReasonCode.ProtocolError, $"there is no reason code {code}");
            known = default;
        }

        if (flags == 1 && known != ReasonCode.Success) reader.Fail(ReasonCode.ProtocolError, "a refusal says that a session is present");
        var packet = new ConnAckPacket(known) { SessionPresent = flags == 1 };
        return isVersion5 ? ReadProperties(ref reader, packet) : packet;
    }

    private static ProtocolLevel ReadLevel(ref PacketReader reader)
    {
        var name = reader.ReadText();
        var level = reader.ReadByte();
        if (reader.Fault is not null) return ProtocolLevel.Version5;
        if (name == "MQTT" && level is (byte)ProtocolLevel.Version311 or (byte)ProtocolLevel.Version5) return (ProtocolLevel)level;
        if (name is not ("MQTT" or "MQIsdp")) reader.Fail(ReasonCode.UnsupportedProtocolVersion, "the protocol is not called MQTT");
        else reader.Fail(ReasonCode.UnsupportedProtocolVersion, $"level {level} of {name} is not spoken here");
        return level < (byte)ProtocolLevel.Version5 ? ProtocolLevel.Version311 : ProtocolLevel.Version5;
    }

    private static string? FaultOf(byte flags, bool isVersion5)
    {
        if ((flags & Reserved) != 0) return "the reserved flag is set";
        if ((flags & 0x18) == 0x18) return "the will has QoS 3";
        if ((flags & WillFlag) == 0 && (flags & (0x18 | WillRetain)) != 0) return "there are flags of a will without one";
        // 3.1.1 only [MQTT-3.1.2-22]
        return !isVersion5 && (flags & (UsernameFlag | PasswordFlag)) == PasswordFlag ? "there is a password without a user name" : null;
    }

    private static ConnectPacket ReadProperties(ref PacketReader reader, ConnectPacket packet)
    {
        List<UserProperty>? userProperties = null;
        reader.BeginProperties(PropertyPlaces.Connect);
        while (reader.TryReadProperty(out var property))
        {
            switch (property.Id)
            {
                case PropertyId.SessionExpiryInterval: packet = packet with { SessionExpirySeconds = property.Number }; break;
                case PropertyId.ReceiveMaximum: packet = packet with { ReceiveMaximum = (ushort)property.Number }; break;
                case PropertyId.MaximumPacketSize: packet = packet with { MaximumPacketSize = property.Number }; break;
                case PropertyId.TopicAliasMaximum: packet = packet with { TopicAliasMaximum = (ushort)property.Number }; break;
                case PropertyId.RequestResponseInformation: packet = packet with { RequestResponseInformation = property.IsSet }; break;
                case PropertyId.RequestProblemInformation: packet = packet with { RequestProblemInformation = property.IsSet }; break;
                case PropertyId.AuthenticationMethod: packet = packet with { AuthenticationMethod = property.Text }; break;
                case PropertyId.AuthenticationData: packet = packet with { AuthenticationData = property.Binary }; break;
                default: (userProperties ??= []).Add(new UserProperty(property.Text, property.Value)); break;
            }
        }

        if (packet is { AuthenticationData: not null, AuthenticationMethod: null })
            reader.Fail(ReasonCode.ProtocolError, "there is authentication data without a method");
        return userProperties is null ? packet : packet with { UserProperties = userProperties };
    }

    private static WillMessage ReadWill(ref PacketReader reader, byte flags, bool isVersion5)
    {
        var will = new WillMessage("", default)
        {
            QualityOfService = (QualityOfService)((flags >> 3) & 3),
            Retain = (flags & WillRetain) != 0,
        };
        if (isVersion5) will = ReadProperties(ref reader, will);
        will = will with { Topic = reader.ReadText(), Payload = reader.ReadBinary() };
        if (reader.Fault is null && TopicRules.FaultOfName(will.Topic) is { } fault) reader.Fail(ReasonCode.MalformedPacket, "the will's " + fault);
        return will;
    }

    private static WillMessage ReadProperties(ref PacketReader reader, WillMessage will)
    {
        List<UserProperty>? userProperties = null;
        reader.BeginProperties(PropertyPlaces.Will);
        while (reader.TryReadProperty(out var property))
        {
            switch (property.Id)
            {
                case PropertyId.WillDelayInterval: will = will with { DelaySeconds = property.Number }; break;
                case PropertyId.PayloadFormatIndicator: will = will with { IsText = property.IsSet }; break;
                case PropertyId.MessageExpiryInterval: will = will with { ExpirySeconds = property.Number }; break;
                case PropertyId.ContentType: will = will with { ContentType = property.Text }; break;
                case PropertyId.ResponseTopic: will = will with { ResponseTopic = MessageDecoder.CheckedResponseTopic(ref reader, property.Text) }; break;
                case PropertyId.CorrelationData: will = will with { CorrelationData = property.Binary }; break;
                default: (userProperties ??= []).Add(new UserProperty(property.Text, property.Value)); break;
            }
        }

        return userProperties is null ? will : will with { UserProperties = userProperties };
    }

    private static ConnAckPacket ReadProperties(ref PacketReader reader, ConnAckPacket packet)
    {
        List<UserProperty>? userProperties = null;
        reader.BeginProperties(PropertyPlaces.ConnAck);
        while (reader.TryReadProperty(out var property))
        {
            switch (property.Id)
            {
                case PropertyId.SessionExpiryInterval: packet = packet with { SessionExpirySeconds = property.Number }; break;
                case PropertyId.ReceiveMaximum: packet = packet with { ReceiveMaximum = (ushort)property.Number }; break;
                case PropertyId.MaximumQos: packet = packet with { MaximumQualityOfService = (QualityOfService)property.Number }; break;
                case PropertyId.RetainAvailable: packet = packet with { RetainAvailable = property.IsSet }; break;
                case PropertyId.MaximumPacketSize: packet = packet with { MaximumPacketSize = property.Number }; break;
                case PropertyId.AssignedClientIdentifier: packet = packet with { AssignedClientId = property.Text }; break;
                case PropertyId.TopicAliasMaximum: packet = packet with { TopicAliasMaximum = (ushort)property.Number }; break;
                case PropertyId.ReasonString: packet = packet with { ReasonString = property.Text }; break;
                case PropertyId.WildcardSubscriptionAvailable: packet = packet with { WildcardSubscriptionAvailable = property.IsSet }; break;
                case PropertyId.SubscriptionIdentifierAvailable: packet = packet with { SubscriptionIdentifierAvailable = property.IsSet }; break;
                case PropertyId.SharedSubscriptionAvailable: packet = packet with { SharedSubscriptionAvailable = property.IsSet }; break;
                case PropertyId.ServerKeepAlive: packet = packet with { ServerKeepAliveSeconds = (ushort)property.Number }; break;
                case PropertyId.ResponseInformation: packet = packet with { ResponseInformation = property.Text }; break;
                case PropertyId.ServerReference: packet = packet with { ServerReference = property.Text }; break;
                case PropertyId.AuthenticationMethod: packet = packet with { AuthenticationMethod = property.Text }; break;
                case PropertyId.AuthenticationData: packet = packet with { AuthenticationData = property.Binary }; break;
                default: (userProperties ??= []).Add(new UserProperty(property.Text, property.Value)); break;
            }
        }

        return userProperties is null ? packet : packet with { UserProperties = userProperties };
    }
}
