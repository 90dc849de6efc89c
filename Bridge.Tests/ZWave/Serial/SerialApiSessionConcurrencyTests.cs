using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;
using static Bridge.Tests.ZWave.Serial.SessionRig;

namespace Bridge.Tests.ZWave.Serial;

/// <summary>Several requests at once: order, callback ids, giving up, the queue.</summary>
public sealed class SerialApiSessionConcurrencyTests
{
    [Fact]
    public async Task Next_request_is_sent_after_the_response_and_beside_an_outstanding_callback()
    {
        await using var rig = await OpenAsync();
        var transmission = rig.TransmitAsync(0xFF);
        await rig.Controller.ExpectAsync(Req(0x13, "05 FF 01"));
        var version = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await rig.Controller.SendAsync("06");
        // nothing but the ACK of the response comes before the next request
        await rig.Controller.SendAsync(Res(0x13, "01"));
        await rig.Controller.ExpectAsync("06 " + AskVersion);
        await rig.Controller.DeliverAsync(Req(0x13, "01 00"));
        Assert.Equal(0, (await transmission).Status);
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(TellVersion);
        await version;
    }

    [Fact]
    public async Task Transmissions_never_overlap_and_others_overtake_them()
    {
        await using var rig = await OpenAsync();
        var first = rig.TransmitAsync(0x01);
        await rig.Controller.ExpectAsync(Req(0x13, "05 01 01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x13, "01"));
        var second = rig.TransmitAsync(0x02);
        await rig.SyncAsync();
        await rig.Controller.SendAsync(Req(0x13, "01 00"));
        await rig.Controller.ExpectAsync("06 " + Req(0x13, "05 02 02"));
        await first;
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x13, "01"));
        await rig.Controller.DeliverAsync(Req(0x13, "02 01"));
        Assert.Equal(1, (await second).Status);
    }

