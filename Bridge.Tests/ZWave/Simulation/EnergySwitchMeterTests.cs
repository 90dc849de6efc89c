using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>The meter of the energy switch: both directions, decimals, previous readings, the rule of three conditions, the power limit.</summary>
public sealed class EnergySwitchMeterTests : IDisposable
{
    private readonly PlugBench _bench = new(PlugBench.EnergySwitch);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Parameters_above_127_are_read_back_unsigned()
    {
        // Set 7 := 255, size 1
        _bench.Tell("70 04 07 01 FF");

        Assert.Equal(["70 06 07 01 FF"], _bench.Ask("70 05 07"));
        Assert.Equal(255, _bench.Plug.ReadParameter(7));
    }

    [Fact]
    public void A_parameter_that_does_not_exist_is_not_answered() => Assert.Empty(_bench.Ask("70 05 05"));

    [Theory]
    [InlineData("00")]
    [InlineData("01")]
    public void The_resetting_parameters_tell_AA_in_factory_state_and_55_once_anything_was_changed(string number)
    {
        Assert.Equal([$"70 06 {number} 01 AA"], _bench.Ask("70 05 " + number));

        // 8 := 30, then back to its default 20
        _bench.Tell("70 04 08 01 1E");
        _bench.Tell("70 04 08 01 14");

        Assert.Equal([$"70 06 {number} 01 55"], _bench.Ask("70 05 " + number));
    }

    [Theory]
    [InlineData("70 04 01 01 FF")]
    [InlineData("70 04 00 01 FF")]
    [InlineData("70 04 01 01 AA")]
    public void Writing_a_resetting_parameter_resets_all_of_them(string set)
    {
        _bench.Tell("70 04 07 01 64");

        _bench.Tell(set);

        Assert.Equal(["70 06 07 01 0A"], _bench.Ask("70 05 07"));
        Assert.Equal(["70 06 01 01 AA"], _bench.Ask("70 05 01"));
    }

    [Fact]
    public void Writing_55_to_a_resetting_parameter_does_nothing()
    {
        _bench.Tell("70 04 07 01 64");

        _bench.Tell("70 04 01 01 55");

        Assert.Equal(["70 06 07 01 64"], _bench.Ask("70 05 07"));
    }

    [Theory]
    // no decimals: size 2 is enough for 200
    [InlineData("00", "32 02 21 12 00 C8 00 00")]
    [InlineData("01", "32 02 21 32 07 D0 00 00")]
    [InlineData("02", "32 02 21 52 4E 20 00 00")]
    // 200.000 needs 4 bytes
    [InlineData("03", "32 02 21 74 00 03 0D 40 00 00")]
    // above 3 works as 3
    [InlineData("09", "32 02 21 74 00 03 0D 40 00 00")]
    public void Parameter_2_sets_the_decimals_of_watts_on_the_fly(string decimals, string report)
    {
        _bench.Plug.SetLoad(200);
        _bench.Tell("25 01 FF");

        _bench.Tell("70 04 02 01 " + decimals);

        Assert.Equal([report], _bench.Ask("32 01 50"));
    }

    [Fact]
    public void A_small_load_is_one_signed_byte()
    {
        _bench.Plug.SetLoad(100);
        _bench.Tell("25 01 FF");

        // precision 0, scale 2, size 1: 100 W
        Assert.Equal(["32 02 21 11 64 00 00"], _bench.Ask("32 01 10"));
    }

    [Fact]
    public void The_meter_supports_kWh_and_W_in_both_directions_and_reset() => Assert.Equal(["32 04 E1 05"], _bench.Ask("32 03"));

    [Fact]
    public void A_meter_get_without_a_scale_is_kWh_imported()
    {
        _bench.Plug.SetEnergy(800.35m);

        Assert.Equal(["32 02 21 44 00 01 38 A3 00 00"], _bench.Ask("32 01"));
    }

    [Theory]
    // volts: not measured
    [InlineData("32 01 60")]
    // kWh at the reserved rate 3
    [InlineData("32 01 C0")]
    public void A_scale_or_rate_it_does_not_have_is_not_answered(string get) => Assert.Empty(_bench.Ask(get));

    [Fact]
    public void A_kWh_report_carries_the_reading_before_and_the_seconds_since_then()
    {
        _bench.Plug.SetEnergy(100m);
        _bench.Plug.SetLoad(3600);
        _bench.Tell("25 01 FF");
        _bench.Ask("32 01 40");

        // 3600 W for 100 s = 0.1 kWh: 100.10, 100 s (64) after 100.00
        _bench.After(TimeSpan.FromSeconds(100));
        Assert.Equal(["32 02 21 44 00 00 27 1A 00 64 00 00 27 10"], _bench.Ask("32 01 40"));
    }

    [Fact]
    public void A_long_time_between_two_kWh_reports_is_told_as_65534_seconds()
    {
        _bench.Ask("32 01 40");
        _bench.After(TimeSpan.FromDays(2));

        Assert.Equal(["32 02 21 44 00 00 00 00 FF FE 00 00 00 00"], _bench.Ask("32 01 40"));
    }

