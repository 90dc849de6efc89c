using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>The double switch by its manual: endpoints, their sum, plain reports to groups, steps and periods, alarm and lock, wall switches.</summary>
public sealed class DoubleSwitchTests : IDisposable
{
    private readonly PlugBench _bench = new(PlugBench.DoubleSwitch);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Endpoint_1_is_relay_1_and_endpoint_2_is_relay_2()
    {
        _bench.Tell("60 0D 01 01 25 01 FF");
        Assert.True(_bench.Plug.IsOn(1));
        Assert.False(_bench.Plug.IsOn(2));

        _bench.Tell("60 0D 00 02 25 01 FF");
        Assert.True(_bench.Plug.IsOn(2));
    }

    [Fact]
    public void Endpoint_3_switches_both()
    {
        _bench.Tell("60 0D 00 03 25 01 FF");

        Assert.True(_bench.Plug.IsOn(1) && _bench.Plug.IsOn(2));
    }

    [Fact]
    public void Endpoint_3_is_on_when_any_is_and_off_only_when_both_are()
    {
        _bench.Tell("60 0D 00 02 25 01 FF");
        // asked by source 5, answered to 5
        Assert.Equal(["60 0D 03 05 25 03 FF"], _bench.Ask("60 0D 05 03 25 02"));

        _bench.Tell("60 0D 00 02 25 01 00");
        Assert.Equal(["60 0D 03 05 25 03 00"], _bench.Ask("60 0D 05 03 25 02"));
    }

    [Theory]
    [InlineData("63", true)]
    [InlineData("01", true)]
    [InlineData("64", false)]
    public void Values_1_to_99_switch_on_and_others_mean_nothing(string value, bool isOn)
    {
        _bench.Tell("60 0D 00 01 25 01 " + value);

        Assert.Equal(isOn, _bench.Plug.IsOn(1));
    }

    [Fact]
    public void A_mask_of_endpoints_switches_them_and_is_not_answered()
    {
        // bits 0 and 1: endpoints 1 and 2
        Assert.DoesNotContain(_bench.Ask("60 0D 00 83 25 01 FF"), report => report.StartsWith("60 0D", StringComparison.Ordinal));
        Assert.True(_bench.Plug.IsOn(1) && _bench.Plug.IsOn(2));
        Assert.Empty(_bench.Ask("60 0D 00 83 25 02"));
    }

    [Theory]
    // 1 both, 2 relay 1, 3 relay 2
    [InlineData("01", true, true)]
    [InlineData("02", true, false)]
    [InlineData("03", false, true)]
    public void Parameter_3_says_which_relays_the_root_is(string value, bool first, bool second)
    {
        _bench.Tell("70 04 03 01 " + value);

        _bench.Tell("20 01 FF");

        Assert.Equal((first, second), (_bench.Plug.IsOn(1), _bench.Plug.IsOn(2)));
        Assert.Equal(["25 03 FF"], _bench.Ask("25 02"));
    }

    [Fact]
    public void Three_identical_endpoints_are_told() => Assert.Equal(["60 08 40 03"], _bench.Ask("60 07"));

    [Fact]
    public void An_endpoint_tells_its_classes() => Assert.Equal(["60 0A 02 10 01 25 32"], _bench.Ask("60 09 02"));

    [Theory]
    [InlineData("10 01", "60 0C 00 10 01 01 02 03")]
    [InlineData("FF FF", "60 0C 00 FF FF 01 02 03")]
    // no endpoint is a dimmer
    [InlineData("11 FF", "60 0C 00 11 FF 00")]
    public void Endpoints_are_found_by_their_device_class(string classes, string report) => Assert.Equal([report], _bench.Ask("60 0B " + classes));

    [Fact]
    public void Old_hosts_may_use_instances()
    {
        Assert.Equal(["60 05 25 03"], _bench.Ask("60 04 25"));
        Assert.Equal(["60 06 02 25 03 00"], _bench.Ask("60 06 02 25 02"));
    }

    [Fact]
    public void Parameter_10_removes_endpoint_3()
    {
        _bench.Tell("70 04 0A 01 02");

        Assert.Equal(["60 08 40 02"], _bench.Ask("60 07"));
        Assert.Empty(_bench.Ask("60 0D 00 03 25 02"));
        Assert.Empty(_bench.Ask("60 09 03"));
    }

    [Fact]
    public void Nested_Multi_Channel_is_ignored() => Assert.Empty(_bench.Ask("60 0D 00 01 60 0D 00 01 25 02"));

    [Fact]
    public void The_meter_supports_kWh_W_V_A_and_power_factor() => Assert.Equal(["60 0D 03 01 32 04 81 75"], _bench.Ask("60 0D 01 03 32 03"));

