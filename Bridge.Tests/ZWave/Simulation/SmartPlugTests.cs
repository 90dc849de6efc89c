using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>The smart plug by its manual: Configuration V4, thresholds and interval, timers, groups, notification, supervision, identify.</summary>
public sealed class SmartPlugTests : IDisposable
{
    private readonly PlugBench _bench = new(PlugBench.SmartPlug);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_change_by_radio_is_reported_to_the_lifeline() => Assert.Equal(["25 03 FF FF 00"], _bench.Ask("25 01 FF 00"));

    [Fact]
    public void A_set_that_changes_nothing_is_not_reported() => Assert.Empty(_bench.Ask("25 01 00 00"));

    [Theory]
    [InlineData("64")]
    [InlineData("FE")]
    public void Reserved_values_are_ignored(string value)
    {
        Assert.Empty(_bench.Ask("25 01 " + value));
        Assert.False(_bench.Plug.IsOn());
    }

    [Fact]
    public void Basic_is_the_same_as_the_switch()
    {
        Assert.Equal(["25 03 FF FF 00"], _bench.Ask("20 01 63"));
        Assert.Equal(["20 03 FF"], _bench.Ask("20 02"));
    }

    [Fact]
    public void A_supervised_set_is_confirmed_after_its_report() =>
        Assert.Equal(["25 03 FF FF 00", "6C 02 03 FF 00"], _bench.Ask("6C 01 03 03 25 01 FF"));

    [Fact]
    public void The_same_supervision_session_again_is_confirmed_and_not_done_again()
    {
        _bench.Tell("6C 01 03 03 25 01 FF");
        _bench.Plug.PressButton();

        Assert.Equal(["6C 02 03 FF 00"], _bench.Ask("6C 01 03 03 25 01 FF"));
        Assert.False(_bench.Plug.IsOn());
    }

    [Theory]
    // a reserved switch value, a parameter of the wrong size, a parameter out of range: fail
    [InlineData("25 01 64", "02")]
    [InlineData("70 04 02 02 00 3C", "02")]
    [InlineData("70 04 01 01 04", "02")]
    // a class it does not have: no support
    [InlineData("75 01 02", "00")]
    public void Supervision_tells_what_did_not_work(string command, string status)
    {
        var length = command.Split(' ').Length;

        Assert.Equal([$"6C 02 05 {status} 00"], _bench.Ask($"6C 01 05 {length:X2} {command}"));
    }

    [Fact]
    public void A_supervised_command_to_all_nodes_is_dropped()
    {
        _bench.Network.Transmit(new(0xFF), new byte[] { 0x6C, 0x01, 0x01, 0x03, 0x25, 0x01, 0xFF });

        Assert.False(_bench.Plug.IsOn());
        Assert.Empty(_bench.Heard());
    }

    [Fact]
    public void A_four_byte_parameter_is_set_and_read_in_four_bytes()
    {
        Assert.Empty(_bench.Ask("70 04 02 04 00 00 00 3C"));

        Assert.Equal(["70 06 02 04 00 00 00 3C"], _bench.Ask("70 05 02"));
    }

    [Fact]
    public void A_two_byte_set_of_a_four_byte_parameter_is_ignored()
    {
        Assert.Empty(_bench.Ask("70 04 02 02 00 3C"));

        Assert.Equal(["70 06 02 04 00 00 00 00"], _bench.Ask("70 05 02"));
    }

    [Fact]
    public void The_default_bit_sets_one_parameter_back()
    {
        _bench.Tell("70 04 05 01 20");

        _bench.Tell("70 04 05 81 00");

        Assert.Equal(["70 06 05 01 05"], _bench.Ask("70 05 05"));
    }

    [Fact]
    public void Default_reset_sets_all_parameters_back()
    {
        _bench.Tell("70 04 05 01 20");
        _bench.Tell("70 04 06 04 00 00 00 01");

        _bench.Tell("70 01");

        Assert.Equal(["70 06 05 01 05"], _bench.Ask("70 05 05"));
        Assert.Equal(["70 06 06 04 00 00 00 05"], _bench.Ask("70 05 06"));
    }

    [Fact]
    public void An_unknown_parameter_is_answered_with_the_first() => Assert.Equal(["70 06 01 01 00"], _bench.Ask("70 05 63"));

    [Fact]
    public void Parameter_1_takes_the_value_3_beyond_the_range_its_manual_prints()
    {
        _bench.Tell("70 04 01 01 03");

        Assert.Equal(["70 06 01 01 03"], _bench.Ask("70 05 01"));
    }

    [Theory]
    // 0 does not exist, the next is 1; 4 = enumerated; 2: unsigned, size 4, 0..65535, default 0, next 3; 8 is the last
    [InlineData("00 00", "70 0F 00 00 00 00 01 00")]
    [InlineData("00 01", "70 0F 00 01 11 00 03 00 00 02 00")]
    [InlineData("00 02", "70 0F 00 02 0C 00 00 00 00 00 00 FF FF 00 00 00 00 00 03 00")]
    [InlineData("00 08", "70 0F 00 08 09 01 64 01 00 00 00")]
    public void Properties_chain_the_parameters(string number, string report) => Assert.Equal([report], _bench.Ask("70 0E " + number));

    [Fact]
    public void A_name_comes_in_one_report() => Assert.Equal(["70 0B 00 01 00 4C 45 44 20 69 6E 64 69 63 61 74 6F 72"], _bench.Ask("70 0A 00 01"));

