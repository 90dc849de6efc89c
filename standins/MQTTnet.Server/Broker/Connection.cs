using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>
/// One client's connection as the protocol sees it: what was agreed in CONNECT, and what waits to be sent. Bytes are moved by
/// <see cref="ClientSocket"/>.
/// </summary>
/// <remarks>Guarded by the broker's gate.</remarks>
internal sealed class Connection(BrokerCore core, ClientSocket socket)
{
    /// <summary>One write takes about this much.</summary>
    private const int BatchSize = 64 * 1024;

    private PacketBuffer _pending = new();
    private PacketBuffer _sending = new();

    public ProtocolLevel Level { get; set; } = ProtocolLevel.Version5;

    public bool IsVersion5 => Level == ProtocolLevel.Version5;

    /// <summary>Null until CONNECT was accepted.</summary>
    public Session? Session { get; set; }

    /// <summary>Null: none, or the client said goodbye.</summary>
    public WillMessage? Will { get; set; }

    /// <summary>What the client asked for in CONNECT: a DISCONNECT may not raise it from 0.</summary>
    public uint SessionExpirySeconds { get; set; }

    /// <summary>Of the client; messages that exceed it are not sent to it.</summary>
    public uint MaximumPacketSize { get; set; } = uint.MaxValue;

    /// <summary>How many messages it takes before it acknowledges one.</summary>
    public int Window { get; set; }

    public TimeSpan KeepAlive { get; set; }

    public Dictionary<ushort, string> TopicAliases { get; } = [];

    public ConnectionEnd HowEnded { get; set; } = ConnectionEnd.Unclean;

    /// <summary>Waits in the core to be sent to.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Nothing is read or queued any more; what is pending is sent, then the socket is closed.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Bytes that wait to be sent, messages in the queue not counted.</summary>
    public int PendingBytes => _pending.Length;

    /// <summary>Appends a packet to what is sent next.</summary>
    public void Send(Packet packet)
    {
        if (IsEnding) return;
        if (!TryEncode(packet)) End();
        core.Touch(this);
    }

    /// <summary>Ends the connection; an MQTT 5 client is told why.</summary>
    public void End(ReasonCode reason)
    {
        if (IsEnding) return;
        if (IsVersion5 && Session is not null) TryEncode(new DisconnectPacket { ReasonCode = reason });
        End();
    }

    /// <summary>Ends the connection without a word.</summary>
    public void End()
    {
        if (IsEnding) return;
        IsEnding = true;
        core.Touch(this);
        socket.BeginGoodbye();
    }

    /// <summary>From now on silence of the client counts.</summary>
    public void WatchKeepAlive() => socket.WatchKeepAlive();

    /// <summary>Without the gate: sends what there is, if nobody is about it already.</summary>
    public void StartSending() => socket.StartSending();

    /// <summary>Repeats what the client had not acknowledged when it was gone (4.4).</summary>
    public void Resume()
    {
        foreach (var delivery in Session!.Unacknowledged.ToArray())
        {
            if (delivery.IsReleased) Send(new AcknowledgementPacket(PacketType.PubRel, delivery.PacketId));
            else if (!TryEncode(delivery.ToPacket(core.Now, isDuplicate: true))) Session.Forget(delivery.PacketId);
        }

        core.Touch(this);
    }

    /// <summary>Takes the next bytes to write: packets that wait, then messages of the queue. Null: there is nothing.</summary>
    public PacketBuffer? TakeBatch()
    {
        if (!IsEnding && Session is { } session)
        {
            while (_pending.Length < BatchSize && session.Queue.TryTake(session.UnacknowledgedCount < Window, core.Now, out var delivery))
                Encode(session, delivery);
        }

        if (_pending.Length == 0) return null;
        (_pending, _sending) = (_sending, _pending);
        _pending.Clear();
        return _sending;
    }

    private void Encode(Session session, Delivery delivery)
    {
        if (delivery.IsAcknowledged) session.Track(delivery);
        // "it MUST discard that Application Message" when it exceeds what the client takes [MQTT-3.1.2-25]
        if (!TryEncode(delivery.ToPacket(core.Now, isDuplicate: false)) && delivery.IsAcknowledged) session.Forget(delivery.PacketId);
    }

    /// <returns>False: larger than the client takes, or than MQTT can say; nothing was written.</returns>
    private bool TryEncode(Packet packet)
    {
        var start = _pending.Length;
        try
        {
            if (PacketEncoder.Encode(_pending, packet, Level) <= MaximumPacketSize) return true;
            _pending.Truncate(start);
            return false;
        }
        catch (ArgumentException)
        {
            // A message of MQTT 5 whose properties grew on the way, by subscription identifiers or the expiry.
            return false;
        }
    }
}
