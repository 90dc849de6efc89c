using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Our own resets of meters: the old value, then the new one, and nothing else.</summary>
public sealed class MeterResetTests : IAsyncLifetime
{
    private const int Energy = 0;
    private SimulatedHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SimulatedHost.StartAsync();
        foreach (var (node, endpoint) in new (ushort, byte)[] { (2, 0), (3, 0), (4, 0), (4, 1), (4, 2), (4, 3) })
        {
            await _host.Probe.UntilAsync(() => Told(node, endpoint, 0).Length > 0, $"energy of node {node}, endpoint {endpoint}");
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Energy_goes_to_zero_in_one_step()
    {
        var since = _host.Probe.Updates.Count;
        await _host.Network.ResetMeterAsync(new(2), EndpointIndex.Root);
        Assert.Equal("0.00", Told(2, 0, since)[^1]);
        Assert.Equal(["0.00"], Told(2, 0, since).Distinct());
        Assert.Empty(_host.Probe.Rejections);
    }

    [Fact]
    public async Task Device_that_tells_the_old_reading_first_is_asked_again()
    {
        var since = _host.Probe.Updates.Count;
        _host.Plugs[2].MisreadMeter(Energy, static _ => 12345, times: 3);
        await _host.Network.ResetMeterAsync(new(2), EndpointIndex.Root);
        Assert.Equal(["123.45", "0.00"], Told(2, 0, since).Distinct());
        Assert.Empty(_host.Probe.Rejections);
    }

    [Fact]
    public async Task Old_reading_that_comes_late_does_not_come_back()
    {
        await _host.Network.ResetMeterAsync(new(2), EndpointIndex.Root);
        var since = _host.Probe.Updates.Count;
        _host.Plugs[2].Say(WireAssert.Bytes("32 02 21 44 00 00 30 39")); // 123.45 kWh
        await _host.Probe.UntilAsync(() => _host.Probe.Rejections.Count == 1, "rejection");
        Assert.Equal(["0.00"], Told(2, 0, since).Distinct());
    }

    [Fact]
    public async Task Device_that_never_tells_less_ends_in_an_error_and_keeps_its_reading()
    {
        _host.Plugs[2].MisreadMeter(Energy, static _ => 12345, times: 1000);
        var exception = await Assert.ThrowsAsync<ZWaveException>(() => _host.Network.ResetMeterAsync(new(2), EndpointIndex.Root));
        Assert.Equal(ZWaveErrorCode.NotConfirmed, exception.Code);
        Assert.Equal("node 2, endpoint 0: after the reset the meter still tells 123.45", exception.Message);
    }

    [Fact]
    public async Task Import_and_export_are_reset_together()
    {
        await _host.Network.ResetMeterAsync(new(3), EndpointIndex.Root);
        Assert.Equal(("0.00", "0.00"), (Told(3, 0, 0)[^1], Told(3, 0, 0, MeterScales.Export)[^1]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Reset_of_a_group_resets_its_members_and_every_energy_is_read_again(byte group)
    {
        var since = _host.Probe.Updates.Count;
        await _host.Network.ResetMeterAsync(new(4), new(group));
        foreach (var endpoint in new byte[] { 1, 2, 3 }) Assert.Equal((endpoint, "0.00"), (endpoint, string.Join(' ', Told(4, endpoint, since).Distinct())));
        Assert.Empty(_host.Probe.Rejections);
    }

    [Fact]
    public async Task Reset_of_a_member_takes_its_share_from_the_group_in_one_step_and_leaves_the_other_alone()
    {
        var since = _host.Probe.Updates.Count;
        await _host.Network.ResetMeterAsync(new(4), new(1));
        Assert.Equal(["0.00"], Told(4, 1, since).Distinct());
        Assert.Equal(["7.89"], Told(4, 2, since).Distinct());
        Assert.Equal(["7.89"], Told(4, 3, since).Distinct());
        Assert.Empty(_host.Probe.Rejections);
    }

    [Fact]
    public async Task Meter_that_says_it_cannot_be_reset_is_not_asked_to()
    {
        // Meter Supported Report: no reset, electric, import; kWh, W, V, A; told twice because it was another one before
        for (var count = 0; count < 2; count++) _host.Plugs[2].Say(WireAssert.Bytes("32 04 21 35"));
        await _host.Probe.UntilValueAsync(new(new(2), EndpointIndex.Root, MeterCommandClass.ResetSupported), Value.Of(false));
        var exception = await Assert.ThrowsAsync<ZWaveException>(() => _host.Network.ResetMeterAsync(new(2), EndpointIndex.Root));
        Assert.Equal(ZWaveErrorCode.NotSupported, exception.Code);
    }

    [Fact]
    public void Reset_of_version_6_names_each_counter_and_its_new_value()
    {
        var import = new MeterReading(MeterScales.Electric, MeterScales.Import, Energy);
        var reactive = new MeterReading(MeterScales.Electric, MeterScales.Export, 8);
        var commands = MeterControl.ResetCommands(6, [(import, Value.OfDecimal(12345, 2)), (reactive, Value.OfDecimal(123, 1))]);
        // 0.00 kWh consumed; 0.0 kvarh produced: scale 7 and Scale 2 = 1
        Assert.Equal(
            ["32 05 21 44 00 00 00 00", "32 05 C1 3C 00 00 00 00 01"],
            commands.Select(static command => Hex.Spaced(CommandCodec.Encode(command, new(6)))));
    }

    [Fact]
    public void Reset_before_version_6_names_nothing() =>
        Assert.Equal([new MeterReset()], MeterControl.ResetCommands(5, [(new(MeterScales.Electric, MeterScales.Import, Energy), Value.OfDecimal(12345, 2))]));

    private string[] Told(ushort node, byte endpoint, int since, byte rate = MeterScales.Import)
    {
        var id = new ValueId(new(node), new(endpoint), MeterCommandClass.Reading(MeterScales.Electric, rate, Energy));
        return [.. _host.Probe.Updates.Skip(since).Where(update => update.Id == id).Select(static update => update.Current.ToString())];
    }
}
