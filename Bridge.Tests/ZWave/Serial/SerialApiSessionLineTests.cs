using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;
using static Bridge.Tests.ZWave.Serial.SessionRig;

namespace Bridge.Tests.ZWave.Serial;

/// <summary>What a bad line does: noise, damage, silence, a stick pulled out.</summary>
public sealed class SerialApiSessionLineTests
{
    // switch report of node 12, unsolicited
    private const string Report = "01 0A 00 04 00 0C 03 25 03 FF B5 92";

    [Fact]
    public async Task Damaged_frame_gets_a_nak_and_its_repetition_is_delivered()
    {
        await using var rig = await OpenAsync();
        await rig.Controller.SendAsync("01 0A 00 04 00 0C 03 25 03 FE B5 92");
        await rig.Controller.ExpectAsync("15");
        await rig.Controller.DeliverAsync(Report);
        Assert.Equal(1, rig.Session.Counters.BadChecksums);
        await rig.SyncAsync();
        Assert.Equal([Report], rig.Unsolicited);
    }

    [Fact]
    public async Task Three_damaged_frames_in_a_row_jam_the_line_until_the_next_ack()
    {
        await using var rig = await OpenAsync();
        for (var count = 0; count < 3; count++)
        {
            await rig.Controller.SendAsync("01 03 00 15 E8");
            await rig.Controller.ExpectAsync("15");
        }

        // the NAK that begins anew
        await rig.Controller.ExpectAsync("15");
        await rig.SyncAsync();
        Assert.Equal([SessionState.Open, SessionState.Jammed, SessionState.Open], rig.States);
    }

    [Fact]
    public async Task Frame_that_never_ends_is_dropped_after_1500_ms_without_an_answer()
    {
        await using var rig = await OpenAsync();
        await rig.Controller.SendAsync("01 0A 00 04 00");
        await rig.Time.ElapseAsync(1500);
        await rig.SyncAsync();
        Assert.Equal(5, rig.Session.Counters.NoiseBytes);
    }

    [Fact]
    public async Task Good_frames_swallowed_by_a_random_start_byte_are_delivered_after_1500_ms()
    {
        await using var rig = await OpenAsync();
        await rig.Controller.SendAsync($"01 F0 {Report} {Report}");
        await rig.Time.ElapseAsync(1500);
        await rig.Controller.ExpectAsync("06 06");
        await rig.SyncAsync();
        Assert.Equal([Report, Report], rig.Unsolicited);
    }

    [Fact]
    public async Task Noise_without_end_is_counted_logged_once_and_stops_nothing()
    {
        await using var rig = await OpenAsync();
        var noise = new byte[64 * 1024];
        Array.Fill(noise, (byte)0xFF);
        for (var count = 0; count < 16; count++) await rig.Controller.SendAsync(noise);
        await rig.SyncAsync();
        Assert.Equal(16 * noise.Length, rig.Session.Counters.NoiseBytes);
        Assert.Equal(1, rig.Logger.Count(1005));
    }

    [Fact]
    public async Task Every_split_of_what_the_module_sends_gives_the_same_result()
    {
        foreach (var chunks in Wire.Variants("06 " + TellVersion))
        {
            await using var rig = await OpenAsync();
            var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
            await rig.Controller.ExpectAsync(AskVersion);
            foreach (var chunk in chunks) await rig.Controller.SendAsync(chunk.ToArray());
            await rig.Controller.ExpectAsync("06");
            Assert.Equal(7, (await version).LibraryType);
        }
    }

    [Fact]
    public async Task Ack_nak_and_can_without_a_request_are_ignored()
    {
        await using var rig = await OpenAsync();
        await rig.Controller.SendAsync("06 15 18 06");
        await rig.SyncAsync();
        Assert.Equal((1, 1), (rig.Session.Counters.Naks, rig.Session.Counters.Cans));
    }

    [Fact]
    public async Task Line_that_cannot_be_opened_tells_the_caller_and_may_be_opened_later()
    {
        var transport = new FakeTransport();
        var time = new ManualTimeProvider();
        await using var session = new SerialApiSession(transport, SessionTimeouts.Default, time, new CountingLogger());
        transport.Pull();
        await Assert.ThrowsAsync<IOException>(() => session.OpenAsync());
        await FailsAsync(session.SendAsync(new TestAbort()), ZWaveErrorCode.LinkLost);
        transport.Plug();
        var opening = session.OpenAsync();
        await using var controller = await transport.AcceptAsync();
        await controller.ExpectAsync("15");
        await time.ElapseAsync(100);
        await opening;
        Assert.Equal(SessionState.Open, session.State);
    }

