using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;
using static Bridge.Tests.ZWave.Serial.SessionRig;

namespace Bridge.Tests.ZWave.Serial;

/// <summary>One request at a time: acknowledgement, retransmission, response, callback, abort.</summary>
public sealed class SerialApiSessionTests
{
    // switch report of node 12, unsolicited
    private const string Report = "01 0A 00 04 00 0C 03 25 03 FF B5 92";

    [Fact]
    public async Task Request_is_acknowledged_answered_and_the_answer_acknowledged()
    {
        await using var rig = await OpenAsync();
        await rig.SyncAsync();
        Assert.Equal(SessionState.Open, rig.Session.State);
        Assert.Equal((1, 1), (rig.Session.Counters.FramesSent, rig.Session.Counters.FramesReceived));
    }

    [Fact]
    public async Task Input_right_after_opening_is_thrown_away()
    {
        await using var rig = new RigBeforeOpen();
        var controller = await rig.Transport.AcceptAsync();
        await controller.ExpectAsync("15");
        // the rest of a frame the module was sending to whoever had the port before
        await controller.SendAsync("0C 03 25 03 FF B5 92");
        await rig.Time.ElapseAsync(100);
        await rig.Opening;
        Assert.Equal(0, rig.Session.Counters.NoiseBytes);
    }

    [Fact]
    public async Task Request_without_answer_but_ack_is_done_with_the_ack()
    {
        await using var rig = await OpenAsync();
        var abort = rig.Session.SendAsync(new TestAbort());
        await rig.Controller.ExpectAsync("01 03 00 16 EA");
        Assert.False(abort.IsCompleted);
        await rig.Controller.SendAsync("06");
        await abort;
    }

