using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Our host on our simulated plugs, in memory.</summary>
public sealed class NetworkOnSimulatorTests : IAsyncLifetime
{
    private SimulatedHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SimulatedHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Interview_of_the_simulated_plugs_has_no_failed_step_and_finds_every_file()
    {
        var (files, failed) = await _host.Network.ReadAsync(static view => (
            string.Join(' ', view.OtherNodes.Select(static node => node.Device?.Source)),
            string.Join(' ', view.OtherNodes.SelectMany(static node => node.FailedSteps.Select(step => $"{node.Id}:{step}")))));
        Assert.Equal("nie-technology/n4003.json benext/energy-switch.json philio/double-switch.json", files);
        Assert.Equal("", failed);
        Assert.Equal(0, _host.Network.Counters.CommandsRefused);
        Assert.Equal(0, _host.Network.Counters.RepliesMissing);
    }

    [Fact]
    public async Task Switching_both_relays_at_once_shows_on_each()
    {
        var since = _host.Probe.Updates.Count;
        Assert.True(await _host.Network.SetSwitchAsync(new(4), new(3), true));
        await _host.Probe.UntilValueAsync(new(new(4), new(1), SwitchBinaryCommandClass.State), Value.Of(true), since);
        await _host.Probe.UntilValueAsync(new(new(4), new(2), SwitchBinaryCommandClass.State), Value.Of(true), since);
    }

