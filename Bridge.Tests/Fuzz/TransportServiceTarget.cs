using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>Transport Service: segments of any node reach a receiver, often with a right check sequence; one node delivers a datagram afterwards.</summary>
internal sealed class TransportServiceTarget(Random random) : ISecurityTarget
{
    private const int SegmentLength = 39;
    private const int MaximumSessions = 2;
    private static readonly NodeId[] s_nodes = [new(5), new(6), new(7)];

    private readonly TransportServiceReceiver _receiver = new(TransportServiceTimes.Standard, MaximumSessions);
    private int _session;

    public byte[] NextGenuine()
    {
        var segments = Segments((byte)random.Next(16), Datagram());
        return CommandCodec.Encode(segments[random.Next(segments.Count)], CodecContext.Newest);
    }

    public void Feed(byte[] damaged)
    {
        if (random.Next(2) == 0 && damaged.Length > 4)
        {
            var crc = Crc16.Compute(damaged.AsSpan(0, damaged.Length - 2));
            (damaged[^2], damaged[^1]) = ((byte)(crc >> 8), (byte)crc);
        }

        var node = s_nodes[random.Next(s_nodes.Length)];
        if (CommandCodec.TryDecode(damaged, out var command) == DecodeError.None) _receiver.OnSegment(node, command!);
        if (random.Next(8) == 0) _receiver.OnTimer(node);
        FuzzViolation.Unless(_receiver.SessionCount <= MaximumSessions, "no more datagrams are begun than allowed");
    }

    public void Exchange()
    {
        // what others began and never finished times out before the node's next try
        foreach (var other in s_nodes.AsSpan(1))
        {
            _receiver.OnTimer(other);
            _receiver.OnTimer(other);
        }

        var datagram = Datagram();
        _session = (_session + 1) % 16;
        var delivered = Segments((byte)_session, datagram).SelectMany(segment => _receiver.OnSegment(s_nodes[0], segment)).OfType<TransportDeliver>().ToArray();
        FuzzViolation.Unless(delivered is [var only] && only.Datagram.Span.SequenceEqual(datagram), "a datagram is delivered once and as it was sent");
    }

    private byte[] Datagram()
    {
        var datagram = new byte[random.Next(SegmentLength + 1, 200)];
        random.NextBytes(datagram);
        return datagram;
    }

    private static List<ICommand> Segments(byte session, byte[] datagram)
    {
        List<ICommand> segments = [];
        for (var offset = 0; offset < datagram.Length; offset += SegmentLength)
        {
            var piece = datagram.AsMemory(offset, Math.Min(SegmentLength, datagram.Length - offset));
            segments.Add(offset == 0
                ? new TransportFirstSegment((ushort)datagram.Length, session, piece)
                : new TransportSubsequentSegment((ushort)datagram.Length, session, (ushort)offset, piece));
        }

        return segments;
    }
}