    [Fact]
    public void A_long_description_comes_in_several_reports_that_count_down()
    {
        var pieces = _bench.Ask("70 0C 00 01").Select(piece => piece.Split(' ')).ToArray();

        Assert.Equal(["03", "02", "01", "00"], pieces.Select(piece => piece[4]));
        var text = string.Concat(pieces.SelectMany(piece => piece[5..]).Select(digits => (char)Convert.ToByte(digits, 16)));
        Assert.StartsWith("0: LED on when the relay is on; 1:", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bulk_get_answers_parameters_of_one_size()
    {
        // from 7 on, 2 parameters: A threshold 1, kWh threshold 1, all default
        Assert.Equal(["70 09 00 07 02 00 81 01 01"], _bench.Ask("70 08 00 07 02"));
    }

    [Fact]
    public void Bulk_set_with_handshake_writes_and_answers() => Assert.Equal(["70 09 00 07 02 00 41 02 03"], _bench.Ask("70 07 00 07 02 41 02 03"));

    [Fact]
    public void The_auto_off_timer_opens_the_relay_after_its_minutes()
    {
        _bench.Tell("70 04 02 04 00 00 00 02");
        _bench.Tell("25 01 FF");

        Assert.Empty(_bench.After(TimeSpan.FromSeconds(119)));
        Assert.Equal(["25 03 00 00 00"], _bench.After(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void The_auto_on_timer_closes_the_relay_after_its_minutes()
    {
        _bench.Tell("70 04 03 04 00 00 00 01");
        _bench.Tell("25 01 FF");
        _bench.Tell("25 01 00");

        Assert.Equal(["25 03 FF FF 00"], _bench.After(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Switching_before_the_timer_starts_it_anew()
    {
        _bench.Tell("70 04 02 04 00 00 00 02");
        _bench.Tell("25 01 FF");
        _bench.After(TimeSpan.FromSeconds(100));
        _bench.Tell("25 01 00");
        _bench.Tell("25 01 FF");

        Assert.Empty(_bench.After(TimeSpan.FromSeconds(100)));
        Assert.True(_bench.Plug.IsOn());
    }

    [Fact]
    public void Writing_another_parameter_does_not_start_the_timer_anew()
    {
        _bench.Tell("70 04 02 04 00 00 00 01");
        _bench.Tell("25 01 FF");
        _bench.After(TimeSpan.FromSeconds(40));

        _bench.Tell("70 04 01 01 02");

        Assert.Equal(["25 03 00 00 00"], _bench.After(TimeSpan.FromSeconds(20)));
    }

    [Theory]
    // 0 as before, 1 off, 2 on
    [InlineData("00", true, true)]
    [InlineData("00", false, false)]
    [InlineData("01", true, false)]
    [InlineData("02", false, true)]
    public void After_a_power_failure_parameter_4_decides(string value, bool wasOn, bool isOn)
    {
        _bench.Tell("70 04 04 01 " + value);
        if (wasOn) _bench.Tell("25 01 FF");

        _bench.Plug.FailPower();

        Assert.Equal(isOn, _bench.Plug.IsOn());
    }

    [Fact]
    public void Identify_ends_by_itself()
    {
        Assert.Equal(["87 05 50 00 01 38"], _bench.Ask("87 04 00"));
        // 3 times 0.8 s
        _bench.Tell("87 01 00 03 50 03 08 50 04 03 50 05 06");
        Assert.Equal(["87 03 00 03 50 03 08 50 04 03 50 05 06"], _bench.Ask("87 02 50"));

        _bench.After(TimeSpan.FromMilliseconds(2400));

        Assert.Equal(["87 03 00 03 50 03 00 50 04 00 50 05 00"], _bench.Ask("87 02 50"));
    }

    [Fact]
    public void Identity_and_versions_are_told()
    {
        Assert.Equal(["72 05 03 12 AC 01 40 03"], _bench.Ask("72 04"));
        Assert.Equal(["72 07 01 24 DE AD BE EF"], _bench.Ask("72 06 01"));
        Assert.Equal(["5E 02 02 05 00 07 00 07 01"], _bench.Ask("5E 01"));
        Assert.Equal(["86 12 03 07 0F 01 02 01 00"], _bench.Ask("86 11"));
        Assert.Equal(["86 14 32 05"], _bench.Ask("86 13 32"));
        Assert.Equal(["86 14 60 00"], _bench.Ask("86 13 60"));
    }

    [Fact]
    public void Reduced_power_ends_by_itself()
    {
        _bench.Tell("73 01 05 0A");
        _bench.After(TimeSpan.FromSeconds(1));
        Assert.Equal(["73 03 05 09"], _bench.Ask("73 02"));

        _bench.After(TimeSpan.FromSeconds(9));

        Assert.Equal(["73 03 00 00"], _bench.Ask("73 02"));
    }

    [Fact]
    public void A_factory_reset_is_told_and_then_the_plug_is_gone()
    {
        _bench.Tell("70 04 05 01 20");

        _bench.Plug.FactoryReset();

        Assert.Equal(["5A 01"], _bench.Heard());
        Assert.False(_bench.Network.Transmit(_bench.Plug.Id, new byte[] { 0x25, 0x02 }));
        Assert.Equal(5, _bench.Plug.ReadParameter(5));
    }

    [Fact]
    public void A_dead_plug_hears_and_says_nothing()
    {
        _bench.Plug.IsDead = true;

        Assert.Empty(_bench.Ask("25 02"));
        _bench.Plug.PressButton();
        Assert.Empty(_bench.Heard());
    }
}
