namespace StandIns.Wire;

/// <summary>Reads DISCONNECT and AUTH (3.14, 3.15).</summary>
internal static class SessionDecoder
{
    public static DisconnectPacket ReadDisconnect(ref PacketReader reader, bool isVersion5, PacketSource source)
    {
        var packet = new DisconnectPacket();
        // "The Reason Code and Property Length can be omitted" (3.14.2.1, 3.14.2.2.1)
        if (!isVersion5 || reader.AtEnd) return packet;
        packet = packet with { ReasonCode = ReadCode(ref reader, PacketType.Disconnect, source) };
        if (reader.AtEnd) return packet;
        List<UserProperty>? userProperties = null;
        reader.BeginProperties(source == PacketSource.Client ? PropertyPlaces.DisconnectFromClient : PropertyPlaces.DisconnectFromBroker);
        while (reader.TryReadProperty(out var property))
        {
            switch (property.Id)
            {
                case PropertyId.SessionExpiryInterval: packet = packet with { SessionExpirySeconds = property.Number }; break;
                case PropertyId.ReasonString: packet = packet with { ReasonString = property.Text }; break;
                case PropertyId.ServerReference: packet = packet with { ServerReference = property.Text }; break;
                default: (userProperties ??= []).Add(new UserProperty(property.Text, property.Value)); break;
            }
        }

        return userProperties is null ? packet : packet with { UserProperties = userProperties };
    }

    public static AuthPacket ReadAuth(ref PacketReader reader, PacketSource source)
    {
        var packet = new AuthPacket();
        // Reason code and properties can be omitted together only (3.15.2.1).
        if (reader.AtEnd) return packet;
        packet = packet with { ReasonCode = ReadCode(ref reader, PacketType.Auth, source) };
        List<UserProperty>? userProperties = null;
        reader.BeginProperties(PropertyPlaces.Auth);
        while (reader.TryReadProperty(out var property))
        {
            switch (property.Id)
            {
                case PropertyId.AuthenticationMethod: packet = packet with { AuthenticationMethod = property.Text }; break;
                case PropertyId.AuthenticationData: packet = packet with { AuthenticationData = property.Binary }; break;
                case PropertyId.ReasonString: packet = packet with { ReasonString = property.Text }; break;
                default: (userProperties ??= []).Add(new UserProperty(property.Text, property.Value)); break;
            }
        }

        return userProperties is null ? packet : packet with { UserProperties = userProperties };
    }

    private static ReasonCode ReadCode(ref PacketReader reader, PacketType type, PacketSource source)
    {
        var code = (ReasonCode)reader.ReadByte();
        if (!ReasonCodes.IsAllowed(code, type, source)) reader.Fail(ReasonCode.ProtocolError, $"there is no reason code {(byte)code}");
        return code;
    }
}