    [Theory]
    [InlineData("15")]
    [InlineData("18")]
    public async Task Nak_and_can_are_followed_by_the_same_bytes_after_100_and_1100_ms(string refusal)
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        foreach (var wait in new[] { 100, 1100 })
        {
            await rig.Controller.ExpectAsync(AskVersion);
            await rig.Controller.SendAsync(refusal);
            await rig.Time.ElapseAsync(wait);
        }

        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(TellVersion);
        Assert.Equal(7, (await version).LibraryType);
        Assert.Equal(2, rig.Session.Counters.Retransmissions);
    }

    [Fact]
    public async Task Lost_ack_is_noticed_after_1600_ms()
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Time.ElapseAsync(1600);
        await rig.Time.ElapseAsync(100);
        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(TellVersion);
        await version;
        Assert.Equal(1, rig.Session.Counters.AckTimeouts);
    }

    [Fact]
    public async Task Response_whose_ack_was_lost_is_taken_instead_of_sending_twice()
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.DeliverAsync(TellVersion);
        await rig.Time.ElapseAsync(1600);
        await version;
        Assert.Equal(0, rig.Session.Counters.Retransmissions);
    }

    [Fact]
    public async Task Controller_that_never_acknowledges_jams_the_line_and_gets_a_nak()
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        foreach (var wait in new[] { 100, 1100 })
        {
            await rig.Controller.ExpectAsync(AskVersion);
            await rig.Time.ElapseAsync(1600);
            await rig.Time.ElapseAsync(wait);
        }

        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Time.ElapseAsync(1600);
        await FailsAsync(version, ZWaveErrorCode.AckTimeout);
        await rig.Controller.ExpectAsync("15");
        await rig.SyncAsync();
        Assert.Equal([SessionState.Open, SessionState.Jammed, SessionState.Open], rig.States);
    }

    [Fact]
    public async Task Controller_that_collides_in_every_try_fails_the_request_and_jams_nothing()
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        foreach (var wait in new[] { 100, 1100 })
        {
            await rig.Controller.ExpectAsync(AskVersion);
            await rig.Controller.SendAsync("18");
            await rig.Time.ElapseAsync(wait);
        }

        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.SendAsync("18");
        await FailsAsync(version, ZWaveErrorCode.CanReceived);
        await rig.SyncAsync();
        Assert.Equal([SessionState.Open], rig.States);
    }

    [Fact]
    public async Task Data_frame_between_our_frame_and_its_ack_is_acknowledged_and_handed_on()
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.DeliverAsync(Report);
        await rig.Controller.SendAsync("18");
        await rig.Time.ElapseAsync(100);
        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Report);
        await rig.Controller.DeliverAsync(TellVersion);
        await version;
        Assert.Equal([Report, Report], rig.Unsolicited);
    }

    [Fact]
    public async Task Lost_response_fails_the_request_after_10_s_and_the_late_one_is_ignored()
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.SendAsync("06");
        await rig.Time.ElapseAsync(10_000);
        await FailsAsync(version, ZWaveErrorCode.ResponseTimeout);
        await rig.Controller.DeliverAsync(TellVersion);
        await rig.SyncAsync();
        Assert.Equal(1, rig.Session.Counters.UnknownResponses);
        Assert.Equal(SessionState.Open, rig.Session.State);
    }

    [Fact]
    public async Task Response_of_another_function_is_ignored()
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x56, "01"));
        Assert.False(version.IsCompleted);
        await rig.Controller.DeliverAsync(TellVersion);
        await version;
    }

    [Fact]
    public async Task Response_that_cannot_be_decoded_fails_the_request()
    {
        await using var rig = await OpenAsync();
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await rig.Controller.ExpectAsync(AskVersion);
        await rig.Controller.SendAsync("06");
        // no terminating zero
        await rig.Controller.DeliverAsync(Res(0x15, "5A 2D"));
        var exception = await FailsAsync(version, ZWaveErrorCode.MalformedResponse);
        Assert.Equal(new FunctionId(0x15), exception.Function);
    }

    [Fact]
    public async Task Transmission_carries_a_callback_id_and_ends_with_its_callback()
    {
        await using var rig = await OpenAsync();
        var transmission = rig.TransmitAsync(0xFF);
        // node 5, content FF, callback id 1
        await rig.Controller.ExpectAsync(Req(0x13, "05 FF 01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x13, "01"));
        await rig.Controller.DeliverAsync(Req(0x13, "01 00"));
        Assert.Equal(0, (await transmission).Status);
    }

    [Fact]
    public async Task Lost_response_of_a_transmission_is_made_up_for_by_its_callback()
    {
        await using var rig = await OpenAsync();
        var transmission = rig.TransmitAsync(0xFF);
        await rig.Controller.ExpectAsync(Req(0x13, "05 FF 01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Req(0x13, "01 00"));
        Assert.Equal(0, (await transmission).Status);
        await rig.SyncAsync();
    }

    [Fact]
    public async Task Lost_callback_aborts_the_transmission_and_the_failing_callback_is_its_result()
    {
        await using var rig = await OpenAsync();
        var transmission = rig.TransmitAsync(0xFF);
        await rig.Controller.ExpectAsync(Req(0x13, "05 FF 01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x13, "01"));
        await rig.Time.ElapseAsync(30_000);
        await rig.Controller.ExpectAsync("01 03 00 16 EA");
        await rig.Controller.SendAsync("06");
        // status 02: not sent
        await rig.Controller.DeliverAsync(Req(0x13, "01 02"));
        Assert.Equal(2, (await transmission).Status);
        Assert.Equal(1, rig.Session.Counters.Aborts);
    }

    [Fact]
    public async Task Module_that_ignores_the_abort_as_well_is_told_apart()
    {
        await using var rig = await OpenAsync();
        var transmission = rig.TransmitAsync(0xFF);
        await rig.Controller.ExpectAsync(Req(0x13, "05 FF 01"));
        await rig.Controller.SendAsync("06");
        // no response within 10 s
        await rig.Time.ElapseAsync(10_000);
        await rig.Controller.ExpectAsync("01 03 00 16 EA");
        await rig.Controller.SendAsync("06");
        await rig.Time.ElapseAsync(500);
        await FailsAsync(transmission, ZWaveErrorCode.AbortIgnored);
        await rig.SyncAsync();
    }

    [Fact]
    public async Task Refused_transmission_is_offered_three_more_times_with_100_ms_between()
    {
        await using var rig = await OpenAsync();
        var transmission = rig.TransmitAsync(0xFF);
        for (var offer = 0; offer < 4; offer++)
        {
            await rig.Controller.ExpectAsync(Req(0x13, "05 FF 01"));
            await rig.Controller.SendAsync("06");
            await rig.Controller.DeliverAsync(Res(0x13, "00"));
            if (offer < 3) await rig.Time.ElapseAsync(100);
        }

        var exception = await FailsAsync(transmission, ZWaveErrorCode.Refused);
        Assert.IsType<IStatusResponse>(exception.Response, exactMatch: false);
        Assert.Equal(4, rig.Session.Counters.Refusals);
    }

    [Fact]
    public async Task Refused_request_that_is_no_transmission_fails_at_once()
    {
        await using var rig = await OpenAsync();
        var request = rig.Session.TransactAsync<TestCalled>(TestCall.AssignSucReturnRoute);
        await rig.Controller.ExpectAsync(Req(0x51, "01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x51, "00"));
        await FailsAsync(request, ZWaveErrorCode.Refused);
    }

    [Fact]
    public async Task Callback_of_another_id_is_ignored()
    {
        await using var rig = await OpenAsync();
        var transmission = rig.TransmitAsync(0xFF);
        await rig.Controller.ExpectAsync(Req(0x13, "05 FF 01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x13, "01"));
        await rig.Controller.DeliverAsync(Req(0x13, "02 01"));
        Assert.False(transmission.IsCompleted);
        await rig.Controller.DeliverAsync(Req(0x13, "01 00"));
        Assert.Equal(0, (await transmission).Status);
        Assert.Equal(1, rig.Session.Counters.UnknownCallbacks);
        Assert.Empty(rig.Unsolicited);
    }

    [Fact]
    public async Task Progress_is_reported_and_starts_the_callback_limit_anew()
    {
        await using var rig = await OpenAsync();
        var progress = new TaskCompletionSource<byte>();
        var update = rig.Session.TransactAsync<TestCalled>(TestCall.NeighborUpdate, called => progress.SetResult(called.Status));
        await rig.Controller.ExpectAsync(Req(0x48, "01"));
        await rig.Controller.SendAsync("06");
        await rig.Time.ElapseAsync(65_000 - 1, until: 65_000);
        await rig.Controller.DeliverAsync(Req(0x48, "01 21"));
        Assert.Equal(0x21, await progress.Task);
        await rig.Time.ElapseAsync(65_000 - 1, until: 65_000);
        await rig.Controller.DeliverAsync(Req(0x48, "01 22"));
        Assert.Equal(0x22, (await update).Status);
    }

    [Fact]
    public async Task Wide_node_ids_are_written_when_the_module_was_told_so()
    {
        await using var rig = await OpenAsync();
        rig.Session.NodeIdWidth = NodeIdWidth.Bits16;
        var transmission = rig.Session.TransactAsync<TestTransmitted>(new TestTransmit(new NodeId(261), 0xFF));
        await rig.Controller.ExpectAsync(Req(0x13, "01 05 FF 01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x13, "01"));
        await rig.Controller.DeliverAsync(Req(0x13, "01 00"));
        await transmission;
    }

    [Fact]
    public async Task Request_that_fits_no_frame_is_an_invalid_argument()
    {
        await using var rig = await OpenAsync();
        await FailsAsync(rig.Session.SendAsync(new TestOversize()), ZWaveErrorCode.InvalidArgument);
        await rig.SyncAsync();
    }

    [Theory]
    [InlineData("86")]
    [InlineData("46")]
    public async Task Damaged_ack_after_a_soft_reset_counts_once(string damaged)
    {
        await using var rig = await OpenAsync();
        rig.Session.ExpectDamagedAck();
        var first = rig.Session.SendAsync(new TestAbort());
        await rig.Controller.ExpectAsync("01 03 00 16 EA");
        await rig.Controller.SendAsync(damaged);
        await first;
        var second = rig.Session.SendAsync(new TestAbort());
        await rig.Controller.ExpectAsync("01 03 00 16 EA");
        await rig.Controller.SendAsync(damaged + " 06");
        await second;
        Assert.Equal(1, rig.Session.Counters.NoiseBytes);
    }

    private sealed class RigBeforeOpen : IAsyncDisposable
    {
        public RigBeforeOpen()
        {
            Session = new(Transport, SessionTimeouts.Default, Time, new CountingLogger());
            Opening = Session.OpenAsync();
        }

        public FakeTransport Transport { get; } = new();

        public ManualTimeProvider Time { get; } = new();

        public SerialApiSession Session { get; }

        public Task Opening { get; }

        public ValueTask DisposeAsync() => Session.DisposeAsync();
    }
}
