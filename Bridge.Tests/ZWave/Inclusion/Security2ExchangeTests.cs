using Bridge.Tests.Support;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>The including side of the key exchange of Security 2, word by word.</summary>
public sealed class Security2ExchangeTests
{
    private const SecurityClass Temporary = SecurityClass.S2Temporary;
    private const SecurityClass Authenticated = SecurityClass.S2Authenticated;
    private const SecurityClass Unauthenticated = SecurityClass.S2Unauthenticated;

    [Fact]
    public async Task Each_key_is_handed_over_with_the_temporary_key_after_both_sides_repeated_their_wishes()
    {
        using var bench = new Security2ExchangeBench(Authenticated, Unauthenticated);
        var talk = bench.Talk;
        await talk.ExpectAsync("9F 04");
        // scheme 1, Curve25519, wants Access Control, Authenticated and Unauthenticated
        talk.Say("9F 05 00 02 01 07");
        // two of them are granted
        await talk.ExpectAsync("9F 06 00 02 01 03");
        talk.SayPublicKey(isWhole: false);
        var agreed = await talk.TakePublicKeyAsync();
        await talk.UntilAgreedAsync();
        talk.SayTemporary("9F 06 01 02 01 03");
        await talk.ExpectAsync("S2Temporary 9F 05 01 02 01 07");
        Assert.Equal(agreed, talk.Temporary);
        talk.SayTemporary("9F 09 02");
        await talk.ExpectAsync($"S2Temporary 9F 0A 02 {bench.KeyOf(Authenticated)}");
        talk.Say("9F 0B", Authenticated);
        await talk.ExpectAsync("S2Temporary 9F 0C 02");
        talk.SayTemporary("9F 09 01");
        await talk.ExpectAsync($"S2Temporary 9F 0A 01 {bench.KeyOf(Unauthenticated)}");
        talk.Say("9F 0B", Unauthenticated);
        await talk.ExpectAsync("S2Temporary 9F 0C 02");
        talk.SayTemporary("9F 0C 01");
        Assert.Equal(SecurityClasses.Of(Authenticated, Unauthenticated), (await bench.Outcome).Granted);
        talk.ExpectNothing();
        Assert.Equal(
            ["class ", "temporary", "class S2Authenticated", "class S2Unauthenticated", "none", "class "], talk.KeysUsed);
    }

    [Fact]
    public async Task Key_of_security_0_is_proven_in_the_place_of_the_temporary_one()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated, SecurityClass.S0);
        var talk = await bench.ConfirmedAsync();
        var temporary = talk.Temporary;
        talk.SayTemporary("9F 09 80");
        await talk.ExpectAsync($"S2Temporary 9F 0A 80 {bench.KeyOf(SecurityClass.S0)}");
        talk.Say("9F 0B", Temporary);
        await talk.ExpectAsync("S2Temporary 9F 0C 02");
        Assert.Equal(["class ", "temporary", "temporary", "temporary"], talk.KeysUsed);
        Assert.Equal(temporary, talk.Temporary);
        await bench.HandedOverAsync(Unauthenticated);
        talk.SayTemporary("9F 0C 01");
        Assert.True((await bench.Outcome).IsSuccess);
    }

    [Fact]
    public async Task Without_a_class_that_needs_it_no_pin_is_asked_for()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        bench.User.Pin = null;
        await bench.ConfirmedAsync();
        Assert.False(bench.User.IsPinAsked);
    }

    [Fact]
    public async Task Bytes_of_the_label_that_the_node_says_itself_do_not_count()
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        bench.User.Pin = 12345;
        var talk = await bench.GrantedAsync();
        talk.SayPublicKey(isWhole: true);
        var agreed = await talk.TakePublicKeyAsync();
        await talk.UntilAgreedAsync();
        Assert.NotEqual(agreed, talk.Temporary);
        Assert.StartsWith("?????-61449-", bench.User.Dsk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repetition_of_what_the_node_wants_is_the_same_in_every_bit()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        // wants client-side authentication as well, and has a bit set that nobody knows yet
        var talk = await bench.GrantedAsync("9F 05 0A 02 01 87");
        talk.SayPublicKey(isWhole: true);
        await talk.TakePublicKeyAsync();
        await talk.UntilAgreedAsync();
        talk.SayTemporary("9F 06 01 02 01 01");
        await talk.ExpectAsync("S2Temporary 9F 05 0B 02 01 87");
    }

    [Fact]
    public async Task Node_that_repeats_its_echo_is_answered_again()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        var talk = await bench.ConfirmedAsync();
        talk.SayTemporary("9F 06 01 02 01 01");
        await talk.ExpectAsync("S2Temporary 9F 05 01 02 01 87");
        await bench.HandedOverAsync(Unauthenticated);
    }

    [Fact]
    public async Task Node_whose_every_frame_comes_twice_gets_its_keys()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        var talk = bench.Talk;
        await talk.ExpectAsync("9F 04");
        Twice("9F 05 00 02 01 87");
        await talk.ExpectAsync("9F 06 00 02 01 01");
        talk.SayPublicKey(isWhole: true);
        talk.SayPublicKey(isWhole: true);
        await talk.TakePublicKeyAsync();
        await talk.UntilAgreedAsync();
        Twice("9F 06 01 02 01 01", Temporary);
        await talk.ExpectAsync("S2Temporary 9F 05 01 02 01 87");
        await talk.ExpectAsync("S2Temporary 9F 05 01 02 01 87");
        Twice("9F 09 01", Temporary);
        await talk.ExpectAsync($"S2Temporary 9F 0A 01 {bench.KeyOf(Unauthenticated)}");
        Twice("9F 0B", Unauthenticated);
        await talk.ExpectAsync("S2Temporary 9F 0C 02");
        Twice("9F 0C 01", Temporary);
        Assert.True((await bench.Outcome).IsSuccess);

        void Twice(string hex, SecurityClass securityClass = SecurityClass.None)
        {
            talk.Say(hex, securityClass);
            talk.Say(hex, securityClass);
        }
    }

    [Fact]
    public async Task What_else_the_node_says_is_passed_over()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        var talk = bench.Talk;
        await talk.ExpectAsync("9F 04");
        // a report of its relay, another Supported Report, its own KEX Get
        talk.Say("25 03 FF");
        talk.Say("9F 0E 25 32");
        talk.Say("9F 04");
        talk.Say("9F 05 00 02 01 87");
        await talk.ExpectAsync("9F 06 00 02 01 01");
        talk.Say("25 03 FF");
        talk.SayPublicKey(isWhole: true);
        await talk.TakePublicKeyAsync();
        await talk.UntilAgreedAsync();
        talk.SayTemporary("25 03 FF");
        talk.SayTemporary("9F 06 01 02 01 01");
        await talk.ExpectAsync("S2Temporary 9F 05 01 02 01 87");
        talk.SayTemporary("25 03 FF");
        await bench.HandedOverAsync(Unauthenticated);
        talk.SayTemporary("9F 0C 01");
        Assert.True((await bench.Outcome).IsSuccess);
    }
}
