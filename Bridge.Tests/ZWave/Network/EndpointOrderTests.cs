using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Storage;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>A module with two relays and a group whose place among the endpoints differs from revision to revision.</summary>
public sealed class EndpointOrderTests
{
    private const string GroupFirst = "both-relay1-relay2";

    private static readonly DeviceDefinition s_file = DeviceCatalog.Load(Repository.Path("devices")).Definitions.Single(static file => file.EndpointOrders.Count > 0);

    /// <summary>The revision whose endpoint 1 is both relays.</summary>
    private static PlugDefinition GroupFirstPlug
    {
        get
        {
            var plug = PlugFile.Read("double-switch");
            var classes = plug.Endpoints[0].CommandClasses;
            return plug with { Endpoints = [new(1, [1, 2], classes), new(2, [1], classes), new(3, [2], classes)] };
        }
    }

    [Theory]
    // states of endpoints 1, 2, 3
    [InlineData(false, true, true, DeviceDefinition.OwnEndpointOrder)]
    [InlineData(true, true, false, GroupFirst)]
    [InlineData(true, false, true, null)]
    [InlineData(true, true, true, null)]
    [InlineData(false, false, false, null)]
    // fits none: told at different times
    [InlineData(true, false, false, null)]
    [InlineData(false, false, true, null)]
    [InlineData(false, true, false, null)]
    public void Order_is_evident_where_the_states_fit_only_one(bool one, bool two, bool three, string? order) =>
        Assert.Equal(order, EndpointOrders.Evidence(s_file, index => index.Value switch { 1 => one, 2 => two, _ => three }));

    [Fact]
    public void Order_is_not_evident_while_a_state_is_not_known() =>
        Assert.Null(EndpointOrders.Evidence(s_file, static index => index.Value == 1 ? null : true));

    [Fact]
    public async Task Module_with_the_group_in_front_shows_its_order_when_one_relay_is_on()
    {
        await using var bench = await NetworkBench.StartAsync(GroupFirstPlug);
        Assert.Equal((null, "Relay 1"), await OrderAsync(bench));
        // endpoint 2 is relay 1: then endpoints 1 and 2 are on, 3 is off
        await bench.Network.SetSwitchAsync(new(2), new(2), true);
        await UntilOrderAsync(bench, GroupFirst);
        Assert.Equal((GroupFirst, "Both relays"), await OrderAsync(bench));
    }