    [Fact]
    public async Task Interleaved_callbacks_are_matched_by_id_and_not_by_order()
    {
        await using var rig = await OpenAsync();
        var first = rig.Session.TransactAsync<TestCalled>(TestCall.NeighborUpdate);
        await rig.Controller.ExpectAsync(Req(0x48, "01"));
        var second = rig.Session.TransactAsync<TestCalled>(TestCall.NeighborUpdate);
        await rig.Controller.SendAsync("06");
        await rig.Controller.ExpectAsync(Req(0x48, "02"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Req(0x48, "02 23"));
        Assert.Equal(0x23, (await second).Status);
        Assert.False(first.IsCompleted);
        await rig.Controller.DeliverAsync(Req(0x48, "01 22"));
        Assert.Equal(0x22, (await first).Status);
    }

    [Fact]
    public async Task Callback_ids_wrap_at_255_and_skip_those_under_way()
    {
        await using var rig = await OpenAsync();
        var longOne = rig.Session.TransactAsync<TestCalled>(TestCall.NeighborUpdate);
        await rig.Controller.ExpectAsync(Req(0x48, "01"));
        await rig.Controller.SendAsync("06");
        for (var id = 2; id <= 256; id++)
        {
            // 255 is followed by 2: 0 means no callback, 1 is under way
            var expected = id == 256 ? 2 : id;
            var call = rig.TransmitAsync(0xFF);
            await rig.Controller.ExpectAsync(Req(0x13, $"05 FF {expected:X2}"));
            await rig.Controller.SendAsync("06");
            await rig.Controller.DeliverAsync(Res(0x13, "01"));
            await rig.Controller.DeliverAsync(Req(0x13, $"{expected:X2} 00"));
            await call;
        }

        await rig.Controller.DeliverAsync(Req(0x48, "01 22"));
        await longOne;
    }

    [Fact]
    public async Task Callback_with_function_0_and_no_id_belongs_to_the_only_request_waiting()
    {
        await using var rig = await OpenAsync();
        var update = rig.Session.TransactAsync<TestCalled>(TestCall.NeighborUpdate);
        await rig.Controller.ExpectAsync(Req(0x48, "01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Req(0x00, "22"));
        Assert.Equal(0x22, (await update).Status);
        await rig.Controller.DeliverAsync(Req(0x00, "22"));
        await rig.SyncAsync();
        Assert.Equal(1, rig.Session.Counters.UnknownCallbacks);
    }

    [Fact]
    public async Task Assign_return_route_answered_as_delete_return_route_is_matched()
    {
        await using var rig = await OpenAsync();
        var route = rig.Session.TransactAsync<TestCalled>(TestCall.AssignSucReturnRoute);
        await rig.Controller.ExpectAsync(Req(0x51, "01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x55, "01"));
        await rig.Controller.DeliverAsync(Req(0x55, "01 00"));
        Assert.Equal(0, (await route).Status);
    }

    [Fact]
    public async Task Requests_beyond_the_queue_limit_are_refused_and_the_others_carried_out()
    {
        await using var rig = await OpenAsync(queueLimit: 2);
        var onLine = rig.Session.SendAsync(new TestAbort());
        await rig.Controller.ExpectAsync("01 03 00 16 EA");
        // the session's turn is over when its ACK timer is armed: the request on the line does not count any more
        await rig.Time.ElapseAsync(0, until: 1600);
        var queued = new[] { rig.Session.SendAsync(new TestAbort()), rig.Session.SendAsync(new TestAbort()) };
        await FailsAsync(rig.Session.SendAsync(new TestAbort()), ZWaveErrorCode.QueueFull);
        await rig.Controller.SendAsync("06");
        foreach (var request in queued)
        {
            await rig.Controller.ExpectAsync("01 03 00 16 EA");
            await rig.Controller.SendAsync("06");
            await request;
        }

        await onLine;
        await rig.SyncAsync();
    }

    [Fact]
    public async Task Request_given_up_while_queued_is_never_sent()
    {
        await using var rig = await OpenAsync();
        var onLine = rig.Session.SendAsync(new TestAbort());
        await rig.Controller.ExpectAsync("01 03 00 16 EA");
        using var source = new CancellationTokenSource();
        var queued = rig.TransmitAsync(0xFF, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await rig.Controller.SendAsync("06");
        await onLine;
        await rig.SyncAsync();
    }

    [Fact]
    public async Task Transmission_given_up_under_way_is_aborted_and_keeps_the_slot_until_its_callback()
    {
        await using var rig = await OpenAsync();
        using var source = new CancellationTokenSource();
        var givenUp = rig.TransmitAsync(0x01, source.Token);
        await rig.Controller.ExpectAsync(Req(0x13, "05 01 01"));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        var next = rig.TransmitAsync(0x02);
        await rig.Controller.SendAsync("06");
        await rig.Controller.SendAsync(Res(0x13, "01"));
        await rig.Controller.ExpectAsync("06 01 03 00 16 EA");
        await rig.Controller.SendAsync("06");
        await rig.SyncAsync();
        await rig.Controller.SendAsync(Req(0x13, "01 02"));
        await rig.Controller.ExpectAsync("06 " + Req(0x13, "05 02 02"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x13, "01"));
        await rig.Controller.DeliverAsync(Req(0x13, "02 00"));
        Assert.Equal(0, (await next).Status);
    }

    [Fact]
    public async Task Reset_of_the_module_fails_all_requests_before_and_none_after()
    {
        await using var rig = await OpenAsync();
        var transmission = rig.TransmitAsync(0xFF);
        await rig.Controller.ExpectAsync(Req(0x13, "05 FF 01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Res(0x13, "01"));
        var queued = rig.TransmitAsync(0x00);
        Task<GetVersionResponse>? afterwards = null;
        rig.Session.UnsolicitedFrame = _ =>
        {
            rig.Session.FailPending(ZWaveErrorCode.ControllerReset, "the module was reset");
            afterwards = rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        };
        // SerialAPIStarted
        await rig.Controller.SendAsync(Req(0x0A, "06 00 01 02 07 00"));
        await rig.Controller.ExpectAsync("06 " + AskVersion);
        await FailsAsync(transmission, ZWaveErrorCode.ControllerReset);
        await FailsAsync(queued, ZWaveErrorCode.ControllerReset);
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(TellVersion);
        await afterwards!;
    }

    [Fact]
    public async Task Handler_that_throws_is_counted_and_logged_once_while_frames_go_on()
    {
        await using var rig = await OpenAsync();
        rig.Session.UnsolicitedFrame = static _ => throw new InvalidOperationException("handler");
        for (var count = 0; count < 5; count++) await rig.Controller.DeliverAsync(Req(0x04, "00 0C 03 25 03 FF B5"));
        await rig.SyncAsync();
        Assert.Equal(5, rig.Session.Counters.HandlerFailures);
        Assert.Equal(1, rig.Logger.Count(1008));
    }

    [Fact]
    public async Task Progress_handler_that_throws_does_not_end_the_request()
    {
        await using var rig = await OpenAsync();
        var update = rig.Session.TransactAsync<TestCalled>(TestCall.NeighborUpdate, static _ => throw new InvalidOperationException("progress"));
        await rig.Controller.ExpectAsync(Req(0x48, "01"));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Req(0x48, "01 21"));
        await rig.Controller.DeliverAsync(Req(0x48, "01 22"));
        Assert.Equal(0x22, (await update).Status);
        Assert.Equal(1, rig.Session.Counters.HandlerFailures);
    }

    [Fact]
    public async Task Ack_is_on_the_line_while_the_handler_still_works()
    {
        await using var rig = await OpenAsync();
        using var release = new ManualResetEventSlim();
        rig.Session.UnsolicitedFrame = _ => release.Wait();
        await rig.Controller.SendAsync(Req(0x04, "00 0C 03 25 03 FF B5"));
        await rig.Controller.ExpectAsync("06");
        release.Set();
        await rig.SyncAsync();
    }

    [Fact]
    public async Task Requests_of_many_threads_are_all_carried_out()
    {
        await using var rig = await OpenAsync(queueLimit: 1000);
        var requests = Enumerable.Range(0, 200).Select(_ => Task.Run(() => rig.Session.RequestAsync<GetVersionResponse>(new GetVersionRequest()))).ToArray();
        for (var count = 0; count < requests.Length; count++)
        {
            await rig.Controller.ExpectAsync(AskVersion);
            await rig.Controller.SendAsync("06 " + TellVersion);
            await rig.Controller.ExpectAsync("06");
        }

        Assert.All(await Task.WhenAll(requests), static version => Assert.Equal(7, version.LibraryType));
        Assert.Equal(200, rig.Session.Counters.FramesSent);
    }
}
