using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Tests in here run alone, see <see cref="RunningTime"/>.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredTime
{
    public const string Name = "Measured time";
}

/// <summary>
/// One fault, the waiting times of the program as they are: the relay is switched and its state confirmed within two seconds, a frame taking 10 ms each way.
/// </summary>
[Collection(MeasuredTime.Name)]
public sealed class RecoveryTimeTests : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    private readonly ManualTimeProvider _time = new();
    private RunningTime _running = null!;
    private NetworkBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = new(SimulatedNetwork.CreateDefault(_time), new NetworkTimeouts(), _time);
        _running = new(_time);
        _bench.Network.Start();
        await _bench.Probe.UntilInterviewedAsync(new(2), new(3), new(4));
        // from here on the air takes its time, and how long that is gets known by a few exchanges
        _bench.Plugs.HopTime = SimulatedNetwork.UsualHopTime;
        foreach (var node in new ushort[] { 2, 3, 4 }) await _bench.Network.GetParameterAsync(new(node), 7);
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _running.Dispose();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("one NAK")]
    [InlineData("one not sent")]
    [InlineData("one refused")]
    [InlineData("one not acknowledged")]
    [InlineData("three CANs")]
    [InlineData("lost acknowledgement")]
    [InlineData("lost response")]
    [InlineData("lost callback")]
    [InlineData("lost report")]
    // the report a plug sends by itself, and the answer or confirmation that follows it
    [InlineData("lost report and answer")]
    public async Task Switch_is_confirmed_within_two_seconds(string fault)
    {
        foreach (var (node, endpoint) in new (ushort, byte)[] { (2, 0), (3, 0), (4, 1) })
        {
            Strike(fault);
            var began = _time.Elapsed;
            Assert.True(await _bench.Network.SetSwitchAsync(new(node), new(endpoint), true));
            var took = _time.Elapsed - began;
            Assert.True(took <= s_limit, $"node {node}: {took.TotalMilliseconds} ms");
            Assert.True(_bench.Plugs[node].IsOn());
            Assert.True(await _bench.StateAsync(endpoint, node));
            // the next one is not held up by what was left behind
            _bench.Faults.Clear();
            began = _time.Elapsed;
            Assert.False(await _bench.Network.SetSwitchAsync(new(node), new(endpoint), false));
            took = _time.Elapsed - began;
            Assert.True(took <= s_limit, $"node {node}, the one after: {took.TotalMilliseconds} ms");
        }

        Assert.DoesNotContain(_bench.Probe.NodeStatuses, static status => status.Status == NodeStatus.Dead);
    }

    [Fact]
    public async Task Group_switched_on_shows_on_root_and_endpoints_within_two_seconds()
    {
        var began = _time.Elapsed;
        Assert.True(await _bench.Network.SetSwitchAsync(new(4), new(3), true));
        foreach (byte endpoint in new byte[] { 0, 1, 2, 3 }) await _bench.UntilAsync(endpoint, SwitchBinaryCommandClass.State, Value.Of(true), node: 4);
        var took = _time.Elapsed - began;
        Assert.True(took <= s_limit, $"{took.TotalMilliseconds} ms");
    }

    [Fact]
    public async Task Node_that_is_reached_more_slowly_than_ever_is_given_the_time()
    {
        // by another route, say: far above what its transmissions used to take
        _bench.Plugs.HopTime = TimeSpan.FromMilliseconds(800);
        Assert.True(await _bench.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
        Assert.DoesNotContain((new NodeId(3), NodeStatus.Dead), _bench.Probe.NodeStatuses);
    }

    [Fact]
    public async Task Supervised_switch_nobody_confirms_is_asked_for_within_two_seconds()
    {
        // everything the plug says is lost until we ask
        _bench.Faults.LoseReports(1000);
        var says = _bench.Plugs.ControllerSays;
        _bench.Plugs.ControllerSays = (node, command) =>
        {
            says(node, command);
            if (Hex.Spaced(command.Span) == "25 02") _bench.Faults.Clear();
        };
        var began = _time.Elapsed;
        Assert.True(await _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
        var took = _time.Elapsed - began;
        Assert.True(took <= s_limit, $"{took.TotalMilliseconds} ms");
        Assert.Equal(["25 01 FF 00", "25 02"], _bench.Said(2)[^2..]);
    }

    [Fact]
    public async Task Several_reports_of_the_root_cause_one_reading_of_each_endpoint()
    {
        var since = _bench.Said(4).Length;
        for (var count = 0; count < 3; count++) _bench.Plugs[4].Say(WireAssert.Bytes("25 03 FF"));
        await Task.Delay(TimeSpan.FromSeconds(3), _time, TestContext.Current.CancellationToken);
        var asked = _bench.Said(4, since).Where(static said => said.EndsWith("25 02", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(["25 02", "60 0D 00 01 25 02", "60 0D 00 02 25 02", "60 0D 00 03 25 02"], asked);
    }

    [Fact]
    public async Task Command_no_try_of_which_was_sent_ends_with_an_error()
    {
        _bench.Faults.FailTransmissions(TransmitStatus.Fail, times: 100, node: new(3));
        var error = await Assert.ThrowsAsync<ZWaveException>(() => _bench.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
        Assert.Equal(ZWaveErrorCode.NotTransmitted, error.Code);
    }

    [Fact]
    public async Task Module_that_collides_for_ever_ends_the_command_with_an_error_and_is_set_up_anew()
    {
        _bench.Faults.AnswerCan(100);
        var error = await Assert.ThrowsAsync<ZWaveException>(() => _bench.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
        Assert.Equal(ZWaveErrorCode.LinkLost, error.Code);
        _bench.Faults.Clear();
        await _bench.Probe.UntilReadyAsync(times: 2);
        Assert.True(await _bench.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Stick_pulled_for_ten_seconds_is_said_so_and_what_moved_meanwhile_is_read()
    {
        _bench.IsPlugged = false;
        await _bench.Probe.UntilAsync(() => _bench.Probe.Statuses.Contains(ControllerStatus.Unplugged), "unplugged");
        await _bench.Probe.UntilAsync(() => _bench.Probe.NodeStatuses.Count(static status => status.Status == NodeStatus.Unknown) == 3, "three nodes unknown");
        var began = _time.Elapsed;
        var error = await Assert.ThrowsAsync<ZWaveException>(() => _bench.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
        Assert.Equal((ZWaveErrorCode.LinkLost, true), (error.Code, _time.Elapsed - began < TimeSpan.FromMilliseconds(100)));
        _bench.Plugs[3].PressButton();
        await Task.Delay(TimeSpan.FromSeconds(10), _time, TestContext.Current.CancellationToken);
        _bench.IsPlugged = true;
        await _bench.UntilAsync(0, SwitchBinaryCommandClass.State, Value.Of(true), node: 3);
        foreach (var node in new ushort[] { 2, 3, 4 })
        {
            await _bench.Probe.UntilAsync(() => _bench.Probe.NodeStatuses.Last(status => status.Node == new NodeId(node)).Status == NodeStatus.Alive, $"node {node} alive");
        }
    }

    [Fact]
    public async Task Command_to_a_dead_node_is_tried_once_and_answered_at_once()
    {
        _bench.Plugs[3].IsDead = true;
        await Assert.ThrowsAsync<ZWaveException>(() => _bench.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
        var tries = _bench.Said(3).Length;
        var began = _time.Elapsed;
        await Assert.ThrowsAsync<ZWaveException>(() => _bench.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
        Assert.Single(_bench.Said(3, tries), static said => said == "25 01 FF");
        Assert.True(_time.Elapsed - began < TimeSpan.FromMilliseconds(200), $"{_time.Elapsed - began}");
    }

    private void Strike(string fault)
    {
        switch (fault)
        {
            case "one NAK": _bench.Faults.AnswerNak(); break;
            case "one not sent": _bench.Faults.FailTransmissions(TransmitStatus.Fail); break;
            case "one refused": _bench.Faults.RefuseTransmissions(); break;
            case "one not acknowledged": _bench.Faults.FailTransmissions(TransmitStatus.NoAcknowledgement); break;
            case "three CANs": _bench.Faults.AnswerCan(3); break;
            case "lost acknowledgement": _bench.Faults.LoseAcknowledgements(); break;
            case "lost response": _bench.Faults.LoseResponses(); break;
            case "lost callback": _bench.Faults.LoseCallbacks(); break;
            case "lost report": _bench.Faults.LoseReports(); break;
            case "lost report and answer": _bench.Faults.LoseReports(2); break;
        }
    }
}
