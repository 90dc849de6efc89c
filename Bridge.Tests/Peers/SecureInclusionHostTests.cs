using Bridge.Tests.Support;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>Our host gives keys to plugs whose side of the exchange, and whose cryptography, is not ours.</summary>
public sealed class SecureInclusionHostTests(InclusionOnMockNetwork host) : IClassFixture<InclusionOnMockNetwork>
{
    private const SecurityClass Unauthenticated = SecurityClass.S2Unauthenticated;
    private const SecurityClass Authenticated = SecurityClass.S2Authenticated;
    private const SecurityClass AccessControl = SecurityClass.S2AccessControl;
    private const SecurityClass Legacy = SecurityClass.S0;

    [Theory]
    [InlineData(Unauthenticated)]
    [InlineData(Authenticated)]
    [InlineData(Unauthenticated, Authenticated)]
    [InlineData(Unauthenticated, Authenticated, AccessControl, Legacy)]
    public async Task Plug_gets_every_key_it_wants_and_is_used_with_the_strongest(params SecurityClass[] wants)
    {
        var plug = await host.JoinAsync(wants, static pin => new(SecurityClasses.All, pin));
        await plug.WorksWithAsync(wants);
    }

    [Fact]
    public async Task Plug_gets_no_more_than_it_is_granted()
    {
        var plug = await host.JoinAsync([Unauthenticated, Authenticated, AccessControl, Legacy], static pin => new(SecurityClasses.Of(Authenticated), pin));
        await plug.WorksWithAsync(Authenticated);
    }

    [Fact]
    public async Task Plug_with_security_0_alone_gets_its_key()
    {
        var plug = await host.JoinAsync([Legacy], static _ => new(null, null));
        await plug.WorksWithAsync(Legacy);
    }

    [Fact]
    public async Task Plug_that_would_like_client_side_authentication_joins_without()
    {
        var plug = await host.JoinAsync([Authenticated], static pin => new(SecurityClasses.All, pin), csa: true);
        await plug.WorksWithAsync(Authenticated);
    }

    [Fact]
    public async Task Pin_may_be_entered_after_the_plug_has_tried_in_vain()
    {
        ushort? label = null;
        var dialog = new KeyExchangeDialog(SecurityClasses.All, null);
        var plug = await host.JoinAsync([Authenticated], pin =>
        {
            label = pin;
            return dialog;
        }, repeatMs: 500);
        await plug.StepAsync("echo");
        // its second try begins: the first could not be read
        await host.Peer.Peer.NextEventAsync(
            "keyExchange", line => line.Number("node") == plug.Node.Value && line.Text("step") == "echo", host.Peer.Peer.Position);
        Assert.True(dialog.TryEnterPin(label));
        await plug.WorksWithAsync(Authenticated);
    }

    [Fact]
    public async Task Plug_that_was_included_with_keys_leaves_and_joins_again()
    {
        var plug = await host.JoinAsync([Authenticated], static pin => new(SecurityClasses.All, pin));
        await plug.WorksWithAsync(Authenticated);
        await host.Inclusion.StartExclusionAsync(TimeSpan.FromSeconds(60));
        await plug.LeaveAsync();
        Assert.Null(await host.Network.ReadAsync(view => view.FindNode(plug.Node)));
        var again = await host.JoinAsync([Unauthenticated], static pin => new(SecurityClasses.All, pin));
        Assert.Equal(plug.Node, again.Node);
        await again.WorksWithAsync(Unauthenticated);
    }

    [Fact]
    public async Task Wrong_pin_is_told_to_the_plug_which_is_not_kept()
    {
        var plug = await host.JoinAsync([Authenticated], static pin => new(SecurityClasses.All, (ushort)(pin!.Value ^ 1)), repeatMs: 500);
        var failed = await plug.StepAsync("failed");
        Assert.Equal(("host", 5), (failed.Text("by"), failed.Number("failType")));
        await plug.IsNotKeptAsync(KeyExchangeFailure.NotDecrypted);
    }

    [Theory]
    [InlineData("wrongEcho", KeyExchangeFailure.WrongSecurity)]
    [InlineData("plainEcho", KeyExchangeFailure.WrongSecurity)]
    [InlineData("keyNotGranted", KeyExchangeFailure.KeyNotGranted)]
    [InlineData("wrongVerify", KeyExchangeFailure.NotVerified)]
    public async Task Plug_that_breaks_a_rule_is_told_which_and_is_not_kept(string misbehaves, KeyExchangeFailure failure)
    {
        var plug = await host.JoinAsync([Unauthenticated], static pin => new(SecurityClasses.All, pin), misbehaves);
        var failed = await plug.StepAsync("failed");
        Assert.Equal(("host", (int)failure), (failed.Text("by"), failed.Number("failType")));
        await plug.IsNotKeptAsync(failure);
    }

    [Fact]
    public async Task Plug_that_says_no_is_not_kept()
    {
        var plug = await host.JoinAsync([Unauthenticated], static pin => new(SecurityClasses.All, pin), misbehaves: "fail");
        await plug.IsNotKeptAsync(KeyExchangeFailure.Cancelled);
    }
}
