using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>Our host on the mock network of npm's zwave-js, interviewed.</summary>
public sealed class HostOnMockNetwork : IAsyncLifetime
{
    private MockNetwork? _peer;
    private ZWaveNetwork? _network;

    internal NetworkProbe Probe { get; } = new();

    internal MockNetwork Peer => _peer!;

    internal ZWaveNetwork Network => _network!;

    public async ValueTask InitializeAsync()
    {
        _peer = await MockNetwork.StartAsync();
        _network = _peer.Connect(Probe);
        _network.Start();
        await Probe.UntilInterviewedAsync(new(2), new(3), new(4));
    }

    public async ValueTask DisposeAsync()
    {
        if (_network is not null) await _network.DisposeAsync();
        if (_peer is not null) await _peer.DisposeAsync();
    }
}

/// <summary>What our host learns from other people's idea of the three plugs. The readings are the fixed values of Peers/README.md.</summary>
public sealed class HostInterviewTests(HostOnMockNetwork host) : IClassFixture<HostOnMockNetwork>
{
    private const byte Import = MeterScales.Import;
    private const byte Export = MeterScales.Export;

    [Fact]
    public async Task Interview_of_three_plugs_finds_their_files_endpoints_and_versions_without_a_failed_step()
    {
        var (files, failed, endpoints, meter) = await host.Network.ReadAsync(view => (
            string.Join(' ', view.OtherNodes.Select(static node => node.Device?.Source)),
            string.Join(' ', view.OtherNodes.SelectMany(static node => node.FailedSteps.Select(step => $"{node.Id}:{step}"))),
            string.Join(' ', view.FindNode(new(4))!.Endpoints.Select(static endpoint => endpoint.Index)),
            view.FindNode(new(2))!.Root.VersionOf(MeterCommandClass.Id)));
        Assert.Equal("nie-technology/n4003.json benext/energy-switch.json philio/double-switch.json", files);
        Assert.Equal("", failed);
        Assert.Equal("0 1 2 3", endpoints);
        Assert.Equal(5, meter);
        Assert.Empty(host.Peer.Peer.Events("undecodable"));
    }

    [Fact]
    public async Task Interview_reads_every_scale_of_every_meter()
    {
        await ExpectAsync(new(2), EndpointIndex.Root, Import, 0, 123.45m);
        await ExpectAsync(new(2), EndpointIndex.Root, Import, 2, 60.5m);
        await ExpectAsync(new(2), EndpointIndex.Root, Import, 4, 230.5m);
        await ExpectAsync(new(2), EndpointIndex.Root, Import, 5, 0.26m);
        await ExpectAsync(new(3), EndpointIndex.Root, Import, 0, 800.35m);
        await ExpectAsync(new(3), EndpointIndex.Root, Import, 2, 200m);
        await ExpectAsync(new(3), EndpointIndex.Root, Export, 0, 12.34m);
        await ExpectAsync(new(3), EndpointIndex.Root, Export, 2, 50m);
        await ExpectAsync(new(4), new(1), Import, 0, 15.33m);
        await ExpectAsync(new(4), new(1), Import, 2, 100.2m);
        await ExpectAsync(new(4), new(1), Import, 4, 230.5m);
        await ExpectAsync(new(4), new(1), Import, 5, 0.44m);
        await ExpectAsync(new(4), new(1), Import, 6, 0.99m);
        await ExpectAsync(new(4), new(2), Import, 0, 7.89m);
        await ExpectAsync(new(4), new(3), Import, 0, 23.22m);
    }

    [Fact]
    public async Task Interview_joins_the_lifeline_of_every_plug()
    {
        foreach (var node in new NodeId[] { new(2), new(3), new(4) })
        {
            var groups = (await host.Peer.NodeAsync((byte)node.Value)).GetProperty("groups").GetRawText();
            Assert.Contains("1", groups, StringComparison.Ordinal);
            await host.Peer.ReportAsync((byte)node.Value, "25 03 FF");
            await host.Probe.UntilValueAsync(new(node, EndpointIndex.Root, SwitchBinaryCommandClass.State), Value.Of(true));
        }
    }

    private Task<Value> ReadAsync(ValueId id) => host.Network.ReadAsync(view => view.Values.Read(id));

    private async Task ExpectAsync(NodeId node, EndpointIndex endpoint, byte rate, int scale, decimal expected) =>
        Assert.Equal(expected, (await ReadAsync(new(node, endpoint, MeterCommandClass.Reading(MeterScales.Electric, rate, scale)))).AsDecimal);
}

