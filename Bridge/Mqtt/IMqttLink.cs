namespace Bridge.Mqtt;

/// <summary>
/// What we need of an MQTT client library: one connection at a time to one broker, which may be opened again after it was lost. Knows nothing of
/// reconnecting, queues or topics of ours.
/// </summary>
/// <remarks>
/// Threads: members may be called by any thread. <see cref="Received"/> and <see cref="Lost"/> are called on the link's own thread, one at a time and
/// in the order of arrival; they must not block and do not throw. Both are set before the first connect.
/// </remarks>
public interface IMqttLink : IAsyncDisposable
{
    /// <summary>A message of a subscription arrived. It was or will be acknowledged whatever the handler does.</summary>
    Action<MqttMessage>? Received { get; set; }

    /// <summary>
    /// The connection ended without <see cref="DisconnectAsync"/>; called once a connection, with the reason in words. Pending calls have failed by then.
    /// </summary>
    Action<string>? Lost { get; set; }

    bool IsConnected { get; }

    /// <summary>Opens a connection.</summary>
    /// <returns>What the broker said it can do.</returns>
    /// <exception cref="MqttLinkException">Not reachable, refused, not trusted or no answer in time; the code tells which.</exception>
    Task<MqttBrokerLimits> ConnectAsync(MqttConnectRequest request, CancellationToken cancellationToken);

    /// <summary>Subscribes; returns when the broker answered.</summary>
    /// <returns>One a filter, in their order: null when granted, else the reason in words.</returns>
    /// <exception cref="MqttLinkException">The connection is or was lost.</exception>
    Task<IReadOnlyList<string?>> SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellationToken);

    /// <exception cref="MqttLinkException">The connection is or was lost.</exception>
    Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes; returns when the broker acknowledged (QoS 1 and 2) or the message is on its way (QoS 0). Several may be under way at a time; they leave in
    /// the order of the calls.
    /// </summary>
    /// <exception cref="MqttLinkException">
    /// The connection is or was lost, the broker refused the message, or it exceeds what the broker takes (then nothing is sent).
    /// </exception>
    Task PublishAsync(MqttMessage message, CancellationToken cancellationToken);

    /// <summary>Says goodbye: the will is not published. Does nothing without a connection.</summary>
    Task DisconnectAsync(CancellationToken cancellationToken);
}

/// <summary>One filter to subscribe to.</summary>
/// <param name="Filter">May have <c>+</c> and <c>#</c>.</param>
public sealed record MqttSubscription(string Filter)
{
    public MqttQualityOfService QualityOfService { get; init; } = MqttQualityOfService.AtLeastOnce;

    /// <summary>False (MQTT 5, Retain Handling 2): what the broker keeps is not sent. A 3.1.1 broker sends it all the same, marked as retained.</summary>
    public bool WantsRetained { get; init; } = true;

    /// <summary>
    /// True (MQTT 5, Retain As Published): a message says how it was published, also one that comes at once. Otherwise, and with 3.1.1, only those the broker
    /// had kept are marked.
    /// </summary>
    public bool RetainAsPublished { get; init; }

    /// <summary>True (MQTT 5, No Local): what we publish ourselves does not come back.</summary>
    public bool NoLocal { get; init; }
}

/// <summary>What a broker said about itself when it accepted us.</summary>
/// <param name="Protocol">What is spoken from here on.</param>
public sealed record MqttBrokerLimits(MqttProtocol Protocol)
{
    /// <summary>The largest packet it takes, in bytes; null: no limit told.</summary>
    public uint? MaximumPacketSize { get; init; }

    public MqttQualityOfService MaximumQualityOfService { get; init; } = MqttQualityOfService.ExactlyOnce;

    public bool RetainAvailable { get; init; } = true;

    /// <summary>How many unacknowledged QoS 1 and 2 messages it takes at a time.</summary>
    public ushort ReceiveMaximum { get; init; } = ushort.MaxValue;

    /// <summary>True when it still had our session.</summary>
    public bool SessionPresent { get; init; }
}
