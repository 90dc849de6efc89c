using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>What a generated input is.</summary>
internal enum FuzzKind
{
    /// <summary>A command as a radio frame carries it, layers around it or not.</summary>
    Command,

    /// <summary>Bytes of the line: whole frames, damaged ones, noise.</summary>
    Line,
}

/// <summary>One input of a run.</summary>
internal readonly record struct FuzzInput(FuzzKind Kind, byte[] Bytes);

/// <summary>Makes inputs from seeds: commands with damage and layers, frames with right checksums around them, damaged frames, noise.</summary>
internal sealed class FrameGenerator(Random random, SeedCorpus corpus)
{
    private const int LongestCommand = 240;
    private const byte ApplicationCommand = 0x04;
    private const byte BridgeApplicationCommand = 0xA8;

    private readonly FrameMutator _commands = new(random, LongestCommand);
    private readonly FrameMutator _payloads = new(random, DataFrame.MaximumPayload);
    private readonly FrameMutator _lines = new(random, 1200);
    private byte[] _last = [];

    public FuzzInput Next() => random.Next(100) switch
    {
        < 50 => new(FuzzKind.Command, NextCommand()),
        < 65 => new(FuzzKind.Line, NextReception().ToBytes()),
        < 80 => new(FuzzKind.Line, NextMessage().ToBytes()),
        < 94 => new(FuzzKind.Line, NextDamagedLine()),
        _ => new(FuzzKind.Line, NextNoise()),
    };

    /// <summary>A command: a seed as it is, damaged, or a header with random bytes; in up to five layers.</summary>
    public byte[] NextCommand()
    {
        if (random.Next(10) == 0) return NextPart();
        var seed = Seed();
        var command = random.Next(8) switch
        {
            0 => seed,
            1 => Headed(seed),
            2 => Bytes(random.Next(60)),
            _ => _commands.Mutate(seed, Seed(), random.Next(1, 4)),
        };
        for (var layers = random.Next(3) == 0 ? random.Next(1, 6) : 0; layers > 0; layers--) command = Wrap(command);
        return _last = random.Next(8) == 0 ? _commands.Mutate(command, Seed(), 1) : command;
    }

    /// <summary>The command before, once more or with one of its first parameters one lower: repetitions, and reports of several frames.</summary>
    private byte[] NextPart()
    {
        byte[] part = [.. _last];
        if (part.Length > 2 && random.Next(3) != 0) part[random.Next(2, Math.Min(6, part.Length))]--;
        return _last = part;
    }

    /// <summary>A layer around a command, its checksum right; which layers may follow which is for the receiver to judge.</summary>
    private byte[] Wrap(byte[] command)
    {
        if (command.Length > LongestCommand - 16) return command;
        var (first, second) = ((byte)random.Next(256), (byte)random.Next(256));
        switch (random.Next(8))
        {
            case 0: return [0x60, 0x0D, first, second, .. command];
            case 1: return [0x60, 0x06, first, .. command];
            case 2: return [0x6C, 0x01, first, (byte)command.Length, .. command];
            case 3: return [0x8F, 0x01, 0x01, (byte)command.Length, .. command];
            case 4:
                var next = Seed();
                if (next.Length + command.Length > LongestCommand - 16) return command;
                return [0x8F, 0x01, 0x02, (byte)command.Length, .. command, (byte)next.Length, .. next];
            case 5:
                byte[] checkedPart = [0x56, 0x01, .. command];
                var crc = Crc16.Compute(checkedPart);
                return [.. checkedPart, (byte)(crc >> 8), (byte)crc];
            case 6: return [0x9F, 0x03, 0x01, 0x00, .. command.Select(static value => (byte)~value), .. new byte[8]]; // opened by InvertingSecurity
            default: return Segment(command);
        }
    }

