using System.Buffers;
using Bridge.Tests.Support;
using Bridge.ZWave.Wire;
using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt;

/// <summary>Checks every packet row needs: both ways, every split, every truncation.</summary>
internal static class PacketAssert
{
    /// <summary>The bytes are the packet, however they are cut, and the packet is written as the bytes.</summary>
    public static void Row(ProtocolLevel level, PacketSource source, string hex, string text)
    {
        var bytes = WireAssert.Bytes(hex);
        foreach (var chunks in Support.Wire.Variants(bytes))
        {
            var decoder = new PacketDecoder(source) { Level = level };
            var result = decoder.Decode(Sequence(chunks));
            Assert.Null(result.Fault);
            Assert.Equal((DecodeStatus.Complete, bytes.Length), (result.Status, result.Consumed));
            Assert.Equal(text, PacketText.Of(result.Packet!));
            Assert.Equal(Hex.Spaced(bytes), Hex.Spaced(PacketEncoder.ToArray(result.Packet!, decoder.Level)));
        }

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(DecodeStatus.NeedMore, new PacketDecoder(source) { Level = level }.Decode(bytes.AsMemory(0, length)).Status);
        }
    }

    /// <summary>The bytes are refused with this reason code and words that have this in them, however they are cut.</summary>
    public static void Refused(ProtocolLevel level, PacketSource source, string hex, ReasonCode reason, string words)
    {
        foreach (var chunks in Support.Wire.Variants(hex))
        {
            var result = new PacketDecoder(source) { Level = level }.Decode(Sequence(chunks));
            Assert.Equal((DecodeStatus.Malformed, reason), (result.Status, result.Reason));
            Assert.Contains(words, result.Fault, StringComparison.Ordinal);
            Assert.Null(result.Packet);
        }
    }

    public static ReadOnlySequence<byte> Sequence(params ReadOnlyMemory<byte>[] chunks)
    {
        if (chunks.Length == 1) return new ReadOnlySequence<byte>(chunks[0]);
        var first = new Segment(chunks[0], null);
        var last = chunks.Skip(1).Aggregate(first, static (previous, chunk) => new Segment(chunk, previous));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null) return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
