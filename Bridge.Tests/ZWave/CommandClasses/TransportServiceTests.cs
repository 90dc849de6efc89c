using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class TransportServiceTests
{
    private static readonly string s_first = "55 C0 3C 50 " + Counting(0x00, 0x26) + " A8 0E";
    private static readonly string s_second = "55 E0 3C 50 27 " + Counting(0x27, 0x3B) + " DE B9";

    [Fact]
    public void FirstSegment_begins_a_datagram()
    {
        // 60 bytes, session 5, the first 39 bytes
        var segment = WireAssert.Decode<TransportFirstSegment>(s_first);
        Assert.Equal((60, 5), (segment.DatagramSize, segment.SessionId));
        Assert.Equal(Counting(0x00, 0x26), Hex.Spaced(segment.Payload.Span));
        Assert.Null(segment.HeaderExtension);
        Assert.Equal(s_first, Hex.Spaced(CommandCodec.Encode(segment, CodecContext.Newest)));
    }

    [Fact]
    public void SubsequentSegment_goes_on_at_its_offset()
    {
        var segment = WireAssert.Decode<TransportSubsequentSegment>(s_second);
        Assert.Equal((60, 5, 39), (segment.DatagramSize, segment.SessionId, segment.DatagramOffset));
        Assert.Equal(Counting(0x27, 0x3B), Hex.Spaced(segment.Payload.Span));
        Assert.Equal(s_second, Hex.Spaced(CommandCodec.Encode(segment, CodecContext.Newest)));
    }

    [Fact]
    public void FirstSegment_size_is_split_over_two_bytes() =>
        // 377 bytes, session 2
        Assert.StartsWith(
            "55 C1 79 20 ",
            Hex.Spaced(CommandCodec.Encode(new TransportFirstSegment(377, 2, new byte[39]), CodecContext.Newest)),
            StringComparison.Ordinal);

    [Fact]
    public void SubsequentSegment_with_large_numbers_and_a_header_extension_survives_the_round_trip()
    {
        var large = new TransportSubsequentSegment(0x4FF, 15, 0x4E0, new byte[] { 1, 2 }, new byte[] { 9, 8, 7 });
        var bytes = CommandCodec.Encode(large, CodecContext.Newest);
        // size 4FF; session F, extension, offset 4E0; three extension bytes
        Assert.StartsWith("55 E4 FF FC E0 03 09 08 07 01 02 ", Hex.Spaced(bytes), StringComparison.Ordinal);
        var segment = WireAssert.Decode<TransportSubsequentSegment>(bytes);
        Assert.Equal((0x4FF, 15, 0x4E0), (segment.DatagramSize, segment.SessionId, segment.DatagramOffset));
        Assert.Equal("09 08 07", Hex.Spaced(segment.HeaderExtension!.Value.Span));
        Assert.Equal("01 02", Hex.Spaced(segment.Payload.Span));
    }

    [Fact]
    public void SegmentRequest_names_session_and_offset() =>
        WireAssert.Command("55 C8 50 27", new TransportSegmentRequest(5, 39), ignoresTrailing: true);

    [Fact]
    public void SegmentRequest_offset_has_11_bits() => WireAssert.Command("55 C8 54 E0", new TransportSegmentRequest(5, 0x4E0));

    [Fact]
    public void SegmentComplete_names_the_session() =>
        WireAssert.Command("55 E8 50", new TransportSegmentComplete(5), ignoresTrailing: true);

    [Fact]
    public void SegmentWait_tells_how_much_is_pending() =>
        WireAssert.Command("55 F0 03", new TransportSegmentWait(3), ignoresTrailing: true);

    [Fact]
    public void Segments_with_any_flipped_bit_after_the_command_are_refused()
    {
        var bytes = WireAssert.Bytes(s_second);
        for (var bit = 16; bit < bytes.Length * 8; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit >> 3] ^= (byte)(1 << (bit & 7));
            Assert.NotEqual(DecodeError.None, CommandCodec.TryDecode(damaged, out _));
        }
    }

    [Fact]
    public void Segments_with_a_wrong_frame_check_sequence_are_refused()
    {
        WireAssert.Refused(s_first[..^2] + "0F", DecodeError.Checksum);
        WireAssert.Refused(s_second[..^2] + "B8", DecodeError.Checksum);
    }

    [Theory]
    [InlineData("55 C0 3C")]
    [InlineData("55 C0 3C 50")]
    [InlineData("55 C0 3C 50 A8 0E")] // no payload
    [InlineData("55 C0 3C 58 05 A8 0E 01")] // header extension beyond the end
    [InlineData("55 E0 3C 50")]
    [InlineData("55 E0 3C 50 27 DE B9")]
    [InlineData("55 C8 50")]
    [InlineData("55 E8")]
    [InlineData("55 F0")]
    public void TransportService_commands_without_their_fields_are_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Theory]
    [InlineData("55 C8 50 27", "sessionId=5 datagramOffset=39")]
    [InlineData("55 E8 50", "sessionId=5")]
    [InlineData("55 F0 03", "pendingFragments=3")]
    public void TransportService_commands_are_described(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));

    [Fact]
    public void Segments_are_described()
    {
        Assert.Equal(
            "datagramSize=60 sessionId=5 payload=0x" + Compact(Counting(0x00, 0x26)) + " frameCheckSequence=43022",
            FieldText.Of(s_first));
        Assert.Equal(
            "datagramSize=60 sessionId=5 datagramOffset=39 payload=0x" + Compact(Counting(0x27, 0x3B)) + " frameCheckSequence=57017",
            FieldText.Of(s_second));
    }

    private static string Compact(string hex) => Convert.ToHexStringLower(WireAssert.Bytes(hex));

    private static string Counting(byte first, byte last) =>
        Hex.Spaced([.. Enumerable.Range(first, last - first + 1).Select(value => (byte)value)]);
}