    [Fact]
    public void Produced_energy_is_counted_with_rate_2_and_apart_from_consumed()
    {
        _bench.Plug.SetLoad(-1000);
        _bench.Tell("25 01 FF");
        _bench.After(TimeSpan.FromHours(1));

        Assert.Equal(["32 02 41 12 03 E8 00 00"], _bench.Ask("32 01 90"));
        Assert.Equal(["32 02 21 11 00 00 00"], _bench.Ask("32 01 50"));
        Assert.Equal(["32 02 41 44 00 00 00 64 00 00"], _bench.Ask("32 01 80"));
        Assert.Equal(["32 02 21 44 00 00 00 00 00 00"], _bench.Ask("32 01 40"));
    }

    [Fact]
    public void Meter_reset_clears_both_counters_without_a_report()
    {
        _bench.Plug.SetEnergy(5m, 6m);

        Assert.Empty(_bench.Ask("32 05"));

        Assert.Equal((0m, 0m), _bench.Plug.ReadEnergy());
    }

    [Fact]
    public void Watts_are_reported_when_percent_and_watts_changed_enough()
    {
        _bench.Tell("25 01 FF");
        _bench.Heard();

        // from 0: any percentage; 9 W is less than parameter 7 (10 W)
        _bench.Plug.SetLoad(9);
        Assert.Empty(_bench.Heard());
        _bench.Plug.SetLoad(100);
        Assert.Equal(["32 02 21 11 64 00 00"], _bench.Heard());
    }

    [Fact]
    public void Watts_are_reported_only_after_the_time_of_parameter_8()
    {
        _bench.Plug.SetLoad(100);
        _bench.Tell("25 01 FF");
        _bench.Heard();

        _bench.Plug.SetLoad(200);
        Assert.Empty(_bench.Heard());
        Assert.Empty(_bench.After(TimeSpan.FromMilliseconds(19_999)));
        Assert.Equal(["32 02 21 12 00 C8 00 00"], _bench.After(TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void A_change_below_the_percentage_is_not_reported()
    {
        _bench.Plug.SetLoad(100);
        _bench.Tell("25 01 FF");
        _bench.After(TimeSpan.FromMinutes(1));

        // 19 % of 100 W
        _bench.Plug.SetLoad(119);
        Assert.Empty(_bench.Heard());
        _bench.Plug.SetLoad(120);
        Assert.Equal(["32 02 21 11 78 00 00"], _bench.Heard());
    }

    [Fact]
    public void Three_zeros_switch_unsolicited_reports_off()
    {
        foreach (var number in new[] { "06", "07", "08" }) _bench.Tell($"70 04 {number} 01 00");
        _bench.Plug.SetLoad(1000);

        Assert.Empty(_bench.Ask("25 01 FF"));
        Assert.Empty(_bench.After(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_single_zero_only_drops_its_own_condition()
    {
        _bench.Tell("70 04 08 01 00");
        _bench.Plug.SetLoad(100);
        _bench.Tell("25 01 FF");
        _bench.Heard();

        _bench.Plug.SetLoad(200);

        Assert.Equal(["32 02 21 12 00 C8 00 00"], _bench.Heard());
    }

    [Fact]
    public void When_the_load_turns_to_producing_import_is_told_to_be_0()
    {
        _bench.Plug.SetLoad(100);
        _bench.Tell("25 01 FF");
        _bench.After(TimeSpan.FromMinutes(1));

        _bench.Plug.SetLoad(-50);

        // W import 0, W export 50
        Assert.Equal(["32 02 21 11 00 00 00", "32 02 41 11 32 00 00"], _bench.Heard());
    }

    [Fact]
    public void Above_the_power_limit_the_relay_opens_without_alarm_or_switch_report()
    {
        // 3 := 1000 W
        _bench.Tell("70 04 03 02 03 E8");
        _bench.Plug.SetLoad(900);
        _bench.Tell("25 01 FF");
        _bench.After(TimeSpan.FromMinutes(1));

        _bench.Plug.SetLoad(1001);

        Assert.False(_bench.Plug.IsOn());
        Assert.Equal(["32 02 21 11 00 00 00"], _bench.Heard());
    }

    [Fact]
    public void A_power_limit_of_0_is_no_limit()
    {
        _bench.Tell("70 04 03 02 00 00");
        _bench.Plug.SetLoad(9000);

        _bench.Tell("25 01 FF");

        Assert.True(_bench.Plug.IsOn());
    }

    [Theory]
    // 0 off, else as before
    [InlineData("00", false)]
    [InlineData("01", true)]
    [InlineData("FF", true)]
    public void After_a_power_failure_parameter_4_decides(string start, bool isOn)
    {
        _bench.Tell("70 04 04 01 " + start);
        _bench.Tell("25 01 FF");

        _bench.Plug.FailPower();

        Assert.Equal(isOn, _bench.Plug.IsOn());
    }

    [Fact]
    public void A_power_failure_takes_the_energy_of_up_to_10_minutes()
    {
        _bench.Plug.SetLoad(1200);
        _bench.Tell("25 01 FF");
        // saved after 10 minutes: 0.2 kWh
        _bench.After(TimeSpan.FromMinutes(19));

        _bench.Plug.FailPower();

        Assert.Equal(0.2m, _bench.Plug.ReadEnergy().Import);
    }
}
