using System.Buffers;

namespace StandIns.Wire;

/// <summary>The first bytes of a packet (2.1): type, flags and how many bytes follow.</summary>
internal readonly record struct FixedHeader(PacketType Type, byte Flags, int Size, int BodyLength)
{
    private const int MaximumSize = 5;

    public long PacketLength => (long)Size + BodyLength;

    /// <summary>The only flags a packet other than PUBLISH may have (2.1.3).</summary>
    public static int ReservedFlags(PacketType type) => type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? 2 : 0;

    /// <summary>Null in <paramref name="fault"/> and false: more bytes are needed.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> input, PacketSource source, ProtocolLevel level, out FixedHeader header, out string? fault)
    {
        header = default;
        fault = null;
        if (input.IsEmpty) return false;
        Span<byte> bytes = stackalloc byte[(int)Math.Min(MaximumSize, input.Length)];
        input.Slice(0, bytes.Length).CopyTo(bytes);
        var type = (PacketType)(bytes[0] >> 4);
        var flags = (byte)(bytes[0] & 0x0F);
        fault = FaultOf(type, flags, source, level);
        if (fault is not null) return false;
        var status = VariableInteger.Read(bytes[1..], out var length, out var size);
        if (status == VariableIntegerStatus.Malformed) fault = "the length of the packet is longer than it may be";
        header = new FixedHeader(type, flags, size + 1, (int)length);
        return status == VariableIntegerStatus.Complete;
    }

    private static string? FaultOf(PacketType type, byte flags, PacketSource source, ProtocolLevel level)
    {
        if (type == 0 || (type == PacketType.Auth && level != ProtocolLevel.Version5)) return $"there is no packet of type {(int)type}";
        if (!MayCome(type, source, level)) return $"a {source.ToString().ToLowerInvariant()} does not send {type}";
        if (type != PacketType.Publish) return flags == ReservedFlags(type) ? null : $"{type} has the flags {flags}";
        if ((flags & 0x06) == 0x06) return "PUBLISH has QoS 3";
        return (flags & 0x0E) == 0x08 ? "PUBLISH has QoS 0 and the duplicate flag" : null;
    }

    private static bool MayCome(PacketType type, PacketSource source, ProtocolLevel level) => type switch
    {
        PacketType.Connect or PacketType.Subscribe or PacketType.Unsubscribe or PacketType.PingReq => source == PacketSource.Client,
        PacketType.ConnAck or PacketType.SubAck or PacketType.UnsubAck or PacketType.PingResp => source == PacketSource.Broker,
        PacketType.Disconnect => source == PacketSource.Client || level == ProtocolLevel.Version5,
        _ => true,
    };
}
