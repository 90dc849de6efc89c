using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class SupervisionSessionsTests
{
    private static readonly NodeId s_node = new(5);
    private static readonly EndpointIndex s_endpoint = new(2);
    private static readonly CommandClassId s_switch = SwitchBinaryCommandClass.Id;
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(1500);

    private readonly ManualTimeProvider _time = new();
    private readonly SupervisionSessions _sessions;

    public SupervisionSessionsTests() => _sessions = new(_time, new Random(1));

    [Fact]
    public void Every_new_command_to_a_node_gets_the_next_session_id()
    {
        var first = Begin();
        _sessions.End(first);
        for (var count = 1; count <= 200; count++)
        {
            var session = Begin();
            Assert.Equal((first.SessionId + count) & 0x3F, session.SessionId);
            _sessions.End(session);
        }
    }

    [Fact]
    public void Nodes_count_their_sessions_apart()
    {
        var first = Begin();
        _sessions.Begin(new(6), s_endpoint, s_switch, false, s_timeout);
        Assert.Equal((first.SessionId + 1) & 0x3F, Begin().SessionId);
    }

    [Fact]
    public void A_session_id_that_still_waits_is_not_given_again()
    {
        var waiting = Begin();
        for (var count = 0; count < 200; count++)
        {
            var session = _sessions.Begin(s_node, EndpointIndex.Root, s_switch, false, s_timeout);
            Assert.NotEqual(waiting.SessionId, session.SessionId);
            _sessions.End(session);
        }
    }

    [Fact]
    public void A_node_with_64_silent_commands_takes_one_more()
    {
        for (var count = 0; count < 65; count++) Begin();
        Assert.Equal(64, _sessions.WaitingCount);
    }

    [Fact]
    public void Success_is_final()
    {
        var session = Begin();
        Assert.True(_sessions.TryAccept(s_node, s_endpoint, new(session.SessionId, SupervisionStatus.Success), out var update));
        Assert.Equal(new SupervisionUpdate(session, SupervisionStatus.Success, default, IsFinal: true), update);
        Assert.Equal(0, _sessions.WaitingCount);
        Assert.False(_sessions.TryAccept(s_node, s_endpoint, new(session.SessionId, SupervisionStatus.Success), out _));
    }

    [Theory]
    [InlineData(SupervisionStatus.Fail)]
    [InlineData(SupervisionStatus.Busy)]
    [InlineData((SupervisionStatus)0x42)]
    public void Anything_but_working_is_final(SupervisionStatus status)
    {
        var session = Begin(wantsUpdates: true);
        Assert.True(_sessions.TryAccept(s_node, s_endpoint, new(session.SessionId, status, MoreStatusUpdates: true), out var update));
        Assert.True(update.IsFinal);
        Assert.True(_sessions.IsSupported(s_node, s_switch));
    }

    [Fact]
    public void Working_with_updates_goes_on_to_success()
    {
        var session = Begin(wantsUpdates: true);
        Assert.True(_sessions.TryAccept(s_node, s_endpoint, Working(session, seconds: 5), out var update));
        Assert.False(update.IsFinal);
        Assert.Equal(5, update.Remaining.SecondsInReport);
        // five seconds of work and the time a report may take
        _time.Advance(TimeSpan.FromSeconds(6.4));
        Assert.False(_sessions.TryExpire(out _));
        Assert.True(_sessions.TryAccept(s_node, s_endpoint, new(session.SessionId, SupervisionStatus.Success), out update));
        Assert.Equal((SupervisionStatus.Success, true), (update.Status, update.IsFinal));
    }

    [Fact]
    public void Working_is_final_when_no_updates_were_asked_for()
    {
        var session = Begin(wantsUpdates: false);
        Assert.True(_sessions.TryAccept(s_node, s_endpoint, Working(session, seconds: 5), out var update));
        Assert.True(update.IsFinal);
    }

    [Fact]
    public void Working_is_final_when_the_node_announces_no_updates()
    {
        var session = Begin(wantsUpdates: true);
        Assert.True(
            _sessions.TryAccept(s_node, s_endpoint, new(session.SessionId, SupervisionStatus.Working, new Duration(5)), out var update));
        Assert.True(update.IsFinal);
    }

    [Fact]
    public void Working_for_an_unknown_time_is_waited_for_within_a_limit()
    {
        var session = Begin(wantsUpdates: true);
        _sessions.TryAccept(
            s_node, s_endpoint, new(session.SessionId, SupervisionStatus.Working, new Duration(0xFE), MoreStatusUpdates: true), out _);
        Assert.Equal(SupervisionSessions.UnknownDurationLimit + s_timeout, _sessions.NextExpiry());
    }

    [Fact]
    public void Reports_of_another_node_endpoint_or_session_are_not_ours()
    {
        var session = Begin();
        var report = new SupervisionReport(session.SessionId, SupervisionStatus.Success);
        Assert.False(_sessions.TryAccept(new(6), s_endpoint, report, out _));
        Assert.False(_sessions.TryAccept(s_node, EndpointIndex.Root, report, out _));
        Assert.False(_sessions.TryAccept(s_node, s_endpoint, report with { SessionId = (byte)((session.SessionId + 1) & 0x3F) }, out _));
        Assert.Equal(1, _sessions.WaitingCount);
    }

    [Fact]
    public void No_support_is_remembered_for_the_class_of_the_node()
    {
        var session = Begin();
        _sessions.TryAccept(s_node, s_endpoint, new(session.SessionId, SupervisionStatus.NoSupport), out _);
        Assert.False(_sessions.IsSupported(s_node, s_switch));
        Assert.True(_sessions.IsSupported(s_node, new CommandClassId(0x70)));
        Assert.True(_sessions.IsSupported(new(6), s_switch));
        _sessions.Forget(s_node);
        Assert.True(_sessions.IsSupported(s_node, s_switch));
    }

    [Fact]
    public void A_command_without_a_report_in_time_is_taken_as_expired_once()
    {
        var session = Begin();
        Assert.Equal(s_timeout, _sessions.NextExpiry());
        _time.Advance(1499);
        Assert.False(_sessions.TryExpire(out _));
        _time.Advance(1);
        Assert.Equal(TimeSpan.Zero, _sessions.NextExpiry());
        Assert.True(_sessions.TryExpire(out var expired));
        Assert.Equal(session, expired);
        Assert.False(_sessions.TryExpire(out _));
        Assert.Null(_sessions.NextExpiry());
    }

    [Fact]
    public void A_retransmission_keeps_the_session_and_waits_anew()
    {
        var session = Begin();
        _time.Advance(1000);
        _sessions.Restart(session);
        _time.Advance(1000);
        Assert.False(_sessions.TryExpire(out _));
        Assert.True(_sessions.TryAccept(s_node, s_endpoint, new(session.SessionId, SupervisionStatus.Success), out _));
    }

    [Fact]
    public void An_overdue_time_is_never_negative()
    {
        Begin();
        _time.Advance(10_000);
        Assert.Equal(TimeSpan.Zero, _sessions.NextExpiry());
    }

    private static SupervisionReport Working(SupervisionSession session, byte seconds) =>
        new(session.SessionId, SupervisionStatus.Working, new Duration(seconds), MoreStatusUpdates: true);

    private SupervisionSession Begin(bool wantsUpdates = false) => _sessions.Begin(s_node, s_endpoint, s_switch, wantsUpdates, s_timeout);
}
