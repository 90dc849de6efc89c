using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>First Segment (0x55 0xC0): the beginning of a datagram.</summary>
/// <remarks>
/// byte 0    bits 7..3 C0; bits 2..0 size of the datagram, upper bits
/// byte 1    size, lower bits
/// byte 2    bits 7..4 session id; bit 3 a header extension follows; bits 2..0 reserved, but covered by the frame check sequence
/// byte 3..  header extension, when announced: length n, n bytes, not interpreted
/// then      1..39 bytes of the datagram
/// last two  frame check sequence: CRC-16 over everything from 55 on
/// Source: transport encapsulation specification, Transport Service.
/// </remarks>
public sealed record TransportFirstSegment(
    ushort DatagramSize, byte SessionId, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte>? HeaderExtension = null)
    : ICommand<TransportFirstSegment>
{
    public static CommandId CommandId => new(TransportServiceCommandClass.Id, 0xC0);

    /// <summary>The frame check sequence of a received segment; reserved bits may make it differ from the one we would send.</summary>
    public ushort? ReceivedCheckSequence { get; private init; }

    public static DecodeError TryDecode(ref PayloadReader payload, out TransportFirstSegment? command)
    {
        command = null;
        var error = TransportSegmentLayout.TryRead(ref payload, hasOffset: false, out var segment);
        if (error != DecodeError.None) return error;
        command = new(segment.DatagramSize, segment.SessionId, segment.Payload, segment.HeaderExtension)
        {
            ReceivedCheckSequence = segment.ReceivedCheckSequence,
        };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Layout.Write(ref payload, CommandId, hasOffset: false);

    public void Describe(FieldWriter fields) => Layout.Describe(fields, CommandId, hasOffset: false);

    private TransportSegmentLayout Layout => new(DatagramSize, SessionId, 0, HeaderExtension, Payload, ReceivedCheckSequence);
}

/// <summary>Subsequent Segment (0x55 0xE0): a later piece of a datagram.</summary>
/// <remarks>
/// byte 0    bits 7..3 E0; bits 2..0 size of the datagram, upper bits
/// byte 1    size, lower bits
/// byte 2    bits 7..4 session id; bit 3 a header extension follows; bits 2..0 offset, upper bits
/// byte 3    offset in the datagram, lower bits
/// byte 4..  header extension, payload and frame check sequence as in First Segment
/// Source: transport encapsulation specification, Transport Service.
/// </remarks>
public sealed record TransportSubsequentSegment(
    ushort DatagramSize, byte SessionId, ushort DatagramOffset, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte>? HeaderExtension = null)
    : ICommand<TransportSubsequentSegment>
{
    public static CommandId CommandId => new(TransportServiceCommandClass.Id, 0xE0);

    public static DecodeError TryDecode(ref PayloadReader payload, out TransportSubsequentSegment? command)
    {
        command = null;
        var error = TransportSegmentLayout.TryRead(ref payload, hasOffset: true, out var segment);
        if (error != DecodeError.None) return error;
        command = new(segment.DatagramSize, segment.SessionId, segment.DatagramOffset, segment.Payload, segment.HeaderExtension);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => Layout.Write(ref payload, CommandId, hasOffset: true);

    public void Describe(FieldWriter fields) => Layout.Describe(fields, CommandId, hasOffset: true);

    private TransportSegmentLayout Layout => new(DatagramSize, SessionId, DatagramOffset, HeaderExtension, Payload);
}

/// <summary>What both kinds of segment share on the wire.</summary>
internal readonly record struct TransportSegmentLayout(
    ushort DatagramSize,
    byte SessionId,
    ushort DatagramOffset,
    ReadOnlyMemory<byte>? HeaderExtension,
    ReadOnlyMemory<byte> Payload,
    ushort? ReceivedCheckSequence = null)
{
    private const byte HeaderExtensionFlag = 0x08;
    private const int ChecksumLength = 2;
    private const int MaximumHeaderLength = 5;

    /// <summary>Reads a segment from its command byte on and checks the frame check sequence.</summary>
    public static DecodeError TryRead(ref PayloadReader payload, bool hasOffset, out TransportSegmentLayout segment)
    {
        segment = default;
        var content = payload.Unread;
        if (!payload.TryReadUInt16(out var size) || !payload.TryReadByte(out var flags)) return DecodeError.Truncated;
        byte offset = 0;
        if (hasOffset && !payload.TryReadByte(out offset)) return DecodeError.Truncated;
        ReadOnlyMemory<byte>? extension = null;
        if ((flags & HeaderExtensionFlag) != 0)
        {
            if (!payload.TryReadByte(out var length) || !payload.TryReadBytes(length, out var bytes)) return DecodeError.Truncated;
            extension = bytes.ToArray();
        }

        if (!payload.TryReadBytes(payload.Remaining - ChecksumLength, out var piece) || piece.IsEmpty) return DecodeError.Truncated;
        payload.TryReadUInt16(out var checksum);
        if (checksum != ChecksumOf(content[..^ChecksumLength])) return DecodeError.Checksum;
        segment = new(
            (ushort)(size & 0x07FF), (byte)(flags >> 4), (ushort)(((flags & 0x07) << 8) | offset), extension, piece.ToArray(), checksum);
        return DecodeError.None;
    }

    public void Write(ref PayloadWriter payload, CommandId id, bool hasOffset)
    {
        WriteHeader(ref payload, id, hasOffset);
        if (HeaderExtension is { } extension) payload.WriteBytes(extension.Span);
        payload.WriteBytes(Payload.Span);
        payload.WriteUInt16(FrameCheckSequence(id, hasOffset));
    }

    public void Describe(FieldWriter fields, CommandId id, bool hasOffset)
    {
        fields.Number("datagramSize", (long)DatagramSize);
        fields.Number("sessionId", (long)SessionId);
        if (hasOffset) fields.Number("datagramOffset", (long)DatagramOffset);
        if (HeaderExtension is { } extension) fields.Hex("headerExtension", extension.Span);
        fields.Hex("payload", Payload.Span);
        fields.Number("frameCheckSequence", (long)(ReceivedCheckSequence ?? FrameCheckSequence(id, hasOffset)));
    }

    private void WriteHeader(ref PayloadWriter payload, CommandId id, bool hasOffset)
    {
        payload.WriteByte((byte)(id.Command | ((DatagramSize >> 8) & 0x07)));
        payload.WriteByte((byte)DatagramSize);
        var upperOffset = hasOffset ? (DatagramOffset >> 8) & 0x07 : 0;
        payload.WriteByte((byte)((SessionId << 4) | (HeaderExtension is null ? 0 : HeaderExtensionFlag) | upperOffset));
        if (hasOffset) payload.WriteByte((byte)DatagramOffset);
        if (HeaderExtension is { } extension) payload.WriteByte(checked((byte)extension.Length));
    }

    private ushort FrameCheckSequence(CommandId id, bool hasOffset)
    {
        Span<byte> buffer = stackalloc byte[MaximumHeaderLength];
        var header = new PayloadWriter(buffer);
        WriteHeader(ref header, id, hasOffset);
        var checksum = ChecksumOf(header.Written);
        if (HeaderExtension is { } extension) checksum = Crc16.Compute(extension.Span, checksum);
        return Crc16.Compute(Payload.Span, checksum);
    }

    /// <summary>The frame check sequence covers the class byte in front as well.</summary>
    private static ushort ChecksumOf(ReadOnlySpan<byte> content) => Crc16.Compute(content, Crc16.Compute([0x55]));
}
