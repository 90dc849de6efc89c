using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Storage;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The situations in which other hosts fail their users: ours has to get through each of them.</summary>
public sealed class HostFaultTests : IAsyncLifetime
{
    private static readonly NodeId s_mini = new(2);
    private static readonly NodeId s_energy = new(3);
    private static readonly NodeId s_double = new(4);

    private readonly TemporaryFolder _folder = new();
    private readonly NetworkProbe _probe = new();
    private MockNetwork _peer = null!;
    private ZWaveNetwork _network = null!;

    public async ValueTask InitializeAsync()
    {
        _peer = await MockNetwork.StartAsync();
        _network = Start(_probe);
        await _probe.UntilInterviewedAsync(s_mini, s_energy, s_double);
    }

    public async ValueTask DisposeAsync()
    {
        if (_network is not null) await _network.DisposeAsync();
        if (_peer is not null) await _peer.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("nak", 1)]
    [InlineData("can", 2)]
    [InlineData("noAck", 1)]
    [InlineData("refuse", 1)]
    [InlineData("dropResponse", 1)]
    public async Task Switch_command_survives_a_fault_of_the_line(string fault, int times)
    {
        await _peer.ArmAsync(fault, times);
        Assert.True(await _network.SetSwitchAsync(s_energy, EndpointIndex.Root, true));
        Assert.Contains("true", await RelaysAsync(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switch_command_is_repeated_when_the_controller_could_not_send_it()
    {
        await _peer.ArmAsync("failTransmit", times: 2, node: 3, status: 2);
        Assert.True(await _network.SetSwitchAsync(s_energy, EndpointIndex.Root, true));
        Assert.DoesNotContain((s_energy, NodeStatus.Dead), _probe.NodeStatuses);
    }

    [Fact]
    public async Task Switch_command_is_repeated_when_the_node_did_not_acknowledge()
    {
        await _peer.ArmAsync("failTransmit", times: 2, node: 3, status: 1);
        Assert.True(await _network.SetSwitchAsync(s_energy, EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Switch_command_the_node_swallowed_is_seen_by_reading_back_and_sent_again()
    {
        // the command reaches nobody, although the radio says it was acknowledged
        await _peer.ArmAsync("dropCommand", times: 1, node: 3);
        Assert.True(await _network.SetSwitchAsync(s_energy, EndpointIndex.Root, true));
        Assert.Contains("true", await RelaysAsync(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_report_is_asked_for_again()
    {
        await _peer.ArmAsync("dropReport", times: 1, node: 3);
        Assert.True(await _network.SetSwitchAsync(s_energy, EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Dead_node_is_said_to_be_dead_and_any_frame_revives_it()
    {
        await _peer.SetDeadAsync(4, true);
        var error = await Assert.ThrowsAsync<ZWaveException>(() => _network.SetSwitchAsync(s_double, new(1), true));
        Assert.Equal(ZWaveErrorCode.NodeNoAck, error.Code);
        await _probe.UntilAsync(() => _probe.NodeStatuses.Contains((s_double, NodeStatus.Dead)), "node 4 dead");
        await _peer.SetDeadAsync(4, false);
        var since = _probe.Updates.Count;
        await _peer.ReportAsync(4, "25 03 FF", endpoint: 2);
        await _probe.UntilAsync(() => _probe.NodeStatuses.LastOrDefault(static status => status.Node == s_double).Status == NodeStatus.Alive, "node 4 alive");
        // back again: its relays are read, because they may have been moved meanwhile
        await _probe.UntilValueAsync(new(s_double, new(2), SwitchBinaryCommandClass.State), Value.Of(false), since);
    }

    [Fact]
    public async Task Dead_node_that_comes_back_quietly_is_found_by_a_ping()
    {
        await _peer.SetDeadAsync(3, true);
        await Assert.ThrowsAsync<ZWaveException>(() => _network.SetSwitchAsync(s_energy, EndpointIndex.Root, true));
        await _peer.SetDeadAsync(3, false);
        await _probe.UntilAsync(() => _probe.NodeStatuses.LastOrDefault(static status => status.Node == s_energy).Status == NodeStatus.Alive, "node 3 alive");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Line_that_was_lost_is_opened_again_and_what_changed_meanwhile_is_read(bool abruptly)
    {
        await _peer.CloseAsync(abruptly);
        await _probe.UntilAsync(() => _probe.Statuses.Contains(ControllerStatus.Unplugged), "unplugged");
        var error = await Assert.ThrowsAsync<ZWaveException>(() => _network.SetSwitchAsync(s_energy, EndpointIndex.Root, true));
        Assert.Equal(ZWaveErrorCode.LinkLost, error.Code);
        await _peer.Peer.RunAsync("relay", ("node", 3), ("endpoint", 0), ("on", true));
        await _probe.UntilReadyAsync(times: 2);
        await _probe.UntilValueAsync(new(s_energy, EndpointIndex.Root, SwitchBinaryCommandClass.State), Value.Of(true));
    }

    [Fact]
    public async Task Restarted_host_remembers_the_network_and_reads_relays_that_moved_meanwhile()
    {
        await _network.DisposeAsync();
        await _peer.Peer.RunAsync("relay", ("node", 2), ("endpoint", 0), ("on", true));
        var before = (await _peer.ReceivedAsync(2)).Count;
        var probe = new NetworkProbe();
        _network = Start(probe);
        await probe.UntilReadyAsync();
        var (file, state) = await _network.ReadAsync(static view => (view.FindNode(s_mini)?.Device?.Source, view.FindNode(s_mini)?.Interview.State));
        Assert.Equal("nie-technology/n4003.json", file);
        Assert.Equal(InterviewState.Complete, state);
        await probe.UntilValueAsync(new(s_mini, EndpointIndex.Root, SwitchBinaryCommandClass.State), Value.Of(true));
        // only states are read again: no version, no parameter
        Assert.DoesNotContain((await _peer.ReceivedAsync(2)).Skip(before), static command => command.StartsWith("86", StringComparison.Ordinal) || command.StartsWith("70", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_that_was_away_during_the_interview_is_interviewed_when_it_is_back()
    {
        await _network.DisposeAsync();
        await _peer.SetDeadAsync(4, true);
        var probe = new NetworkProbe();
        _network = Start(probe, remembers: false);
        await probe.UntilInterviewedAsync(s_mini, s_energy);
        await probe.UntilAsync(() => probe.InterviewOf(s_double)?.State == InterviewState.Failed, "interview of node 4 failed");
        await _peer.SetDeadAsync(4, false);
        await probe.UntilInterviewedAsync(s_double);
    }

    [Fact]
    public async Task Malformed_and_strange_commands_are_counted_and_the_next_good_one_is_taken()
    {
        // meter report cut short; size 3; unknown class; unknown endpoint; unknown command; Multi Channel in Multi Channel
        foreach (var hex in new[] { "32 02 21 44 00", "32 02 21 43 00 00 01", "3F 01 02", "60 0D 07 00 25 03 FF", "25 77", "60 0D 01 00 60 0D 01 00 25 03 FF" })
        {
            await _peer.Peer.RunAsync("report", ("node", 4), ("hex", hex));
        }

        await _peer.ReportAsync(4, "25 03 FF", endpoint: 1);
        await _probe.UntilValueAsync(new(s_double, new(1), SwitchBinaryCommandClass.State), Value.Of(true));
        Assert.True(_network.Counters.CommandsRefused >= 4, $"refused {_network.Counters.CommandsRefused}");
        Assert.Equal(2, _network.Counters.CommandsUnknown);
    }

    private ZWaveNetwork Start(NetworkProbe probe, bool remembers = true)
    {
        var network = new ZWaveNetwork(
            new(new TcpTransport("127.0.0.1", _peer.Port, TimeProvider.System))
            {
                Devices = DeviceCatalog.Load(Repository.Path("devices")),
                Store = remembers ? new JsonNetworkStore(_folder.Path, TimeProvider.System, NullLogger.Instance) : new NoNetworkStore(),
                Timeouts = new()
                {
                    ConfirmationDelay = TimeSpan.FromMilliseconds(20),
                    EndpointRefresh = TimeSpan.FromMilliseconds(20),
                    NotSentPause = TimeSpan.FromMilliseconds(20),
                    NoAcknowledgementPause = TimeSpan.FromMilliseconds(20),
                    FirstPing = TimeSpan.FromMilliseconds(200),
                    Reply = TimeSpan.FromMilliseconds(500),
                    InterviewRetry = TimeSpan.FromMilliseconds(200),
                    NodeInformation = TimeSpan.FromMilliseconds(300),
                },
                SessionTimeouts = new() { FirstReopen = TimeSpan.FromMilliseconds(50), Response = TimeSpan.FromMilliseconds(500), Acknowledge = TimeSpan.FromMilliseconds(300) },
            },
            probe, NullLogger.Instance);
        network.Start();
        return network;
    }

    private async Task<string> RelaysAsync(byte node) => (await _peer.NodeAsync(node)).GetProperty("relays").GetRawText();
}
