using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Each plug shows an overload in its own way; what is told of it is one value.</summary>
public sealed class OverloadTests
{
    private static readonly ValueId s_overload = new(new(2), EndpointIndex.Root, NodeValues.Overload);

    [Theory]
    [InlineData("n4003", true)]
    [InlineData("energy-switch", true)]
    [InlineData("double-switch", true)]
    [InlineData("n4003", false)]
    [InlineData("double-switch", false)]
    public async Task Plug_that_can_tell_has_the_value_and_it_is_false_after_the_interview(string plug, bool hasFiles)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read(plug), hasFiles);
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(false));
        Assert.Equal("Overload", (await bench.Network.ReadAsync(static view => view.Values.Find(s_overload)))?.Metadata?.Label);
    }

    [Fact]
    public async Task Plug_without_a_file_and_without_alarms_has_no_such_value()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"), hasFiles: false);
        Assert.Null(await bench.Network.ReadAsync(static view => view.Values.Find(s_overload)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Notification_raises_it_and_idle_ends_it(bool hasFiles)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"), hasFiles);
        // power management: over-load detected; then idle, naming the state that ended
        bench.Plugs[2].Say(WireAssert.Bytes("71 05 00 00 00 FF 08 08 00"));
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(true));
        bench.Plugs[2].Say(WireAssert.Bytes("71 05 00 00 00 FF 08 00 01 08"));
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(false));
    }

    [Fact]
    public async Task Notification_that_is_none_of_an_overload_does_not_raise_it()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"));
        var since = bench.Probe.Updates.Count;
        // power management: surge detected (an event), AC mains disconnected (a state)
        bench.Plugs[2].Say(WireAssert.Bytes("71 05 00 00 00 FF 08 04 00"));
        bench.Plugs[2].Say(WireAssert.Bytes("71 05 00 00 00 FF 08 02 00"));
        await bench.Probe.UntilValueAsync(new(new(2), EndpointIndex.Root, NotificationCommandClass.State(8, 2)), Value.Of(true), since);
        Assert.False((await bench.ReadAsync(EndpointIndex.Root, NodeValues.Overload)).AsBoolean);
    }

    [Fact]
    public async Task Stale_notification_ends_when_the_relay_is_switched_on_and_carries_a_normal_load()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"));
        bench.Plugs[2].SetLoad(60);
        // the plug itself knows of no state: asked, it says idle
        bench.Plugs[2].Say(WireAssert.Bytes("71 05 00 00 00 FF 08 08 00"));
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(true));
        Assert.True(await bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(false));
        Assert.False((await bench.ReadAsync(EndpointIndex.Root, NotificationCommandClass.State(8, 8))).AsBoolean);
    }

    [Fact]
    public async Task Overload_the_plug_trips_on_is_over_when_it_carries_a_normal_load_again()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("n4003"));
        Assert.True(await bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
        bench.Plugs[2].SetLoad(4000);
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(true));
        await bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(false));
        bench.Plugs[2].SetLoad(60);
        Assert.True(await bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Alarm_of_version_1_raises_it_and_the_next_on_with_a_reading_ends_it(bool hasFiles)
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"), hasFiles);
        Assert.True(await bench.Network.SetSwitchAsync(new(2), new(1), true));
        bench.Plugs[2].Overload(1);
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(true));
        // the module is locked: on by radio does nothing
        Assert.Equal(ZWaveErrorCode.NotConfirmed, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetSwitchAsync(new(2), new(1), true))).Code);
        Assert.True((await bench.ReadAsync(EndpointIndex.Root, NodeValues.Overload)).AsBoolean);
        bench.Plugs[2].FailPower();
        bench.Plugs[2].SetLoad(100, relay: 1);
        Assert.True(await bench.Network.SetSwitchAsync(new(2), new(1), true));
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(false));
    }

    [Fact]
    public async Task Alarm_of_another_level_than_that_of_the_file_says_nothing_of_an_overload()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        var since = bench.Probe.Updates.Count;
        bench.Plugs[2].Say(WireAssert.Bytes("71 05 08 01"));
        await bench.Probe.UntilValueAsync(new(new(2), EndpointIndex.Root, NotificationCommandClass.AlarmLevel(8)), Value.Of(1), since);
        Assert.False((await bench.ReadAsync(EndpointIndex.Root, NodeValues.Overload)).AsBoolean);
    }

    [Fact]
    public async Task Plug_without_alarms_that_switches_off_by_itself_near_its_limit_had_an_overload()
    {
        await using var bench = await StartNearLimitAsync(watts: 4400);
        // the limit opens the relay and nobody is told; the next reading is nothing
        bench.Plugs[2].Overload();
        Assert.True(await bench.Network.ReadMeterAsync(new(2), EndpointIndex.Root) > 0);
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(true));
        Assert.False(await bench.StateAsync(0));
        bench.Plugs[2].SetLoad(200);
        Assert.True(await bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
        await bench.UntilAsync(0, NodeValues.Overload, Value.Of(false));
    }

    [Fact]
    public async Task Off_that_we_sent_is_no_overload_however_high_the_load_was()
    {
        await using var bench = await StartNearLimitAsync(watts: 4400);
        Assert.False(await bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, false));
        await bench.Network.ReadMeterAsync(new(2), EndpointIndex.Root);
        Assert.False((await bench.ReadAsync(EndpointIndex.Root, NodeValues.Overload)).AsBoolean);
    }

    [Fact]
    public async Task Off_by_hand_far_from_the_limit_is_no_overload()
    {
        await using var bench = await StartNearLimitAsync(watts: 200);
        bench.Plugs[2].PressButton();
        await bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(false));
        Assert.False((await bench.ReadAsync(EndpointIndex.Root, NodeValues.Overload)).AsBoolean);
    }

    [Fact]
    public async Task Plug_whose_limit_is_switched_off_has_no_overload()
    {
        await using var bench = await StartNearLimitAsync(watts: 4400);
        Assert.Equal(0, await bench.Network.SetParameterAsync(new(2), 3, 0));
        bench.Plugs[2].PressButton();
        await bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(false));
        Assert.False((await bench.ReadAsync(EndpointIndex.Root, NodeValues.Overload)).AsBoolean);
    }

    private static async Task<NetworkBench> StartNearLimitAsync(decimal watts)
    {
        var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        bench.Plugs[2].SetLoad(watts);
        Assert.True(await bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
        await bench.Network.ReadMeterAsync(new(2), EndpointIndex.Root);
        return bench;
    }
}
