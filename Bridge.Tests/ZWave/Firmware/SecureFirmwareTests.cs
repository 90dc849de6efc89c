using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Firmware;
using Xunit;

namespace Bridge.Tests.ZWave.Firmware;

/// <summary>Updates of a plug that is spoken to with Security 2: everything about them is encrypted, and each fragment fits into one frame with that.</summary>
public sealed class SecureFirmwareTests
{
    // What the simulated module carries; class, command, sequence number, extensions and eight bytes that authenticate are around a command, 6 bytes are
    // around the data of a fragment.
    private const int LargestFrame = 46;
    private const int FragmentSize = LargestFrame - 12 - 6;
    private const int Fragments = 36;
    private static readonly FirmwareImage s_image = FirmwareBench.Image(length: (Fragments * FragmentSize) - 10);

    // After this the plug asks again for what it lacks.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Image_arrives_and_nothing_about_it_goes_in_the_clear_or_in_segments()
    {
        await using var bench = await FirmwareBench.StartSecureAsync();
        var since = bench.Host.Said(2).Length;
        await UpdateAsync(bench);
        Assert.Equal(s_image.Data.ToArray(), bench.Plug.Firmware.Image);
        Assert.Equal(new(1, 3), bench.Plug.Firmware.Version);
        // pings, and the class every node is asked for in the clear
        Assert.Empty(bench.Host.Said(2, since).Where(static hex => !hex.StartsWith("9F 03", StringComparison.Ordinal)).Except(["00", "5E 01"]));
    }

    [Fact]
    public async Task Fragments_fill_the_largest_frame_to_the_last_byte()
    {
        await using var bench = await FirmwareBench.StartSecureAsync();
        var since = bench.Host.Said(2).Length;
        await UpdateAsync(bench);
        Assert.Equal(Fragments, bench.Progress[^1].Fragments);
        var lengths = bench.Host.Said(2, since).Select(static hex => WireAssert.Bytes(hex).Length).ToArray();
        // all but the last, which is ten bytes shorter
        Assert.Equal(Fragments - 1, lengths.Count(static length => length == LargestFrame));
        Assert.Equal(LargestFrame, lengths.Max());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(Fragments - 1)]
    public async Task Fragment_that_gets_lost_on_the_way_is_asked_for_again(int number)
    {
        await using var bench = await FirmwareBench.StartSecureAsync();
        bench.Plug.Firmware.Patience = s_patience;
        var count = 0;
        OnFragment(bench, () =>
        {
            // The module has its acknowledgement already; the plug hears nothing of this frame.
            if (++count != number) return;
            bench.Plug.IsDead = true;
            bench.Host.Plugs.Agenda.At(bench.Host.Plugs.Agenda.Now, () => bench.Plug.IsDead = false);
        });
        await UpdateAsync(bench);
        Assert.Equal(s_image.Data.ToArray(), bench.Plug.Firmware.Image);
        Assert.True(count > Fragments - 1, "it was sent twice");
    }

    [Fact]
    public async Task Fragment_the_plug_asks_for_twice_is_given_twice()
    {
        await using var bench = await FirmwareBench.StartSecureAsync();
        bench.Plug.Firmware.AsksAgainFor = 3;
        await UpdateAsync(bench);
        Assert.Equal(s_image.Data.ToArray(), bench.Plug.Firmware.Image);
    }

    [Fact]
    public async Task Plug_that_lost_count_in_the_middle_gets_the_rest_all_the_same()
    {
        // the next frame has to carry what begins the count anew: it is longer than any the module carries, and this plug cannot put segments together
        await using var bench = await FirmwareBench.StartSecureAsync(static plug =>
            plug with { CommandClasses = [.. plug.CommandClasses.Where(static known => known.Id != TransportServiceCommandClass.Id)] });
        bench.Plug.Firmware.Patience = s_patience;
        var count = 0;
        OnFragment(bench, () =>
        {
            if (++count == 6) bench.Plug.Security.ForgetNonces();
        });
        await UpdateAsync(bench);
        Assert.Equal(s_image.Data.ToArray(), bench.Plug.Firmware.Image);
        Assert.True(bench.Host.Network.Counters.NotDecryptedByNode > 0);
    }

    [Fact]
    public async Task Plug_that_lost_count_and_knows_segments_gets_the_longer_frame_in_segments()
    {
        await using var bench = await FirmwareBench.StartSecureAsync();
        bench.Plug.Firmware.Patience = s_patience;
        var since = bench.Host.Said(2).Length;
        var count = 0;
        OnFragment(bench, () =>
        {
            if (++count == 6) bench.Plug.Security.ForgetNonces();
        });
        await UpdateAsync(bench);
        Assert.Equal(s_image.Data.ToArray(), bench.Plug.Firmware.Image);
        Assert.Contains(bench.Host.Said(2, since), static hex => hex.StartsWith("55 C0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Aborted_update_stores_nothing_and_another_one_goes_well()
    {
        await using var bench = await FirmwareBench.StartSecureAsync();
        var update = bench.Updater.UpdateAsync(FirmwareBench.Order(FirmwareBench.Image(length: 8000)));
        await bench.UntilAsync(static progress => progress.Fragment > 3);
        Assert.True(await bench.Updater.AbortAsync(FirmwareBench.Node));
        Assert.Equal(ZWaveErrorCode.Cancelled, (await Assert.ThrowsAsync<ZWaveException>(() => update)).Code);
        Assert.Equal(FirmwareState.Aborted, bench.Progress[^1].State);
        Assert.Null(bench.Plug.Firmware.Image);
        await UpdateAsync(bench);
        Assert.Equal(s_image.Data.ToArray(), bench.Plug.Firmware.Image);
    }

    private static async Task UpdateAsync(FirmwareBench bench) =>
        Assert.Equal(FirmwareState.Done, (await bench.Updater.UpdateAsync(FirmwareBench.Order(s_image))).State);

    // Whatever fills a frame to the last byte is a fragment.
    private static void OnFragment(FirmwareBench bench, Action act)
    {
        var says = bench.Host.Plugs.ControllerSays;
        bench.Host.Plugs.ControllerSays = (node, frame) =>
        {
            says(node, frame);
            if (frame.Length == LargestFrame) act();
        };
    }
}
