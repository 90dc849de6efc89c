using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>What the smart plug says by itself: meter thresholds and interval, groups, notifications, supervised reports.</summary>
public sealed class SmartPlugReportTests : IDisposable
{
    private readonly PlugBench _bench = new(PlugBench.SmartPlug);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Watts_are_reported_when_they_moved_by_the_threshold()
    {
        _bench.Tell("25 01 FF");
        _bench.Heard();

        // threshold 5 W; 4.9 W is not enough, 5.0 is: precision 1, size 4
        _bench.Plug.SetLoad(4.9m);
        Assert.Empty(_bench.Heard());
        _bench.Plug.SetLoad(5.0m);
        Assert.Equal(["32 02 21 34 00 00 00 32 00 00"], _bench.Heard());
    }

    [Fact]
    public void Amperes_are_reported_when_they_moved_by_the_threshold()
    {
        // W threshold up to 50 W: only the current says something
        _bench.Tell("70 04 05 01 32");
        _bench.Tell("25 01 FF");
        _bench.Heard();

        // 40 W at power factor 0.5 and 230.0 V: 0.35 A
        _bench.Plug.SetLoad(40, 0.5m);

        Assert.Equal(["32 02 A1 4A 00 23 00 00"], _bench.Heard());
    }

    [Fact]
    public void Energy_is_reported_each_time_it_grew_by_the_threshold()
    {
        _bench.Plug.SetLoad(3600);
        _bench.Tell("25 01 FF");
        _bench.Heard();

        // 3600 W: 0.01 kWh every 10 s
        Assert.Equal(["32 02 21 44 00 00 00 01 00 00"], _bench.After(TimeSpan.FromSeconds(10)));
        Assert.Equal(["32 02 21 44 00 00 00 02 00 0A 00 00 00 01"], _bench.After(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void After_the_interval_every_scale_is_reported()
    {
        _bench.After(TimeSpan.FromMinutes(4));
        var reports = _bench.After(TimeSpan.FromMinutes(1));

        // kWh, W, V, A
        Assert.Equal(["32 02 21 44", "32 02 21 34", "32 02 A1 22", "32 02 A1 4A"], reports.Select(report => report[..11]));
    }

    [Fact]
    public void An_interval_of_0_sends_nothing_on_its_own()
    {
        _bench.Tell("70 04 06 04 00 00 00 00");

        Assert.Empty(_bench.After(TimeSpan.FromDays(1)));
    }

    [Fact]
    public void The_meter_supports_kWh_W_V_and_A_of_import_and_reset() => Assert.Equal(["32 04 A1 35"], _bench.Ask("32 03"));

    [Fact]
    public void The_lifeline_names_what_it_sends() =>
        // Device Reset Locally, Switch Binary Report, Meter Report, Notification Report
        Assert.Equal(["59 06 01 08 5A 01 25 03 32 02 71 05"], _bench.Ask("59 05 00 01"));

    [Fact]
    public void Groups_are_named_and_described()
    {
        Assert.Equal(["59 02 02 09 42 61 73 69 63 20 53 65 74"], _bench.Ask("59 01 02"));
        Assert.Equal(["59 04 82 01 00 00 01 00 00 00 02 00 20 01 00 00 00"], _bench.Ask("59 03 40 00"));
        Assert.Equal(["85 06 02"], _bench.Ask("85 05"));
    }

    [Fact]
    public void Group_2_sends_Basic_Set_when_the_output_changes()
    {
        _bench.Tell("85 01 02 01");

        _bench.Plug.PressButton();

        Assert.Equal(["25 03 FF FF 00", "20 01 FF"], _bench.Heard());
    }

    [Fact]
    public void Group_2_switches_another_plug_along()
    {
        var other = _bench.Network.Add(new(7), Bridge.ZWave.Simulation.PlugFile.Read(PlugBench.EnergySwitch));
        _bench.Tell("85 01 02 07");

        _bench.Plug.PressButton();

        Assert.True(other.IsOn());
    }

    [Fact]
    public void A_group_takes_five_members_and_passes_over_more()
    {
        _bench.Tell("85 01 02 03 04 05 06 07 08");

        Assert.Equal(["85 03 02 05 00 03 04 05 06 07"], _bench.Ask("85 02 02"));
    }

    [Fact]
    public void Multi_Channel_Association_shows_the_same_groups()
    {
        _bench.Tell("8E 01 01 00 01 00");
        Assert.Equal(["8E 03 01 05 00 01 00 01 00"], _bench.Ask("8E 02 01"));
        Assert.Equal(["85 03 01 05 00 01"], _bench.Ask("85 02 01"));

        // everything away
        _bench.Tell("8E 04 00");

        Assert.Equal(["8E 03 01 05 00"], _bench.Ask("8E 02 01"));
    }

    [Fact]
    public void An_overload_opens_the_relay_and_is_notified_until_the_relay_carries_a_normal_load()
    {
        _bench.Tell("25 01 FF");
        _bench.Heard();

        // above 3680 W: type 8 event 8, sequence number 1
        _bench.Plug.SetLoad(4000);
        var overload = _bench.Heard();
        Assert.Contains("25 03 00 00 00", overload);
        Assert.Equal("71 05 00 00 00 FF 08 08 80 01", overload[^1]);
        Assert.Equal(["71 05 00 00 00 FF 08 08 00"], _bench.Ask("71 04 00 08 00"));

        // idle, the state that ended as parameter
        _bench.Plug.SetLoad(60);
        Assert.Contains("71 05 00 00 00 FF 08 00 81 08 02", _bench.Ask("25 01 FF"));
        Assert.Equal(["71 05 00 00 00 FF 08 00 00"], _bench.Ask("71 04 00 08 00"));
    }

    [Fact]
    public void Notification_types_and_events_are_told()
    {
        Assert.Equal(["71 08 02 00 01"], _bench.Ask("71 07"));
        // events 6 and 8
        Assert.Equal(["71 02 08 02 40 01"], _bench.Ask("71 01 08"));
        Assert.Equal(["71 02 06 00"], _bench.Ask("71 01 06"));
        // nothing pending
        Assert.Equal(["71 05 00 00 00 FE 00 00 00"], _bench.Ask("71 04 00 FF 00"));
    }

    [Fact]
    public void Notifications_switched_off_are_not_sent()
    {
        _bench.Tell("71 06 08 00");

        _bench.Plug.Overload();

        Assert.Empty(_bench.Heard());
        Assert.Equal(["71 05 00 00 00 00 08 08 00"], _bench.Ask("71 04 00 08 00"));
    }

    [Fact]
    public void Supervised_reports_are_repeated_until_they_are_confirmed()
    {
        _bench.Plug.SupervisesReports = true;
        _bench.Plug.PressButton();
        Assert.Equal(["6C 01 01 05 25 03 FF FF 00"], _bench.Heard());
        Assert.Equal(["6C 01 01 05 25 03 FF FF 00"], _bench.After(TimeSpan.FromSeconds(2)));

        _bench.Tell("6C 02 01 FF 00");

        Assert.Empty(_bench.After(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Supervised_reports_nobody_confirms_are_sent_three_times()
    {
        _bench.Plug.SupervisesReports = true;
        _bench.Plug.PressButton();

        Assert.Equal(2, _bench.After(TimeSpan.FromSeconds(30)).Length);
    }
}
