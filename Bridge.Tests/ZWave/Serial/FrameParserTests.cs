using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Xunit;

namespace Bridge.Tests.ZWave.Serial;

public sealed class FrameParserTests
{
    // GetVersion request: FF^03^00^15 = E9
    private const string GetVersion = "01 03 00 15 E9";

    // SendData response "queued"
    private const string Response = "01 04 01 13 01 E8";

    // switch report of node 12
    private const string Report = "01 0A 00 04 00 0C 03 25 03 FF B5 92";

    [Theory]
    [InlineData("06", "Ack")]
    [InlineData("15", "Nak")]
    [InlineData("18", "Can")]
    [InlineData("06 15 18 06", "Ack", "Nak", "Can", "Ack")]
    public void Control_bytes_are_events(string hex, params string[] events) => Reads(hex, events);

    [Fact]
    public void Data_frame_with_right_checksum_is_delivered_and_owed_an_ack()
    {
        Reads(Report, "Data " + Report);
        var parser = new FrameParser();
        parser.Push(WireAssert.Bytes(Report));
        Assert.True(parser.TryRead(out var lineEvent));
        Assert.Equal(FrameType.Request, lineEvent.Frame!.Type);
        Assert.Equal(new FunctionId(0x04), lineEvent.Frame.Function);
        Assert.Equal(WireAssert.Bytes("00 0C 03 25 03 FF B5"), lineEvent.Frame.Payload.ToArray());
        Assert.Equal((byte)0x06, lineEvent.Reply);
        Assert.False(parser.IsWaiting);
    }

    [Fact]
    public void Ack_glued_to_a_response_and_a_report_are_three_events() =>
        Reads($"06 {Response} {Report}", "Ack", "Data " + Response, "Data " + Report);

    [Fact]
    public void Longest_frame_is_delivered()
    {
        var frame = new DataFrame(FrameType.Response, new(0x2A), Enumerable.Repeat((byte)0x01, DataFrame.MaximumPayload).ToArray());
        var parser = new FrameParser();
        parser.Push(frame.ToBytes());
        Assert.True(parser.TryRead(out var lineEvent));
        Assert.Equal(DataFrame.MaximumPayload, lineEvent.Frame!.Payload.Length);
    }

    [Fact]
    public void Control_values_inside_a_frame_are_payload() =>
        // payload 06 15 18 01
        Reads("01 07 00 A0 06 15 18 01 52", "Data 01 07 00 A0 06 15 18 01 52");

    [Fact]
    public void Frame_with_wrong_checksum_is_invalid_and_owed_a_nak()
    {
        Reads("01 03 00 15 E8", "Invalid 01 03 00 15 E8");
        var parser = new FrameParser();
        parser.Push(WireAssert.Bytes("01 03 00 15 E8"));
        Assert.True(parser.TryRead(out var lineEvent));
        Assert.Equal((byte)0x15, lineEvent.Reply);
    }

    [Theory]
    [InlineData("01 00")]
    [InlineData("01 02")]
    public void Length_below_three_is_no_frame_and_gets_no_answer(string start) =>
        Reads($"{start} {GetVersion}", "Discarded " + start, "Data " + GetVersion);

    [Fact]
    public void Start_byte_right_before_a_frame_is_noise() => Reads("01 " + GetVersion, "Discarded 01", "Data " + GetVersion);

    [Fact]
    public void Frame_of_unknown_type_is_dropped_without_an_answer() =>
        // type 02, checksum FF^03^02^15 = EB right
        Reads("01 03 02 15 EB 06", "Discarded 01 03 02 15 EB", "Ack");

    [Fact]
    public void Noise_is_reported_in_one_piece_before_the_frame() =>
        Reads($"FF FE 00 {GetVersion} 7F 06", "Discarded FF FE 00", "Data " + GetVersion, "Discarded 7F", "Ack");

    [Fact]
    public void Noise_without_end_is_reported_in_bounded_pieces()
    {
        var parser = new FrameParser();
        for (var count = 0; count < 3 * FrameParser.MaximumNoise; count++) parser.Push([0xFF]);
        Assert.Equal([FrameParser.MaximumNoise, FrameParser.MaximumNoise, FrameParser.MaximumNoise], Drain(parser).Select(static read => read.Bytes.Length));
        Assert.False(parser.IsWaiting);
    }

    [Fact]
    public void Incomplete_frame_is_dropped_after_the_frame_limit_without_an_answer()
    {
        var parser = new FrameParser();
        parser.Push(WireAssert.Bytes("01 0A 00 04 00"));
        Assert.True(parser.IsWaiting);
        Assert.Empty(Drain(parser));
        parser.TimedOut();
        Assert.Equal(["Discarded 01 0A 00 04 00"], Texts(parser));
        Assert.False(parser.IsWaiting);
        parser.Push(WireAssert.Bytes(GetVersion));
        Assert.Equal(["Data " + GetVersion], Texts(parser));
    }

