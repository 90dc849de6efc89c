namespace StandIns.Wire;

/// <summary>The byte of CONNECT that names the protocol version.</summary>
internal enum ProtocolLevel : byte
{
    Version311 = 4,
    Version5 = 5,
}

/// <summary>Who sent a packet: not every packet and property may come from both.</summary>
internal enum PacketSource : byte
{
    Client,
    Broker,
}

/// <summary>How hard a message is tried to be delivered (4.3).</summary>
internal enum QualityOfService : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}

/// <summary>What a new subscription gets of the retained messages (3.8.3.1). MQTT 3.1.1 knows only the first.</summary>
internal enum RetainHandling : byte
{
    Send = 0,
    SendIfNew = 1,
    DoNotSend = 2,
}

/// <summary>The upper half of a packet's first byte (2.1.2).</summary>
internal enum PacketType : byte
{
    Connect = 1,
    ConnAck = 2,
    Publish = 3,
    PubAck = 4,
    PubRec = 5,
    PubRel = 6,
    PubComp = 7,
    Subscribe = 8,
    SubAck = 9,
    Unsubscribe = 10,
    UnsubAck = 11,
    PingReq = 12,
    PingResp = 13,
    Disconnect = 14,
    Auth = 15,
}
