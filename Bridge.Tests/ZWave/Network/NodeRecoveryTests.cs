using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Nodes that go and come, with and without a word.</summary>
public sealed class NodeRecoveryTests
{
    private static readonly NodeId s_plug = new(2);

    [Fact]
    public async Task Dead_node_that_comes_back_quietly_is_found_by_a_ping_and_read_again()
    {
        await using var bench = await StartDeadAsync();
        bench.Plugs[2].PressButton();
        bench.Plugs[2].IsDead = false;
        await UntilAliveAsync(bench);
        await bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(true));
    }

    [Fact]
    public async Task Node_that_is_away_when_it_is_met_first_is_dead_and_interviewed_as_soon_as_it_is_heard_of()
    {
        var plugs = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        plugs.Add(s_plug, PlugFile.Read("energy-switch"));
        plugs[2].IsDead = true;
        await using var bench = new NetworkBench(plugs, NetworkBench.Quick with { FirstPing = TimeSpan.FromMinutes(10) });
        bench.Network.Start();
        await bench.Probe.UntilAsync(() => bench.Probe.NodeStatuses.Contains((s_plug, NodeStatus.Dead)), "node 2 dead");
        await bench.Probe.UntilAsync(() => bench.Probe.InterviewOf(s_plug)?.State == InterviewState.Failed, "interview failed");
        bench.Plugs[2].IsDead = false;
        bench.Plugs[2].Say(WireAssert.Bytes("25 03 FF"));
        // far earlier than the interview would be tried again
        await bench.Probe.UntilInterviewedAsync(s_plug);
    }

    [Fact]
    public async Task Node_that_does_not_answer_a_second_interview_is_dead()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        bench.Plugs[2].IsDead = true;
        Assert.False(await bench.Network.InterviewAsync(s_plug));
        Assert.Equal((s_plug, NodeStatus.Dead), bench.Probe.NodeStatuses[^1]);
    }

    [Fact]
    public async Task Any_frame_of_a_dead_node_revives_it()
    {
        await using var bench = await StartDeadAsync();
        bench.Plugs[2].IsDead = false;
        // even one nobody understands
        bench.Plugs[2].Say(WireAssert.Bytes("3F 01"));
        await UntilAliveAsync(bench);
    }

    [Fact]
    public async Task Command_revives_a_dead_node_that_hears_it()
    {
        await using var bench = await StartDeadAsync();
        bench.Plugs[2].IsDead = false;
        Assert.True(await bench.Network.SetSwitchAsync(s_plug, EndpointIndex.Root, true));
        await UntilAliveAsync(bench);
    }

    [Fact]
    public async Task Node_that_was_removed_while_the_stick_was_away_is_said_to_be_gone_with_all_its_values()
    {
        await using var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        bench.IsPlugged = false;
        await bench.Probe.UntilAsync(() => bench.Probe.Statuses.Contains(ControllerStatus.Unplugged), "unplugged");
        bench.Plugs.Remove(s_plug);
        bench.IsPlugged = true;
        await bench.Probe.UntilAsync(() => bench.Probe.Removed.Contains(s_plug), "node 2 removed");
        Assert.Empty(await bench.Network.ReadAsync(static view => view.Values.OfNode(s_plug).ToArray()));
        Assert.Equal(ZWaveErrorCode.NodeUnknown, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetSwitchAsync(s_plug, EndpointIndex.Root, true))).Code);
    }

    private static async Task<NetworkBench> StartDeadAsync()
    {
        var bench = await NetworkBench.StartAsync(PlugFile.Read("energy-switch"));
        bench.Plugs[2].IsDead = true;
        Assert.Equal(ZWaveErrorCode.NodeNoAck, (await Assert.ThrowsAsync<ZWaveException>(() => bench.Network.SetSwitchAsync(s_plug, EndpointIndex.Root, true))).Code);
        await bench.Probe.UntilAsync(() => bench.Probe.NodeStatuses[^1] == (s_plug, NodeStatus.Dead), "node 2 dead");
        return bench;
    }

    private static Task UntilAliveAsync(NetworkBench bench) =>
        bench.Probe.UntilAsync(() => bench.Probe.NodeStatuses[^1] == (s_plug, NodeStatus.Alive), "node 2 alive");
}