    [Fact]
    public void Good_frames_behind_a_random_start_and_length_are_found_by_the_failing_checksum() =>
        // 01 30 announces 50 bytes; four good frames follow, the last begins inside and ends outside
        Reads($"01 30 {Report} {Report} {Report} {Report} {Report}",
            "Discarded 01 30", "Data " + Report, "Data " + Report, "Data " + Report, "Data " + Report, "Data " + Report);

    [Fact]
    public void Good_frames_behind_a_random_start_and_length_are_found_by_the_frame_limit()
    {
        var parser = new FrameParser();
        parser.Push(WireAssert.Bytes($"01 F0 {Report} {Response}"));
        Assert.Empty(Drain(parser));
        parser.TimedOut();
        Assert.Equal(["Discarded 01 F0", "Data " + Report, "Data " + Response], Texts(parser));
    }

    [Fact]
    public void Frame_that_begins_inside_a_failed_one_and_ends_behind_it_is_found() =>
        // 01 06 takes the first six bytes of the report; the failed frame is answered with NAK
        Reads($"01 06 {Report} 06", "Invalid 01 06 01 0A 00 04 00 0C", "Data " + Report, "Ack");

    [Fact]
    public void Frame_begun_before_the_frame_limit_of_noise_is_completed_after_it()
    {
        var parser = new FrameParser();
        parser.Push(WireAssert.Bytes("01 F0 55 01 0A 00 04"));
        parser.TimedOut();
        parser.Push(WireAssert.Bytes("00 0C 03 25 03 FF B5 92"));
        Assert.Equal(["Discarded 01 F0 55 01 0A 00 04", "Data " + Report], Texts(parser));
    }

    [Fact]
    public void Ack_behind_a_damaged_frame_that_looks_as_if_another_began_inside_is_read_at_once() =>
        // inside: 01 13 01 could start a frame of 21 bytes
        Reads("01 04 01 13 01 E9 06", "Invalid 01 04 01 13 01 E9", "Ack");

    [Fact]
    public void Repetition_of_a_damaged_frame_is_delivered_at_once() =>
        Reads($"01 04 01 13 01 E9 {Response}", "Invalid 01 04 01 13 01 E9", "Data " + Response);

    [Fact]
    public void Each_damaged_repetition_is_invalid() =>
        Reads($"01 04 01 13 01 E9 01 04 01 13 01 E9 {Response}",
            "Invalid 01 04 01 13 01 E9", "Invalid 01 04 01 13 01 E9", "Data " + Response);

    [Fact]
    public void Doubt_about_a_frame_inside_ends_with_the_frame_limit()
    {
        var parser = new FrameParser();
        parser.Push(WireAssert.Bytes("01 04 01 13 01 E9"));
        Assert.Equal(["Invalid 01 04 01 13 01 E9"], Texts(parser));
        Assert.True(parser.IsWaiting);
        parser.TimedOut();
        Assert.Empty(Drain(parser));
        Assert.False(parser.IsWaiting);
    }

    [Fact]
    public void Hold_number_changes_when_a_frame_begins_and_not_while_it_grows()
    {
        var parser = new FrameParser();
        parser.Push([0x01]);
        var first = parser.HoldNumber;
        parser.Push([0x0A, 0x00, 0x04]);
        Assert.Equal(first, parser.HoldNumber);
        parser.Push(WireAssert.Bytes("00 0C 03 25 03 FF B5 92 01"));
        Assert.NotEqual(first, parser.HoldNumber);
    }

    [Theory]
    [InlineData("86")]
    [InlineData("46")]
    public void One_damaged_ack_is_accepted_when_asked_for(string damaged)
    {
        var parser = new FrameParser { AcceptDamagedAck = true };
        parser.Push(WireAssert.Bytes($"{damaged} {damaged}"));
        parser.Complete();
        Assert.Equal(["Ack", "Discarded " + damaged], Texts(parser));
    }

    [Fact]
    public void Damaged_ack_is_noise_once_a_control_byte_arrived()
    {
        var parser = new FrameParser { AcceptDamagedAck = true };
        parser.Push(WireAssert.Bytes("06 86 06"));
        Assert.Equal(["Ack", "Discarded 86", "Ack"], Texts(parser));
    }

    [Fact]
    public void Reset_forgets_the_frame_begun_before()
    {
        var parser = new FrameParser();
        parser.Push(WireAssert.Bytes("FF 01 0A 00 04"));
        parser.Reset();
        parser.Push(WireAssert.Bytes(GetVersion));
        Assert.Equal(["Data " + GetVersion], Texts(parser));
    }

    private static void Reads(string hex, params string[] events)
    {
        foreach (var chunks in Wire.Variants(hex))
        {
            var parser = new FrameParser();
            foreach (var chunk in chunks) parser.Push(chunk.Span);
            Assert.Equal(events, Texts(parser));
        }
    }

    private static List<LineEvent> Drain(FrameParser parser)
    {
        var events = new List<LineEvent>();
        while (parser.TryRead(out var lineEvent)) events.Add(lineEvent);
        return events;
    }

    private static string[] Texts(FrameParser parser) => [.. Drain(parser).Select(static read => read.ToString())];
}
