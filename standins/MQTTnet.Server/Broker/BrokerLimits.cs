namespace StandIns.Broker;

/// <summary>What one broker takes. Everything a client can make it keep has a number here.</summary>
internal sealed record BrokerLimits
{
    /// <summary>Largest packet taken, in bytes from the first of the fixed header; told in CONNACK.</summary>
    public int PacketSize { get; init; } = 256 * 1024;

    /// <summary>Open connections, those that have not said CONNECT yet included; further ones are closed at once.</summary>
    public int Connections { get; init; } = 256;

    /// <summary>Sessions, those without a connection included; then the one longest without is forgotten.</summary>
    public int Sessions { get; init; } = 1000;

    /// <summary>Messages that wait for one client.</summary>
    public int QueuedMessages { get; init; } = 1000;

    /// <summary>Bytes that wait for one client: topics and payloads.</summary>
    public long QueuedBytes { get; init; } = 16 << 20;

    /// <summary>True: when the queue is full the new message is dropped, not the oldest.</summary>
    public bool DropsNewest { get; init; }

    /// <summary>Retained messages in all.</summary>
    public int RetainedMessages { get; init; } = 100_000;

    /// <summary>Bytes of retained messages in all: topics and payloads.</summary>
    public long RetainedBytes { get; init; } = 64 << 20;

    /// <summary>Subscriptions of one client.</summary>
    public int Subscriptions { get; init; } = 500;

    /// <summary>Levels of a filter.</summary>
    public int FilterLevels { get; init; } = 64;

    /// <summary>QoS 1 and 2 messages sent to a client and not acknowledged; its own Receive Maximum counts when it is smaller.</summary>
    public int Unacknowledged { get; init; } = 1000;

    /// <summary>QoS 2 messages of a client that it has not released yet; told in CONNACK.</summary>
    public ushort ReceiveMaximum { get; init; } = 256;

    /// <summary>Topic aliases of a client; told in CONNACK.</summary>
    public ushort TopicAliases { get; init; } = 32;

    /// <summary>How long a connection may take to say CONNECT.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to read what is sent before its connection is closed.</summary>
    public TimeSpan GoodbyeLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest a session without a connection is kept; told in CONNACK when a client wants more.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(1);

    /// <summary>False: sessions end with their connection, whatever the client asks for.</summary>
    public bool KeepsSessions { get; init; } = true;
}
