using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>The energy switch by its manual: thresholds, dead time, unsigned parameters, the two resetting parameters, protection, Switch All.</summary>
public sealed class EnergySwitchTests : IDisposable
{
    private readonly PlugBench _bench = new(PlugBench.EnergySwitch);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_command_by_radio_switches_and_is_not_reported()
    {
        Assert.Empty(_bench.Ask("25 01 FF"));
        Assert.Equal(["25 03 FF"], _bench.Ask("25 02"));
    }

    [Theory]
    [InlineData("01")]
    [InlineData("64")]
    [InlineData("FE")]
    public void Every_value_but_0_switches_on(string value)
    {
        _bench.Tell("25 01 " + value);

        Assert.True(_bench.Plug.IsOn());
    }

    [Fact]
    public void A_press_of_the_button_toggles_and_reports()
    {
        _bench.Plug.PressButton();

        Assert.Equal(["25 03 FF"], _bench.Heard());
    }

    [Fact]
    public void Nothing_is_reported_to_a_controller_that_is_not_in_the_group()
    {
        using var alone = new PlugBench(PlugBench.EnergySwitch, isJoined: false);

        alone.Plug.PressButton();

        Assert.Empty(alone.Heard());
    }

    [Fact]
    public void A_second_command_within_the_dead_time_is_ignored_without_a_word()
    {
        _bench.Tell("25 01 FF");
        // parameter 9 = 50 x 10 ms
        _bench.Time.Advance(499);
        _bench.Tell("25 01 00");
        Assert.True(_bench.Plug.IsOn());

        _bench.Time.Advance(1);
        _bench.Tell("25 01 00");
        Assert.False(_bench.Plug.IsOn());
    }

    [Fact]
    public void A_set_of_another_size_is_ignored_without_an_answer()
    {
        Assert.Empty(_bench.Ask("70 04 07 02 00 14"));
        Assert.Empty(_bench.Ask("70 04 03 01 14"));

        Assert.Equal(["70 06 07 01 0A"], _bench.Ask("70 05 07"));
        Assert.Equal(["70 06 03 02 11 94"], _bench.Ask("70 05 03"));
    }

    [Fact]
    public void A_value_above_the_range_is_stored_as_it_came()
    {
        _bench.Tell("70 04 02 01 09");

        Assert.Equal(["70 06 02 01 09"], _bench.Ask("70 05 02"));
    }

    [Theory]
    [InlineData("07")]
    [InlineData("01")]
    [InlineData("FF")]
    public void The_association_group_number_is_ignored(string group)
    {
        using var alone = new PlugBench(PlugBench.EnergySwitch, isJoined: false);

        alone.Tell($"85 01 {group} 01");

        Assert.Equal(["85 03 01 01 00 01"], alone.Ask($"85 02 {group}"));
    }

    [Fact]
    public void A_second_member_of_the_group_is_passed_over()
    {
        _bench.Tell("85 01 01 09");

        Assert.Equal(["85 03 01 01 00 01"], _bench.Ask("85 02 01"));
    }

    [Fact]
    public void Protection_2_makes_the_button_dead()
    {
        _bench.Tell("75 01 02");
        Assert.Equal(["75 03 02"], _bench.Ask("75 02"));

        _bench.Plug.PressButton();

        Assert.Empty(_bench.Heard());
        Assert.False(_bench.Plug.IsOn());
    }

    [Fact]
    public void Protection_1_needs_three_rapid_presses()
    {
        _bench.Tell("75 01 01");

        _bench.Plug.PressButton();
        _bench.Plug.PressButton();
        _bench.Time.Advance(1501);
        _bench.Plug.PressButton();
        Assert.False(_bench.Plug.IsOn());
        _bench.Plug.PressButton();
        _bench.Plug.PressButton();

        Assert.True(_bench.Plug.IsOn());
    }

    [Fact]
    public void Other_protection_states_are_ignored()
    {
        _bench.Tell("75 01 02");

        _bench.Tell("75 01 03");

        Assert.Equal(["75 03 02"], _bench.Ask("75 02"));
    }

    [Theory]
    // excluded, only off, only on, both
    [InlineData("00", false, true)]
    [InlineData("01", false, false)]
    [InlineData("02", true, true)]
    [InlineData("FF", true, false)]
    public void Switch_All_by_broadcast_follows_the_mode_and_is_not_answered(string mode, bool afterOn, bool afterOff)
    {
        _bench.Tell("27 01 " + mode);
        Assert.Equal(["27 03 " + mode], _bench.Ask("27 02"));

        _bench.Network.Transmit(new(0xFF), new byte[] { 0x27, 0x04 });
        Assert.Equal(afterOn, _bench.Plug.IsOn());
        _bench.Time.Advance(1000);
        _bench.Tell("25 01 FF");
        _bench.Time.Advance(1000);
        _bench.Network.Transmit(new(0xFF), new byte[] { 0x27, 0x05 });

        Assert.Equal(afterOff, _bench.Plug.IsOn());
        Assert.Empty(_bench.Heard());
    }

    [Fact]
    public void A_question_in_CRC_16_is_answered_in_CRC_16() =>
        // Switch Binary Get and Report (off)
        Assert.Equal(["56 01 25 03 00 67 A8"], _bench.Ask("56 01 25 02 B2 D3"));

    [Fact]
    public void A_wrong_CRC_16_is_dropped() => Assert.Empty(_bench.Ask("56 01 25 02 B2 D4"));

    [Fact]
    public void The_version_has_five_bytes_in_version_1() => Assert.Equal(["86 12 06 04 36 01 02"], _bench.Ask("86 11"));

    [Fact]
    public void Commands_of_classes_it_does_not_have_are_ignored()
    {
        // Z-Wave Plus Info, Multi Channel, Supervision of a Set
        Assert.Empty(_bench.Ask("5E 01"));
        Assert.Empty(_bench.Ask("60 07"));
        Assert.Empty(_bench.Ask("6C 01 01 03 25 01 FF"));
        Assert.False(_bench.Plug.IsOn());
    }
}