    [Fact]
    public async Task Switch_that_expired_is_never_sent()
    {
        var expired = await Assert.ThrowsAsync<ZWaveException>(() => _host.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true, TimeSpan.Zero));
        Assert.Equal(ZWaveErrorCode.Expired, expired.Code);
        Assert.True(await _host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true, TimeSpan.FromDays(1)));
        Assert.Equal((false, true), (_host.Plugs[2].IsOn(), _host.Plugs[3].IsOn()));
    }

    [Fact]
    public async Task Second_switch_within_the_dead_time_of_the_relay_is_not_lost()
    {
        var on = _host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true);
        Assert.True(await on);
        Assert.False(await _host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, false));
        Assert.True(await _host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Every_parameter_of_every_device_file_that_may_be_shown_was_read_with_the_size_of_the_file()
    {
        var wrong = await _host.Network.ReadAsync(static view => view.OtherNodes.SelectMany(node => node.Device!.Parameters
            .Where(static parameter => !parameter.IsHidden)
            .Where(parameter => view.Values.Read(new(node.Id, EndpointIndex.Root, ConfigurationCommandClass.ParameterSize(parameter.Number))).AsInteger != parameter.Size)
            .Select(parameter => $"{node.Id}:{parameter.Number}")).ToArray());
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Stick_that_is_pulled_and_comes_back_is_used_again()
    {
        _host.IsPlugged = false;
        await _host.Probe.UntilAsync(() => _host.Probe.Statuses.Contains(ControllerStatus.Unplugged), "unplugged");
        Assert.Equal(ZWaveErrorCode.LinkLost, (await Assert.ThrowsAsync<ZWaveException>(() => _host.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true))).Code);
        _host.IsPlugged = true;
        await _host.Probe.UntilReadyAsync(times: 2);
        Assert.True(await _host.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Reset_that_is_told_with_bytes_too_many_is_not_believed()
    {
        _host.Plugs[2].Say(WireAssert.Bytes("5A 01 00"));
        _host.Plugs[3].Say(WireAssert.Bytes("5A 01"));
        await _host.Probe.UntilAsync(() => _host.Probe.Reset.Contains(new(3)), "reset of node 3");
        Assert.DoesNotContain(new(2), _host.Probe.Reset);
    }

    [Fact]
    public async Task Stop_during_work_ends_in_good_order()
    {
        var set = _host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true);
        await _host.Network.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => set);
    }

    [Theory]
    [InlineData("lost acknowledgement")]
    [InlineData("lost frame")]
    [InlineData("NAK")]
    [InlineData("CAN, three times")]
    [InlineData("lost response")]
    [InlineData("lost callback")]
    [InlineData("held callback")]
    [InlineData("refused transmission")]
    [InlineData("lost report")]
    [InlineData("garbage")]
    public async Task Switch_command_survives(string fault)
    {
        switch (fault)
        {
            case "lost acknowledgement": _host.Faults.LoseAcknowledgements(); break;
            case "lost frame": _host.Faults.LoseFrames(); break;
            case "NAK": _host.Faults.AnswerNak(); break;
            case "CAN, three times": _host.Faults.AnswerCan(2); break;
            case "lost response": _host.Faults.LoseResponses(); break;
            case "lost callback": _host.Faults.LoseCallbacks(); break;
            case "held callback": _host.Faults.HoldCallbacks(); break;
            case "refused transmission": _host.Faults.RefuseTransmissions(); break;
            case "lost report": _host.Faults.LoseReports(); break;
            // a random start byte and a length that swallows what follows
            default: _host.Faults.GarbageBeforeNextFrame(new byte[] { 0xFE, 0x01, 0x40, 0x00, 0x13 }); break;
        }

        Assert.True(await _host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
        Assert.Equal(Value.Of(true), await _host.Network.ReadAsync(static view => view.Values.Read(new(new(3), EndpointIndex.Root, SwitchBinaryCommandClass.State))));
    }

    [Fact]
    public async Task Controller_that_resets_itself_is_set_up_again()
    {
        _host.Faults.Restart();
        await _host.Probe.UntilReadyAsync(times: 2);
        Assert.True(await _host.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Controller_that_answers_nothing_is_jammed_and_used_again_when_it_answers()
    {
        _host.Faults.IsSilent = true;
        await Assert.ThrowsAsync<ZWaveException>(() => _host.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
        await _host.Probe.UntilAsync(() => _host.Probe.Statuses.Contains(ControllerStatus.Jammed), "jammed");
        Assert.DoesNotContain((new NodeId(2), NodeStatus.Dead), _host.Probe.NodeStatuses);
        _host.Faults.IsSilent = false;
        await _host.Probe.UntilReadyAsync(times: 2);
        Assert.True(await _host.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
    }

    [Fact]
    public async Task Line_full_of_FF_is_counted_and_carries_commands_all_the_same()
    {
        _host.Faults.StartFlood();
        Assert.True(await _host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, true));
        _host.Faults.StopFlood();
        Assert.True(_host.Network.SessionCounters.NoiseBytes > 0);
        Assert.False(await _host.Network.SetSwitchAsync(new(3), EndpointIndex.Root, false));
    }

    [Fact]
    public async Task Parameters_of_a_device_file_have_its_labels_ranges_and_states()
    {
        var metadata = await _host.Network.ReadAsync(static view => view.Values.Find(new(new(3), EndpointIndex.Root, ConfigurationCommandClass.Parameter(10)))?.Metadata);
        Assert.Equal("Light", metadata?.Label);
        Assert.Equal(2, metadata?.Maximum);
        Assert.Equal("On when relay is off", metadata?.States?[2]);
    }
}

/// <summary>Modules of other series and libraries.</summary>
public sealed class NetworkOnOtherControllersTests
{
    public static TheoryData<string> Kinds => ["700 series", "500 series", "500 series without soft reset", "700 series bridge", "CAN on collisions", "8-bit node ids only"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Plugs_are_interviewed_and_switched_through(string kind)
    {
        SimulatedControllerOptions options = kind switch
        {
            "500 series" or "500 series without soft reset" => SimulatedControllerOptions.Series500,
            "700 series bridge" => new() { IsBridge = true },
            "CAN on collisions" => new() { AnswersCollisionsWithCan = true },
            "8-bit node ids only" => new() { MissingFunctions = [Bridge.ZWave.Serial.Functions.GetLongRangeNodes.Id] },
            _ => new(),
        };
        await using var host = await SimulatedHost.StartAsync(options, useSoftReset: kind != "500 series without soft reset");
        var (isBridge, width, failed) = await host.Network.ReadAsync(static view =>
            (view.Identity!.IsBridge, view.Identity.NodeIdWidth, view.OtherNodes.Sum(static node => node.FailedSteps.Count)));
        Assert.Equal(kind == "700 series bridge", isBridge);
        Assert.Equal(kind is "500 series" or "500 series without soft reset" or "8-bit node ids only" ? NodeIdWidth.Bits8 : NodeIdWidth.Bits16, width);
        Assert.Equal(0, failed);
        Assert.True(await host.Network.SetSwitchAsync(new(4), new(2), true));
        Assert.True(await host.Network.SetSwitchAsync(new(2), EndpointIndex.Root, true));
    }
}
