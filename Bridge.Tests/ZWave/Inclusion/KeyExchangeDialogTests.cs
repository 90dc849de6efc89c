using Bridge.Tests.Support;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>The user of an exchange of keys: asked where nothing was said before.</summary>
public sealed class KeyExchangeDialogTests
{
    private static readonly NodeId s_node = new(11);
    private static readonly SecurityClasses s_both = SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(240);
    private readonly List<InclusionEvent> _asked = [];

    [Fact]
    public async Task What_was_said_before_is_not_asked_for()
    {
        var dialog = Create(SecurityClasses.All, 34028);
        Assert.Equal(s_both, await dialog.GrantAsync(s_node, s_both, s_limit, default));
        Assert.Equal((ushort)34028, await dialog.PinAsync(s_node, "?????", s_limit, default));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Nothing_in_common_with_what_was_said_before_cancels()
    {
        var dialog = Create(SecurityClasses.Of(SecurityClass.S0), null);
        Assert.Null(await dialog.GrantAsync(s_node, s_both, s_limit, default));
    }

    [Fact]
    public async Task Questions_are_told_and_answered()
    {
        var dialog = Create(null, null);
        Assert.False(dialog.TryGrant(s_both));
        var granting = dialog.GrantAsync(s_node, s_both, s_limit, default);
        Assert.Equal(new GrantWanted(s_node, s_both, s_limit), Assert.Single(_asked));
        Assert.Equal(s_both, dialog.Requested);
        Assert.False(dialog.TryEnterPin(1));
        Assert.True(dialog.TryGrant(SecurityClasses.Of(SecurityClass.S2Authenticated)));
        Assert.Equal(SecurityClasses.Of(SecurityClass.S2Authenticated), await granting);
        Assert.Null(dialog.Requested);
        var entering = dialog.PinAsync(s_node, "?????-12345", s_limit, default);
        Assert.Equal("?????-12345", Assert.IsType<PinWanted>(_asked[1]).Dsk);
        Assert.True(dialog.TryEnterPin(42));
        Assert.Equal((ushort)42, await entering);
        Assert.False(dialog.TryEnterPin(43));
    }

    [Fact]
    public async Task A_question_that_is_withdrawn_can_not_be_answered_any_more()
    {
        var dialog = Create(null, null);
        using var over = new CancellationTokenSource();
        var granting = dialog.GrantAsync(s_node, s_both, s_limit, over.Token);
        var entering = dialog.PinAsync(s_node, "?????", s_limit, over.Token);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => granting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);
        Assert.False(dialog.TryGrant(s_both));
        Assert.False(dialog.TryEnterPin(1));
        Assert.Null(dialog.Requested);
    }

    [Fact]
    public async Task A_user_may_cancel()
    {
        var dialog = Create(null, null);
        var granting = dialog.GrantAsync(s_node, s_both, s_limit, default);
        Assert.True(dialog.TryGrant(null));
        Assert.Null(await granting);
    }

    private KeyExchangeDialog Create(SecurityClasses? granted, ushort? pin)
    {
        var dialog = new KeyExchangeDialog(granted, pin);
        dialog.Asked += _asked.Add;
        return dialog;
    }
}
