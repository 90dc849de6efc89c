using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>A plug with keys of Security 2: what it takes, how it answers, how it reports, and what goes wrong when a test says so.</summary>
public sealed class SecurePlugTests : IDisposable
{
    private const SecurityClass Highest = SecurityClass.S2Authenticated;

    private readonly SecureHost _host = new();
    private readonly SimulatedNode _plug;

    public SecurePlugTests() => _plug = _host.AddPlug(Highest, SecurityClass.S2Unauthenticated);

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_question_is_answered_with_the_class_it_was_asked_with() =>
        Assert.Equal(["S2Authenticated 25 03 00 00 00"], _host.Ask("25 02", Highest));

    [Fact]
    public void In_the_clear_only_few_classes_are_answered()
    {
        _host.Say("25 01 FF");
        _host.Say("25 02");
        _host.Say("20 01 FF");

        Assert.Empty(_host.Heard());
        Assert.False(_plug.IsOn());
        // Z-Wave Plus Info
        _host.Say("5E 01");
        Assert.Equal(["5E 02 02 05 00 07 00 07 01"], _host.Heard());
    }

    [Fact]
    public void A_lower_class_it_was_granted_counts_no_more_than_the_clear()
    {
        Assert.Empty(_host.Ask("25 01 FF", SecurityClass.S2Unauthenticated));

        Assert.False(_plug.IsOn());
        // what needs no encryption is answered as it was asked
        Assert.Equal(["S2Unauthenticated 5E 02 02 05 00 07 00 07 01"], _host.Ask("5E 01", SecurityClass.S2Unauthenticated));
    }

    [Fact]
    public void The_classes_behind_security_are_listed_at_the_highest_class_only()
    {
        Assert.Equal(["S2Authenticated 9F 0E 25 32 85 8E 59 86 72 5A 73 7A 87 70 71"], _host.Ask("9F 0D", Highest));
        Assert.Equal(["S2Unauthenticated 9F 0E"], _host.Ask("9F 0D", SecurityClass.S2Unauthenticated));
        _host.Say("9F 0D");
        Assert.Empty(_host.Heard());
    }

    [Fact]
    public void Its_node_information_lists_what_needs_no_encryption() =>
        Assert.Equal([0x5E, 0x55, 0x6C, 0x9F], _plug.Information.Supported.Select(static id => (int)id.Value));

    [Fact]
    public void A_supervised_command_is_confirmed_encrypted_and_done_once()
    {
        Assert.Equal(["S2Authenticated 25 03 FF FF 00", "S2Authenticated 6C 02 03 FF 00"], _host.Ask("6C 01 03 03 25 01 FF", Highest));
        _plug.PressButton();

        Assert.Equal(["S2Authenticated 6C 02 03 FF 00"], _host.Ask("6C 01 03 03 25 01 FF", Highest));
        Assert.False(_plug.IsOn());
    }

    [Fact]
    public void A_report_of_its_own_is_sent_with_the_highest_class()
    {
        _host.Ask("25 02", Highest);

        _plug.PressButton();

        Assert.Equal(["S2Authenticated 25 03 FF FF 00"], _host.Heard());
        Assert.All(_host.Raw(), static frame => Assert.StartsWith("9F 03", frame, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_nonce_it_asks_first_and_keeps_its_reports_in_order()
    {
        _plug.Security.ForgetNonces();
        _host.GivesNonces = false;
        _plug.PressButton();
        _plug.PressButton();
        var get = Assert.Single(_host.Raw());
        Assert.StartsWith("9F 01", get, StringComparison.Ordinal);
        Assert.Empty(_host.Heard());

        _host.GivesNonces = true;
        // asked again after five seconds
        Assert.Equal(["S2Authenticated 25 03 FF FF 00", "S2Authenticated 25 03 00 00 00"], _host.After(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Reports_nobody_gives_a_nonce_for_are_dropped_after_three_questions()
    {
        _plug.Security.ForgetNonces();
        _host.GivesNonces = false;
        _plug.PressButton();
        _host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(3, _host.Raw().Count(static frame => frame.StartsWith("9F 01", StringComparison.Ordinal)));

        _host.GivesNonces = true;
        _plug.PressButton();

        Assert.Equal(["S2Authenticated 25 03 00 00 00"], _host.Heard());
    }

    [Fact]
    public void A_report_that_could_not_be_opened_is_sent_again_once()
    {
        _host.Ask("25 02", Highest);
        _plug.Security.TamperWithNextFrame();

        _plug.PressButton();

        Assert.Equal(["NotDecrypted", "S2Authenticated 25 03 FF FF 00"], _host.Heard());
    }

    [Fact]
    public void A_frame_it_cannot_open_is_answered_with_a_nonce_report()
    {
        _host.Ask("25 02", Highest);
        _host.Raw();
        _plug.Security.ForgetNonces();

        Assert.Empty(_host.Ask("25 01 FF", Highest));

        var report = Assert.Single(_host.Raw());
        Assert.StartsWith("9F 02", report, StringComparison.Ordinal);
        Assert.Equal(["S2Authenticated 25 03 FF FF 00"], _host.Ask("25 01 FF", Highest));
    }

    [Fact]
    public void A_frame_sent_again_is_a_duplicate()
    {
        _host.Ask("25 02", Highest);

        _plug.Security.RepeatLastFrame();

        Assert.Equal(["Duplicate"], _host.Heard());
    }

    [Fact]
    public void It_does_nothing_twice_for_a_frame_that_comes_twice()
    {
        var frame = _host.Seal(WireAssert.Bytes("6C 01 04 03 25 01 FF"), Highest);
        _host.Network.Transmit(new(2), frame);
        _host.Heard();

        _host.Network.Transmit(new(2), frame);

        Assert.Empty(_host.Heard());
    }

    [Fact]
    public void It_may_refuse_to_give_nonces()
    {
        _plug.Security.ForgetNonces();
        _plug.Security.GivesNonces = false;
        _host.Clear();

        _host.Say("9F 01 55");
        _host.Network.Transmit(new(2), WireAssert.Bytes("9F 03 01 00 00 11 22 33 44 55 66 77 88"));

        Assert.Empty(_host.Raw());
    }

    [Fact]
    public void Whatever_it_says_with_a_class_is_sent_with_that_class()
    {
        _plug.Security.Say(WireAssert.Bytes("25 03 FF"), SecurityClass.S2Unauthenticated);
        _plug.Say(WireAssert.Bytes("25 03 FF"));

        Assert.Equal(["25 03 FF", "S2Unauthenticated 25 03 FF"], _host.Heard().Order());
    }

    [Fact]
    public void A_factory_reset_is_told_encrypted_before_the_keys_are_forgotten()
    {
        _plug.Security.ForgetNonces();

        _plug.FactoryReset();

        Assert.Equal(["S2Authenticated 5A 01"], _host.Heard());
        Assert.True(_plug.IsDead);
        Assert.True(_plug.Security.Granted.IsEmpty);
    }

    [Fact]
    public void A_plug_that_never_asked_for_a_class_is_not_given_it()
    {
        using var host = new SecureHost();
        var plug = host.Network.Add(new(2), PlugFile.Read(PlugBench.EnergySwitch));

        host.Network.Secure(plug, host.Keys, SecurityClasses.All);

        Assert.True(plug.Security.Granted.IsEmpty);
        host.Say("25 02");
        Assert.Equal(["25 03 00"], host.Heard());
    }
}
