using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>A plug is given the key of Security 0 after it was included.</summary>
public sealed class Joining0Tests : IDisposable
{
    private readonly JoiningBench _bench = new(SecurityClasses.Of(SecurityClass.S0));

    private SimulatedSecurity Security => _bench.Plug.Security;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void It_takes_the_key_and_shows_that_it_has_it()
    {
        Assert.Equal(["98 05 00"], _bench.Ask("98 04 00"));

        Assert.Equal(["S0 98 07"], GiveKey());

        Assert.Equal([SecurityClass.S0], Security.Granted.StrongestFirst);
        Assert.Equal(["S0 25 03 00 00 00"], _bench.Ask("25 02", SecurityClass.S0));
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void It_waits_10_seconds_for_the_beginning(int seconds, bool isAnswered)
    {
        _bench.Host.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isAnswered ? 1 : 0, _bench.Ask("98 04 00").Length);
    }

    [Fact]
    public void It_waits_10_seconds_for_the_key()
    {
        _bench.Say("98 04 00");
        _bench.Host.Time.Advance(TimeSpan.FromSeconds(10));

        // no nonce is given any more
        Assert.Empty(_bench.Ask("98 40"));
        Assert.True(Security.Granted.IsEmpty);
    }

    [Fact]
    public void It_may_answer_nothing_or_not_show_that_it_has_the_key()
    {
        Security.JoiningFault = JoiningFault.NoVerification;
        _bench.Say("98 04 00");
        Assert.Empty(GiveKey());

        using var second = new JoiningBench(SecurityClasses.Of(SecurityClass.S0));
        second.Plug.Security.JoiningFault = JoiningFault.NoAnswer;
        Assert.Empty(second.Ask("98 04 00"));
    }

    [Fact]
    public void A_plug_that_has_both_goes_the_way_the_controller_begins()
    {
        using var bench = new JoiningBench(SecurityClasses.Of(SecurityClass.S2Unauthenticated, SecurityClass.S0));
        Assert.Equal(["98 05 00"], bench.Ask("98 04 00"));
        Assert.Empty(bench.Ask("9F 04"));

        using var second = new JoiningBench(SecurityClasses.Of(SecurityClass.S2Unauthenticated, SecurityClass.S0));
        second.Host.Time.Advance(TimeSpan.FromSeconds(20));
        // too late for Security 0 only
        Assert.Equal(["9F 05 00 02 01 81"], second.Ask("9F 04"));
        Assert.Empty(second.Ask("98 04 00"));
    }

    /// <summary>Hands the key over, encrypted with zeros; what the plug says then.</summary>
    private string[] GiveKey()
    {
        var key = new byte[SecretKey.Length];
        _bench.Host.Keys.S0.Reveal(key);
        _bench.Host.Heard();
        _bench.Host.State0.UseZeroKey(new(2), true);
        _bench.Say("98 40");
        _bench.Host.Network.Agenda.Do(() =>
        {
            _bench.Host.Say(new Security0NetworkKeySet(key), SecurityClass.S0);
            _bench.Host.State0.UseZeroKey(new(2), false);
        });
        return _bench.Host.Heard();
    }
}
