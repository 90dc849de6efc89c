namespace StandIns.Wire;

/// <summary>MQTT 5 property identifiers (2.2.2.2).</summary>
internal enum PropertyId : byte
{
    PayloadFormatIndicator = 1,
    MessageExpiryInterval = 2,
    ContentType = 3,
    ResponseTopic = 8,
    CorrelationData = 9,
    SubscriptionIdentifier = 11,
    SessionExpiryInterval = 17,
    AssignedClientIdentifier = 18,
    ServerKeepAlive = 19,
    AuthenticationMethod = 21,
    AuthenticationData = 22,
    RequestProblemInformation = 23,
    WillDelayInterval = 24,
    RequestResponseInformation = 25,
    ResponseInformation = 26,
    ServerReference = 28,
    ReasonString = 31,
    ReceiveMaximum = 33,
    TopicAliasMaximum = 34,
    TopicAlias = 35,
    MaximumQos = 36,
    RetainAvailable = 37,
    UserProperty = 38,
    MaximumPacketSize = 39,
    WildcardSubscriptionAvailable = 40,
    SubscriptionIdentifierAvailable = 41,
    SharedSubscriptionAvailable = 42,
}

/// <summary>How the value of a property is written.</summary>
internal enum PropertyForm : byte
{
    /// <summary>No such property.</summary>
    None = 0,

    /// <summary>One byte, 0 or 1.</summary>
    Flag,
    UInt16,
    UInt32,
    Variable,
    Text,
    Binary,
    Pair,
}

/// <summary>Where a property may stand.</summary>
[Flags]
internal enum PropertyPlaces
{
    Connect = 1,
    ConnAck = 2,
    Publish = 4,
    Will = 8,

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK and UNSUBACK: they have the same two.</summary>
    Acknowledgement = 16,
    Subscribe = 32,
    Unsubscribe = 64,
    DisconnectFromClient = 128,
    DisconnectFromBroker = 256,
    Auth = 512,
    PublishFromBroker = 1024,
}
