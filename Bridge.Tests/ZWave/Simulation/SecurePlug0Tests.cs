using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>A plug with a key of Security 0: one nonce for each frame, two frames for long commands.</summary>
public sealed class SecurePlug0Tests : IDisposable
{
    private readonly SecureHost _host = new();
    private readonly SimulatedNode _plug;

    public SecurePlug0Tests() => _plug = _host.AddPlug(SecurityClass.S0);

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_question_is_answered_encrypted_and_in_the_clear_not_at_all()
    {
        Assert.Equal(["S0 25 03 00 00 00"], _host.Ask("25 02", SecurityClass.S0));
        _host.Say("25 02");
        Assert.Empty(_host.Heard());
    }

    [Fact]
    public void Its_reports_ask_for_a_nonce_each()
    {
        _plug.PressButton();
        _plug.PressButton();

        Assert.Equal(["S0 25 03 FF FF 00", "S0 25 03 00 00 00"], _host.Heard());
        Assert.Equal(["98 40", "98 81", "98 40", "98 81"], _host.Raw().Select(static frame => frame[..5]));
    }

    [Fact]
    public void A_long_answer_comes_in_two_frames()
    {
        // Configuration Name Get: "State after power failure" of parameter 4, 25 letters
        var heard = _host.Ask("70 0A 00 04", SecurityClass.S0);

        Assert.Equal(["FirstPart", "S0 70 0B 00 04 00 53 74 61 74 65 20 61 66 74 65 72 20 70 6F 77 65 72 20 66 61 69 6C 75 72 65"], heard);
        Assert.Equal(["98 80", "98 40", "98 C1", "98 81"], _host.Raw().Select(static frame => frame[..5]));
    }

    [Fact]
    public void A_long_command_in_two_frames_is_done()
    {
        // Multi Channel Association Set of group 2, 24 nodes: more than fits one frame
        _host.Say("8E 01 02 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 14 15 16 17 18 19", SecurityClass.S0);

        // five have room
        Assert.Equal(["S0 8E 03 02 05 00 02 03 04 05 06"], _host.Ask("8E 02 02", SecurityClass.S0));
    }

    [Fact]
    public void The_classes_behind_security_are_listed() =>
        Assert.Equal(["S0 98 03 00 25 32 85 8E 59 86 72 5A 73 7A 87 70 71"], _host.Ask("98 02", SecurityClass.S0));

    [Fact]
    public void Nobody_gives_a_nonce_so_nothing_is_reported()
    {
        _host.GivesNonces = false;

        _plug.PressButton();

        Assert.Equal(["98 40"], _host.Raw());
        Assert.Empty(_host.After(TimeSpan.FromMinutes(1)));
        Assert.Equal(["98 40", "98 40"], _host.Raw());
    }

    [Fact]
    public void It_may_refuse_to_give_nonces()
    {
        _plug.Security.GivesNonces = false;

        _host.Say("98 40");

        Assert.Empty(_host.Raw());
    }

    [Fact]
    public void With_a_higher_class_nothing_is_behind_security_0()
    {
        using var host = new SecureHost();
        host.AddPlug(SecurityClass.S2Unauthenticated, SecurityClass.S0);

        Assert.Equal(["S0 98 03 00"], host.Ask("98 02", SecurityClass.S0));
        Assert.Empty(host.Ask("25 02", SecurityClass.S0));
    }
}
