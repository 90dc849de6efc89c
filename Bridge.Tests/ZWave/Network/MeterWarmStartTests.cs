using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>What changed while the host was down shows when it is back.</summary>
public sealed class MeterWarmStartTests
{
    private static readonly NodeId s_plug = new(3);
    private static readonly ValueId s_switch = new(s_plug, EndpointIndex.Root, SwitchBinaryCommandClass.State);
    private static readonly ValueId s_energy = new(s_plug, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 0));

    [Fact]
    public async Task Every_relay_and_meter_is_read_after_a_restart_and_a_stale_state_is_corrected()
    {
        using var plugs = SimulatedNetwork.CreateDefault(TimeProvider.System);
        plugs.HopTime = TimeSpan.Zero;
        var store = new MemoryStore();
        var before = await RunAsync(plugs, store);
        plugs[3].PressButton();
        plugs[3].SetEnergy(850.40m);
        await using var host = await MeterHost.StartAsync(plugs, store);
        await host.Probe.UntilValueAsync(s_switch, Value.Of(true));
        // much more than a few minutes' worth: believed after one question
        await host.Probe.UntilValueAsync(s_energy, Value.OfDecimal(85_040, 2));
        await host.Probe.UntilAsync(() => before.All(id => host.Probe.Updates.Any(update => update.Id == id)), "every relay and reading told again");
        Assert.Empty(host.Probe.Rejections);
    }

    [Fact]
    public async Task Counter_that_tells_zero_right_after_a_restart_keeps_its_value()
    {
        using var plugs = SimulatedNetwork.CreateDefault(TimeProvider.System);
        plugs.HopTime = TimeSpan.Zero;
        var store = new MemoryStore();
        await RunAsync(plugs, store);
        plugs[3].MisreadMeter(0, static _ => 0);
        await using var host = await MeterHost.StartAsync(plugs, store);
        await host.Probe.UntilAsync(() => host.Probe.Updates.Any(static update => update.Id == s_energy), "energy");
        Assert.All(host.Probe.Updates.Where(static update => update.Id == s_energy), static update => Assert.Equal(800.35m, update.Current.AsDecimal));
        Assert.Equal([MeterRejectionReason.Drop], host.Probe.Rejections.Select(static rejection => rejection.Reason));
    }

    // The relays and readings a first run learnt.
    private static async Task<ValueId[]> RunAsync(SimulatedNetwork plugs, MemoryStore store)
    {
        await using var host = await MeterHost.StartAsync(plugs, store);
        await host.Probe.UntilInterviewedAsync(new(2), new(3), new(4));
        await host.Probe.UntilAsync(() => host.Probe.Updates.Any(static update => update.Id == s_energy), "energy");
        return await host.Network.ReadAsync(static view => view.OtherNodes
            .SelectMany(node => view.Values.OfNode(node.Id))
            .Where(static pair => pair.Value.Value.IsKnown)
            .Select(static pair => pair.Key)
            .Where(static id => MeterCommandClass.IsReading(id.Property) || id.Property == SwitchBinaryCommandClass.State)
            .ToArray());
    }
}
