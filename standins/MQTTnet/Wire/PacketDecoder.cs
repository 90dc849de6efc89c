using System.Buffers;

namespace StandIns.Wire;

internal enum DecodeStatus
{
    /// <summary>The packet is not complete yet; nothing is wrong so far.</summary>
    NeedMore,

    /// <summary>A packet.</summary>
    Complete,

    /// <summary>The peer broke the rules: answer with the reason code (MQTT 5) and close the connection.</summary>
    Malformed,

    /// <summary>Larger than allowed; known before all of it came.</summary>
    TooLarge,
}

/// <summary>What the beginning of the received bytes is.</summary>
internal readonly record struct DecodeResult(DecodeStatus Status)
{
    public Packet? Packet { get; init; }

    /// <summary>Bytes of the packet, to be taken off the front.</summary>
    public int Consumed { get; init; }

    /// <summary>NeedMore: how long the whole packet is; 0: not known yet.</summary>
    public long PacketLength { get; init; }

    /// <summary>Malformed and TooLarge: what MQTT 5 answers.</summary>
    public ReasonCode Reason { get; init; }

    /// <summary>Malformed and TooLarge: what is wrong, in words.</summary>
    public string? Fault { get; init; }
}

/// <summary>Reads the packets of one peer. Never throws, whatever comes.</summary>
internal sealed class PacketDecoder(PacketSource source)
{
    /// <summary>Which rules count. A CONNECT sets it to its own; one with a level we do not speak sets the one to answer in.</summary>
    public ProtocolLevel Level { get; set; } = ProtocolLevel.Version5;

    /// <summary>In bytes, with the fixed header.</summary>
    public uint MaximumPacketSize { get; set; } = uint.MaxValue;

    /// <summary>Looks at the front of what was received.</summary>
    public DecodeResult Decode(in ReadOnlySequence<byte> input)
    {
        if (!FixedHeader.TryRead(input, source, Level, out var header, out var fault))
        {
            return fault is null
                ? new DecodeResult(DecodeStatus.NeedMore)
                : new DecodeResult(DecodeStatus.Malformed) { Reason = ReasonCode.MalformedPacket, Fault = fault };
        }

        if (header.PacketLength > MaximumPacketSize)
        {
            return new DecodeResult(DecodeStatus.TooLarge)
            {
                PacketLength = header.PacketLength,
                Reason = ReasonCode.PacketTooLarge,
                Fault = $"{header.Type} has {header.PacketLength} bytes, {MaximumPacketSize} are allowed",
            };
        }

        if (input.Length < header.PacketLength) return new DecodeResult(DecodeStatus.NeedMore) { PacketLength = header.PacketLength };
        var body = input.Slice(header.Size, header.BodyLength);
        if (body.IsSingleSegment) return DecodeBody(header, body.FirstSpan);
        var copy = ArrayPool<byte>.Shared.Rent(header.BodyLength);
        body.CopyTo(copy);
        var result = DecodeBody(header, copy.AsSpan(0, header.BodyLength));
        ArrayPool<byte>.Shared.Return(copy, clearArray: header.Type == PacketType.Connect);
        return result;
    }

    public DecodeResult Decode(ReadOnlyMemory<byte> input) => Decode(new ReadOnlySequence<byte>(input));

    private DecodeResult DecodeBody(FixedHeader header, ReadOnlySpan<byte> body)
    {
        var reader = new PacketReader(body);
        var packet = Read(header, ref reader);
        if (reader.Fault is null) reader.ExpectEnd();
        if (reader.Fault is not null)
        {
            return new DecodeResult(DecodeStatus.Malformed) { Reason = reader.Reason, Fault = $"{header.Type}: {reader.Fault}" };
        }

        return new DecodeResult(DecodeStatus.Complete) { Packet = packet, Consumed = (int)header.PacketLength, PacketLength = header.PacketLength };
    }

    private Packet Read(FixedHeader header, ref PacketReader reader)
    {
        var isVersion5 = Level == ProtocolLevel.Version5;
        switch (header.Type)
        {
            case PacketType.Connect:
                var connect = ConnectDecoder.ReadConnect(ref reader, out var level);
                Level = level;
                return connect;
            case PacketType.ConnAck: return ConnectDecoder.ReadConnAck(ref reader, isVersion5);
            case PacketType.Publish: return MessageDecoder.ReadPublish(ref reader, header.Flags, isVersion5, source);
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                return MessageDecoder.ReadAcknowledgement(ref reader, header.Type, isVersion5);
            case PacketType.Subscribe: return SubscriptionDecoder.ReadSubscribe(ref reader, isVersion5);
            case PacketType.SubAck: return SubscriptionDecoder.ReadSubAck(ref reader, isVersion5);
            case PacketType.Unsubscribe: return SubscriptionDecoder.ReadUnsubscribe(ref reader, isVersion5);
            case PacketType.UnsubAck: return SubscriptionDecoder.ReadUnsubAck(ref reader, isVersion5);
            case PacketType.PingReq: return PingReqPacket.Instance;
            case PacketType.PingResp: return PingRespPacket.Instance;
            case PacketType.Disconnect: return SessionDecoder.ReadDisconnect(ref reader, isVersion5, source);
            default: return SessionDecoder.ReadAuth(ref reader, source);
        }
    }
}