/// <summary>What our host makes the three plugs do.</summary>
public sealed class HostCommandTests(HostOnMockNetwork host) : IClassFixture<HostOnMockNetwork>
{
    private const byte Import = MeterScales.Import;

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    public async Task Switching_an_endpoint_moves_its_relay_and_is_confirmed(byte node, byte endpoint)
    {
        Assert.True(await host.Network.SetSwitchAsync(new(node), new(endpoint), true));
        Assert.Equal(Value.Of(true), await ReadAsync(new(new(node), new(endpoint), SwitchBinaryCommandClass.State)));
        Assert.False(await host.Network.SetSwitchAsync(new(node), new(endpoint), false));
        Assert.Equal(Value.Of(false), await ReadAsync(new(new(node), new(endpoint), SwitchBinaryCommandClass.State)));
    }

    [Fact]
    public async Task Switching_endpoint_3_of_the_double_switch_moves_both_relays_and_both_are_read()
    {
        var since = host.Probe.Updates.Count;
        Assert.True(await host.Network.SetSwitchAsync(new(4), new(3), true));
        await host.Probe.UntilValueAsync(new(new(4), new(1), SwitchBinaryCommandClass.State), Value.Of(true), since);
        await host.Probe.UntilValueAsync(new(new(4), new(2), SwitchBinaryCommandClass.State), Value.Of(true), since);
    }

    [Theory]
    [InlineData(2, 5, 20, 1)]
    [InlineData(2, 2, 60, 4)]
    [InlineData(3, 3, 2000, 2)]
    [InlineData(3, 7, 255, 1)]
    [InlineData(4, 1, 30, 2)]
    public async Task Parameter_of_each_size_is_written_with_its_size_and_read_back(byte node, byte parameter, long value, byte size)
    {
        var since = host.Peer.Peer.Position;
        Assert.Equal(value, await host.Network.SetParameterAsync(new(node), parameter, value));
        // The set may be inside Supervision; its bytes are the same.
        await host.Peer.Peer.NextEventAsync("command", command => command.Text("hex").Contains($"7004{parameter:X2}{size:X2}", StringComparison.Ordinal), since);
        Assert.Equal(value, await host.Network.GetParameterAsync(new(node), parameter));
    }

    [Fact]
    public async Task Parameter_out_of_range_is_refused_with_the_range_and_nothing_is_sent()
    {
        var before = (await host.Peer.ReceivedAsync(3)).Count;
        var error = await Assert.ThrowsAsync<ZWaveException>(() => host.Network.SetParameterAsync(new(3), 3, 4501));
        Assert.Equal(ZWaveErrorCode.InvalidArgument, error.Code);
        Assert.Contains("0..4500", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await host.Peer.ReceivedAsync(3)).Count);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    public async Task Meter_reset_of_an_endpoint_brings_its_energy_to_zero(byte node, byte endpoint)
    {
        await host.Network.ResetMeterAsync(new(node), new(endpoint));
        await ExpectAsync(new(node), new(endpoint), Import, 0, 0m);
    }

    [Fact]
    public async Task Unsolicited_reports_of_endpoints_land_on_their_endpoint()
    {
        // endpoint 2 on; 100.2 W on endpoint 1; over-load alarm of the root
        await host.Peer.ReportAsync(4, "25 03 FF", endpoint: 2);
        await host.Probe.UntilValueAsync(new(new(4), new(2), SwitchBinaryCommandClass.State), Value.Of(true));
        await host.Peer.ReportAsync(4, "32 02 21 34 00 00 04 D2", endpoint: 1);
        await host.Probe.UntilValueAsync(new(new(4), new(1), MeterCommandClass.Reading(1, Import, 2)), Value.OfDecimal(1234, 1));
        await host.Peer.ReportAsync(4, "71 05 08 FF");
        await host.Probe.UntilAsync(() => host.Probe.Commands.Any(static received => received.Command is NotificationReport { V1AlarmType: 8, V1AlarmLevel: 0xFF }), "over-load");
    }

    [Fact]
    public async Task Report_of_the_root_makes_the_endpoints_be_read_once()
    {
        var since = host.Peer.Peer.Position;
        await host.Peer.PressAsync(4, 1);
        await host.Peer.CommandAsync(4, "600D00012502", since);
        await host.Peer.CommandAsync(4, "600D00022502", since);
        await host.Probe.UntilValueAsync(new(new(4), new(1), SwitchBinaryCommandClass.State), Value.Of(true));
    }

