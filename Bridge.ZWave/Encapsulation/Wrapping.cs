using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>Builds the bytes of an outgoing command with its layers: Security or CRC-16 around Multi Channel around Supervision.</summary>
public static class Wrapping
{
    /// <summary>Longest frame: a command of <see cref="CommandCodec.MaximumLength"/> with every layer around it.</summary>
    public const int MaximumLength = CommandCodec.MaximumLength + 64;

    /// <summary>The whole frame as bytes of its own. For commands in the clear.</summary>
    /// <exception cref="ArgumentException">The command is too long, or the layers exclude each other: a mistake of the caller.</exception>
    public static byte[] Wrap(ICommand command, CodecContext context, in EnvelopeOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        Span<byte> buffer = stackalloc byte[MaximumLength];
        var frame = new PayloadWriter(buffer);
        Wrap(command, context, options, ref frame);
        return frame.Overflowed
            ? throw new ArgumentException($"{command.Id} is longer than {MaximumLength} bytes", nameof(command))
            : frame.Written.ToArray();
    }

    /// <summary>Appends the whole frame to <paramref name="frame"/>; allocates nothing. For commands in the clear.</summary>
    /// <exception cref="ArgumentException">The layers exclude each other: a mistake of the caller.</exception>
    public static void Wrap(ICommand command, CodecContext context, in EnvelopeOptions options, ref PayloadWriter frame)
    {
        ArgumentNullException.ThrowIfNull(command);
        // A node with a security class is never sent anything in the clear because encryption was forgotten on the way.
        if (options.SecurityClass != SecurityClass.None)
        {
            throw new ArgumentException("an encrypted command needs a security layer", nameof(options));
        }

        Write(command, context, options, ref frame);
    }

    /// <summary>
    /// Appends the whole frame to <paramref name="frame"/>, encrypted when the options name a security class; false when that is not
    /// possible (no key, no nonce yet). Allocates nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The command is too long, or the layers exclude each other: a mistake of the caller.</exception>
    public static bool TryWrap(
        ICommand command, CodecContext context, in EnvelopeOptions options, NodeId node, ISecurityLayer security, ref PayloadWriter frame)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(security);
        if (options.SecurityClass == SecurityClass.None)
        {
            Write(command, context, options, ref frame);
            return true;
        }

        if (options.Crc16) throw new ArgumentException("CRC-16 and security exclude each other", nameof(options));
        Span<byte> buffer = stackalloc byte[MaximumLength];
        var plain = new PayloadWriter(buffer);
        Write(command, context, options, ref plain);
        if (plain.Overflowed) throw new ArgumentException($"{command.Id} is longer than {MaximumLength} bytes", nameof(command));
        return security.TryEncrypt(node, options.SecurityClass, plain.Written, ref frame);
    }

    private static void Write(ICommand command, CodecContext context, in EnvelopeOptions options, ref PayloadWriter frame)
    {
        var start = frame.Length;
        if (options.Crc16) WriteId(ref frame, Crc16Encapsulation.CommandId);
        WriteMultiChannel(options, ref frame);
        if (options.SupervisionSession is not null) WriteSupervised(command, context, options, ref frame);
        else CommandCodec.Encode(command, context, ref frame);
        if (options.Crc16) frame.WriteUInt16(Crc16.Compute(frame.Written[start..]));
    }

    private static void WriteMultiChannel(in EnvelopeOptions options, ref PayloadWriter frame)
    {
        if (options.MultiInstance)
        {
            if (options.Destination.IsRoot) return;
            WriteId(ref frame, MultiInstanceEncapsulation.CommandId);
            frame.WriteByte((byte)(options.Destination.Value & MultiChannelCommandClass.EndPointMask));
            return;
        }

        if (options is { Destination.IsRoot: true, Source.IsRoot: true, MultiChannel: false }) return;
        WriteId(ref frame, MultiChannelEncapsulation.CommandId);
        frame.WriteByte((byte)(options.Source.Value & MultiChannelCommandClass.EndPointMask));
        frame.WriteByte(new MultiChannelDestination(options.Destination).Raw);
    }

    private static void WriteSupervised(ICommand command, CodecContext context, in EnvelopeOptions options, ref PayloadWriter frame)
    {
        var session = options.SupervisionSession.GetValueOrDefault();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(session, SupervisionCommandClass.SessionIdMask);
        WriteId(ref frame, SupervisionGet.CommandId);
        frame.WriteByte((byte)(session | (options.SupervisionStatusUpdates ? SupervisionGet.StatusUpdatesFlag : 0)));
        var lengthAt = frame.Length;
        frame.WriteByte(0);
        CommandCodec.Encode(command, context, ref frame);
        if (frame.Overflowed) return;
        var length = frame.Length - lengthAt - 1;
        if (length > byte.MaxValue) throw new ArgumentException($"{command.Id} is too long to be supervised", nameof(command));
        frame.Written[lengthAt] = (byte)length;
    }

    private static void WriteId(ref PayloadWriter frame, CommandId id)
    {
        frame.WriteCommandClass(id.CommandClass);
        frame.WriteByte(id.Command);
    }
}
