using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class TransportServiceReceiverTests
{
    private static readonly NodeId s_node = new(5);
    private static readonly byte[] s_datagram = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(800);

    private readonly TransportServiceReceiver _receiver = new(TransportServiceTimes.Standard);

    [Fact]
    public void First_segment_opens_a_session_and_arms_the_timer() => Assert.Equal([new TransportArmTimer(s_node, s_wait)], First());

    [Fact]
    public void Faster_nodes_are_waited_for_less() =>
        Assert.Equal(
            [new TransportArmTimer(s_node, TimeSpan.FromMilliseconds(400))],
            new TransportServiceReceiver(TransportServiceTimes.At100Kilobit).OnSegment(s_node, FirstOf(s_datagram)));

    [Fact]
    public void All_bytes_complete_and_deliver_the_datagram()
    {
        First();
        Assert.Equal([new TransportArmTimer(s_node, s_wait)], Next(39));
        Delivers(Next(78));
        Assert.Equal(0, _receiver.SessionCount);
    }

    [Fact]
    public void The_example_of_the_specification_is_delivered()
    {
        var first = WireAssert.Decode<TransportFirstSegment>(
            "55 C0 3C 50 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20212223242526 A8 0E");
        var second = WireAssert.Decode<TransportSubsequentSegment>("55 E0 3C 50 27 2728292A2B2C2D2E2F303132333435363738393A3B DE B9");
        _receiver.OnSegment(s_node, first);
        var effects = _receiver.OnSegment(s_node, second);
        Assert.Equal(Enumerable.Range(0, 60).Select(value => (byte)value), effects.OfType<TransportDeliver>().Single().Datagram.ToArray());
        Assert.Equal("55 E8 50", Hex.Spaced(CommandCodec.Encode(effects.OfType<TransportSend>().Single().Command, CodecContext.Newest)));
    }

    [Fact]
    public void A_datagram_of_one_segment_is_delivered_at_once() =>
        Assert.Single(_receiver.OnSegment(s_node, FirstOf(s_datagram[..10])).OfType<TransportDeliver>());

    [Fact]
    public void First_segment_again_changes_nothing()
    {
        First();
        Assert.Empty(First());
        Next(39);
        Delivers(Next(78));
    }

    [Fact]
    public void First_segment_of_another_session_drops_the_old_one()
    {
        First();
        Next(39);
        Assert.Equal(
            [new TransportDiscard(s_node), new TransportArmTimer(s_node, s_wait)],
            _receiver.OnSegment(s_node, FirstOf(s_datagram, session: 6)));
        Assert.Equal([Send(new TransportSegmentWait(0))], Next(78));
    }

    [Fact]
    public void First_segment_with_the_number_but_not_the_bytes_of_the_open_session_begins_a_new_datagram()
    {
        First();
        Next(39);
        var other = s_datagram.Select(value => (byte)(value + 1)).ToArray();
        Assert.IsType<TransportDiscard>(_receiver.OnSegment(s_node, FirstOf(other))[0]);
        _receiver.OnSegment(s_node, NextOf(other, 39));
        var delivered = _receiver.OnSegment(s_node, NextOf(other, 78)).OfType<TransportDeliver>().Single();
        Assert.Equal(other, delivered.Datagram.ToArray());
    }

    [Fact]
    public void First_segment_of_another_node_is_told_how_many_segments_are_missing()
    {
        First();
        Assert.Equal(
            [new TransportSend(new(6), new TransportSegmentWait(2))],
            _receiver.OnSegment(new(6), FirstOf(s_datagram)));
        Next(39);
        Delivers(Next(78));
    }

    [Fact]
    public void Several_nodes_may_send_at_a_time_where_that_is_allowed()
    {
        var receiver = new TransportServiceReceiver(TransportServiceTimes.Standard, maximumSessions: 2);
        for (ushort node = 5; node <= 6; node++) receiver.OnSegment(new(node), FirstOf(s_datagram));
        Assert.Equal([new TransportSend(new(7), new TransportSegmentWait(2))], receiver.OnSegment(new(7), FirstOf(s_datagram)));
        for (ushort node = 5; node <= 6; node++)
        {
            receiver.OnSegment(new(node), NextOf(s_datagram, 39));
            Assert.Single(receiver.OnSegment(new(node), NextOf(s_datagram, 78)).OfType<TransportDeliver>());
        }
    }

    [Fact]
    public void A_segment_of_an_unknown_session_makes_the_sender_begin_again()
    {
        Assert.Equal([Send(new TransportSegmentWait(0))], Next(39));
        Assert.Equal(0, _receiver.SessionCount);
    }

    [Fact]
    public void Sizes_and_offsets_that_cannot_be_are_ignored()
    {
        Assert.Empty(_receiver.OnSegment(s_node, new TransportFirstSegment(0, 5, new byte[1])));
        Assert.Empty(_receiver.OnSegment(s_node, new TransportFirstSegment(1281, 5, new byte[1])));
        Assert.Empty(_receiver.OnSegment(s_node, new TransportFirstSegment(10, 5, new byte[11])));
        First();
        Assert.Empty(_receiver.OnSegment(s_node, new TransportSubsequentSegment(100, 5, 78, new byte[23])));
        Assert.Empty(_receiver.OnSegment(s_node, new TransportSubsequentSegment(101, 5, 39, new byte[39])));
        Next(39);
        Delivers(Next(78));
    }

    [Fact]
    public void Holes_before_the_last_segment_are_asked_for_one_after_the_other()
    {
        First();
        var datagram = (byte[])[.. s_datagram, .. s_datagram];
        _receiver.OnSegment(s_node, FirstOf(datagram));
        // segments begin at 0, 39, 78, 117, 156, 195; 39 and 117 are lost
        _receiver.OnSegment(s_node, NextOf(datagram, 78));
        _receiver.OnSegment(s_node, NextOf(datagram, 156));
        Assert.Equal(
            [Send(new TransportSegmentRequest(5, 39)), new TransportArmTimer(s_node, s_wait)],
            _receiver.OnSegment(s_node, NextOf(datagram, 195)));
        Assert.Equal(
            [Send(new TransportSegmentRequest(5, 117)), new TransportArmTimer(s_node, s_wait)],
            _receiver.OnSegment(s_node, NextOf(datagram, 39)));
        Assert.Single(_receiver.OnSegment(s_node, NextOf(datagram, 117)).OfType<TransportDeliver>());
    }

    [Fact]
    public void A_repeated_last_segment_is_answered_with_the_request_again()
    {
        First();
        Next(78);
        Assert.Equal([Send(new TransportSegmentRequest(5, 39))], Next(78));
    }

    [Fact]
    public void The_timer_asks_for_the_first_missing_segment_and_the_second_time_gives_up()
    {
        First();
        Assert.Equal([Send(new TransportSegmentRequest(5, 39)), new TransportArmTimer(s_node, s_wait)], _receiver.OnTimer(s_node));
        Assert.Equal([new TransportDiscard(s_node)], _receiver.OnTimer(s_node));
        Assert.Equal(0, _receiver.SessionCount);
        Assert.Empty(_receiver.OnTimer(s_node));
    }

    [Fact]
    public void The_timer_counts_anew_after_new_bytes()
    {
        First();
        _receiver.OnTimer(s_node);
        Next(39);
        Assert.IsType<TransportSend>(_receiver.OnTimer(s_node)[0]);
        Delivers(Next(78));
    }

    [Fact]
    public void Segments_of_a_completed_datagram_are_confirmed_again()
    {
        First();
        Next(39);
        Next(78);
        Assert.Equal([Send(new TransportSegmentComplete(5))], Next(78));
        Assert.Equal([Send(new TransportSegmentComplete(5))], First());
        Assert.Equal(0, _receiver.SessionCount);
    }

    [Fact]
    public void A_new_datagram_with_the_number_of_the_completed_one_is_delivered()
    {
        First();
        Next(39);
        Next(78);
        var other = s_datagram.Select(value => (byte)~value).ToArray();
        _receiver.OnSegment(s_node, FirstOf(other));
        _receiver.OnSegment(s_node, NextOf(other, 39));
        Assert.Equal(other, _receiver.OnSegment(s_node, NextOf(other, 78)).OfType<TransportDeliver>().Single().Datagram.ToArray());
    }

    [Fact]
    public void Other_commands_have_no_effect() => Assert.Empty(_receiver.OnSegment(s_node, new TransportSegmentComplete(5)));

    [Fact]
    public void A_forgotten_node_has_no_session()
    {
        First();
        _receiver.Forget(s_node);
        Assert.Equal(0, _receiver.SessionCount);
        Assert.Equal([Send(new TransportSegmentWait(0))], Next(39));
    }

    internal static TransportFirstSegment FirstOf(byte[] datagram, byte session = 5) =>
        new((ushort)datagram.Length, session, datagram.AsMemory(0, Math.Min(39, datagram.Length)));

    internal static TransportSubsequentSegment NextOf(byte[] datagram, int offset, byte session = 5) =>
        new((ushort)datagram.Length, session, (ushort)offset, datagram.AsMemory(offset, Math.Min(39, datagram.Length - offset)));

    private static TransportSend Send(ICommand command) => new(s_node, command);

    private static void Delivers(IReadOnlyList<TransportEffect> effects)
    {
        Assert.Equal(3, effects.Count);
        Assert.Equal(new TransportCancelTimer(s_node), effects[0]);
        Assert.Equal(Send(new TransportSegmentComplete(5)), effects[1]);
        Assert.Equal(s_datagram, Assert.IsType<TransportDeliver>(effects[2]).Datagram.ToArray());
    }

    private IReadOnlyList<TransportEffect> First() => _receiver.OnSegment(s_node, FirstOf(s_datagram));

    private IReadOnlyList<TransportEffect> Next(int offset) => _receiver.OnSegment(s_node, NextOf(s_datagram, offset));
}
