using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Multi Instance Get (0x60 0x04): ask how often the node has a class. Version 1 of Multi Channel.</summary>
/// <remarks>byte 0  class. Source: transport encapsulation specification, Multi Instance.</remarks>
public sealed record MultiInstanceGet(CommandClassId CommandClass) : ICommand<MultiInstanceGet>
{
    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiInstanceGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var commandClass)) return DecodeError.Truncated;
        command = new(new CommandClassId(commandClass));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte((byte)CommandClass.Value);

    public void Describe(FieldWriter fields) => fields.Number("requestedCommandClass", (long)CommandClass.Value);
}

/// <summary>Multi Instance Report (0x60 0x05): how often the node has a class.</summary>
/// <remarks>
/// byte 0  class
/// byte 1  bits 6..0 number of instances; bit 7 reserved since V2
/// Source: transport encapsulation specification, Multi Instance.
/// </remarks>
public sealed record MultiInstanceReport(CommandClassId CommandClass, byte Instances) : ICommand<MultiInstanceReport>, IValueReport
{
    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x05);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiInstanceReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var commandClass) || !payload.TryReadByte(out var instances)) return DecodeError.Truncated;
        command = new(new CommandClassId(commandClass), (byte)(instances & MultiChannelCommandClass.EndPointMask));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)CommandClass.Value);
        payload.WriteByte((byte)(Instances & MultiChannelCommandClass.EndPointMask));
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("requestedCommandClass", (long)CommandClass.Value);
        fields.Number("instances", (long)Instances);
    }

    public void CollectValues(IValueSink values) => values.Set(MultiChannelCommandClass.Instances(CommandClass), Value.Of(Instances));
}

/// <summary>Multi Instance Command Encapsulation (0x60 0x06): a command to or from an instance of a class.</summary>
/// <remarks>
/// byte 0   bits 6..0 instance
/// byte 1.. the command
/// Some devices put a 00 (the destination of version 2) before the command: it is skipped, since no command but No Operation begins with
/// 00. Before another 00 it stays: both ways it is a No Operation, and encoded again it is still one.
/// Source: transport encapsulation specification, Multi Instance.
/// </remarks>
public sealed record MultiInstanceEncapsulation(EndpointIndex Instance, ReadOnlyMemory<byte> Command) : ICommand<MultiInstanceEncapsulation>
{
    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiInstanceEncapsulation? command)
    {
        command = null;
        var error = TryRead(ref payload, out var instance, out var inner);
        if (error != DecodeError.None) return error;
        command = new(instance, inner.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)(Instance.Value & MultiChannelCommandClass.EndPointMask));
        payload.WriteBytes(Command.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("instance", (long)Instance.Value);
        fields.Encapsulated("encapsulated", Command.Span);
    }

    /// <summary>Instance and command without a copy.</summary>
    internal static DecodeError TryRead(scoped ref PayloadReader payload, out EndpointIndex instance, out ReadOnlySpan<byte> command)
    {
        instance = default;
        command = default;
        if (!payload.TryReadByte(out var number) || payload.IsAtEnd) return DecodeError.Truncated;
        if (payload.Unread is [0, not 0, ..]) payload.TryReadByte(out _);
        instance = new((byte)(number & MultiChannelCommandClass.EndPointMask));
        command = payload.ReadRemaining();
        return DecodeError.None;
    }
}
