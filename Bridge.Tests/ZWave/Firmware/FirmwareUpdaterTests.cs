using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Security;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Firmware;

/// <summary>Updates of a simulated plug, from the offer to the new version.</summary>
public sealed class FirmwareUpdaterTests
{
    [Fact]
    public async Task Plug_gets_the_image_and_tells_its_new_version_afterwards()
    {
        await using var bench = await FirmwareBench.StartAsync();
        var image = FirmwareBench.Image();

        var end = await bench.Updater.UpdateAsync(FirmwareBench.Order(image));

        Assert.Equal(new(FirmwareBench.Node, 0, image.Checksum, FirmwareState.Done, 4, 4), end);
        Assert.Equal(100, end.Percent);
        Assert.Equal(image.Data.ToArray(), bench.Plug.Firmware.Image);
        Assert.Equal(Value.Of("1.3"), await bench.Host.ReadAsync(EndpointIndex.Root, VersionCommandClass.FirmwareVersion));
        Assert.Equal(
            [FirmwareState.Preparing, FirmwareState.Transferring, FirmwareState.Checking, FirmwareState.Restarting, FirmwareState.Interviewing, FirmwareState.Done],
            bench.States);
    }

    [Theory]
    [InlineData(1, "7A 03 03 12 AC 01 {0}")]
    [InlineData(2, "7A 03 03 12 AC 01 {0}")]
    [InlineData(3, "7A 03 03 12 AC 01 {0} 00 00 28")]
    [InlineData(4, "7A 03 03 12 AC 01 {0} 00 00 28 00")]
    [InlineData(5, "7A 03 03 12 AC 01 {0} 00 00 28 00 01")]
    [InlineData(8, "7A 03 03 12 AC 01 {0} 00 00 28 00 01")]
    public async Task Offer_has_the_fields_of_the_version_and_fragments_a_checksum_from_the_second_on(byte version, string offer)
    {
        await using var bench = await FirmwareBench.StartAsync(static firmware => firmware with { FragmentsAtOnce = 1 }, version);
        // Two fragments, of which the first tells what the plug needs to know of the second.
        var image = FirmwareBench.Image(length: 50);
        // A plug of version 1 cannot tell fragments with checksums apart; only what is sent counts here.
        if (version == 1) await Assert.ThrowsAsync<ZWaveException>(() => bench.Updater.UpdateAsync(FirmwareBench.Order(image)));
        else await bench.Updater.UpdateAsync(FirmwareBench.Order(image));

        Assert.Equal(string.Format(null, offer, $"{image.Checksum >> 8:X2} {image.Checksum & 0xFF:X2}"), bench.Offered[0]);
        Assert.StartsWith("7A 06 00 01 50 4C 55 47 ", bench.Offered[1]);
        Assert.Equal((2 + 2 + 40 + (version >= 2 ? 2 : 0)) * 3 - 1, bench.Offered[1].Length);
        if (version > 1) Assert.StartsWith("7A 06 80 02 ", bench.Offered[2]);
    }

    [Theory]
    [InlineData(46, SecurityClass.None, 40)]
    [InlineData(46, SecurityClass.S2Unauthenticated, 28)]
    [InlineData(46, SecurityClass.S2AccessControl, 28)]
    [InlineData(46, SecurityClass.S0, 20)]
    [InlineData(150, SecurityClass.S2Authenticated, 32)]
    [InlineData(5, SecurityClass.None, 1)]
    public void Fragment_fits_a_frame_with_its_encryption_and_what_the_node_takes(int payload, SecurityClass security, int size) =>
        Assert.Equal(size, FirmwareUpdater.FragmentSize(payload, security, payload == 150 ? (ushort)32 : null));

    [Fact]
    public async Task Several_fragments_are_sent_for_one_question_and_one_again_when_it_is_asked_for_again()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.AsksAgainFor = 2;

        await bench.Updater.UpdateAsync(FirmwareBench.Order());

