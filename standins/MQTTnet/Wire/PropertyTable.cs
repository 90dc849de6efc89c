namespace StandIns.Wire;

/// <summary>One property as it was read: <see cref="Id"/> says which of the others counts.</summary>
internal readonly record struct Property(PropertyId Id)
{
    public uint Number { get; init; }

    public string Text { get; init; } = "";

    /// <summary>The second text of a User Property; <see cref="Text"/> is its name.</summary>
    public string Value { get; init; } = "";

    public ReadOnlyMemory<byte> Binary { get; init; }

    public bool IsSet => Number != 0;
}

/// <summary>Form and places of every property (2.2.2.2, table 2-4).</summary>
internal static class PropertyTable
{
    private const PropertyPlaces Messages = PropertyPlaces.Publish | PropertyPlaces.PublishFromBroker | PropertyPlaces.Will;
    private const PropertyPlaces Disconnects = PropertyPlaces.DisconnectFromClient | PropertyPlaces.DisconnectFromBroker;
    private const PropertyPlaces Everywhere = (PropertyPlaces)0x7FF;

    private static readonly (PropertyForm Form, PropertyPlaces Places)[] s_rows = Rows();

    /// <summary><see cref="PropertyForm.None"/> when there is no such property.</summary>
    public static PropertyForm FormOf(uint id) => id < s_rows.Length ? s_rows[id].Form : PropertyForm.None;

    public static bool IsAllowed(PropertyId id, PropertyPlaces place) => (s_rows[(int)id].Places & place) != 0;

    /// <summary>Others are a protocol error when they come twice.</summary>
    public static bool MayRepeat(PropertyId id, PropertyPlaces place) =>
        id == PropertyId.UserProperty || (id == PropertyId.SubscriptionIdentifier && place == PropertyPlaces.PublishFromBroker);

    /// <summary>"It is a Protocol Error to include" the value 0.</summary>
    public static bool RefusesZero(PropertyId id) => id is PropertyId.ReceiveMaximum or PropertyId.MaximumPacketSize
        or PropertyId.SubscriptionIdentifier;

    private static (PropertyForm Form, PropertyPlaces Places)[] Rows()
    {
        var rows = new (PropertyForm, PropertyPlaces)[43];
        const PropertyPlaces acknowledged = PropertyPlaces.ConnAck | PropertyPlaces.Acknowledgement | Disconnects | PropertyPlaces.Auth;
        const PropertyPlaces authentication = PropertyPlaces.Connect | PropertyPlaces.ConnAck | PropertyPlaces.Auth;
        const PropertyPlaces handshake = PropertyPlaces.Connect | PropertyPlaces.ConnAck;
        Add(PropertyId.PayloadFormatIndicator, PropertyForm.Flag, Messages);
        Add(PropertyId.MessageExpiryInterval, PropertyForm.UInt32, Messages);
        Add(PropertyId.ContentType, PropertyForm.Text, Messages);
        Add(PropertyId.ResponseTopic, PropertyForm.Text, Messages);
        Add(PropertyId.CorrelationData, PropertyForm.Binary, Messages);
        Add(PropertyId.SubscriptionIdentifier, PropertyForm.Variable, PropertyPlaces.PublishFromBroker | PropertyPlaces.Subscribe);
        Add(PropertyId.SessionExpiryInterval, PropertyForm.UInt32, handshake | PropertyPlaces.DisconnectFromClient);
        Add(PropertyId.AssignedClientIdentifier, PropertyForm.Text, PropertyPlaces.ConnAck);
        Add(PropertyId.ServerKeepAlive, PropertyForm.UInt16, PropertyPlaces.ConnAck);
        Add(PropertyId.AuthenticationMethod, PropertyForm.Text, authentication);
        Add(PropertyId.AuthenticationData, PropertyForm.Binary, authentication);
        Add(PropertyId.RequestProblemInformation, PropertyForm.Flag, PropertyPlaces.Connect);
        Add(PropertyId.WillDelayInterval, PropertyForm.UInt32, PropertyPlaces.Will);
        Add(PropertyId.RequestResponseInformation, PropertyForm.Flag, PropertyPlaces.Connect);
        Add(PropertyId.ResponseInformation, PropertyForm.Text, PropertyPlaces.ConnAck);
        Add(PropertyId.ServerReference, PropertyForm.Text, PropertyPlaces.ConnAck | PropertyPlaces.DisconnectFromBroker);
        Add(PropertyId.ReasonString, PropertyForm.Text, acknowledged);
        Add(PropertyId.ReceiveMaximum, PropertyForm.UInt16, handshake);
        Add(PropertyId.TopicAliasMaximum, PropertyForm.UInt16, handshake);
        Add(PropertyId.TopicAlias, PropertyForm.UInt16, PropertyPlaces.Publish | PropertyPlaces.PublishFromBroker);
        Add(PropertyId.MaximumQos, PropertyForm.Flag, PropertyPlaces.ConnAck);
        Add(PropertyId.RetainAvailable, PropertyForm.Flag, PropertyPlaces.ConnAck);
        Add(PropertyId.UserProperty, PropertyForm.Pair, Everywhere);
        Add(PropertyId.MaximumPacketSize, PropertyForm.UInt32, handshake);
        Add(PropertyId.WildcardSubscriptionAvailable, PropertyForm.Flag, PropertyPlaces.ConnAck);
        Add(PropertyId.SubscriptionIdentifierAvailable, PropertyForm.Flag, PropertyPlaces.ConnAck);
        Add(PropertyId.SharedSubscriptionAvailable, PropertyForm.Flag, PropertyPlaces.ConnAck);
        return rows;

        void Add(PropertyId id, PropertyForm form, PropertyPlaces places) => rows[(int)id] = (form, places);
    }
}
