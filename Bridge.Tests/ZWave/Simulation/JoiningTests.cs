using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>A plug is given keys by Security 2 after it was included: the way it goes, the waits, and every rule whose breach ends it.</summary>
public sealed class JoiningTests : IDisposable
{
    private const string Echo = "S2Temporary 9F 06 01 02 01 03";

    private readonly JoiningBench _bench = new(JoiningBench.Both);

    private SimulatedSecurity Security => _bench.Plug.Security;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void It_tells_what_it_wants_and_sends_its_key_without_what_the_label_tells()
    {
        // no echo, scheme 1, Curve25519, Authenticated and Unauthenticated
        Assert.Equal(["9F 05 00 02 01 03"], _bench.Ask("9F 04"));

        Assert.Equal(
            ["9F 08 00 00 00 F0 09 89 30 A7 54 74 8B 7D DC B4 3E F7 5A 0D BF 3A 0D 26 38 1A F4 EB A4 A9 8E AA 9B 4E 6A"], _bench.Ask("9F 06 00 02 01 03"));
        Assert.Equal(34080, Security.Pin);
        Assert.Equal("34080-61449-35120-42836-29835-32220-46142-63322", Security.DskText);
    }

    [Fact]
    public void Granted_unauthenticated_only_it_sends_the_whole_key()
    {
        _bench.Say("9F 04");

        Assert.StartsWith("9F 08 00 85 20 F0 09", Assert.Single(_bench.Ask("9F 06 00 02 01 01")), StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_right_pin_it_fetches_every_key_strongest_first_and_is_secure()
    {
        Assert.Equal([Echo], _bench.Agree(JoiningBench.Both));

        Assert.Equal(
            [
                "S2Temporary 9F 09 02", "S2Authenticated 9F 0B", "S2Temporary 9F 09 01", "S2Unauthenticated 9F 0B",
                // all keys requested
                "S2Temporary 9F 0C 01",
            ],
            _bench.HandOver(JoiningBench.Both));
        Assert.Equal(JoiningBench.Both, Security.Granted);
        Assert.Null(Security.JoiningFailure);
        Assert.Equal(["S2Authenticated 25 03 00 00 00"], _bench.Ask("25 02", SecurityClass.S2Authenticated));
        Assert.Empty(_bench.Ask("25 02"));
    }

    [Fact]
    public void Afterwards_it_answers_no_key_exchange_and_the_temporary_key_is_gone()
    {
        _bench.Agree(JoiningBench.Both);
        _bench.HandOver(JoiningBench.Both);

        Assert.Empty(_bench.Ask("9F 04"));
        Assert.Empty(_bench.Ask("9F 0C 02", JoiningBench.Temporary));
        Assert.Equal(["S2Authenticated 25 03 00 00 00"], _bench.Ask("25 02", SecurityClass.S2Authenticated));
    }

    [Fact]
    public void With_a_wrong_pin_nothing_it_says_can_be_opened_and_it_gives_up_after_four_minutes()
    {
        Assert.All(_bench.Agree(JoiningBench.Both, pin: 1), static heard => Assert.Equal("NotDecrypted", heard));

        // every ten seconds, each sent again once
        Assert.Equal(2 * 22, _bench.Host.After(TimeSpan.FromSeconds(229)).Count(static heard => heard == "NotDecrypted"));
        _bench.Host.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Empty(_bench.Host.After(TimeSpan.FromMinutes(5)));
        Assert.True(Security.Granted.IsEmpty);
        Assert.Equal(["25 03 00 00 00"], _bench.Ask("25 02"));
    }

    [Fact]
    public void The_echo_is_repeated_every_ten_seconds_while_the_user_looks_for_the_label()
    {
        _bench.Agree(JoiningBench.Both);

        Assert.Equal([Echo, Echo, Echo], _bench.Host.After(TimeSpan.FromSeconds(30)));
        Assert.Contains("S2Temporary 9F 09 02", _bench.HandOver(JoiningBench.Both));
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public void It_waits_30_seconds_for_the_beginning(int seconds, bool isAnswered)
    {
        _bench.Host.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isAnswered ? 1 : 0, _bench.Ask("9F 04").Length);
    }

    [Theory]
    [InlineData(239, true)]
    [InlineData(240, false)]
    public void It_waits_240_seconds_for_what_is_granted(int seconds, bool isAnswered)
    {
        _bench.Say("9F 04");
        _bench.Host.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isAnswered ? 1 : 0, _bench.Ask("9F 06 00 02 01 03").Length);
    }

    [Fact]
    public void It_waits_10_seconds_for_our_public_key()
    {
        _bench.Say("9F 04");
        _bench.Say("9F 06 00 02 01 03");
        _bench.Host.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(_bench.Ask("9F 08 01 DE 9E DB 7D 7B 7D C1 B4 D3 5B 61 C2 EC E4 35 37 3F 83 43 C8 5B 78 67 4D AD FC 7E 14 6F 88 2B 4F"));
    }

    [Fact]
    public void It_waits_10_seconds_for_a_key_and_for_the_word_that_it_was_verified()
    {
        _bench.Agree(JoiningBench.Both);
        _bench.Say("9F 05 01 02 01 03", JoiningBench.Temporary);
        _bench.Host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Security.Granted.IsEmpty);
        // nothing is left that opens it
        Assert.Empty(_bench.Host.After(TimeSpan.FromSeconds(60)));

        using var second = new JoiningBench(JoiningBench.Both);
        second.Agree(JoiningBench.Both);
        second.Say("9F 05 01 02 01 03", JoiningBench.Temporary);
        second.GiveKey(0x02);
        second.Host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(second.Plug.Security.Granted.IsEmpty);
        Assert.Equal(["25 03 00 00 00"], second.Ask("25 02"));
    }

