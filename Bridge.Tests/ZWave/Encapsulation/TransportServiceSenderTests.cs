using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class TransportServiceSenderTests
{
    private static readonly NodeId s_node = new(5);
    private static readonly byte[] s_datagram = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];

    private readonly TransportServiceSender _sender = Of(s_datagram);

    [Fact]
    public void Segments_go_out_one_after_the_other_with_a_gap_between()
    {
        Assert.Equal(["first 39 of 100"], Texts(_sender.Start()));
        Assert.Equal(["timer 35"], Texts(Sent()));
        Assert.Equal(["39 at 39 of 100"], Texts(_sender.OnTimer()));
        Assert.Equal(["timer 35"], Texts(Sent()));
        Assert.Equal(["22 at 78 of 100"], Texts(_sender.OnTimer()));
        Assert.Equal(["timer 1000"], Texts(Sent()));
        Assert.Equal(["cancel", "completed"], Texts(_sender.OnCommand(new TransportSegmentComplete(5))));
        Assert.True(_sender.IsEnded);
    }

    [Fact]
    public void Two_segments_need_no_gap()
    {
        var sender = Of(s_datagram[..60]);
        sender.Start();
        Assert.Equal(["21 at 39 of 60"], Texts(sender.OnSent(true)));
        Assert.Equal(["timer 1000"], Texts(sender.OnSent(true)));
    }

    [Fact]
    public void A_datagram_of_one_segment_waits_for_its_confirmation()
    {
        var sender = Of(s_datagram[..10]);
        Assert.Equal(["first 10 of 10"], Texts(sender.Start()));
        Assert.Equal(["timer 1000"], Texts(sender.OnSent(true)));
    }

    [Fact]
    public void The_segments_are_those_of_the_specification()
    {
        var sender = Of([.. Enumerable.Range(0, 60).Select(value => (byte)value)]);
        var first = ((TransportSend)sender.Start()[0]).Command;
        var second = ((TransportSend)sender.OnSent(true)[0]).Command;
        Assert.EndsWith("25 26 A8 0E", Hex.Spaced(CommandCodec.Encode(first, CodecContext.Newest)), StringComparison.Ordinal);
        Assert.EndsWith("3A 3B DE B9", Hex.Spaced(CommandCodec.Encode(second, CodecContext.Newest)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_requested_segment_is_sent_again_and_the_confirmation_waited_for_again()
    {
        SendAll();
        Assert.Equal(["cancel", "39 at 39 of 100"], Texts(_sender.OnCommand(new TransportSegmentRequest(5, 39))));
        Assert.Equal(["timer 1000"], Texts(Sent()));
    }

    [Fact]
    public void A_request_while_a_segment_is_with_the_radio_is_answered_after_it()
    {
        _sender.Start();
        Sent();
        _sender.OnTimer();
        Assert.Empty(_sender.OnCommand(new TransportSegmentRequest(5, 0)));
        Assert.Equal(["first 39 of 100"], Texts(Sent()));
        Assert.Equal(["timer 35"], Texts(Sent()));
        Assert.Equal(["22 at 78 of 100"], Texts(_sender.OnTimer()));
    }

    [Fact]
    public void A_request_in_the_gap_is_answered_before_the_next_segment()
    {
        _sender.Start();
        Sent();
        Assert.Equal(["cancel", "first 39 of 100"], Texts(_sender.OnCommand(new TransportSegmentRequest(5, 0))));
        Sent();
        Assert.Equal(["39 at 39 of 100"], Texts(_sender.OnTimer()));
    }

    [Fact]
    public void Wait_for_some_segments_begins_again_later()
    {
        SendAll();
        Assert.Equal(["cancel", "timer 300"], Texts(_sender.OnCommand(new TransportSegmentWait(3))));
        Assert.Equal(["first 39 of 100"], Texts(_sender.OnTimer()));
        Assert.Equal(["timer 35"], Texts(Sent()));
    }

    [Fact]
    public void Wait_for_nothing_begins_again_at_once()
    {
        SendAll();
        Assert.Equal(["cancel", "first 39 of 100"], Texts(_sender.OnCommand(new TransportSegmentWait(0))));
    }

    [Fact]
    public void Wait_while_a_segment_is_with_the_radio_counts_after_it()
    {
        _sender.Start();
        Assert.Empty(_sender.OnCommand(new TransportSegmentWait(2)));
        Assert.Equal(["timer 200"], Texts(Sent()));
        Assert.Empty(_sender.OnCommand(new TransportSegmentRequest(5, 0)));
    }

    [Fact]
    public void Silence_repeats_the_last_segment_once_and_then_fails()
    {
        SendAll();
        Assert.Equal(["22 at 78 of 100"], Texts(_sender.OnTimer()));
        Assert.Equal(["timer 1000"], Texts(Sent()));
        Assert.Equal(["cancel", "failed"], Texts(_sender.OnTimer()));
        Assert.Empty(_sender.OnCommand(new TransportSegmentComplete(5)));
    }

    [Fact]
    public void A_segment_that_is_not_acknowledged_fails_the_datagram()
    {
        _sender.Start();
        Assert.Equal(["cancel", "failed"], Texts(_sender.OnSent(wasAcknowledged: false)));
    }

    [Fact]
    public void Confirmation_before_the_radio_report_ends_it()
    {
        _sender.Start();
        Assert.Equal(["cancel", "completed"], Texts(_sender.OnCommand(new TransportSegmentComplete(5))));
        Assert.Empty(Sent());
        Assert.Empty(_sender.OnTimer());
    }

    [Fact]
    public void Answers_of_another_session_are_ignored()
    {
        SendAll();
        Assert.Empty(_sender.OnCommand(new TransportSegmentComplete(4)));
        Assert.Empty(_sender.OnCommand(new TransportSegmentRequest(4, 39)));
        Assert.Empty(_sender.OnCommand(new TransportSegmentRequest(5, 100)));
    }

    [Fact]
    public void Of_two_that_begin_at_the_same_time_the_lower_node_waits()
    {
        _sender.Start();
        Assert.Empty(_sender.OnPeerStarted());
        Assert.Equal(["timer 1000"], Texts(Sent()));
        Assert.Equal(["first 39 of 100"], Texts(_sender.OnTimer()));
    }

    [Fact]
    public void Of_two_that_begin_at_the_same_time_the_higher_node_goes_on()
    {
        var sender = Of(s_datagram, own: 9);
        sender.Start();
        Assert.Empty(sender.OnPeerStarted());
        Assert.Equal(["timer 35"], Texts(sender.OnSent(true)));
    }

    [Fact]
    public void A_receiver_that_always_wants_it_again_is_given_up()
    {
        _sender.Start();
        var rounds = 0;
        while (!_sender.IsEnded)
        {
            Sent();
            _sender.OnCommand(new TransportSegmentWait(0));
            Assert.True(++rounds < 1000);
        }
    }

    [Fact]
    public void It_starts_once() => Assert.Empty(Started().Start());

    [Theory]
    [InlineData(0)]
    [InlineData(1281)]
    public void A_datagram_that_cannot_be_is_a_mistake_of_the_caller(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(new byte[size]));

    internal static TransportServiceSender Of(byte[] datagram, ushort own = 1) =>
        new(new(own), s_node, 5, datagram, TransportServiceTimes.Standard);

    private static IEnumerable<string> Texts(IReadOnlyList<TransportEffect> effects) => effects.Select(static effect => effect switch
    {
        TransportSend { Command: TransportFirstSegment first } => $"first {first.Payload.Length} of {first.DatagramSize}",
        TransportSend { Command: TransportSubsequentSegment next } =>
            $"{next.Payload.Length} at {next.DatagramOffset} of {next.DatagramSize}",
        TransportArmTimer timer => $"timer {timer.Due.TotalMilliseconds}",
        TransportCancelTimer => "cancel",
        TransportCompleted => "completed",
        TransportFailed => "failed",
        _ => effect.ToString(),
    });

    private TransportServiceSender Started()
    {
        _sender.Start();
        return _sender;
    }

    private IReadOnlyList<TransportEffect> Sent() => _sender.OnSent(wasAcknowledged: true);

    private void SendAll()
    {
        _sender.Start();
        Sent();
        _sender.OnTimer();
        Sent();
        _sender.OnTimer();
        Sent();
    }
}
