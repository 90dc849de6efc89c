using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>How a simulated plug takes a firmware, in bytes.</summary>
public sealed class SimulatedFirmwareTests : IDisposable
{
    private static readonly byte[] s_image = SimulatedFirmware.MakeImage(0x0312, 0xAC01, new(1, 3), 50);

    private readonly PlugBench _bench = new(PlugBench.SmartPlug);

    // manufacturer, firmware id, checksum, target, fragment size, options, hardware version
    private static string Offer => $"7A 03 03 12 AC 01 {Crc16.Compute(s_image) >> 8:X2} {Crc16.Compute(s_image) & 0xFF:X2} 00 00 28 00 01";

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Firmware_is_told() => Assert.Equal(["7A 02 03 12 AC 01 12 34 FF 00 00 28 01"], _bench.Ask("7A 01"));

    [Theory]
    [InlineData("7A 03 03 13 AC 01 12 34 00 00 28 00 01", "7A 04 00")] // another manufacturer
    [InlineData("7A 03 03 12 AC 02 12 34 00 00 28 00 01", "7A 04 00")] // another firmware
    [InlineData("7A 03 03 12 AC 01 12 34 01 00 28 00 01", "7A 04 00")] // another target
    [InlineData("7A 03 03 12 AC 01 12 34 00 00 29 00 01", "7A 04 02")] // fragments too large
    [InlineData("7A 03 03 12 AC 01 12 34 00 00 28 00 02", "7A 04 04")] // another hardware
    public void Offer_that_does_not_fit_is_refused(string offer, string answer) => Assert.Equal([answer], _bench.Ask(offer));

    [Fact]
    public void Fragments_are_fetched_and_the_plug_is_back_with_the_new_version()
    {
        Assert.Equal(["7A 04 FF", "7A 05 04 00 01"], _bench.Ask(Offer));
        Assert.Equal(["7A 04 05"], _bench.Ask(Offer));
        Assert.Empty(_bench.Ask(Fragment(1)));
        Assert.Equal(["7A 07 FF 00 02"], _bench.Ask(Fragment(2)));
        Assert.Empty(_bench.Ask("86 11"));
        _bench.After(TimeSpan.FromSeconds(2));
        Assert.Equal(["86 12 03 07 0F 01 03 01 00"], _bench.Ask("86 11"));
        Assert.Equal($"{Crc16.Compute(s_image):X4}", Convert.ToHexString(Support.WireAssert.Bytes(_bench.Ask("7A 01")[0]).AsSpan(6, 2)));
    }

    [Fact]
    public void Damaged_and_missing_fragments_are_asked_for_again_until_the_plug_gives_up()
    {
        _bench.Tell(Offer);
        var damaged = Fragment(1)[..^2] + "00";
        Assert.Equal(["7A 05 04 00 01"], _bench.Ask(damaged));
        Assert.Equal(["7A 05 04 00 01"], _bench.After(TimeSpan.FromSeconds(2)));
        Assert.Equal(["7A 07 01 00 02"], _bench.After(TimeSpan.FromSeconds(2)));
        Assert.Empty(_bench.Ask(Fragment(1)));
    }

    [Fact]
    public void Image_with_another_checksum_than_offered_is_not_stored()
    {
        _bench.Tell("7A 03 03 12 AC 01 12 34 00 00 28 00 01");
        _bench.Tell(Fragment(1));
        Assert.Equal(["7A 07 00 00 02"], _bench.Ask(Fragment(2)));
        Assert.Equal(["86 12 03 07 0F 01 02 01 00"], _bench.Ask("86 11"));
    }

    private static string Fragment(int number) => Support.WireAssert.Encode(
        new FirmwareFragmentReport(number == 2, (ushort)number, s_image[((number - 1) * 40)..Math.Min(number * 40, s_image.Length)]));
}