    [Theory]
    // scheme 2, curve 2, a key that was not asked for, no key
    [InlineData("9F 06 00 04 01 03", "9F 07 02")]
    [InlineData("9F 06 00 02 02 03", "9F 07 03")]
    [InlineData("9F 06 00 02 01 07", "9F 07 01")]
    [InlineData("9F 06 00 02 01 00", "9F 07 01")]
    public void What_it_cannot_do_ends_with_the_reason(string set, string failure)
    {
        _bench.Say("9F 04");

        Assert.Equal([failure], _bench.Ask(set));

        Assert.Equal(WireAssert.Bytes(failure)[2], Security.JoiningFailure);
        Assert.Empty(_bench.Ask("9F 06 00 02 01 03"));
    }

    [Theory]
    // other keys than it told, in the clear
    [InlineData("9F 05 01 02 01 83", JoiningBench.Temporary)]
    [InlineData("9F 05 00 02 01 03", JoiningBench.Temporary)]
    [InlineData("9F 05 01 02 01 03", SecurityClass.None)]
    public void An_echo_that_differs_ends_with_wrong_security(string echo, SecurityClass securityClass)
    {
        _bench.Agree(JoiningBench.Both);

        Assert.Equal(["S2Temporary 9F 07 07"], _bench.Ask(echo, securityClass));
        Assert.Empty(_bench.Host.After(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void Another_key_than_it_asked_for_ends_with_that_reason()
    {
        _bench.Agree(JoiningBench.Both);
        _bench.Say("9F 05 01 02 01 03", JoiningBench.Temporary);
        _bench.Host.Heard();

        _bench.GiveKey(0x01);

        Assert.Equal(["S2Temporary 9F 07 0A"], _bench.Host.Heard());
    }

    [Fact]
    public void A_key_that_is_not_called_verified_ends_it()
    {
        _bench.Agree(JoiningBench.Both);
        _bench.Say("9F 05 01 02 01 03", JoiningBench.Temporary);
        _bench.GiveKey(0x02);

        Assert.Equal(["S2Temporary 9F 07 07"], _bench.Ask("9F 0C 00", JoiningBench.Temporary));
        Assert.True(Security.Granted.IsEmpty);
    }

    [Fact]
    public void A_failure_told_by_the_controller_ends_it()
    {
        _bench.Say("9F 04");

        Assert.Empty(_bench.Ask("9F 07 06"));

        Assert.Equal((byte)6, Security.JoiningFailure);
        Assert.Empty(_bench.Ask("9F 06 00 02 01 03"));
    }

    [Fact]
    public void A_key_of_security_0_comes_the_same_way()
    {
        var requested = SecurityClasses.Of(SecurityClass.S2Unauthenticated, SecurityClass.S0);
        using var bench = new JoiningBench(requested);
        bench.Agree(requested);
        bench.Say(new Security2KexReport(true, false, 2, 1, requested.Bits), JoiningBench.Temporary);
        bench.GiveKey(0x01);
        bench.Say("9F 0C 02", JoiningBench.Temporary);
        Assert.Equal("S2Temporary 9F 09 80", bench.Host.Heard()[^1]);
        var key = new byte[SecretKey.Length];
        bench.Host.Keys.S0.Reveal(key);
        var frame = bench.Host.Seal(CommandCodec.Encode(new Security2NetworkKeyReport(0x80, key), CodecContext.Newest), JoiningBench.Temporary);
        // the proof is a frame of Security 2 with keys made of the key of Security 0
        bench.Host.Network.Agenda.Do(() =>
        {
            bench.Host.Network.Transmit(new(2), frame);
            bench.Host.State2.SetTemporaryKeys(new(2), Security2Keys.FromNetworkKey(bench.Host.Keys.S0));
        });

        Assert.Equal(["S2Temporary 9F 0B"], bench.Host.Heard());
    }

    [Theory]
    [InlineData(JoiningFault.NoAnswer, "")]
    [InlineData(JoiningFault.UnknownScheme, "9F 05 00 01 01 03")]
    [InlineData(JoiningFault.UnknownCurve, "9F 05 00 02 02 03")]
    [InlineData(JoiningFault.UnknownKeys, "9F 05 00 02 01 08")]
    public void Faults_of_the_first_answer(JoiningFault fault, string answer)
    {
        Security.JoiningFault = fault;

        Assert.Equal(answer, string.Join(", ", _bench.Ask("9F 04")));
    }

    [Theory]
    [InlineData(JoiningFault.NoEcho, "")]
    [InlineData(JoiningFault.EchoInTheClear, "9F 06 01 02 01 03")]
    [InlineData(JoiningFault.WrongEcho, "S2Temporary 9F 06 01 02 01 07")]
    public void Faults_of_the_echo(JoiningFault fault, string answer)
    {
        Security.JoiningFault = fault;

        Assert.Equal(answer, string.Join(", ", _bench.Agree(JoiningBench.Both)));
    }

    [Theory]
    [InlineData(JoiningFault.NoKeyRequest, "")]
    [InlineData(JoiningFault.KeyRequestInTheClear, "9F 09 02")]
    [InlineData(JoiningFault.KeyNotGranted, "S2Temporary 9F 09 04")]
    public void Faults_of_the_request(JoiningFault fault, string answer)
    {
        Security.JoiningFault = fault;
        _bench.Agree(JoiningBench.Both);

        Assert.Equal(answer, string.Join(", ", _bench.Ask("9F 05 01 02 01 03", JoiningBench.Temporary)));
    }

    [Theory]
    [InlineData(JoiningFault.NoVerification, "")]
    [InlineData(JoiningFault.WrongVerification, "S2Temporary 9F 0B")]
    public void Faults_of_the_verification(JoiningFault fault, string answer)
    {
        Security.JoiningFault = fault;
        _bench.Agree(JoiningBench.Both);
        _bench.Say("9F 05 01 02 01 03", JoiningBench.Temporary);
        _bench.Host.Heard();

        _bench.GiveKey(0x02);

        Assert.Equal(answer, string.Join(", ", _bench.Host.Heard()));
    }

    [Fact]
    public void It_may_send_no_public_key_and_never_say_that_it_has_all_keys()
    {
        Security.JoiningFault = JoiningFault.NoPublicKey;
        _bench.Say("9F 04");
        Assert.Empty(_bench.Ask("9F 06 00 02 01 03"));

        using var second = new JoiningBench(JoiningBench.Both);
        second.Plug.Security.JoiningFault = JoiningFault.NoTransferEnd;
        second.Agree(JoiningBench.Both);
        Assert.DoesNotContain("S2Temporary 9F 0C 01", second.HandOver(JoiningBench.Both));
    }

    [Fact]
    public void Any_bytes_are_survived_while_keys_are_exchanged()
    {
        var random = new Random(20260101);
        _bench.Agree(JoiningBench.Both);
        for (var round = 0; round < 2000; round++)
        {
            var command = new byte[random.Next(1, 48)];
            random.NextBytes(command);
            command[0] = (byte)(random.Next(2) == 0 ? 0x9F : 0x98);
            if (command.Length > 1) command[1] = (byte)random.Next(0x10);
            _bench.Host.Network.Transmit(new(2), command);
        }

        _bench.Host.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["25 03 00 00 00"], _bench.Ask("25 02"));
    }
}
