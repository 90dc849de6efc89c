using Bridge.Tests.ZWave.Simulation;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>Our host gives keys to plugs, right ones and ones that do something wrong.</summary>
public sealed class KeyExchangeTests
{
    private static readonly SecurityClasses s_both = SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated);

    // For what is never said; a machine under load may be too slow for the rest of the exchange in this time.
    private static readonly KeyExchangeTimeouts s_short = new() { Answer = TimeSpan.FromSeconds(1.5), Echo = TimeSpan.FromSeconds(1.5) };

    [Theory]
    [InlineData(new[] { SecurityClass.S2Authenticated })]
    [InlineData(new[] { SecurityClass.S2Unauthenticated })]
    [InlineData(new[] { SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated })]
    [InlineData(new[] { SecurityClass.S2AccessControl, SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated, SecurityClass.S0 })]
    public async Task With_the_right_pin_a_node_has_what_it_was_granted_is_interviewed_and_switched_encrypted(SecurityClass[] granted)
    {
        await using var bench = await KeyExchangeBench.StartAsync();
        var plug = bench.Bench.Plugs.PutOnTable(SecureHost.SmartPlug(SecurityClasses.All));
        await bench.JoinAsync(plug, User(plug.Security.Pin, SecurityClasses.Of(granted)));
        await bench.SwitchAsync(plug);
        Assert.Equal(SecurityClasses.Of(granted), (await bench.UntilAsync<KeysExchanged>()).Granted);
        Assert.Equal(SecurityClasses.Of(granted), plug.Security.Granted);
        Assert.Equal(granted[0], await bench.Bench.Network.ReadAsync(view => view.FindNode(plug.Id)!.SecurityClass));
        // neither an order to the relay nor a question about it was on the air in the clear
        Assert.DoesNotContain(bench.Bench.Said(plug.Id.Value), static said => said.StartsWith("25 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_pin_ends_with_an_event_and_no_node()
    {
        await using var bench = await KeyExchangeBench.StartAsync();
        var plug = bench.Bench.Plugs.PutOnTable(SecureHost.SmartPlug(s_both));
        await bench.JoinAsync(plug, User((ushort)(plug.Security.Pin ^ 1)));
        Assert.Equal(KeyExchangeFailure.NotDecrypted, (await bench.UntilDiscardedAsync(plug)).Failure);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_cancels_ends_it_and_no_node_is_left(bool isGranted)
    {
        await using var bench = await KeyExchangeBench.StartAsync();
        var plug = bench.Bench.Plugs.PutOnTable(SecureHost.SmartPlug(s_both));
        var dialog = new KeyExchangeDialog(null, null);
        dialog.Asked += news =>
        {
            if (news is GrantWanted wanted) dialog.TryGrant(isGranted ? wanted.Requested : null);
            else dialog.TryEnterPin(null);
        };
        await bench.JoinAsync(plug, dialog);
        Assert.Equal(KeyExchangeFailure.Cancelled, (await bench.UntilDiscardedAsync(plug)).Failure);
    }

    [Theory]
    [InlineData(JoiningFault.NoAnswer, KeyExchangeFailure.TimeOut)]
    [InlineData(JoiningFault.UnknownScheme, KeyExchangeFailure.NoCommonScheme)]
    [InlineData(JoiningFault.UnknownCurve, KeyExchangeFailure.NoCommonCurve)]
    [InlineData(JoiningFault.UnknownKeys, KeyExchangeFailure.NoCommonKey)]
    [InlineData(JoiningFault.NoPublicKey, KeyExchangeFailure.TimeOut)]
    [InlineData(JoiningFault.NoEcho, KeyExchangeFailure.TimeOut)]
    [InlineData(JoiningFault.EchoInTheClear, KeyExchangeFailure.WrongSecurity)]
    [InlineData(JoiningFault.WrongEcho, KeyExchangeFailure.WrongSecurity)]
    [InlineData(JoiningFault.NoKeyRequest, KeyExchangeFailure.TimeOut)]
    [InlineData(JoiningFault.KeyRequestInTheClear, KeyExchangeFailure.WrongSecurity)]
    [InlineData(JoiningFault.KeyNotGranted, KeyExchangeFailure.KeyNotGranted)]
    [InlineData(JoiningFault.NoVerification, KeyExchangeFailure.TimeOut)]
    [InlineData(JoiningFault.WrongVerification, KeyExchangeFailure.NotVerified)]
    [InlineData(JoiningFault.NoTransferEnd, KeyExchangeFailure.TimeOut)]
    public async Task A_node_that_does_something_wrong_is_not_kept_and_can_be_included_when_it_does_it_right(
        JoiningFault fault, KeyExchangeFailure failure)
    {
        await using var bench = await KeyExchangeBench.StartAsync(failure == KeyExchangeFailure.TimeOut ? s_short : null);
        var plug = bench.Bench.Plugs.PutOnTable(SecureHost.SmartPlug(s_both));
        plug.Security.JoiningFault = fault;
        await bench.JoinAsync(plug, User(plug.Security.Pin));
        Assert.Equal(failure, (await bench.UntilDiscardedAsync(plug)).Failure);
        Assert.True(plug.Security.Granted.IsEmpty);

        plug.Security.JoiningFault = JoiningFault.None;
        bench.BePatient();
        await bench.JoinAsync(plug, User(plug.Security.Pin));
        await bench.SwitchAsync(plug);
    }

    [Fact]
    public async Task A_node_with_security_0_alone_gets_its_key_and_is_switched_encrypted()
    {
        await using var bench = await KeyExchangeBench.StartAsync();
        var plug = bench.Bench.Plugs.PutOnTable(SecureHost.SmartPlug(SecurityClasses.Of(SecurityClass.S0)));
        await bench.JoinAsync(plug, User(null));
        await bench.SwitchAsync(plug);
        Assert.Equal(SecurityClasses.Of(SecurityClass.S0), plug.Security.Granted);
        Assert.DoesNotContain(bench.Bench.Said(plug.Id.Value), static said => said.StartsWith("25 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(JoiningFault.NoAnswer, KeyExchangeFailure.TimeOut)]
    [InlineData(JoiningFault.NoVerification, KeyExchangeFailure.TimeOut)]
    [InlineData(JoiningFault.WrongVerification, KeyExchangeFailure.NotVerified)]
    public async Task A_node_with_security_0_that_does_not_prove_its_key_is_not_kept(JoiningFault fault, KeyExchangeFailure failure)
    {
        await using var bench = await KeyExchangeBench.StartAsync(failure == KeyExchangeFailure.TimeOut ? s_short : null);
        var plug = bench.Bench.Plugs.PutOnTable(SecureHost.SmartPlug(SecurityClasses.Of(SecurityClass.S0)));
        plug.Security.JoiningFault = fault;
        await bench.JoinAsync(plug, User(null));
        Assert.Equal(failure, (await bench.UntilDiscardedAsync(plug)).Failure);
    }

    private static KeyExchangeDialog User(ushort? pin, SecurityClasses? granted = null) => new(granted ?? SecurityClasses.All, pin);
}
