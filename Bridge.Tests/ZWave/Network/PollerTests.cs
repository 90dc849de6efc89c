using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

public sealed class PollerTests : IAsyncLifetime
{
    private const int Energy = 0;
    private const int Watt = MeterReading.Watt;
    private const int Volt = MeterReading.Volt;
    private static readonly MeterReport s_power = new(MeterScales.Electric, 0, Watt, 1, 4, 600);

    private readonly PollerRig _rig = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Classic_plug_is_asked_for_power_and_state_every_five_minutes_and_for_energy_every_hour()
    {
        await _rig.AddAsync(5, [Energy, Watt, Volt]);
        await _rig.PassAsync(TimeSpan.FromHours(1));
        Assert.InRange(Count("W"), 11, 13);
        Assert.InRange(Count("switch"), 11, 13);
        Assert.InRange(Count("kWh"), 1, 2);
        Assert.Equal(0, Count("V"));
    }

    [Fact]
    public async Task Device_file_says_how_often_each_reading_is_asked_for()
    {
        await _rig.AddAsync(5, [Energy, Watt, Volt], prepare: static node => node.Device = FileOf(("W", 60), ("kWh", 300)));
        await _rig.PassAsync(TimeSpan.FromMinutes(30));
        Assert.InRange(Count("W"), 29, 31);
        Assert.InRange(Count("switch"), 29, 31);
        Assert.InRange(Count("kWh"), 5, 7);
        Assert.Equal(0, Count("V"));
    }

    [Fact]
    public async Task Plug_whose_lifeline_names_no_meter_is_asked_as_its_file_says()
    {
        await _rig.AddAsync(5, [Energy, Watt], isPlus: true, node =>
        {
            node.Device = FileOf(("W", 60));
            _rig.SetLifeline(node, 0x5A01);
        });
        await _rig.PassAsync(TimeSpan.FromMinutes(10));
        Assert.InRange(Count("W"), 9, 11);
    }

    [Fact]
    public async Task Plug_whose_lifeline_names_the_meter_is_asked_only_when_it_was_silent_for_an_hour()
    {
        var node = await _rig.AddAsync(5, [Energy, Watt], isPlus: true, node =>
        {
            node.Device = FileOf(("W", 60));
            _rig.SetLifeline(node, 0x5A01, 0x3202);
        });
        for (var report = 0; report < 6; report++)
        {
            await _rig.PassAsync(TimeSpan.FromMinutes(20));
            await _rig.ReportAsync(node, s_power);
        }

        Assert.Equal(0, Count("W"));
        await _rig.PassAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(0, Count("W"));
        await _rig.PassAsync(TimeSpan.FromMinutes(21));
        Assert.InRange(Count("W"), 4, 5);
    }

    [Fact]
    public async Task Plus_plug_without_a_file_is_asked_only_when_it_was_silent()
    {
        await _rig.AddAsync(5, [Energy, Watt], isPlus: true);
        await _rig.PassAsync(TimeSpan.FromMinutes(59));
        Assert.Empty(_rig.Asked);
        await _rig.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(1, Count("W"));
    }

    [Fact]
    public async Task Reading_that_came_by_itself_is_not_asked_for()
    {
        var node = await _rig.AddAsync(5, [Watt], prepare: static node => node.Device = FileOf(("W", 60)));
        for (var report = 0; report < 20; report++)
        {
            await _rig.ReportAsync(node, s_power);
            await _rig.PassAsync(TimeSpan.FromSeconds(50));
        }

        Assert.Equal(0, Count("W"));
        Assert.InRange(Count("switch"), 15, 18);
    }

    [Fact]
    public async Task User_may_switch_polling_off_and_on_again()
    {
        var node = await _rig.AddAsync(5, [Energy, Watt, Volt]);
        node.Settings = node.Settings with { PollSeconds = 0 };
        await _rig.PlanAsync(node);
        await _rig.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(_rig.Asked);
        node.Settings = node.Settings with { PollSeconds = 30 };
        await _rig.PlanAsync(node);
        await _rig.PassAsync(TimeSpan.FromMinutes(10));
        foreach (var what in new[] { "W", "kWh", "V", "switch" }) Assert.InRange(Count(what), 19, 21);
    }

