using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Nonce sequences between two nodes: how they begin, go on, get lost and begin again.</summary>
public sealed class Security2StateTests
{
    private const string On = "25 01 FF";
    private const string Report = "25 03 FF";

    private readonly Security2Rig _rig = new();

    [Fact]
    public void Nothing_can_be_made_without_a_nonce()
    {
        Assert.False(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Authenticated));
        Assert.Null(_rig.FromHost(On));
    }

    [Fact]
    public void First_frame_after_a_nonce_report_begins_the_sequence_and_the_next_ones_use_it_in_both_directions()
    {
        _rig.HostAsks();
        Assert.True(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Authenticated));
        var first = _rig.FromHost(On);
        Assert.Equal([Security2ExtensionType.SinglecastSequence], Security2Rig.ExtensionsOf(first));
        Assert.Equal(Opened.With(On), _rig.AtPlug(first));
        for (var count = 0; count < 300; count++)
        {
            var frame = _rig.FromPlug(Report);
            Assert.Empty(Security2Rig.ExtensionsOf(frame));
            Assert.Equal(Opened.With(Report), _rig.AtHost(frame));
            if (count % 3 == 0) Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
        }
    }

    [Fact]
    public void Empty_frame_only_begins_the_sequence()
    {
        _rig.HostAsks();
        Assert.Equal(Opened.With(string.Empty), _rig.AtPlug(_rig.FromHost(string.Empty)));
        Assert.Equal(Opened.With(Report), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Frame_is_not_opened_by_a_node_without_a_sequence()
    {
        _rig.Agreed();
        _rig.Host.Forget(_rig.PlugId);
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Frame_without_entropy_is_not_opened_after_we_gave_ours()
    {
        _rig.Agreed();
        _rig.Host.OnNonceGet(_rig.PlugId, new(7));
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Frame_without_entropy_is_not_opened_after_we_got_the_senders()
    {
        _rig.Agreed();
        var frame = _rig.FromPlug(Report);
        _rig.HostAsks();
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(frame));
    }

    [Fact]
    public void Frame_that_begins_with_the_entropy_we_gave_is_known_from_one_that_could_be_anybodys()
    {
        _rig.HostAsks();
        var frame = _rig.FromHost(On);
        Assert.True(_rig.Plug.IsBeginning(Security2Rig.HostId, frame));
        // used up; without entropy; nothing at all
        _rig.AtPlug(frame);
        Assert.False(_rig.Plug.IsBeginning(Security2Rig.HostId, frame));
        _rig.HostAsks();
        Assert.False(_rig.Plug.IsBeginning(Security2Rig.HostId, _rig.FromHost(On).AsSpan(0, 3)));
        Assert.False(_rig.Host.IsBeginning(_rig.PlugId, _rig.Agreed().FromPlug(Report)));
        Assert.False(_rig.Host.IsBeginning(_rig.PlugId, []));
    }

    [Fact]
    public void Frames_under_way_when_entropy_was_given_do_not_replace_it()
    {
        _rig.Agreed();
        _rig.Host.Forget(_rig.PlugId);
        var (first, second) = (_rig.FromPlug(Report), _rig.FromPlug(Report));
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(first));
        var report = _rig.Host.OnNotDecrypted(_rig.PlugId, first);
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(second));
        Assert.Null(_rig.Host.OnNotDecrypted(_rig.PlugId, second));
        Assert.True(_rig.Plug.OnNonceReport(Security2Rig.HostId, report!));
        Assert.Equal(Opened.With(Report), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Frame_half_a_second_later_or_one_that_begins_with_the_entropy_is_answered_with_another()
    {
        _rig.Agreed();
        _rig.Host.Forget(_rig.PlugId);
        var first = _rig.Host.OnNotDecrypted(_rig.PlugId, _rig.FromPlug(Report))!;
        _rig.Time.Advance(500);
        var second = _rig.Host.OnNotDecrypted(_rig.PlugId, _rig.FromPlug(Report))!;
        Assert.NotEqual(Hex.Spaced(first.ReceiverEntropyInput!.Value.Span), Hex.Spaced(second.ReceiverEntropyInput!.Value.Span));
        // it has the new one, and a key that is not ours
        Assert.True(_rig.Plug.OnNonceReport(Security2Rig.HostId, second));
        _rig.Plug.SetKey(SecurityClass.S2Authenticated, isLongRange: false, SecretKey.Generate());
        var foreign = _rig.FromPlug(Report);
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(foreign));
        Assert.NotNull(_rig.Host.OnNotDecrypted(_rig.PlugId, foreign));
    }

    [Fact]
    public void Entropy_is_good_for_one_beginning()
    {
        _rig.HostAsks();
        var first = _rig.FromHost(On);
        Assert.Equal(Opened.With(On), _rig.AtPlug(first));
        _rig.AtPlug(_rig.FromHost(On));
        // a replay, no longer the last one
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtPlug(first));
    }

    [Fact]
    public void Nonce_report_after_a_lost_sequence_lets_the_same_command_through()
    {
        _rig.Agreed();
        _rig.Plug.Forget(Security2Rig.HostId);
        var before = _rig.FromHost(On);
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtPlug(before));
        Assert.True(_rig.Host.OnNonceReport(_rig.PlugId, _rig.Plug.CreateNonceReport(Security2Rig.HostId)));
        var again = _rig.FromHost(On);
        Assert.Equal((byte)(before![2] + 1), again![2]);
        Assert.Equal(Opened.With(On), _rig.AtPlug(again));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Four_lost_frames_in_a_row_are_passed_over(int lost, bool isOpened)
    {
        _rig.Agreed();
        for (; lost > 0; lost--) _rig.FromHost(On);
        Assert.Equal(isOpened ? Opened.With(On) : Opened.Not(Security2Result.NotDecrypted), _rig.AtPlug(_rig.FromHost(On)));
    }

    [Fact]
    public void Position_of_success_is_kept()
    {
        _rig.Agreed();
        for (var round = 0; round < 5; round++)
        {
            for (var lost = 0; lost < 4; lost++) _rig.FromHost(On);
            Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
        }
    }

    [Fact]
    public void Frame_of_a_wrong_sequence_ends_it()
    {
        _rig.Agreed();
        var frame = _rig.FromPlug(Report)!;
        frame[^1] ^= 1;
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(frame));
        Assert.False(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Authenticated));
    }

    [Fact]
    public void Repetition_of_the_last_frame_is_a_duplicate_and_moves_nothing()
    {
        _rig.Agreed();
        var frame = _rig.FromPlug(Report);
        Assert.Equal(Opened.With(Report), _rig.AtHost(frame));
        for (var count = 0; count < 10; count++) Assert.Equal(Opened.Not(Security2Result.Duplicate), _rig.AtHost(frame));
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
        Assert.Equal(Opened.With(Report), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Frame_that_was_not_opened_is_no_duplicate_of_the_genuine_one()
    {
        _rig.Agreed();
        _rig.PlugAsks();
        var genuine = _rig.FromPlug(Report)!;
        byte[] forged = [.. genuine];
        forged[^1] ^= 1;
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(forged));
        Assert.Equal(Opened.With(Report), _rig.AtHost(genuine));
    }

    [Fact]
    public void Own_frame_sent_back_is_not_opened()
    {
        _rig.Agreed();
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromHost(On)));
    }

    [Fact]
    public void Both_may_send_at_the_same_moment()
    {
        var (fromHost, fromPlug) = Collide();
        Assert.Equal(Opened.With(On), _rig.AtPlug(fromHost));
        Assert.Equal(Opened.With(Report), _rig.AtHost(fromPlug));
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
        Assert.Equal(Opened.With(Report), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Frame_with_our_own_last_nonce_comes_too_late_after_half_a_second()
    {
        var (_, fromPlug) = Collide();
        _rig.Time.Advance(TimeSpan.FromMilliseconds(501));
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(fromPlug));
    }

    [Fact]
    public void Frame_with_our_own_last_nonce_must_have_the_next_number()
    {
        _rig.Agreed();
        _rig.AtHost(_rig.FromPlug(Report));
        _rig.Plug.CreateNonceGet(Security2Rig.HostId); // takes one number
        _rig.FromHost(On);
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Nonce_get_is_answered_once()
    {
        var get = _rig.Plug.CreateNonceGet(Security2Rig.HostId);
        var report = _rig.Host.OnNonceGet(_rig.PlugId, get);
        Assert.True(report is { IsSingleCastLost: true, IsMulticastLost: false });
        Assert.Null(_rig.Host.OnNonceGet(_rig.PlugId, get));
        _rig.Plug.OnNonceReport(Security2Rig.HostId, report!);
        Assert.Equal(Opened.With(Report), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Nonce_get_with_the_number_of_one_long_ago_is_answered()
    {
        Assert.NotNull(_rig.Host.OnNonceGet(_rig.PlugId, new(7)));
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(_rig.Host.OnNonceGet(_rig.PlugId, new(7)));
    }

    [Fact]
    public void Every_report_has_entropy_and_a_number_of_its_own()
    {
        var (first, second) = (_rig.Host.CreateNonceReport(_rig.PlugId), _rig.Host.CreateNonceReport(_rig.PlugId));
        Assert.NotEqual(Hex(first), Hex(second));
        Assert.Equal((byte)(first.SequenceNumber + 1), second.SequenceNumber);

        static string Hex(Security2NonceReport report) => Convert.ToHexString(report.ReceiverEntropyInput!.Value.Span);
    }

    [Fact]
    public void Repeated_nonce_report_says_nothing_new_and_ends_no_sequence()
    {
        var report = _rig.Plug.CreateNonceReport(Security2Rig.HostId);
        Assert.True(_rig.Host.OnNonceReport(_rig.PlugId, report));
        Assert.False(_rig.Host.OnNonceReport(_rig.PlugId, report));
        _rig.AtPlug(_rig.FromHost(On));
        Assert.False(_rig.Host.OnNonceReport(_rig.PlugId, report));
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
    }

    [Fact]
    public void Both_may_ask_for_a_nonce_at_the_same_moment()
    {
        var (get, otherGet) = (_rig.Host.CreateNonceGet(_rig.PlugId), _rig.Plug.CreateNonceGet(Security2Rig.HostId));
        var (report, otherReport) = (_rig.Plug.OnNonceGet(Security2Rig.HostId, get), _rig.Host.OnNonceGet(_rig.PlugId, otherGet));
        _rig.Host.OnNonceReport(_rig.PlugId, report!);
        _rig.Plug.OnNonceReport(Security2Rig.HostId, otherReport!);
        var (fromHost, fromPlug) = (_rig.FromHost(On), _rig.FromPlug(Report));
        Assert.Equal(Opened.With(On), _rig.AtPlug(fromHost));
        Assert.Equal(Opened.With(Report), _rig.AtHost(fromPlug));
    }

    [Fact]
    public void Long_range_nodes_have_keys_of_their_own_and_two_byte_ids()
    {
        var rig = new Security2Rig(plug: 256).Agreed();
        Assert.Equal(Opened.With(On), rig.AtPlug(rig.FromHost(On)));
        Assert.Equal(Opened.With(Report), rig.AtHost(rig.FromPlug(Report)));
        Assert.Null(rig.FromHost(On, SecurityClass.S2Unauthenticated));
    }

    private (byte[]? FromHost, byte[]? FromPlug) Collide()
    {
        _rig.Agreed();
        _rig.AtHost(_rig.FromPlug(Report));
        _rig.AtPlug(_rig.FromHost(On));
        return (_rig.FromHost(On), _rig.FromPlug(Report));
    }
}
