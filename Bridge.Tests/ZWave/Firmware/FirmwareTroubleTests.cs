using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Firmware;
using Xunit;

namespace Bridge.Tests.ZWave.Firmware;

/// <summary>Updates that are called off, interrupted, gone on with, or started later.</summary>
public sealed class FirmwareTroubleTests
{
    [Fact]
    public async Task Aborted_update_ends_when_the_plug_gives_up_and_nothing_is_stored()
    {
        await using var bench = await FirmwareBench.StartAsync();
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order(FirmwareBench.Image(length: 8000)));
        await bench.UntilAsync(static progress => progress.Fragment > 3);

        Assert.True(await bench.Updater.AbortAsync(FirmwareBench.Node));

        Assert.Equal(ZWaveErrorCode.Cancelled, (await Assert.ThrowsAsync<ZWaveException>(() => update)).Code);
        Assert.Equal(FirmwareState.Aborted, bench.Progress[^1].State);
        Assert.Null(bench.Plug.Firmware.Image);
        // Spoilt: marked as the last, with a checksum that does not fit.
        var spoilt = bench.Offered[^1];
        Assert.Equal('8', spoilt["7A 06 ".Length]);
        Assert.False(Support.WireAssert.Decode<FirmwareFragmentReport>(spoilt).IsChecksumValid);
        Assert.Equal(FirmwareState.Done, (await bench.Updater.UpdateAsync(FirmwareBench.Order())).State);
    }

    [Fact]
    public async Task Update_that_waits_for_a_button_can_be_aborted()
    {
        await using var bench = await FirmwareBench.StartAsync(timeouts: static timeouts => timeouts with { Button = TimeSpan.FromSeconds(20) });
        bench.Plug.Firmware.WantsButton = true;
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order());
        await bench.UntilAsync(static progress => progress.State == FirmwareState.WaitingForButton);
        Assert.True(await bench.Updater.AbortAsync(FirmwareBench.Node));
        await Assert.ThrowsAsync<ZWaveException>(() => update);
        Assert.Single(bench.Offered);
    }

    [Fact]
    public async Task Nothing_is_aborted_where_nothing_runs()
    {
        await using var bench = await FirmwareBench.StartAsync();
        Assert.False(await bench.Updater.AbortAsync(FirmwareBench.Node));
    }

    [Fact]
    public async Task Node_that_takes_the_offer_and_asks_for_nothing_ends_the_update()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.NeverAsks = true;
        await bench.FailsAsync(FirmwareBench.Order(), ZWaveErrorCode.NodeTimeout, "the node took the offer and asked for no fragment within 0 s");
    }

    [Fact]
    public async Task Node_that_asks_for_nothing_more_ends_the_update()
    {
        await using var bench = await FirmwareBench.StartAsync(static firmware => firmware with { FragmentsAtOnce = 1 });
        bench.Plug.Firmware.StopsAskingAfter = 2;
        await bench.FailsAsync(FirmwareBench.Order(), ZWaveErrorCode.NodeTimeout, "the node asked for nothing more for 0 s, after fragment 2 of 4");
    }

    [Fact]
    public async Task Node_that_has_everything_and_says_nothing_ends_the_update()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.StopsAskingAfter = 2;
        await bench.FailsAsync(
            FirmwareBench.Order(), ZWaveErrorCode.NodeTimeout, "the node has all fragments and did not say within 0 s what became of them");
    }

    [Fact]
    public async Task Fragment_that_fits_no_frame_any_more_ends_the_update()
    {
        await using var bench = await FirmwareBench.StartAsync(timeouts: static timeouts => timeouts with { FragmentPause = TimeSpan.FromMilliseconds(5) });
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order(FirmwareBench.Image(length: 8000)));
        await bench.UntilAsync(static progress => progress.Fragment > 3);
        await bench.Host.Network.OnLoopAsync(() =>
        {
            var context = bench.Host.Network.Context;
            context.FindNode(FirmwareBench.Node)!.Root.Replace([FirmwareUpdateMetaDataCommandClass.Id]);
            context.Identity = context.Identity! with { MaximumPayload = 20 };
        });
        Assert.Equal(ZWaveErrorCode.InvalidArgument, (await Assert.ThrowsAsync<ZWaveException>(() => update)).Code);
        Assert.Equal(FirmwareState.Failed, bench.Progress[^1].State);
    }

    [Fact]
    public async Task Node_that_does_not_answer_to_the_offer_ends_the_update()
    {
        await using var bench = await FirmwareBench.StartAsync();
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order());
        await bench.UntilAsync(static progress => progress.State == FirmwareState.Preparing);
        bench.Host.Faults.LoseReports(100);
        var exception = await Assert.ThrowsAsync<ZWaveException>(() => update);
        Assert.Equal(ZWaveErrorCode.NodeTimeout, exception.Code);
    }

    [Fact]
    public async Task Node_that_asks_for_the_same_fragment_for_ever_ends_the_update()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.NeverAsks = true;
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order());
        await bench.UntilAsync(static progress => progress.State == FirmwareState.Transferring);
        for (var count = 0; count < 60 && !update.IsCompleted; count++)
        {
            var fragments = bench.Offered.Length;
            bench.Plug.Say(Support.WireAssert.Bytes("7A 05 01 00 01"));
            while (bench.Offered.Length == fragments && !update.IsCompleted) await Task.Yield();
        }

        Assert.Equal("the node asks for fragment 1 again and again", (await Assert.ThrowsAsync<ZWaveException>(() => update)).Message);
    }

    [Theory]
    [InlineData("7A 05 01 00 00")] // fragments are counted from 1
    [InlineData("7A 05 00 00 01")] // none
    [InlineData("7A 05 01 7F FF")] // beyond the end
    [InlineData("7A 07")] // cut off
    [InlineData("7A 05 01 00")]
    public async Task Senseless_questions_send_nothing(string hex)
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.NeverAsks = true;
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order());
        await bench.UntilAsync(static progress => progress.State == FirmwareState.Transferring);
        bench.Plug.Say(Support.WireAssert.Bytes(hex));
        Assert.Equal(ZWaveErrorCode.NodeTimeout, (await Assert.ThrowsAsync<ZWaveException>(() => update)).Code);
        Assert.Single(bench.Offered);
    }

    [Fact]
    public async Task Interrupted_transfer_goes_on_where_it_ended_when_the_node_can()
    {
        await using var bench = await FirmwareBench.StartAsync(static firmware => firmware with { SupportsResume = true, FragmentsAtOnce = 1 }, version: 8);
        Assert.True((await bench.Updater.DescribeAsync(FirmwareBench.Node)).SupportsResume);
        bench.Plug.Firmware.StopsAskingAfter = 2;
        await Assert.ThrowsAsync<ZWaveException>(() => bench.Updater.UpdateAsync(FirmwareBench.Order()));
        bench.Plug.Firmware.StopsAskingAfter = null;
        var before = bench.Offered.Length;

        Assert.Equal(FirmwareState.Done, (await bench.Updater.UpdateAsync(FirmwareBench.Order() with { Resumes = true })).State);

        Assert.Equal("04", bench.Offered[before].Split(' ')[11]); // the flag
        Assert.StartsWith("7A 06 00 03 ", bench.Offered[before + 1]);
        Assert.Equal(FirmwareBench.Image().Data.ToArray(), bench.Plug.Firmware.Image);
    }

    [Fact]
    public async Task Interrupted_transfer_begins_anew_where_the_node_cannot_go_on()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.StopsAskingAfter = 2;
        await Assert.ThrowsAsync<ZWaveException>(() => bench.Updater.UpdateAsync(FirmwareBench.Order()));
        bench.Plug.Firmware.StopsAskingAfter = null;
        var before = bench.Offered.Length;

        Assert.Equal(FirmwareState.Done, (await bench.Updater.UpdateAsync(FirmwareBench.Order() with { Resumes = true })).State);

        Assert.Equal("00", bench.Offered[before].Split(' ')[11]);
        Assert.StartsWith("7A 06 00 01 ", bench.Offered[before + 1]);
    }

    [Fact]
    public async Task Firmware_can_be_stored_now_and_started_later()
    {
        await using var bench = await FirmwareBench.StartAsync(static firmware => firmware with { SupportsActivation = true }, version: 7);
        var image = FirmwareBench.Image();
        var stored = await bench.Updater.UpdateAsync(FirmwareBench.Order(image) with { ActivatesLater = true });
        Assert.Equal(FirmwareState.WaitingForActivation, stored.State);
        Assert.Equal(new(1, 2), bench.Plug.Firmware.Version);

        Assert.Equal(FirmwareState.Done, (await bench.Updater.ActivateAsync(FirmwareBench.Node, 0, image.Checksum)).State);

        Assert.Equal(new(1, 3), bench.Plug.Firmware.Version);
        Assert.Contains(FirmwareState.Activating, bench.States);
    }

    [Fact]
    public async Task Firmware_the_node_wants_to_have_started_is_started_at_once()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.EndsWith = FirmwareUpdateStatus.WaitingForActivation;
        Assert.Equal(FirmwareState.Done, (await bench.Updater.UpdateAsync(FirmwareBench.Order())).State);
        Assert.Equal(new(1, 3), bench.Plug.Firmware.Version);
    }

    [Theory]
    [InlineData(FirmwareActivationStatusReport.InvalidCombination, "the node does not have this firmware to activate")]
    [InlineData(FirmwareActivationStatusReport.Failed, "the node could not activate the firmware")]
    [InlineData(0x42, "the node answered the activation with the unknown status 42")]
    public async Task Activation_that_fails_is_told_in_words(byte status, string reason)
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.EndsWith = FirmwareUpdateStatus.WaitingForActivation;
        bench.Plug.Firmware.AnswersActivation = status;
        await bench.FailsAsync(FirmwareBench.Order(), ZWaveErrorCode.NodeRefused, reason);
    }

    [Fact]
    public async Task Later_start_is_refused_where_the_node_cannot()
    {
        await using var bench = await FirmwareBench.StartAsync(version: 7);
        await bench.FailsAsync(
            FirmwareBench.Order() with { ActivatesLater = true }, ZWaveErrorCode.InvalidArgument, "the node cannot store a firmware to start it later");
        Assert.Empty(bench.Offered);
    }

    [Fact]
    public async Task Node_that_leaves_the_network_ends_its_update()
    {
        await using var bench = await FirmwareBench.StartAsync(timeouts: static timeouts => timeouts with { Button = TimeSpan.FromSeconds(20) });
        bench.Plug.Firmware.WantsButton = true;
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order());
        await bench.UntilAsync(static progress => progress.State == FirmwareState.WaitingForButton);
        await bench.Host.Network.OnLoopAsync(() => bench.Host.Network.Membership.Remove(FirmwareBench.Node));
        Assert.Equal("the node left the network", (await Assert.ThrowsAsync<ZWaveException>(() => update)).Message);
        Assert.Equal(FirmwareState.Failed, bench.Progress[^1].State);
    }

    [Fact]
    public async Task Program_that_stops_tells_no_end_so_that_it_can_be_gone_on_with()
    {
        var bench = await FirmwareBench.StartAsync();
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order(FirmwareBench.Image(length: 8000)));
        await bench.UntilAsync(static progress => progress.Fragment > 3);
        await bench.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => update);
        Assert.DoesNotContain(bench.Progress, static progress => progress.IsEnd);
    }

    [Fact]
    public async Task Progress_is_told_at_most_once_in_its_time()
    {
        await using var bench = await FirmwareBench.StartAsync(timeouts: static timeouts => timeouts with { Progress = TimeSpan.FromHours(1) });
        await bench.Updater.UpdateAsync(FirmwareBench.Order(FirmwareBench.Image(length: 2000)));
        Assert.Single(bench.Progress, static progress => progress.State == FirmwareState.Transferring);
    }
}