    [Fact]
    public async Task Newest_of_many_switch_commands_wins_and_the_others_say_that_they_were_superseded()
    {
        var commands = Enumerable.Range(0, 21).Select(number => host.Network.SetSwitchAsync(new(2), EndpointIndex.Root, number % 2 == 0)).ToArray();
        Assert.True(await commands[^1]);
        Assert.Equal(Value.Of(true), await ReadAsync(new(new(2), EndpointIndex.Root, SwitchBinaryCommandClass.State)));
        foreach (var earlier in commands[1..^1])
        {
            Assert.Equal(ZWaveErrorCode.Superseded, (await Assert.ThrowsAsync<ZWaveException>(() => earlier)).Code);
        }
    }

    [Fact]
    public async Task Basic_set_of_a_plug_is_its_new_state()
    {
        await host.Peer.ReportAsync(2, "20 01 00");
        await host.Probe.UntilValueAsync(new(new(2), EndpointIndex.Root, SwitchBinaryCommandClass.State), Value.Of(false));
    }

    [Fact]
    public async Task Supervised_report_is_confirmed_and_a_repetition_of_it_is_taken_once()
    {
        int Reports() => host.Probe.Commands.Count(static received => received.Node.Id == new NodeId(2) && received.Command is SwitchBinaryReport);
        var before = Reports();
        var since = host.Peer.Peer.Position;
        // session 5, Switch Binary Report on; the same again; then a plain one, which comes after it on the same line
        await host.Peer.ReportAsync(2, "6C 01 05 03 25 03 FF");
        await host.Peer.CommandAsync(2, "6C0205FF00", since);
        since = host.Peer.Peer.Position;
        await host.Peer.ReportAsync(2, "6C 01 05 03 25 03 FF");
        await host.Peer.CommandAsync(2, "6C0205FF00", since);
        await host.Peer.ReportAsync(2, "25 03 FF");
        await host.Probe.UntilAsync(() => Reports() >= before + 2, "the plain report");
        Assert.Equal(before + 2, Reports());
    }

    [Fact]
    public async Task Node_that_asks_for_the_time_is_told()
    {
        var since = host.Peer.Peer.Position;
        await host.Peer.ReportAsync(2, "8A 01");
        await host.Peer.CommandAsync(2, "8A02", since);
    }

    [Fact]
    public async Task Node_that_was_reset_by_hand_is_told_to_the_observer()
    {
        await host.Peer.ReportAsync(3, "5A 01");
        await host.Probe.UntilAsync(() => host.Probe.Reset.Contains(new NodeId(3)), "node 3 reset");
    }

    [Fact]
    public async Task Report_of_a_class_the_endpoint_lacks_is_dropped()
    {
        var refused = host.Network.Counters.CommandsRefused;
        // protection state of a plug without Protection; then a good report
        await host.Peer.ReportAsync(2, "75 03 02");
        await host.Peer.ReportAsync(2, "25 03 FF");
        await host.Probe.UntilAsync(() => host.Network.Counters.CommandsRefused > refused, "report refused");
        Assert.Equal(Value.Unknown, await ReadAsync(new(new(2), EndpointIndex.Root, ProtectionCommandClass.LocalState)));
    }

    [Fact]
    public async Task Other_identity_told_once_is_not_believed()
    {
        var since = host.Probe.Commands.Count;
        await host.Peer.ReportAsync(2, "72 05 99 99 00 01 00 02");
        await host.Peer.ReportAsync(2, "25 03 FF");
        await host.Probe.UntilAsync(() => host.Probe.Commands.Skip(since).Any(static received => received.Command is SwitchBinaryReport), "switch report");
        Assert.Equal(Value.Of(0x0312), await ReadAsync(new(new(2), EndpointIndex.Root, ManufacturerSpecificCommandClass.ManufacturerId)));
    }

    private Task<Value> ReadAsync(ValueId id) => host.Network.ReadAsync(view => view.Values.Read(id));

    private async Task ExpectAsync(NodeId node, EndpointIndex endpoint, byte rate, int scale, decimal expected) =>
        Assert.Equal(expected, (await ReadAsync(new(node, endpoint, MeterCommandClass.Reading(MeterScales.Electric, rate, scale)))).AsDecimal);
}
