using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Serial;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Wrong readings on the way from the radio to the values. The plug stands at 123.45 kWh.</summary>
public sealed class MeterGuardTests : IAsyncLifetime
{
    private const int Energy = 0;
    private static readonly NodeId s_plug = new(2);
    private static readonly ValueId s_energy = new(s_plug, EndpointIndex.Root, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, Energy));
    private static readonly Value s_truth = Value.OfDecimal(12345, 2);

    private readonly CountingLogger _logger = new();
    private SimulatedHost _host = null!;
    private byte _basic;

    // What the peers' users saw in their energy statistics, as the frame a plug would send.
    private static readonly (string Name, string Hex, MeterRejectionReason Reason)[] s_wrong =
    [
        ("spike, one digit too many: 1252.71 kWh", "32 02 21 44 00 01 E9 57", MeterRejectionReason.Jump),
        ("spike: 3546 kWh", "32 02 21 44 00 05 69 28", MeterRejectionReason.Jump),
        ("spike: 500000 kWh", "32 02 21 44 02 FA F0 80", MeterRejectionReason.Jump),
        ("end of the counter: 2147483.647 kWh", "32 02 21 64 7F FF FF FF", MeterRejectionReason.Jump),
        ("spike in another size and precision: 327.6 kWh", "32 02 21 22 0C CC", MeterRejectionReason.Jump),
        ("sign bit: -21474836.13 kWh", "32 02 21 44 80 00 00 23", MeterRejectionReason.Negative),
        ("sign bit with a value before: -21474713.03 kWh", "32 02 21 44 80 00 30 39 00 3C 00 00 30 38", MeterRejectionReason.Negative),
        ("dip to zero", "32 02 21 44 00 00 00 00", MeterRejectionReason.Drop),
        ("dip to zero in one byte", "32 02 21 41 00", MeterRejectionReason.Drop),
        ("dip to 5.17 kWh", "32 02 21 44 00 00 02 05", MeterRejectionReason.Drop),
        ("scale nobody listed: kVAh", "32 02 21 4C 00 00 30 39", MeterRejectionReason.UnsupportedScale),
        ("no rate type from a meter that has one", "32 02 01 44 00 00 30 39", MeterRejectionReason.UnsupportedRateType),
        ("export from a meter without", "32 02 41 44 00 00 30 39", MeterRejectionReason.UnsupportedRateType),
        ("reserved rate type", "32 02 61 44 00 00 30 39", MeterRejectionReason.UnsupportedRateType),
        ("gas", "32 02 22 44 00 00 30 39", MeterRejectionReason.UnsupportedMeterType),
        ("a million watts", "32 02 21 34 00 98 96 80", MeterRejectionReason.Impossible),
        ("1250 volts", "32 02 A1 22 30 D4", MeterRejectionReason.Impossible),
        ("327.67 amperes", "32 02 A1 4A 7F FF", MeterRejectionReason.Impossible),
    ];

    public async ValueTask InitializeAsync()
    {
        _host = await SimulatedHost.StartAsync(logger: _logger);
        await _host.Probe.UntilValueAsync(s_energy, s_truth);
        // whatever was sent until now has ended by then
        await _host.Network.PingAsync(s_plug);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Replaying_every_wrong_reading_users_complained_about_publishes_none_of_them()
    {
        var since = _host.Probe.Updates.Count;
        var before = _host.Probe.Rejections.Count;
        for (var index = 0; index < s_wrong.Length; index++)
        {
            _host.Plugs[2].Say(WireAssert.Bytes(s_wrong[index].Hex));
            var count = before + index + 1;
            await _host.Probe.UntilAsync(() => _host.Probe.Rejections.Count >= count, $"rejection: {s_wrong[index].Name}");
        }

        await HearAsync();
        var rejected = _host.Probe.Rejections.Skip(before).ToArray();
        Assert.Equal(s_wrong.Select(static wrong => (wrong.Name, wrong.Reason)), s_wrong.Zip(rejected, static (wrong, told) => (wrong.Name, told.Reason)));
        Assert.Equal([s_truth.ToString()], Told(s_energy, since).Select(static value => value.ToString()).Distinct());
        Assert.DoesNotContain(_host.Probe.Updates, static update => MeterCommandClass.IsReading(update.Id.Property) && !IsOfThePlug(update.Id));
        var counted = await _host.Network.ReadAsync(static view => view.FindNode(s_plug)!.Counters.MeterReadingsRejected);
        Assert.Equal(s_wrong.Length, counted);
        Assert.Equal(s_wrong.Length, _host.Network.Counters.MeterReadingsRejected);
        // one line a cause, however often it strikes
        Assert.Equal(s_wrong.Select(static wrong => wrong.Reason).Distinct().Count(), _logger.Count(2036));
    }

    [Fact]
    public async Task Rejection_tells_node_series_values_and_reason()
    {
        _host.Plugs[2].Say(WireAssert.Bytes("32 02 21 44 00 05 69 28"));
        await _host.Probe.UntilAsync(() => _host.Probe.Rejections.Count > 0, "rejection");
        var rejection = _host.Probe.Rejections[0];
        Assert.Equal((s_plug, EndpointIndex.Root, s_energy.Property), (rejection.Node.Id, rejection.Endpoint, rejection.Property));
        Assert.Equal(("3546.00", "123.45"), (rejection.Value.ToString(), rejection.LastAccepted.ToString()));
        Assert.Equal("3546.00 kWh after 123.45 kWh: more than can have been used meanwhile", rejection.Text);
    }

    [Fact]
    public async Task Ordinary_report_causes_no_question()
    {
        var before = await SentAsync();
        // 60.0 W; 123.46 kWh; 230.1 V
        string[] reports = ["32 02 21 34 00 00 02 58 00 00", "32 02 21 44 00 00 30 3A", "32 02 A1 22 08 FD"];
        foreach (var hex in reports) _host.Plugs[2].Say(WireAssert.Bytes(hex));
        await HearAsync();
        await _host.Network.PingAsync(s_plug);
        Assert.Equal(before + 1, await SentAsync());
        Assert.Equal("123.46", await ReadAsync(s_energy));
    }

    [Fact]
    public async Task Strange_reading_costs_one_question()
    {
        var before = await SentAsync();
        _host.Plugs[2].Say(WireAssert.Bytes("32 02 21 44 00 00 00 00"));
        await _host.Probe.UntilAsync(() => _host.Probe.Rejections.Count == 1, "rejection");
        await _host.Network.PingAsync(s_plug);
        Assert.Equal(before + 2, await SentAsync());
    }

    [Fact]
    public async Task Impossible_power_is_dropped_without_a_question_and_the_value_before_stays()
    {
        var power = s_energy with { Property = MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, MeterReading.Watt) };
        var (before, value) = (await SentAsync(), await ReadAsync(power));
        for (var count = 0; count < 5; count++) _host.Plugs[2].Say(WireAssert.Bytes("32 02 21 34 00 98 96 80"));
        await HearAsync();
        await _host.Network.PingAsync(s_plug);
        Assert.Equal((before + 1, value), (await SentAsync(), await ReadAsync(power)));
    }

    [Fact]
    public async Task Counter_that_was_reset_by_hand_is_believed_once_the_meter_says_so_again()
    {
        var since = _host.Probe.Updates.Count;
        _host.Plugs[2].SetEnergy(0);
        _host.Plugs[2].Say(WireAssert.Bytes("32 02 21 44 00 00 00 00"));
        await _host.Probe.UntilValueAsync(s_energy, Value.OfDecimal(0, 2), since);
        Assert.Equal(["0.00"], Told(s_energy, since).Select(static value => value.ToString()).Distinct());
        Assert.Empty(_host.Probe.Rejections);
    }

    [Fact]
    public async Task Answer_that_is_wrong_again_is_asked_about_again_until_the_truth_comes()
    {
        var since = _host.Probe.Updates.Count;
        // the report says 0, the answers 5.17 and 1252.71 kWh, then the truth
        _host.Plugs[2].MisreadMeter(Energy, static _ => 517);
        _host.Plugs[2].MisreadMeter(Energy, static _ => 125271);
        _host.Plugs[2].Say(WireAssert.Bytes("32 02 21 44 00 00 00 00"));
        await _host.Probe.UntilValueAsync(s_energy, s_truth, since);
        Assert.Equal([s_truth.ToString()], Told(s_energy, since).Select(static value => value.ToString()).Distinct());
        Assert.Equal(3, _host.Probe.Rejections.Count);
    }

    [Fact]
    public async Task Rejected_answer_still_answers_the_question()
    {
        _host.Plugs[2].MisreadMeter(Energy, static raw => raw | int.MinValue);
        var report = await _host.Network.QueryAsync<MeterReport>(s_plug, EndpointIndex.Root, MeterGet.For(Energy, MeterScales.Import));
        Assert.True(report!.RawValue < 0);
        Assert.Equal(s_truth.ToString(), await ReadAsync(s_energy));
        Assert.Equal(0, _host.Network.Counters.RepliesMissing);
    }

    [Fact]
    public async Task Other_list_of_scales_told_once_is_not_believed()
    {
        // gas, no reset, cubic feet
        _host.Plugs[2].Say(WireAssert.Bytes("32 04 02 02"));
        await HearAsync();
        _host.Plugs[2].Say(WireAssert.Bytes("32 02 21 44 00 00 30 3A"));
        await _host.Probe.UntilValueAsync(s_energy, Value.OfDecimal(12346, 2));
        Assert.Empty(_host.Probe.Rejections);
    }

    [Fact]
    public async Task Without_the_filter_readings_are_taken_as_they_come()
    {
        var since = _host.Probe.Updates.Count;
        await _host.Network.ApplySettingsAsync(s_plug, new() { FiltersMeters = false });
        foreach (var hex in new[] { "32 02 21 44 00 05 69 28", "32 02 21 44 00 00 00 00" }) _host.Plugs[2].Say(WireAssert.Bytes(hex));
        await HearAsync();
        Assert.Equal(["3546.00", "0.00"], Told(s_energy, since).Select(static value => value.ToString()));
        Assert.Empty(_host.Probe.Rejections);
    }

    [Fact]
    public async Task Wrong_first_reading_of_a_new_node_is_never_shown()
    {
        _host.Plugs[2].MisreadMeter(Energy, static _ => 0);
        await using var second = await MeterHost.StartAsync(_host.Plugs);
        await second.Probe.UntilValueAsync(s_energy, s_truth);
        var told = second.Probe.Updates.Where(static update => update.Id == s_energy).Select(static update => update.Current.ToString());
        Assert.Equal([s_truth.ToString()], told.Distinct());
    }

    [Fact]
    public async Task Commands_of_a_node_are_counted()
    {
        var (received, sent, failed) = await CountersAsync();
        Assert.True(received > 10 && sent > 10, $"{received} received, {sent} sent");
        Assert.Equal(0, failed);
        await HearAsync();
        await _host.Network.PingAsync(s_plug);
        _host.Plugs[2].IsDead = true;
        await _host.Network.PingAsync(s_plug);
        Assert.Equal((received + 1, sent + 1, 1), await CountersAsync());
    }

    private Task<(long Received, long Sent, long Failed)> CountersAsync() => _host.Network.ReadAsync(static view =>
    {
        var counters = view.FindNode(s_plug)!.Counters;
        return (counters.CommandsReceived, counters.CommandsSent, counters.CommandsFailed);
    });

    private async Task<long> SentAsync() => (await CountersAsync()).Sent;

    private Task<string> ReadAsync(ValueId id) => _host.Network.ReadAsync(view => view.Values.Read(id).ToString());

    private IEnumerable<Value> Told(ValueId id, int since) =>
        _host.Probe.Updates.Skip(since).Where(update => update.Id == id).Select(static update => update.Current);

    private static bool IsOfThePlug(ValueId id) =>
        id.Node != s_plug || (id.Endpoint.IsRoot && MeterCommandClass.TryUnpack(id.Property.Key, out var type, out var rate, out var scale)
            && type == MeterScales.Electric && rate == MeterScales.Import && scale is 0 or 2 or 4 or 5);

    /// <summary>What was said before is dealt with when this is heard.</summary>
    private Task HearAsync()
    {
        var said = ++_basic;
        _host.Plugs[2].Say(new byte[] { 0x20, 0x03, said });
        return _host.Probe.UntilAsync(
            () => _host.Probe.Commands.Any(received => received.Command is BasicReport report && report.CurrentValue == said), $"Basic Report {said}");
    }
}
