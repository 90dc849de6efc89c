using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Polling over the whole way to a simulated plug.</summary>
public sealed class PollOnSimulatorTests : IAsyncLifetime
{
    private static readonly NodeId s_plug = new(2);
    private static readonly ValueId s_voltage = new(s_plug, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 4));
    private static readonly ValueId s_switch = new(s_plug, EndpointIndex.Root, SwitchBinaryCommandClass.State);

    private SimulatedHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SimulatedHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_reading_and_the_state_are_asked_again_and_again_once_the_user_wants_it()
    {
        // no report brings the voltage of an idle plug within five minutes
        var since = _host.Probe.Updates.Count;
        await _host.Network.ApplySettingsAsync(s_plug, new() { PollSeconds = 1 });
        await _host.Probe.UntilAsync(() => Told(s_voltage, since) >= 2 && Told(s_switch, since) >= 2, "voltage and state, twice");
    }

    [Fact]
    public async Task Relay_that_moved_without_a_word_is_found_out()
    {
        var since = _host.Probe.Updates.Count;
        _host.Faults.LoseReports(1);
        _host.Plugs[2].PressButton();
        await _host.Network.ApplySettingsAsync(s_plug, new() { PollSeconds = 1 });
        await _host.Probe.UntilValueAsync(s_switch, Value.Of(true), since);
    }

    private int Told(ValueId id, int since) => _host.Probe.Updates.Skip(since).Count(update => update.Id == id);
}
