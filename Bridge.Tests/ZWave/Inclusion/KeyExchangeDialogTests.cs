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
    private readonly ManualTimeProvider _time = new();
    private readonly List<InclusionEvent> _asked = [];

    [Fact]
    public async Task What_was_said_before_is_not_asked_for()
    {
        var dialog = Create(SecurityClasses.All, 34028);
        Assert.Equal(s_both, await dialog.GrantAsync(s_node, s_both, default));
        Assert.Equal((ushort)34028, await dialog.PinAsync(s_node, "?????", default));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Nothing_in_common_with_what_was_said_before_cancels()
    {
        var dialog = Create(SecurityClasses.Of(SecurityClass.S0), null);
        Assert.Null(await dialog.GrantAsync(s_node, s_both, default));
    }

    [Fact]
    public async Task Questions_are_told_and_answered()
    {
        var dialog = Create(null, null);
        Assert.False(dialog.TryGrant(s_both));
        var granting = dialog.GrantAsync(s_node, s_both, default);
        Assert.Equal(new GrantWanted(s_node, s_both, TimeSpan.FromSeconds(240)), Assert.Single(_asked));
        Assert.Equal(s_both, dialog.Requested);
        Assert.False(dialog.TryEnterPin(1));
        Assert.True(dialog.TryGrant(SecurityClasses.Of(SecurityClass.S2Authenticated)));
        Assert.Equal(SecurityClasses.Of(SecurityClass.S2Authenticated), await granting);
        Assert.Null(dialog.Requested);
        var entering = dialog.PinAsync(s_node, "?????-12345", default);
        Assert.Equal("?????-12345", Assert.IsType<PinWanted>(_asked[1]).Dsk);
        Assert.True(dialog.TryEnterPin(42));
        Assert.Equal((ushort)42, await entering);
        Assert.False(dialog.TryEnterPin(43));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_within_240_seconds_cancels()
    {
        var dialog = Create(null, null);
        var granting = dialog.GrantAsync(s_node, s_both, default);
        await _time.ElapseAsync(240_000);
        Assert.Null(await granting);
        var entering = dialog.PinAsync(s_node, "?????", default);
        await _time.ElapseAsync(240_000);
        Assert.Null(await entering);
    }

    [Fact]
    public async Task A_user_may_cancel()
    {
        var dialog = Create(null, null);
        var granting = dialog.GrantAsync(s_node, s_both, default);
        Assert.True(dialog.TryGrant(null));
        Assert.Null(await granting);
    }

    private KeyExchangeDialog Create(SecurityClasses? granted, ushort? pin)
    {
        var dialog = new KeyExchangeDialog(granted, pin, _time);
        dialog.Asked += _asked.Add;
        return dialog;
    }
}
