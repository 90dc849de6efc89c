using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// Transport Service (0x55, V2): a command too long for one frame, in segments. The command number is in the upper five bits of the
/// second byte, the size of the datagram starts in the lower three.
/// </summary>
public static class TransportServiceCommandClass
{
    public static readonly CommandClassId Id = new(0x55);

    public static readonly CommandClassDefinition Definition = new(Id, "TRANSPORT_SERVICE", ImplementedVersion: 2,
    [
        CommandDefinition.Of<TransportFirstSegment>("COMMAND_FIRST_SEGMENT"),
        CommandDefinition.Of<TransportSegmentComplete>("COMMAND_SEGMENT_COMPLETE"),
        CommandDefinition.Of<TransportSegmentRequest>("COMMAND_SEGMENT_REQUEST"),
        CommandDefinition.Of<TransportSubsequentSegment>("COMMAND_SUBSEQUENT_SEGMENT"),
        CommandDefinition.Of<TransportSegmentWait>("COMMAND_SEGMENT_WAIT"),
    ])
    {
        CommandMask = 0xF8,
    };

    /// <summary>Longest piece of a datagram in one segment.</summary>
    public const int MaximumSegmentLength = 39;

    /// <summary>Longest datagram of the specification; the size field could say more.</summary>
    public const int MaximumDatagramSize = 1280;
}

/// <summary>Segment Request (0x55 0xC8): send the segment at this offset again.</summary>
/// <remarks>
/// byte 0  C8
/// byte 1  bits 7..4 session id; bits 2..0 offset, upper bits
/// byte 2  offset, lower bits
/// Source: transport encapsulation specification, Transport Service.
/// </remarks>
public sealed record TransportSegmentRequest(byte SessionId, ushort DatagramOffset) : ICommand<TransportSegmentRequest>
{
    public static CommandId CommandId => new(TransportServiceCommandClass.Id, 0xC8);

    public static DecodeError TryDecode(ref PayloadReader payload, out TransportSegmentRequest? command)
    {
        command = null;
        if (!payload.TryReadByte(out _) || !payload.TryReadByte(out var first) || !payload.TryReadByte(out var second))
        {
            return DecodeError.Truncated;
        }

        command = new((byte)(first >> 4), (ushort)(((first & 0x07) << 8) | second));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(CommandId.Command);
        payload.WriteByte((byte)((SessionId << 4) | ((DatagramOffset >> 8) & 0x07)));
        payload.WriteByte((byte)DatagramOffset);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("sessionId", (long)SessionId);
        fields.Number("datagramOffset", (long)DatagramOffset);
    }
}

/// <summary>Segment Complete (0x55 0xE8): the whole datagram has arrived.</summary>
/// <remarks>
/// byte 0  E8
/// byte 1  bits 7..4 session id
/// Source: transport encapsulation specification, Transport Service.
/// </remarks>
public sealed record TransportSegmentComplete(byte SessionId) : ICommand<TransportSegmentComplete>
{
    public static CommandId CommandId => new(TransportServiceCommandClass.Id, 0xE8);

    public static DecodeError TryDecode(ref PayloadReader payload, out TransportSegmentComplete? command)
    {
        command = null;
        if (!payload.TryReadByte(out _) || !payload.TryReadByte(out var session)) return DecodeError.Truncated;
        command = new((byte)(session >> 4));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(CommandId.Command);
        payload.WriteByte((byte)(SessionId << 4));
    }

    public void Describe(FieldWriter fields) => fields.Number("sessionId", (long)SessionId);
}

/// <summary>Segment Wait (0x55 0xF0): begin again later, after about this many segments' time; with 0 at once.</summary>
/// <remarks>
/// byte 0  F0
/// byte 1  pending segments
/// Source: transport encapsulation specification, Transport Service.
/// </remarks>
public sealed record TransportSegmentWait(byte PendingFragments) : ICommand<TransportSegmentWait>
{
    public static CommandId CommandId => new(TransportServiceCommandClass.Id, 0xF0);

    public static DecodeError TryDecode(ref PayloadReader payload, out TransportSegmentWait? command)
    {
        command = null;
        if (!payload.TryReadByte(out _) || !payload.TryReadByte(out var pending)) return DecodeError.Truncated;
        command = new(pending);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(CommandId.Command);
        payload.WriteByte(PendingFragments);
    }

    public void Describe(FieldWriter fields) => fields.Number("pendingFragments", (long)PendingFragments);
}