        Assert.Equal(
            ["00 01", "00 02", "00 02", "00 03", "80 04"],
            bench.Offered.Skip(1).Select(static hex => hex["7A 06 ".Length..][..5]).Where(static (_, index) => index < 5));
        Assert.NotNull(bench.Plug.Firmware.Image);
    }

    [Fact]
    public async Task Fragments_that_got_lost_are_asked_for_again()
    {
        await using var bench = await FirmwareBench.StartAsync(timeouts: static timeouts => timeouts with { NextGet = TimeSpan.FromSeconds(10) });
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order(FirmwareBench.Image(length: 2000)));
        await bench.UntilAsync(static progress => progress.Fragment > 5);
        bench.Host.Faults.FailTransmissions(Bridge.ZWave.Serial.TransmitStatus.NoAcknowledgement, times: 3, FirmwareBench.Node);

        Assert.Equal(FirmwareState.Done, (await update).State);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_with_every_reason_before_anything_is_sent()
    {
        await using var bench = await FirmwareBench.StartAsync();
        await bench.FailsAsync(
            FirmwareBench.Order() with { ManufacturerId = 0x013C, FirmwareId = 0x0001, HardwareVersion = 2 },
            ZWaveErrorCode.InvalidArgument,
            "the image is for firmware id 0001; target 0 has ac01; the image is for manufacturer 013c; the node has 0312; "
                + "the image is for hardware version 2; the node has 1");
        await bench.FailsAsync(
            FirmwareBench.Order() with { Target = 1 }, ZWaveErrorCode.InvalidArgument, "there is no firmware target 1; the node has 0");
        Assert.Empty(bench.Offered);
    }

    [Fact]
    public async Task Image_with_more_fragments_than_can_be_numbered_is_refused_before_anything_is_sent()
    {
        await using var bench = await FirmwareBench.StartAsync(static firmware => firmware with { MaximumFragmentSize = 3 });
        await bench.FailsAsync(
            FirmwareBench.Order(FirmwareBench.Image(length: (0x7FFF * 3) + 1)), ZWaveErrorCode.InvalidArgument,
            "the image has 98302 bytes; with fragments of 3 bytes the node takes 98301 at most");
        Assert.Empty(bench.Offered);
    }

    [Fact]
    public async Task Node_that_says_it_cannot_be_updated_is_offered_nothing()
    {
        await using var bench = await FirmwareBench.StartAsync(static firmware => firmware with { IsUpgradable = false });
        await bench.FailsAsync(FirmwareBench.Order(), ZWaveErrorCode.InvalidArgument, "the node says that firmware target 0 cannot be updated");
        Assert.Empty(bench.Offered);
    }

    [Fact]
    public async Task Image_the_node_runs_already_is_sent_only_when_that_is_wanted()
    {
        var image = FirmwareBench.Image();
        await using var bench = await FirmwareBench.StartAsync(firmware => firmware with { Checksum = image.Checksum });
        await bench.FailsAsync(
            FirmwareBench.Order(image), ZWaveErrorCode.InvalidArgument, $"the node runs this image already (checksum {image.Checksum:x4})");
        Assert.Empty(bench.Offered);

        Assert.Equal(FirmwareState.Done, (await bench.Updater.UpdateAsync(FirmwareBench.Order(image) with { AllowsSame = true })).State);
    }

    [Fact]
    public async Task Node_without_the_class_and_node_that_is_not_there_are_refused()
    {
        await using var bench = await FirmwareBench.StartAsync();
        var unknown = await Assert.ThrowsAsync<ZWaveException>(() => bench.Updater.UpdateAsync(new(new(9), FirmwareBench.Image())));
        Assert.Equal(ZWaveErrorCode.NodeUnknown, unknown.Code);
        await bench.Host.Network.OnLoopAsync(() => bench.Host.Network.View.FindNode(FirmwareBench.Node)!.Root.Replace([SwitchBinaryCommandClass.Id]));
        await bench.FailsAsync(
            FirmwareBench.Order(), ZWaveErrorCode.NotSupported, "the node cannot be updated over the air: it lacks the command class for it");
    }

    [Theory]
    [InlineData(FirmwareRequestStatus.InvalidCombination, "manufacturer id and firmware id are not those of the node")]
    [InlineData(FirmwareRequestStatus.FragmentSizeTooLarge, "the fragments are too large for the node")]
    [InlineData(FirmwareRequestStatus.NotUpgradable, "this firmware of the node cannot be updated")]
    [InlineData(FirmwareRequestStatus.WrongHardwareVersion, "the firmware is for another hardware version")]
    [InlineData(FirmwareRequestStatus.AnotherUpdateRunning, "the node is busy with another update")]
    [InlineData(FirmwareRequestStatus.BatteryLow, "the battery of the node is too low")]
    [InlineData((FirmwareRequestStatus)0x42, "the node refused with the unknown status 42")]
    public async Task Refusal_of_the_node_is_told_in_words_and_no_fragment_is_sent(FirmwareRequestStatus status, string reason)
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.Answer = status;
        await bench.FailsAsync(FirmwareBench.Order(), ZWaveErrorCode.NodeRefused, reason);
        Assert.Single(bench.Offered);
    }

    [Fact]
    public async Task Button_of_the_device_is_waited_for()
    {
        await using var bench = await FirmwareBench.StartAsync(timeouts: static timeouts => timeouts with { Button = TimeSpan.FromSeconds(20) });
        bench.Plug.Firmware.WantsButton = true;
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order());
        await bench.UntilAsync(static progress => progress.State == FirmwareState.WaitingForButton);
        bench.Plug.ConfirmFirmware();
        Assert.Equal(FirmwareState.Done, (await update).State);
    }

    [Fact]
    public async Task Button_nobody_presses_ends_the_update()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.WantsButton = true;
        await bench.FailsAsync(FirmwareBench.Order(), ZWaveErrorCode.NodeTimeout, "nobody pressed the button of the device in time");
    }

    [Theory]
    [InlineData(FirmwareUpdateStatus.ChecksumError, "the checksum of the whole image was wrong when the node had all of it")]
    [InlineData(FirmwareUpdateStatus.TransmissionFailed, "the node gave up: fragments did not arrive")]
    [InlineData(FirmwareUpdateStatus.WrongManufacturer, "the image is for devices of another manufacturer")]
    [InlineData(FirmwareUpdateStatus.WrongFirmwareId, "the image has another firmware id")]
    [InlineData(FirmwareUpdateStatus.WrongTarget, "the image is for another firmware target")]
    [InlineData(FirmwareUpdateStatus.InvalidHeader, "the header of the image is wrong")]
    [InlineData(FirmwareUpdateStatus.InvalidHeaderFormat, "the header of the image has a format the node does not know")]
    [InlineData(FirmwareUpdateStatus.OutOfMemory, "the node has no room for the image")]
    [InlineData(FirmwareUpdateStatus.WrongHardwareVersion, "the image is for another hardware version")]
    [InlineData((FirmwareUpdateStatus)0x42, "the node ended the transfer with the unknown status 42")]
    public async Task End_that_is_no_success_is_told_in_words(FirmwareUpdateStatus status, string reason)
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.EndsWith = status;
        await bench.FailsAsync(FirmwareBench.Order(), ZWaveErrorCode.NodeRefused, reason);
        Assert.Null(bench.Plug.Firmware.Image);
    }

    [Fact]
    public async Task Image_of_another_plug_is_refused_by_the_plug_itself()
    {
        await using var bench = await FirmwareBench.StartAsync();
        await bench.FailsAsync(
            FirmwareBench.Order(FirmwareBench.Image(manufacturerId: 0x013C)), ZWaveErrorCode.NodeRefused, "the image is for devices of another manufacturer");
    }

    [Fact]
    public async Task Firmware_that_is_stored_without_a_restart_is_done()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.EndsWith = FirmwareUpdateStatus.Stored;
        Assert.Equal(FirmwareState.Done, (await bench.Updater.UpdateAsync(FirmwareBench.Order())).State);
    }

    [Fact]
    public async Task Node_that_claims_to_be_done_before_it_has_everything_is_not_believed()
    {
        await using var bench = await FirmwareBench.StartAsync(static firmware => firmware with { FragmentsAtOnce = 1 });
        bench.Plug.Firmware.SaysStoredAfter = 2;
        await bench.FailsAsync(
            FirmwareBench.Order(), ZWaveErrorCode.NotConfirmed, "the node says that it stored the firmware, but never fetched the end of it");
    }

    [Fact]
    public async Task Node_that_does_not_come_back_is_no_success()
    {
        await using var bench = await FirmwareBench.StartAsync();
        bench.Plug.Firmware.StaysAway = true;
        await bench.FailsAsync(
            FirmwareBench.Order(), ZWaveErrorCode.NodeTimeout, "the firmware was stored, but the node did not come back after its restart");
    }

    [Fact]
    public async Task Only_one_node_is_updated_at_a_time()
    {
        await using var bench = await FirmwareBench.StartAsync(timeouts: static timeouts => timeouts with { Button = TimeSpan.FromSeconds(20) });
        bench.Plug.Firmware.WantsButton = true;
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order());
        await bench.UntilAsync(static progress => progress.State == FirmwareState.WaitingForButton);

        var exception = await Assert.ThrowsAsync<ZWaveException>(() => bench.Updater.UpdateAsync(FirmwareBench.Order()));
        Assert.Equal((ZWaveErrorCode.NotReady, "node 2 is being updated; one update at a time"), (exception.Code, exception.Message));
        bench.Plug.ConfirmFirmware();
        await update;
        bench.Plug.Firmware.WantsButton = false;
        Assert.Equal(FirmwareState.Done, (await bench.Updater.UpdateAsync(FirmwareBench.Order(FirmwareBench.Image(length: 60)))).State);
    }

    [Fact]
    public async Task Relay_is_switched_while_an_update_runs()
    {
        await using var bench = await FirmwareBench.StartAsync(timeouts: static timeouts => timeouts with { FragmentPause = TimeSpan.FromMilliseconds(5) });
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order(FirmwareBench.Image(length: 8000)));
        await bench.UntilAsync(static progress => progress.Fragment > 3);

        await bench.Host.Network.SetSwitchAsync(FirmwareBench.Node, EndpointIndex.Root, isOn: true);

        Assert.True(bench.Plug.IsOn());
        Assert.False(update.IsCompleted);
        Assert.Equal(FirmwareState.Done, (await update).State);
    }
}