    [Fact]
    public void Every_scale_is_reported_in_the_form_of_the_manual()
    {
        _bench.Plug.SetEnergy(15.33m);
        _bench.Plug.SetLoad(100.2m, 0.99m);
        _bench.Tell("60 0D 00 01 25 01 FF");

        Assert.Equal(["60 0D 01 00 32 02 21 44 00 00 05 FD"], _bench.Ask("60 0D 00 01 32 01 00"));
        Assert.Equal(["60 0D 01 00 32 02 21 34 00 00 03 EA"], _bench.Ask("60 0D 00 01 32 01 10"));
        // 230.0 V, 100.2 / (230 x 0.99) = 0.44 A, 0.99
        Assert.Equal(["60 0D 01 00 32 02 A1 22 08 FC"], _bench.Ask("60 0D 00 01 32 01 20"));
        Assert.Equal(["60 0D 01 00 32 02 A1 4A 00 2C"], _bench.Ask("60 0D 00 01 32 01 28"));
        Assert.Equal(["60 0D 01 00 32 02 A1 51 63"], _bench.Ask("60 0D 00 01 32 01 30"));
    }

    [Fact]
    public void Endpoint_3_and_the_root_are_the_sum_of_both_relays()
    {
        _bench.Plug.SetEnergy(15.33m, relay: 1);
        _bench.Plug.SetEnergy(7.89m, relay: 2);
        _bench.Plug.SetLoad(100.2m, 0.99m, relay: 1);
        _bench.Plug.SetLoad(40m, 0.91m, relay: 2);
        _bench.Tell("25 01 FF");

        Assert.Equal(["60 0D 03 00 32 02 21 44 00 00 09 12"], _bench.Ask("60 0D 00 03 32 01 00"));
        Assert.Equal(["32 02 21 34 00 00 05 7A"], _bench.Ask("32 01 10"));
    }

    [Fact]
    public void A_reset_clears_the_energy_of_its_endpoint_only()
    {
        _bench.Plug.SetEnergy(5m, relay: 1);
        _bench.Plug.SetEnergy(7m, relay: 2);

        _bench.Tell("60 0D 00 01 32 05");
        Assert.Equal((0m, 7m), (_bench.Plug.ReadEnergy(1).Import, _bench.Plug.ReadEnergy(2).Import));

        _bench.Tell("60 0D 03 03 32 05");
        Assert.Equal(0m, _bench.Plug.ReadEnergy(2).Import);
    }

    [Fact]
    public void Reports_to_the_group_of_both_relays_carry_no_endpoint()
    {
        Assert.Equal(["25 03 FF"], _bench.Ask("60 0D 00 02 25 01 FF"));
    }

    [Fact]
    public void With_the_controller_in_every_group_a_relay_is_reported_plainly_more_than_once()
    {
        _bench.Tell("85 01 02 01");
        _bench.Tell("85 01 03 01");
        _bench.Tell("60 0D 00 02 25 01 FF");

        // the sum (group 1) and relay 2 (group 3) say off, and neither says which it is
        Assert.Equal(["25 03 00", "25 03 00"], _bench.Ask("60 0D 00 02 25 01 00"));
    }

    [Fact]
    public void With_parameter_31_at_2_reports_come_from_the_endpoint()
    {
        _bench.Tell("70 04 1F 01 02");

        Assert.Equal(["60 0D 02 00 25 03 FF"], _bench.Ask("60 0D 00 02 25 01 FF"));
    }

    [Fact]
    public void Watts_are_reported_when_they_change_by_more_than_5_percent()
    {
        _bench.Plug.SetLoad(100);
        _bench.Tell("60 0D 00 01 25 01 FF");
        _bench.Heard();

        _bench.Plug.SetLoad(105);
        Assert.Empty(_bench.Heard());
        _bench.Plug.SetLoad(105.1m);
        Assert.Equal(["32 02 21 34 00 00 04 1B"], _bench.Heard());
    }

    [Theory]
    // 10, 15, 20 %
    [InlineData("02", 110)]
    [InlineData("03", 115)]
    [InlineData("04", 120)]
    public void Parameter_14_sets_the_step(string value, int stillQuiet)
    {
        _bench.Tell("70 04 0E 01 " + value);
        _bench.Plug.SetLoad(100);
        _bench.Tell("60 0D 00 01 25 01 FF");
        _bench.Heard();

        _bench.Plug.SetLoad(stillQuiet);
        Assert.Empty(_bench.Heard());
        _bench.Plug.SetLoad(stillQuiet + 1);
        Assert.Single(_bench.Heard());
    }

    [Fact]
    public void A_step_of_0_reports_no_change()
    {
        _bench.Tell("70 04 0E 01 00");
        _bench.Plug.SetLoad(100);
        _bench.Tell("60 0D 00 01 25 01 FF");
        _bench.Heard();

        _bench.Plug.SetLoad(900);

        Assert.Empty(_bench.Heard());
    }

