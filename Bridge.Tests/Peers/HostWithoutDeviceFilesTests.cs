using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>Plugs nobody has a device file for: everything comes from their command classes.</summary>
public sealed class HostWithoutDeviceFilesTests : IAsyncLifetime
{
    private readonly NetworkProbe _probe = new();
    private MockNetwork _peer = null!;
    private ZWaveNetwork _network = null!;

    public async ValueTask InitializeAsync()
    {
        _peer = await MockNetwork.StartAsync("--unknown-ids");
        _network = new(new(new TcpTransport("127.0.0.1", _peer.Port, TimeProvider.System)), _probe, NullLogger.Instance);
        _network.Start();
        await _probe.UntilInterviewedAsync(new(2), new(3), new(4));
    }

    public async ValueTask DisposeAsync()
    {
        if (_network is not null) await _network.DisposeAsync();
        if (_peer is not null) await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Plug_with_configuration_version_4_tells_names_ranges_and_values_of_its_parameters()
    {
        var (metadata, value) = await _network.ReadAsync(static view =>
        {
            var stored = view.Values.Find(new(new(2), EndpointIndex.Root, ConfigurationCommandClass.Parameter(2)));
            return (stored?.Metadata, stored?.Value);
        });
        Assert.NotNull(metadata);
        Assert.Equal(0, metadata.Minimum);
        Assert.Equal(65535, metadata.Maximum);
        Assert.True(metadata.IsWriteable);
        Assert.Equal(0, value?.AsInteger);
        Assert.Equal(8, await _network.ReadAsync(static view =>
            view.Values.OfNode(new(2)).Count(static pair => pair.Key.Property.Name == "parameter" && pair.Value.Value.IsKnown)));
    }

    [Fact]
    public async Task Parameter_of_an_undocumented_plug_is_written_with_the_size_the_plug_told()
    {
        var since = _peer.Peer.Position;
        Assert.Equal(2000, await _network.SetParameterAsync(new(3), 3, 2000));
        await _peer.CommandAsync(3, "7004030207D0", since);
    }

    [Fact]
    public async Task Parameter_out_of_the_range_the_plug_told_is_refused() =>
        Assert.Equal(ZWaveErrorCode.InvalidArgument, (await Assert.ThrowsAsync<ZWaveException>(() => _network.SetParameterAsync(new(2), 2, 70_000))).Code);

    [Fact]
    public async Task Relays_and_meters_of_undocumented_endpoints_work()
    {
        Assert.True(await _network.SetSwitchAsync(new(4), new(2), true));
        Assert.Equal(5, await _network.ReadMeterAsync(new(4), new(2)));
        Assert.Equal(7.89m, (await _network.ReadAsync(static view =>
            view.Values.Read(new(new(4), new(2), MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 0))))).AsDecimal);
    }
}