    [Fact]
    public async Task Stick_pulled_out_fails_requests_at_once_and_is_found_again()
    {
        await using var rig = await OpenAsync();
        var onLine = rig.TransmitAsync(0x01);
        await rig.Controller.ExpectAsync(Req(0x13, "05 01 01"));
        var queued = rig.TransmitAsync(0x02);
        rig.Transport.Pull();
        await FailsAsync(onLine, ZWaveErrorCode.LinkLost);
        await FailsAsync(queued, ZWaveErrorCode.LinkLost);
        await FailsAsync(rig.TransmitAsync(0x03), ZWaveErrorCode.LinkLost);
        foreach (var pause in new[] { 1, 2, 4, 8, 16, 30, 30 }) await rig.Time.ElapseAsync(TimeSpan.FromSeconds(pause));
        await rig.Time.ElapseAsync(0, until: 30_000);
        rig.Transport.Plug();
        await rig.Time.ElapseAsync(TimeSpan.FromSeconds(30));
        await rig.ReconnectAsync();
        await rig.SyncAsync();
        Assert.Equal([SessionState.Open, SessionState.Unplugged, SessionState.Open], rig.States);
        Assert.Equal(9, rig.Transport.Tries);
        Assert.Equal(1, rig.Logger.Count(1001));
    }

    [Fact]
    public async Task Second_loss_starts_with_the_shortest_pause_once_the_module_answered()
    {
        await using var rig = await OpenAsync();
        for (var loss = 0; loss < 2; loss++)
        {
            rig.Transport.Pull();
            await rig.Time.ElapseAsync(TimeSpan.FromSeconds(1));
            await rig.Time.ElapseAsync(0, until: 2_000);
            rig.Transport.Plug();
            await rig.Time.ElapseAsync(TimeSpan.FromSeconds(2));
            await rig.ReconnectAsync();
            await rig.SyncAsync();
        }

        Assert.Equal(2, rig.Session.Counters.LinkLosses);
    }

    [Fact]
    public async Task Reopening_closes_the_line_and_opens_it_without_a_pause()
    {
        await using var rig = await OpenAsync();
        var before = rig.Controller;
        var request = rig.TransmitAsync(0x01);
        await before.ExpectAsync(Req(0x13, "05 01 01"));
        rig.Session.Reopen();
        await FailsAsync(request, ZWaveErrorCode.LinkLost);
        await before.ExpectEndAsync();
        await rig.ReconnectAsync();
        await rig.SyncAsync();
    }

    [Fact]
    public async Task Line_that_takes_no_bytes_is_reopened_after_5_s()
    {
        await using var rig = await OpenAsync();
        // nobody reads the ACKs: the line in memory holds 64 KiB
        var frames = Enumerable.Repeat(WireAssert.Bytes(Report), 70_000).SelectMany(static frame => frame).ToArray();
        var flood = rig.Controller.SendAsync(frames);
        await rig.Time.ElapseAsync(5_000);
        await Assert.ThrowsAsync<IOException>(() => flood);
        await rig.Time.ElapseAsync(1_000);
        await rig.ReconnectAsync();
        await rig.SyncAsync();
    }

    [Fact]
    public async Task Disposing_closes_the_line_and_cancels_requests()
    {
        var rig = await OpenAsync();
        var request = rig.TransmitAsync(0x01);
        await rig.Controller.ExpectAsync(Req(0x13, "05 01 01"));
        await rig.DisposeAsync();
        await FailsAsync(request, ZWaveErrorCode.Cancelled);
        await rig.Controller.ExpectEndAsync();
        await FailsAsync(rig.TransmitAsync(0x02), ZWaveErrorCode.LinkLost);
        Assert.Equal(SessionState.Closed, rig.Session.State);
    }

    [Fact]
    public async Task State_handler_that_throws_is_counted()
    {
        await using var rig = await OpenAsync();
        rig.Session.StateChanged += static _ => throw new InvalidOperationException("state");
        rig.Session.Reopen();
        await rig.ReconnectAsync();
        await rig.SyncAsync();
        Assert.Equal(2, rig.Session.Counters.HandlerFailures);
    }
}