    [Fact]
    public async Task Questions_are_a_second_apart_and_those_to_one_node_three()
    {
        for (ushort id = 2; id < 12; id++)
        {
            await _rig.AddAsync(id, [Energy, Watt, Volt], prepare: static node => node.Settings = node.Settings with { PollSeconds = 1 });
        }

        await _rig.PassAsync(TimeSpan.FromMinutes(5));
        Assert.InRange(_rig.Asked.Count, 295, 301);
        Assert.All(_rig.Asked.Zip(_rig.Asked.Skip(1)), static pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(1)));
        foreach (var node in _rig.Asked.GroupBy(static asked => asked.Node))
        {
            Assert.All(node.Zip(node.Skip(1)), static pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(3)));
            // nobody is left out: each of ten nodes has its share
            Assert.InRange(node.Count(), 25, 35);
        }
    }

    [Fact]
    public async Task Nodes_that_were_read_at_the_same_time_are_asked_at_different_times()
    {
        for (ushort id = 2; id < 12; id++) await _rig.AddAsync(id, [Watt]);
        await _rig.PassAsync(TimeSpan.FromMinutes(15));
        var busiest = _rig.Asked.GroupBy(static asked => (int)(asked.At.TotalSeconds / 10)).Max(static window => window.Count());
        // twenty questions every five minutes: in no ten seconds more than a quarter of them
        Assert.InRange(busiest, 1, 5);
    }

    [Fact]
    public async Task Node_that_does_not_answer_is_asked_less_and_less_and_holds_up_nobody()
    {
        _rig.Silent.Add(5);
        await _rig.AddAsync(5, [Watt]);
        await _rig.AddAsync(6, [Watt]);
        await _rig.PassAsync(TimeSpan.FromHours(3));
        var pauses = Pauses(5);
        Assert.InRange(pauses.Count, 3, 8);
        Assert.True(pauses.Zip(pauses.Skip(1)).All(static pair => pair.Second >= pair.First), string.Join(' ', pauses));
        Assert.True(pauses[^1] >= TimeSpan.FromMinutes(40), string.Join(' ', pauses));
        Assert.InRange(_rig.Asked.Count(static asked => asked is { Node: 6, What: "W" }), 34, 37);
    }

    [Fact]
    public async Task Dead_node_is_not_asked()
    {
        var node = await _rig.AddAsync(5, [Watt]);
        await _rig.OnLoopAsync(() => node.Status = NodeStatus.Dead);
        await _rig.PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(_rig.Asked);
    }

    [Fact]
    public async Task While_other_commands_wait_nothing_is_asked_and_nothing_is_caught_up_afterwards()
    {
        for (ushort id = 2; id < 12; id++) await _rig.AddAsync(id, [Watt], prepare: static node => node.Device = FileOf(("W", 60)));
        await _rig.OnLoopAsync(() => _rig.Context.Queue.Add(new() { Node = new(2), Command = new NoOperation(), Priority = SendPriority.User }));
        await _rig.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(_rig.Asked);
        await _rig.OnLoopAsync(() => _rig.Context.Queue.Clear(null, SendOutcome.LinkLost));
        await _rig.PassAsync(TimeSpan.FromMinutes(1));
        // twenty a minute, as ever
        Assert.InRange(_rig.Asked.Count, 15, 21);
    }

    [Fact]
    public async Task While_the_controller_is_away_nothing_is_asked()
    {
        var node = await _rig.AddAsync(5, [Watt]);
        await _rig.OnLoopAsync(() => _rig.Context.Status = ControllerStatus.Unplugged);
        await _rig.PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(_rig.Asked);
        await _rig.OnLoopAsync(() => _rig.Context.Status = ControllerStatus.Ready);
        await _rig.PlanAsync(node);
        await _rig.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Count("W"));
    }

    [Fact]
    public async Task Nodes_that_sleep_or_are_not_known_yet_are_not_asked()
    {
        await _rig.AddAsync(5, [Watt], prepare: static node => node.Protocol = node.Protocol! with { IsListening = false });
        await _rig.AddAsync(6, [Watt], prepare: static node => node.Interview = new(InterviewState.Running, 50, "versions"));
        await _rig.AddAsync(7, [Watt], prepare: static node => node.Protocol = node.Protocol! with { IsController = true });
        await _rig.PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(_rig.Asked);
    }

    [Fact]
    public async Task Node_that_left_is_not_asked_any_more()
    {
        var node = await _rig.AddAsync(5, [Watt]);
        await _rig.OnLoopAsync(() => _rig.Poller.Forget(node));
        await _rig.PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(_rig.Asked);
    }

    [Fact]
    public async Task Endpoints_are_asked_one_by_one_and_the_hidden_root_is_left_out()
    {
        await _rig.AddAsync(5, [Energy, Watt], prepare: node =>
        {
            for (byte number = 1; number <= 3; number++) _rig.AddEndpoint(node, number, Energy, Watt, MeterReading.PowerFactor);
            node.Device = FileOf(("W", 60), ("PF", 600)) with { Endpoints = [new(0, "Both", EndpointRole.Group) { IsHidden = true, Members = [1, 2] }] };
        });
        await _rig.PassAsync(TimeSpan.FromMinutes(20));
        foreach (var endpoint in new[] { "1", "2", "3" })
        {
            Assert.InRange(Count(endpoint + " W"), 18, 21);
            Assert.InRange(Count(endpoint + " PF"), 1, 3);
        }

        Assert.Equal(0, Count("W"));
        Assert.Equal(0, Count("switch"));
    }

    [Fact]
    public async Task Meter_without_a_list_of_scales_is_asked_once_it_told_one()
    {
        var node = await _rig.AddAsync(5, [], prepare: node =>
        {
            node.Root.SetVersion(MeterCommandClass.Id, 1);
            _rig.Context.Values.RemoveNode(node.Id);
        });
        Assert.Equal(0, Count("kWh"));
        var report = new MeterReport(MeterScales.Electric, 0, Energy, 2, 4, 1275);
        await _rig.OnLoopAsync(() => _rig.Context.Values.Set(
            new(node.Id, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, 0, Energy)), Bridge.ZWave.Values.Value.OfDecimal(1275, 2)));
        await _rig.ReportAsync(node, report);
        await _rig.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, Count("kWh"));
    }

    [Fact]
    public async Task Without_anything_to_ask_nothing_wakes_up()
    {
        var node = await _rig.AddAsync(5, [Energy, Watt], prepare: static node => node.Settings = node.Settings with { PollSeconds = 0 });
        for (var report = 0; report < 10; report++)
        {
            await _rig.ReportAsync(node, s_power);
            await _rig.PassAsync(TimeSpan.FromMinutes(6));
        }

        Assert.Equal(0, _rig.Wakeups);
    }

    [Fact]
    public async Task Wakes_up_only_for_what_is_due()
    {
        await _rig.AddAsync(5, [Energy, Watt]);
        await _rig.PassAsync(TimeSpan.FromHours(1));
        Assert.InRange(_rig.Wakeups, _rig.Asked.Count, _rig.Asked.Count + 2);
    }

    private static DeviceDefinition FileOf(params (string Unit, int Seconds)[] polling) => new("maker/model.json", "Maker", "Model")
    {
        Fingerprints = [],
        Quirks = new() { PollSeconds = polling.ToDictionary(static entry => entry.Unit, static entry => entry.Seconds) },
    };

    private int Count(string what) => _rig.Asked.Count(asked => asked.What == what);

    private List<TimeSpan> Pauses(ushort node)
    {
        var times = _rig.Asked.Where(asked => asked.Node == node).Select(static asked => asked.At).ToArray();
        return [.. times.Zip(times.Skip(1), static (first, second) => second - first)];
    }
}
