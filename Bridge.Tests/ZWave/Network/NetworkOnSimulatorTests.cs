using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Our host on our simulated plugs, in memory.</summary>
public sealed class NetworkOnSimulatorTests : IAsyncLifetime
{
    private readonly NetworkProbe _probe = new();
    private readonly SimulatedNetwork _plugs = SimulatedNetwork.CreateDefault(TimeProvider.System);
    private SimulatorTransport _transport = null!;
    private ZWaveNetwork _network = null!;

    public async ValueTask InitializeAsync()
    {
        _plugs.HopTime = TimeSpan.Zero;
        _transport = new(new SimulatedController(_plugs, NullLogger.Instance));
        _network = new(
            new(_transport)
            {
                Devices = DeviceCatalog.Load(Repository.Path("devices")),
                Timeouts = new()
                {
                    ConfirmationDelay = TimeSpan.FromMilliseconds(20),
                    EndpointRefresh = TimeSpan.FromMilliseconds(20),
                    Reply = TimeSpan.FromMilliseconds(300),
                    NotSentPause = TimeSpan.FromMilliseconds(20),
                    SoftReset = TimeSpan.FromMilliseconds(500),
                },
                SessionTimeouts = new() { FirstReopen = TimeSpan.FromMilliseconds(20), Acknowledge = TimeSpan.FromMilliseconds(300) },
            },
            _probe, NullLogger.Instance);
        _network.Start();
        await _probe.UntilInterviewedAsync(new(2), new(3), new(4));
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        await _transport.DisposeAsync();
        _plugs.Dispose();
    }

    [Fact]
    public async Task Interview_of_the_simulated_plugs_has_no_failed_step_and_finds_every_file()
    {
        var (files, failed) = await _network.ReadAsync(static view => (
            string.Join(' ', view.OtherNodes.Select(static node => node.Device?.Source)),
            string.Join(' ', view.OtherNodes.SelectMany(static node => node.FailedSteps.Select(step => $"{node.Id}:{step}")))));
        Assert.Equal("nie-technology/n4003.json benext/energy-switch.json philio/double-switch.json", files);
        Assert.Equal("", failed);
        Assert.Equal(0, _network.Counters.CommandsRefused);
        Assert.Equal(0, _network.Counters.RepliesMissing);
    }

    [Fact]
    public async Task Switching_both_relays_at_once_shows_on_each()
    {
        var since = _probe.Updates.Count;
        Assert.True(await _network.SetSwitchAsync(new(4), new(3), true));
        await _probe.UntilValueAsync(new(new(4), new(1), SwitchBinaryCommandClass.State), Value.Of(true), since);
        await _probe.UntilValueAsync(new(new(4), new(2), SwitchBinaryCommandClass.State), Value.Of(true), since);
    }

    [Fact]
    public async Task Second_switch_within_the_dead_time_of_the_relay_is_not_lost()
    {
        var on = _network.SetSwitchAsync(new(3), EndpointIndex.Root, true);
        Assert.True(await on);
        Assert.False(await _network.SetSwitchAsync(new(3), EndpointIndex.Root, false));
        Assert.True(await _network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Every_parameter_of_every_device_file_that_may_be_shown_was_read_with_the_size_of_the_file()
    {
        var wrong = await _network.ReadAsync(static view => view.OtherNodes.SelectMany(node => node.Device!.Parameters
            .Where(static parameter => !parameter.IsHidden)
            .Where(parameter => view.Values.Read(new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.ParameterSize(parameter.Number))).AsInteger != parameter.Size)
            .Select(parameter => $"{node.Id}:{parameter.Number}")).ToArray());
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Stick_that_is_pulled_and_comes_back_is_used_again()
    {
        _transport.IsPlugged = false;
        await _probe.UntilAsync(() => _probe.Statuses.Contains(ControllerStatus.Unplugged), "unplugged");
        Assert.Equal(ZWaveErrorCode.LinkLost, (await Assert.ThrowsAsync<ZWaveException>(() => _network.SetSwitchAsync(new(2), EndpointIndex.Root, true))).Code);
        _transport.IsPlugged = true;
        await _probe.UntilReadyAsync(times: 2);
        Assert.True(await _network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Stop_during_work_ends_in_good_order()
    {
        var set = _network.SetSwitchAsync(new(3), EndpointIndex.Root, true);
        await _network.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => set);
    }
}