    [Fact]
    public async Task Module_in_the_order_of_the_file_shows_it_too_and_does_not_change_its_mind()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        await bench.Network.SetSwitchAsync(new(2), new(2), true);
        await UntilOrderAsync(bench, DeviceDefinition.OwnEndpointOrder);
        Assert.Equal((DeviceDefinition.OwnEndpointOrder, "Relay 1"), await OrderAsync(bench));
        await bench.Network.ReadAsync(static view =>
        {
            // what a firmware update could make of it
            foreach (var (endpoint, isOn) in new[] { (1, true), (2, true), (3, false) }) view.Values.Set(new(new(2), new((byte)endpoint), SwitchBinaryCommandClass.State), Value.Of(isOn));
            return true;
        });
        await bench.Network.SetSwitchAsync(new(2), new(1), true);
        Assert.Equal((DeviceDefinition.OwnEndpointOrder, "Relay 1"), await OrderAsync(bench));
    }

    [Fact]
    public async Task Order_the_user_chose_wins_over_the_observed_one()
    {
        await using var bench = await NetworkBench.StartAsync(GroupFirstPlug);
        await bench.Network.ApplySettingsAsync(new(2), new() { EndpointOrder = DeviceDefinition.OwnEndpointOrder });
        await bench.Network.SetSwitchAsync(new(2), new(2), true);
        await UntilOrderAsync(bench, GroupFirst);
        Assert.Equal((GroupFirst, "Relay 1"), await OrderAsync(bench));
    }

    [Fact]
    public async Task Observed_order_is_remembered()
    {
        using var folder = new TemporaryFolder();
        var store = new JsonNetworkStore(folder.Path, TimeProvider.System, NullLogger.Instance);
        await using (var bench = await NetworkBench.StartAsync(GroupFirstPlug, store: store))
        {
            await bench.Network.SetSwitchAsync(new(2), new(2), true);
            await UntilOrderAsync(bench, GroupFirst);
        }

        var snapshot = await store.LoadAsync(new(0xC0DE2026), TestContext.Current.CancellationToken);
        Assert.Equal(GroupFirst, Assert.Single(snapshot!.Nodes).ObservedEndpointOrder);
        var plugs = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        plugs.Add(new(2), GroupFirstPlug);
        await using var again = new NetworkBench(plugs, store: store);
        again.Network.Start();
        await again.Probe.UntilReadyAsync();
        Assert.Equal((GroupFirst, "Both relays"), await OrderAsync(again));
    }

    [Theory]
    [InlineData(false, 3, 1, 2)]
    [InlineData(true, 1, 2, 3)]
    public async Task Group_switched_on_shows_on_its_members_with_their_power(bool isGroupFirst, byte group, byte first, byte second)
    {
        await using var bench = await NetworkBench.StartAsync(isGroupFirst ? GroupFirstPlug : PlugFile.Read("double-switch"));
        bench.Plugs[2].SetLoad(100, relay: 1);
        bench.Plugs[2].SetLoad(40, relay: 2);
        Assert.True(await bench.Network.SetSwitchAsync(new(2), new(group), true));
        var power = MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 2);
        await bench.UntilAsync(first, SwitchBinaryCommandClass.State, Value.Of(true));
        await bench.UntilAsync(second, SwitchBinaryCommandClass.State, Value.Of(true));
        await bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(true));
        await bench.UntilAsync(first, power, Value.OfDecimal(1000, 1));
        await bench.UntilAsync(second, power, Value.OfDecimal(400, 1));
        await bench.UntilAsync(group, power, Value.OfDecimal(1400, 1));
    }

    [Theory]
    [InlineData(false, 1, 3)]
    [InlineData(true, 2, 1)]
    public async Task Relay_switched_shows_on_the_group_and_the_root(bool isGroupFirst, byte relay, byte group)
    {
        await using var bench = await NetworkBench.StartAsync(isGroupFirst ? GroupFirstPlug : PlugFile.Read("double-switch"));
        await bench.Network.SetSwitchAsync(new(2), new(relay), true);
        await bench.UntilAsync(group, SwitchBinaryCommandClass.State, Value.Of(true));
        await bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(true));
        await bench.Network.SetSwitchAsync(new(2), new(relay), false);
        await bench.UntilAsync(group, SwitchBinaryCommandClass.State, Value.Of(false));
        await bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(false));
    }

    [Fact]
    public async Task Switch_by_hand_told_by_the_root_only_shows_on_the_endpoint()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        bench.Plugs[2].PressButton(2);
        await bench.UntilAsync(2, SwitchBinaryCommandClass.State, Value.Of(true));
        await bench.UntilAsync(3, SwitchBinaryCommandClass.State, Value.Of(true));
        Assert.False(await bench.StateAsync(1));
    }

    [Fact]
    public async Task Root_of_a_module_without_a_file_that_stands_for_endpoint_1_moves_it()
    {
        // parameter 3 = 2: the root is relay 1, and its bare report says no more than "something moved"
        var plug = PlugFile.Read("double-switch");
        await using var bench = await NetworkBench.StartAsync(plug with { Endpoints = [.. plug.Endpoints.Take(2)] }, hasFiles: false);
        await bench.Network.SetParameterAsync(new(2), 3, 2);
        bench.Plugs[2].PressButton(1);
        await bench.UntilAsync(1, SwitchBinaryCommandClass.State, Value.Of(true));
        Assert.False(await bench.StateAsync(2));
    }

    [Fact]
    public async Task Endpoints_are_not_given_up_for_a_single_report_nobody_asked_for()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        // Multi Channel End Point Report: none
        bench.Plugs[2].Say(WireAssert.Bytes("60 08 00 00"));
        await HearAsync(bench);
        Assert.Equal(4, await bench.Network.ReadAsync(static view => view.FindNode(new(2))!.Endpoints.Count));
        Assert.Equal(Value.Of(3), await bench.ReadAsync(EndpointIndex.Root, MultiChannelCommandClass.EndpointCount));
        // told once more: believed
        bench.Plugs[2].Say(WireAssert.Bytes("60 08 00 00"));
        await HearAsync(bench);
        Assert.Equal(1, await bench.Network.ReadAsync(static view => view.FindNode(new(2))!.Endpoints.Count));
    }

    [Fact]
    public async Task Endpoints_told_in_answer_to_a_question_are_believed_at_once()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("double-switch"));
        // parameter 10 = 2: endpoint 3 is removed
        await bench.Network.SetParameterAsync(new(2), 10, 2);
        Assert.NotNull(await bench.Network.QueryAsync<MultiChannelEndPointReport>(new(2), EndpointIndex.Root, new MultiChannelEndPointGet()));
        Assert.Equal(3, await bench.Network.ReadAsync(static view => view.FindNode(new(2))!.Endpoints.Count));
    }

    /// <summary>What was said before is dealt with when this is heard.</summary>
    private static Task HearAsync(NetworkBench bench)
    {
        var since = bench.Probe.Commands.Count;
        bench.Plugs[2].Say(new byte[] { 0x20, 0x03, 0x00 });
        return bench.Probe.UntilAsync(() => bench.Probe.Commands.Skip(since).Any(static received => received.Command is BasicReport), "Basic Report");
    }

    private static Task<(string? Observed, string? FirstLabel)> OrderAsync(NetworkBench bench) => bench.Network.ReadAsync(static view =>
    {
        var node = view.FindNode(new(2))!;
        return (node.ObservedEndpointOrder, node.FindDefinition(new(1))?.Label);
    });

    private static Task UntilOrderAsync(NetworkBench bench, string order) => bench.Probe.UntilAsync(() => bench.Probe.OrderOf(new(2)) == order, "order " + order);
}
