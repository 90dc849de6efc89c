using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class SupervisionResponderTests
{
    private readonly SupervisionResponder _responder = new(capacity: 4);

    [Fact]
    public void A_plain_command_is_delivered_without_a_report()
    {
        var decision = Receive("25 03 FF");
        Assert.Equal(SupervisionAction.Deliver, decision.Action);
        Assert.Null(decision.Report);
    }

    [Fact]
    public void A_supervised_report_is_delivered_and_confirmed() => Confirms("6C 01 01 03 25 03 FF", "6C 02 01 FF 00");

    [Fact]
    public void The_confirmation_goes_the_way_the_command_came() =>
        Confirms("60 0D 02 00 6C 01 09 03 25 03 FF", "60 0D 00 02 6C 02 09 FF 00");

    [Fact]
    public void The_confirmation_has_a_checksum_when_the_command_had_one()
    {
        var frame = Wrapping.Wrap(new SwitchBinaryReport(0xFF), new(1), new EnvelopeOptions { Crc16 = true, SupervisionSession = 1 });
        var reply = Reply(Receive(Hex.Spaced(frame)));
        Assert.StartsWith("56 01 6C 02 01 FF 00 ", reply, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_session_is_confirmed_again_and_not_delivered()
    {
        Receive("6C 01 01 03 25 03 FF");
        var again = Receive("6C 01 01 03 25 03 FF");
        Assert.Equal(SupervisionAction.Repeat, again.Action);
        Assert.Equal("6C 02 01 FF 00", Reply(again));
    }

    [Fact]
    public void The_next_session_is_delivered()
    {
        Receive("6C 01 01 03 25 03 FF");
        Assert.Equal(SupervisionAction.Deliver, Receive("6C 01 02 03 25 03 FF").Action);
        Assert.Equal(SupervisionAction.Deliver, Receive("6C 01 01 03 25 03 FF").Action);
    }

    [Fact]
    public void Sessions_of_nodes_and_endpoints_are_kept_apart()
    {
        Receive("6C 01 01 03 25 03 FF");
        Assert.Equal(SupervisionAction.Deliver, Receive("60 0D 01 00 6C 01 01 03 25 03 FF").Action);
        Assert.Equal(SupervisionAction.Deliver, Receive("60 0D 02 00 6C 01 01 03 25 03 FF").Action);
        Assert.Equal(SupervisionAction.Deliver, Receive("6C 01 01 03 25 03 FF", node: 6).Action);
    }

    [Fact]
    public void A_command_we_do_not_know_is_answered_with_no_support_each_time()
    {
        Assert.Equal("6C 02 01 00 00", Reply(Receive("6C 01 01 03 3F 03 FF")));
        Assert.Equal("6C 02 01 00 00", Reply(Receive("6C 01 01 03 3F 03 FF")));
    }

    [Theory]
    [InlineData("6C 01 01 02 25 02")]
    [InlineData("6C 01 01 0A 8F 01 02 03 25 03 FF 02 25 02")] // a Get beside a report
    public void A_supervised_Get_is_dropped(string hex) => Drops(Receive(hex));

    [Fact]
    public void A_supervised_Multi_Command_is_confirmed_once() =>
        Confirms("6C 01 01 0B 8F 01 02 03 25 03 FF 03 25 03 00", "6C 02 01 FF 00");

    [Fact]
    public void A_supervised_multicast_is_dropped() => Drops(Receive("6C 01 01 03 25 03 FF", isMulticast: true));

    [Fact]
    public void A_supervised_command_to_several_endpoints_is_dropped() => Drops(Receive("60 0D 00 83 6C 01 01 03 25 01 FF"));

    [Fact]
    public void A_multicast_does_not_change_what_is_remembered()
    {
        Receive("6C 01 01 03 25 03 FF");
        Receive("6C 01 02 03 25 03 FF", isMulticast: true);
        Assert.Equal(SupervisionAction.Repeat, Receive("6C 01 01 03 25 03 FF").Action);
    }

    [Fact]
    public void The_sender_known_longest_is_forgotten_first()
    {
        for (ushort node = 1; node <= 5; node++) Receive("6C 01 01 03 25 03 FF", node);
        Assert.Equal(SupervisionAction.Repeat, Receive("6C 01 01 03 25 03 FF", node: 2).Action);
        Assert.Equal(SupervisionAction.Repeat, Receive("6C 01 01 03 25 03 FF", node: 5).Action);
        Assert.Equal(SupervisionAction.Deliver, Receive("6C 01 01 03 25 03 FF", node: 1).Action);
    }

    [Fact]
    public void A_forgotten_node_begins_anew()
    {
        Receive("6C 01 01 03 25 03 FF");
        Receive("6C 01 01 03 25 03 FF", node: 6);
        _responder.Forget(new(5));
        Assert.Equal(SupervisionAction.Deliver, Receive("6C 01 01 03 25 03 FF").Action);
        Assert.Equal(SupervisionAction.Repeat, Receive("6C 01 01 03 25 03 FF", node: 6).Action);
    }

    private static void Drops(SupervisionDecision decision)
    {
        Assert.Equal(SupervisionAction.Drop, decision.Action);
        Assert.Null(decision.Report);
    }

    private static string Reply(SupervisionDecision decision) =>
        Hex.Spaced(Wrapping.Wrap(decision.Report!, CodecContext.Newest, decision.Options));

    private void Confirms(string hex, string reply)
    {
        var decision = Receive(hex);
        Assert.Equal(SupervisionAction.Deliver, decision.Action);
        Assert.Equal(reply, Reply(decision));
    }

    private SupervisionDecision Receive(string hex, ushort node = 5, bool isMulticast = false)
    {
        var reception = new Reception(new(node), isMulticast);
        Assert.Equal(
            DecodeError.None, Unwrapping.TryUnwrap(WireAssert.Bytes(hex), reception, NoSecurity.Instance, default, out var unwrapped));
        return _responder.Receive(reception.Node, unwrapped);
    }
}
