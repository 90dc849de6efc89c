using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>Builds the bytes of an outgoing command with its layers: CRC-16 around Multi Channel around Supervision. Security comes around it later.</summary>
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
            throw new ArgumentException("a command is encrypted when it is sent; wrapped it would stay in the clear", nameof(options));
        }

        Write(command, context, options, ref frame);
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