    [Fact]
    public void Watts_and_kWh_are_reported_once_a_period_each()
    {
        // W every 2 x 5 s, kWh every 1 x 10 min
        _bench.Tell("70 04 01 02 00 02");
        _bench.Tell("70 04 02 02 00 01");

        Assert.Equal(["32 02 21 34 00 00 00 00"], _bench.After(TimeSpan.FromSeconds(10)));
        Assert.Contains("32 02 21 44 00 00 00 00", _bench.After(TimeSpan.FromSeconds(590)));
    }

    [Fact]
    public void The_default_periods_are_an_hour_each()
    {
        Assert.Empty(_bench.After(TimeSpan.FromSeconds(3599)));
        Assert.Equal(["32 02 21 34 00 00 00 00", "32 02 21 44 00 00 00 00"], _bench.After(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void An_overload_opens_the_relay_raises_alarm_8_FF_and_locks_it_until_the_mains_were_off()
    {
        _bench.Tell("60 0D 00 01 25 01 FF");
        _bench.Heard();

        // parameter 5: 1500 W
        _bench.Plug.SetLoad(1501);
        Assert.Contains("71 05 08 FF", _bench.Heard());
        Assert.False(_bench.Plug.IsOn(1));
        Assert.Equal(["71 05 08 FF"], _bench.Ask("71 04 08"));

        _bench.Plug.SetLoad(60);
        _bench.Tell("60 0D 00 01 25 01 FF");
        Assert.False(_bench.Plug.IsOn(1));

        _bench.Plug.FailPower();
        _bench.Tell("60 0D 00 01 25 01 FF");
        Assert.True(_bench.Plug.IsOn(1));
        Assert.Equal(["71 05 08 00"], _bench.Ask("71 04 08"));
    }

    [Theory]
    // off, ignored, toggled (to off), on
    [InlineData("00", true, false)]
    [InlineData("01", true, true)]
    [InlineData("02", true, false)]
    [InlineData("02", false, true)]
    [InlineData("03", false, true)]
    public void Parameter_9_says_what_off_by_radio_does(string mode, bool wasOn, bool isOn)
    {
        _bench.Tell("70 04 09 01 " + mode);
        if (wasOn) _bench.Tell("60 0D 00 01 25 01 FF");

        _bench.Tell("60 0D 00 01 25 01 00");

        Assert.Equal(isOn, _bench.Plug.IsOn(1));
    }

    [Theory]
    [InlineData("00", false)]
    [InlineData("01", true)]
    [InlineData("02", true)]
    public void After_a_power_failure_parameter_7_decides(string value, bool isOn)
    {
        _bench.Tell("70 04 07 01 " + value);
        _bench.Tell("60 0D 00 01 25 01 FF");

        _bench.Plug.FailPower();

        Assert.Equal(isOn, _bench.Plug.IsOn(1));
    }

    [Fact]
    public void Parameter_8_opens_a_relay_after_its_seconds()
    {
        _bench.Tell("70 04 08 02 00 1E");
        _bench.Tell("60 0D 00 01 25 01 FF");

        Assert.Empty(_bench.After(TimeSpan.FromSeconds(29)));
        Assert.Equal(["25 03 00"], _bench.After(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void In_edge_mode_the_relay_follows_the_wall_switch()
    {
        _bench.Tell("60 0D 00 01 25 01 FF");

        // the wall switch goes to on, where the relay is already
        _bench.Plug.PressButton(1);
        Assert.True(_bench.Plug.IsOn(1));
        _bench.Plug.PressButton(1);
        Assert.False(_bench.Plug.IsOn(1));
    }

    [Theory]
    // pulse, edge toggle
    [InlineData("02")]
    [InlineData("03")]
    public void In_the_other_modes_every_actuation_toggles(string mode)
    {
        _bench.Tell("70 04 04 01 " + mode);
        _bench.Tell("60 0D 00 01 25 01 FF");

        _bench.Plug.PressButton(1);

        Assert.False(_bench.Plug.IsOn(1));
    }

    [Fact]
    public void Each_group_takes_one_node()
    {
        _bench.Tell("85 01 02 05 06");

        Assert.Equal(["85 03 02 01 00 05"], _bench.Ask("85 02 02"));
        Assert.Equal(["85 06 03"], _bench.Ask("85 05"));
    }

    [Fact]
    public void Removing_without_group_and_nodes_empties_all_groups()
    {
        _bench.Tell("85 01 02 05");

        _bench.Tell("85 04 00");

        Assert.Equal(["85 03 01 01 00"], _bench.Ask("85 02 01"));
        Assert.Equal(["85 03 02 01 00"], _bench.Ask("85 02 02"));
    }

    [Theory]
    [InlineData("70 04 03 01 04")]
    [InlineData("70 04 03 02 00 02")]
    public void A_value_out_of_range_or_of_another_size_is_ignored(string set)
    {
        _bench.Tell(set);

        Assert.Equal(["70 06 03 01 01"], _bench.Ask("70 05 03"));
    }
}
