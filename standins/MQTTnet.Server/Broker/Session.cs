namespace StandIns.Broker;

/// <summary>What the broker knows of one client, with or without a connection (4.1). Guarded by the broker's gate.</summary>
internal sealed class Session(string clientId, BrokerLimits limits)
{
    private readonly Dictionary<ushort, Delivery> _unacknowledged = [];
    private ushort _lastPacketId;

    public string ClientId { get; } = clientId;

    public Dictionary<string, GrantedSubscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    public OutgoingQueue Queue { get; } = new(limits);

    /// <summary>QoS 2 messages of the client, routed and not yet released: a repetition is answered, not routed again (4.3.3).</summary>
    public HashSet<ushort> Received { get; } = [];

    public Connection? Connection { get; set; }

    public bool IsConnected => Connection is not null;

    /// <summary>How long it outlives its connection.</summary>
    public TimeSpan Expiry { get; set; }

    /// <summary>When its connection ended, on the broker's clock.</summary>
    public TimeSpan LeftAt { get; set; }

    /// <summary>Waits for its delay to pass.</summary>
    public BrokerMessage? Will { get; set; }

    public ITimer? WillTimer { get; set; }

    public ITimer? ExpiryTimer { get; set; }

    public bool HasEnded { get; set; }

    public int UnacknowledgedCount => _unacknowledged.Count;

    /// <summary>Gives the message its packet identifier and remembers it until it is acknowledged.</summary>
    public void Track(Delivery delivery)
    {
        // One is free: far fewer are under way than there are identifiers.
        do
        {
            _lastPacketId++;
        }
        while (_lastPacketId == 0 || _unacknowledged.ContainsKey(_lastPacketId));
        delivery.PacketId = _lastPacketId;
        _unacknowledged.Add(_lastPacketId, delivery);
    }

    public Delivery? Tracked(ushort packetId) => _unacknowledged.GetValueOrDefault(packetId);

    public void Forget(ushort packetId) => _unacknowledged.Remove(packetId);

    /// <summary>What was sent and not acknowledged, in the order it was sent.</summary>
    public IEnumerable<Delivery> Unacknowledged => _unacknowledged.Values.OrderBy(static delivery => delivery.Number);
}
