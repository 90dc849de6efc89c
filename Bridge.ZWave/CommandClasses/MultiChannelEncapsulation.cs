using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Multi Channel Command Encapsulation (0x60 0x0D): a command from an endpoint to an endpoint. Since V2.</summary>
/// <remarks>
/// byte 0   bits 6..0 source endpoint, 0 = the sender has none
/// byte 1   bit 7 clear: bits 6..0 destination endpoint; bit 7 set ("bit address"): bit n of bits 6..0 = endpoint n + 1
/// byte 2.. the command
/// A bit-addressed command is not answered. Source: transport encapsulation specification, Multi Channel Command Encapsulation.
/// </remarks>
/// <param name="SourceEndPoint">The sender's endpoint.</param>
/// <param name="Destination">Byte 1 as it is on the wire.</param>
/// <param name="Command">Class, command number and parameters of the encapsulated command.</param>
public sealed record MultiChannelEncapsulation(
    EndpointIndex SourceEndPoint, MultiChannelDestination Destination, ReadOnlyMemory<byte> Command)
    : ICommand<MultiChannelEncapsulation>
{
    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x0D);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelEncapsulation? command)
    {
        command = null;
        if (!payload.TryReadByte(out var source) || !payload.TryReadByte(out var destination) || payload.IsAtEnd)
        {
            return DecodeError.Truncated;
        }

        command = new(
            new EndpointIndex((byte)(source & MultiChannelCommandClass.EndPointMask)),
            new MultiChannelDestination(destination),
            payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)(SourceEndPoint.Value & MultiChannelCommandClass.EndPointMask));
        payload.WriteByte(Destination.Raw);
        payload.WriteBytes(Command.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("sourceEndPoint", (long)SourceEndPoint.Value);
        fields.Flag("bitAddress", Destination.IsBitAddress);
        if (Destination.IsBitAddress) fields.Numbers("destinationEndPoints", Destination.EndPoints);
        else fields.Number("destinationEndPoint", (long)Destination.EndPoint.Value);
        fields.Encapsulated("encapsulated", Command.Span);
    }
}

/// <summary>The destination byte of Multi Channel Command Encapsulation: one endpoint, or a mask of the endpoints 1..7.</summary>
public readonly record struct MultiChannelDestination(byte Raw)
{
    private const byte BitAddressFlag = 0x80;

    /// <summary>One endpoint.</summary>
    public MultiChannelDestination(EndpointIndex endpoint)
        : this((byte)(endpoint.Value & MultiChannelCommandClass.EndPointMask))
    {
    }

    /// <summary>True when several endpoints are addressed by a mask; such a command is not answered.</summary>
    public bool IsBitAddress => (Raw & BitAddressFlag) != 0;

    /// <summary>The endpoint; the root when this is a bit address.</summary>
    public EndpointIndex EndPoint => IsBitAddress ? EndpointIndex.Root : new(Raw);

    /// <summary>The addressed endpoints, ascending.</summary>
    public IReadOnlyList<int> EndPoints => IsBitAddress ? BitMask.Read([(byte)(Raw & MultiChannelCommandClass.EndPointMask)], 1) : [Raw];

    /// <summary>The bit address of endpoints 1..7; others are left out.</summary>
    public static MultiChannelDestination OfBits(IEnumerable<int> endPoints)
    {
        Span<byte> mask = [0];
        BitMask.Write(mask, 1, endPoints);
        return new((byte)(mask[0] | BitAddressFlag));
    }
}