    /// <summary>A segment of Transport Service with a right frame check sequence; often the whole datagram, so that some are completed.</summary>
    private byte[] Segment(byte[] datagram)
    {
        if (datagram.Length == 0) return datagram;
        var session = (byte)random.Next(16);
        var start = random.Next(2) == 0 ? 0 : random.Next(datagram.Length);
        var piece = datagram.AsMemory(start, Math.Min(datagram.Length - start, random.Next(1, 48)));
        var size = (ushort)(random.Next(4) == 0 ? random.Next(2048) : datagram.Length);
        ReadOnlyMemory<byte>? extension = random.Next(8) == 0 ? Bytes(random.Next(4)) : null;
        ICommand segment = start == 0
            ? new TransportFirstSegment(size, session, piece, extension)
            : new TransportSubsequentSegment(size, session, (ushort)start, piece, extension);
        return CommandCodec.Encode(segment, CodecContext.Newest);
    }

    /// <summary>The frame in which the module hands on a command of a node.</summary>
    private DataFrame NextReception()
    {
        var command = NextCommand();
        var node = (byte)random.Next(1, 6);
        byte[] payload = random.Next(4) switch
        {
            0 => [0x00, 0x01, node, (byte)command.Length, .. command, 0x00, 0xB5],
            1 => [0x00, 0x00, node, (byte)command.Length, .. command, 0xB5],
            2 => [(byte)random.Next(256), node, (byte)command.Length, .. command],
            _ => [0x00, node, (byte)command.Length, .. command, 0xB5],
        };
        if (payload.Length > DataFrame.MaximumPayload) payload = payload[..DataFrame.MaximumPayload];
        return new(FrameType.Request, new(random.Next(4) == 0 ? BridgeApplicationCommand : ApplicationCommand), payload);
    }

    /// <summary>A frame of any function with a right checksum; its payload is damaged, sometimes it is of another function or type.</summary>
    private DataFrame NextMessage()
    {
        var seed = Frame();
        var payload = random.Next(6) == 0
            ? Bytes(random.Next(40))
            : _payloads.Mutate(seed.Payload.Span, Frame().Payload.Span, random.Next(4));
        return new(
            random.Next(12) == 0 ? (FrameType)random.Next(2) : seed.Type,
            random.Next(12) == 0 ? new((byte)random.Next(256)) : seed.Function,
            payload);
    }

    /// <summary>Some frames and control bytes one after the other, then damage without regard to their limits.</summary>
    private byte[] NextDamagedLine()
    {
        List<byte> line = [];
        for (var pieces = random.Next(1, 5); pieces > 0; pieces--)
        {
            switch (random.Next(5))
            {
                case 0: line.Add((byte)(random.Next(3) switch { 0 => 0x06, 1 => 0x15, _ => 0x18 })); break;
                case 1: line.AddRange(NextReception().ToBytes()); break;
                default: line.AddRange(Frame().ToBytes()); break;
            }
        }

        var bytes = _lines.Mutate([.. line], Frame().ToBytes(), random.Next(1, 4));
        if (random.Next(3) == 0 && bytes.Length > 0) bytes[^1] ^= (byte)random.Next(1, 256);
        return bytes;
    }

    private byte[] NextNoise()
    {
        var noise = Bytes(random.Next(1, 300));
        switch (random.Next(4))
        {
            case 0: Array.Fill(noise, (byte)0xFF); break;
            case 1: Array.Fill(noise, (byte)0x01); break;
            case 2:
                for (var index = 0; index < noise.Length; index++) noise[index] = (byte)(random.Next(3) == 0 ? 0x01 : noise[index] & 0x1F);
                break;
        }

        return noise;
    }

    private byte[] Headed(byte[] seed) => [.. seed.AsSpan(0, Math.Min(2, seed.Length)), .. Bytes(random.Next(40))];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Seed() => corpus.Commands[random.Next(corpus.Commands.Count)];

    private DataFrame Frame() => corpus.Frames[random.Next(corpus.Frames.Count)];
}
