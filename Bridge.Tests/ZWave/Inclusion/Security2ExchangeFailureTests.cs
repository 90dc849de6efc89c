using Bridge.Tests.Support;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>Everything that ends a key exchange of Security 2, when, and what the node is told: KEX Fail in the clear until it is proven that it can read.</summary>
public sealed class Security2ExchangeFailureTests
{
    private const SecurityClass Temporary = SecurityClass.S2Temporary;
    private const SecurityClass Authenticated = SecurityClass.S2Authenticated;
    private const SecurityClass Unauthenticated = SecurityClass.S2Unauthenticated;

    [Theory]
    // scheme 2; schemes 1 and 2; Curve448; both curves; a key nobody knows; no key
    [InlineData("9F 05 00 04 01 07", KeyExchangeFailure.NoCommonScheme, "9F 07 02")]
    [InlineData("9F 05 00 06 01 07", KeyExchangeFailure.NoCommonScheme, "9F 07 02")]
    [InlineData("9F 05 00 02 02 07", KeyExchangeFailure.NoCommonCurve, "9F 07 03")]
    [InlineData("9F 05 00 02 03 07", KeyExchangeFailure.NoCommonCurve, "9F 07 03")]
    [InlineData("9F 05 00 02 01 08", KeyExchangeFailure.NoCommonKey, "9F 07 01")]
    [InlineData("9F 05 00 02 01 00", KeyExchangeFailure.NoCommonKey, "9F 07 01")]
    public async Task Wishes_that_can_not_be_met_end_it(string wishes, KeyExchangeFailure failure, string told)
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        await bench.Talk.ExpectAsync("9F 04");
        bench.Talk.Say(wishes);
        await bench.Talk.ExpectAsync(told);
        await bench.FailedAsync(failure);
    }

    [Fact]
    public async Task Key_that_the_node_does_not_want_is_not_granted()
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        await bench.Talk.ExpectAsync("9F 04");
        // wants Unauthenticated only, which the user does not grant
        bench.Talk.Say("9F 05 00 02 01 01");
        await bench.Talk.ExpectAsync("9F 07 06");
        await bench.FailedAsync(KeyExchangeFailure.Cancelled);
    }

    [Fact]
    public async Task Grant_is_waited_for_240_seconds()
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        bench.User.Granted = null;
        await bench.Talk.ExpectAsync("9F 04");
        bench.Talk.Say(Security2ExchangeBench.Wishes);
        Assert.Equal(TimeSpan.FromSeconds(240), await bench.User.Waits.Task);
        await bench.Talk.Time.ElapseAsync(239_999, 240_000);
        bench.Talk.ExpectNothing();
        await bench.Talk.Time.ElapseAsync(1);
        await bench.Talk.ExpectAsync("9F 07 06");
        await bench.User.IsWithdrawn.Task;
        await bench.FailedAsync(KeyExchangeFailure.Cancelled);
    }

    [Fact]
    public async Task Pin_is_waited_for_240_seconds()
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        bench.User.Pin = null;
        await ToPinAsync(bench);
        await bench.Talk.Time.ElapseAsync(240_000);
        await bench.Talk.ExpectAsync("9F 07 06");
        await bench.User.IsWithdrawn.Task;
        await bench.FailedAsync(KeyExchangeFailure.Cancelled);
    }

    [Fact]
    public async Task Time_the_pin_took_is_missing_for_the_echo()
    {
        var entered = new TaskCompletionSource<ushort?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var bench = new Security2ExchangeBench(Authenticated);
        bench.User.LaterPin = entered.Task;
        await ToPinAsync(bench);
        await bench.Talk.Time.ElapseAsync(100_000, 240_000);
        entered.SetResult(bench.Talk.Pin);
        // The question's own limit is over at the same moment: it has to be withdrawn by then.
        await bench.Talk.UntilAgreedAsync();
        await bench.Talk.Time.ElapseAsync(140_000);
        await bench.Talk.ExpectAsync("9F 07 06");
        await bench.FailedAsync(KeyExchangeFailure.TimeOut);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Node_that_ends_it_while_the_user_is_asked_ends_it_at_once(bool isGranted)
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        if (isGranted) bench.User.Pin = null;
        else bench.User.Granted = null;
        if (isGranted)
        {
            await ToPinAsync(bench);
        }
        else
        {
            await bench.Talk.ExpectAsync("9F 04");
            bench.Talk.Say(Security2ExchangeBench.Wishes);
            await bench.User.Waits.Task;
        }

        bench.Talk.Say("9F 07 06");
        await bench.User.IsWithdrawn.Task;
        await bench.FailedAsync(KeyExchangeFailure.Cancelled);
        bench.Talk.ExpectNothing();
    }

    [Theory]
    [InlineData("9F 07 01", KeyExchangeFailure.NoCommonKey, "NoCommonKey")]
    [InlineData("9F 07 05", KeyExchangeFailure.NotDecrypted, "NotDecrypted")]
    [InlineData("9F 07 07", KeyExchangeFailure.WrongSecurity, "WrongSecurity")]
    [InlineData("9F 07 0A", KeyExchangeFailure.WrongKeyReported, "WrongKeyReported")]
    [InlineData("9F 07 EE", KeyExchangeFailure.Cancelled, "reason ee")]
    public async Task Reason_of_the_node_is_told_and_not_sent_back(string fail, KeyExchangeFailure failure, string reason)
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        var talk = await bench.ConfirmedAsync();
        talk.SayTemporary(fail);
        Assert.Contains(reason, await bench.FailedAsync(failure), StringComparison.Ordinal);
        talk.ExpectNothing();
    }

    [Theory]
    [InlineData(SendOutcome.NoAcknowledgement, KeyExchangeFailure.NotDelivered)]
    [InlineData(SendOutcome.NotSecured, KeyExchangeFailure.NotDecrypted)]
    public async Task Reason_of_the_node_comes_before_that_of_a_command_that_did_not_get_through(SendOutcome outcome, KeyExchangeFailure failure)
    {
        using (var bench = new Security2ExchangeBench(Unauthenticated))
        {
            var talk = await bench.AgreedAsync();
            talk.Outcome = outcome;
            talk.SayTemporary("9F 06 01 02 01 01");
            await bench.FailedAsync(failure);
        }

        using (var bench = new Security2ExchangeBench(Unauthenticated))
        {
            var talk = await bench.AgreedAsync();
            talk.Outcome = outcome;
            talk.Meanwhile = "9F 07 08";
            talk.SayTemporary("9F 06 01 02 01 01");
            await bench.FailedAsync(KeyExchangeFailure.KeyNotGranted);
        }
    }

    [Fact]
    public async Task Device_that_was_not_meant_gets_nothing()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        bench.User.Expects = false;
        await bench.GrantedAsync();
        bench.Talk.SayPublicKey(isWhole: true);
        await bench.Talk.TakePublicKeyAsync();
        await bench.Talk.ExpectAsync("9F 07 06");
        await bench.FailedAsync(KeyExchangeFailure.Cancelled);
    }

    [Fact]
    public async Task Two_frames_that_can_not_be_read_mean_a_wrong_pin()
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        var talk = await bench.AgreedAsync();
        talk.SayUnreadable();
        talk.SayUnreadable();
        await talk.ExpectAsync("9F 07 05");
        Assert.Contains("the PIN is wrong", await bench.FailedAsync(KeyExchangeFailure.NotDecrypted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_pin_was_asked_for_none_was_wrong()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        var talk = await bench.AgreedAsync();
        talk.SayUnreadable();
        talk.SayUnreadable();
        await talk.ExpectAsync("9F 07 05");
        Assert.DoesNotContain("PIN", await bench.FailedAsync(KeyExchangeFailure.NotDecrypted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_frame_that_can_not_be_read_may_be_of_the_time_before_the_pin()
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        var talk = await bench.AgreedAsync();
        talk.SayUnreadable();
        talk.SayTemporary("9F 06 01 02 01 02");
        await talk.ExpectAsync("S2Temporary 9F 05 01 02 01 87");
    }

    [Fact]
    public async Task One_frame_that_can_not_be_read_and_silence_mean_a_wrong_pin()
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        var talk = await bench.AgreedAsync();
        talk.SayUnreadable();
        await talk.Time.ElapseAsync(240_000);
        await talk.ExpectAsync("9F 07 05");
        await bench.FailedAsync(KeyExchangeFailure.NotDecrypted);
    }

    [Theory]
    // in the clear; another key; client-side authentication; a reserved bit; not marked as an echo
    [InlineData("9F 06 01 02 01 01", SecurityClass.None, "9F 07 07")]
    [InlineData("9F 06 01 02 01 03", Temporary, "S2Temporary 9F 07 07")]
    [InlineData("9F 06 03 02 01 01", Temporary, "S2Temporary 9F 07 07")]
    [InlineData("9F 06 05 02 01 01", Temporary, "S2Temporary 9F 07 07")]
    [InlineData("9F 06 00 02 01 01", Temporary, "S2Temporary 9F 07 07")]
    public async Task Echo_that_differs_ends_it(string echo, SecurityClass securityClass, string told)
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        var talk = await bench.AgreedAsync();
        talk.Say(echo, securityClass);
        await talk.ExpectAsync(told);
        await bench.FailedAsync(KeyExchangeFailure.WrongSecurity);
    }

    [Fact]
    public async Task Echo_in_the_clear_ends_it_while_the_user_looks_for_the_pin()
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        bench.User.Pin = null;
        await ToPinAsync(bench);
        bench.Talk.Say("9F 06 01 02 01 02");
        await bench.Talk.ExpectAsync("9F 07 07");
        await bench.FailedAsync(KeyExchangeFailure.WrongSecurity);
    }

    [Theory]
    // not granted; two at once; none; in the clear; ends before it has all
    [InlineData("9F 09 04", Temporary, KeyExchangeFailure.KeyNotGranted, "S2Temporary 9F 07 08")]
    [InlineData("9F 09 03", Temporary, KeyExchangeFailure.KeyNotGranted, "S2Temporary 9F 07 08")]
    [InlineData("9F 09 00", Temporary, KeyExchangeFailure.KeyNotGranted, "S2Temporary 9F 07 08")]
    [InlineData("9F 09 01", SecurityClass.None, KeyExchangeFailure.WrongSecurity, "S2Temporary 9F 07 07")]
    [InlineData("9F 0C 01", Temporary, KeyExchangeFailure.WrongSecurity, "S2Temporary 9F 07 07")]
    public async Task Wrong_request_for_a_key_ends_it(string request, SecurityClass securityClass, KeyExchangeFailure failure, string told)
    {
        using var bench = new Security2ExchangeBench(Authenticated, Unauthenticated);
        var talk = await bench.ConfirmedAsync();
        talk.Say(request, securityClass);
        await talk.ExpectAsync(told);
        await bench.FailedAsync(failure);
    }

    [Theory]
    [InlineData(Temporary)]
    [InlineData(SecurityClass.None)]
    [InlineData(null)]
    public async Task Key_that_is_proven_with_another_ends_it(SecurityClass? securityClass)
    {
        using var bench = new Security2ExchangeBench(Authenticated);
        var talk = await bench.ConfirmedAsync();
        talk.SayTemporary("9F 09 02");
        await talk.SentAsync();
        if (securityClass is { } used)
        {
            talk.Say("9F 0B", used);
        }
        else
        {
            talk.SayUnreadable();
            talk.SayUnreadable();
        }

        await talk.ExpectAsync("S2Temporary 9F 07 09");
        await bench.FailedAsync(KeyExchangeFailure.NotVerified);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Node_has_ten_seconds_for_each_of_its_answers(int answers)
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        var talk = bench.Talk;
        if (answers == 0) await talk.ExpectAsync("9F 04");
        if (answers == 1) await bench.GrantedAsync();
        if (answers >= 2) await bench.ConfirmedAsync();
        if (answers == 3)
        {
            talk.SayTemporary("9F 09 01");
            await talk.SentAsync();
        }

        if (answers == 4) await bench.HandedOverAsync(Unauthenticated);
        await talk.Time.ElapseAsync(10_000);
        await talk.ExpectAsync(answers < 2 ? "9F 07 06" : "S2Temporary 9F 07 06");
        await bench.FailedAsync(KeyExchangeFailure.TimeOut);
    }

    [Fact]
    public async Task Node_that_asks_without_end_is_stopped()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        var talk = await bench.ConfirmedAsync();
        for (var request = 0; request < 16; request++)
        {
            talk.SayTemporary("9F 06 01 02 01 01");
            await talk.ExpectAsync("S2Temporary 9F 05 01 02 01 87");
        }

        await talk.ExpectAsync("S2Temporary 9F 07 06");
        await bench.FailedAsync(KeyExchangeFailure.Cancelled);
    }

    [Fact]
    public async Task Node_that_is_out_of_reach_is_told_nothing()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        await bench.Talk.ExpectAsync("9F 04");
        bench.Talk.Outcome = SendOutcome.NoAcknowledgement;
        bench.Talk.Say(Security2ExchangeBench.Wishes);
        await bench.Talk.ExpectAsync("9F 06 00 02 01 01");
        await bench.FailedAsync(KeyExchangeFailure.NotDelivered);
        bench.Talk.ExpectNothing();
    }

    [Fact]
    public async Task When_the_program_ends_the_keys_of_the_attempt_are_forgotten_and_nothing_is_sent()
    {
        using var bench = new Security2ExchangeBench(Unauthenticated);
        await bench.ConfirmedAsync();
        await bench.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Outcome);
        Assert.Equal(["none", "class "], bench.Talk.KeysUsed.ToArray()[^2..]);
        bench.Talk.ExpectNothing();
    }

    private static async Task ToPinAsync(Security2ExchangeBench bench)
    {
        await bench.GrantedAsync();
        bench.Talk.SayPublicKey(isWhole: false);
        await bench.Talk.TakePublicKeyAsync();
        await bench.User.Waits.Task;
    }
}
