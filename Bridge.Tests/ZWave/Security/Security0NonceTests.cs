using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;
using static Bridge.Tests.ZWave.Security.Security0Line;

namespace Bridge.Tests.ZWave.Security;

/// <summary>One nonce, one frame.</summary>
public sealed class Security0NonceTests
{
    private static readonly byte[] s_switchOn = [0x25, 0x01, 0xFF];

    [Fact]
    public void A_node_that_gave_a_nonce_can_be_sent_one_frame()
    {
        var line = new Security0Line();
        Assert.False(line.AtHost.HasNonce(Plug));
        Assert.Null(Encrypt(line.AtHost, Plug, s_switchOn));
        line.GiveNonceToHost();
        Assert.True(line.AtHost.HasNonce(Plug));
        Assert.NotNull(Encrypt(line.AtHost, Plug, s_switchOn));
        Assert.False(line.AtHost.HasNonce(Plug));
        Assert.Null(Encrypt(line.AtHost, Plug, s_switchOn));
    }

    [Fact]
    public void A_nonce_opens_one_frame()
    {
        var line = new Security0Line();
        var frame = line.HostSends(s_switchOn);
        Assert.Equal(Security0Result.Opened, line.PlugReceives(frame, out _));
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(frame, out var command));
        Assert.Empty(command);
    }

    [Fact]
    public void Using_a_nonce_ends_all_others_of_that_node_only()
    {
        var line = new Security0Line();
        var earlier = line.HostSends(s_switchOn);
        line.GiveNonceToHost();
        var frame = line.HostSends(s_switchOn);
        var other = new Security0State(new(3), line.Time);
        other.SetKey(Key);
        other.OnNonceReport(Plug, line.AtPlug.CreateNonceReport(new(3)));
        Assert.Equal(Security0Result.Opened, line.PlugReceives(frame, out _));
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(earlier, out _));
        Assert.Equal(Security0Result.Opened, Decrypt(line.AtPlug, new(3), Encrypt(other, Plug, s_switchOn)!, out _, out _));
    }

    [Fact]
    public void A_wrong_authentication_code_ends_all_nonces_of_the_node()
    {
        var line = new Security0Line();
        var earlier = line.HostSends(s_switchOn);
        line.GiveNonceToHost();
        var frame = line.HostSends(s_switchOn);
        var changed = frame.ToArray();
        changed[^1] ^= 1;
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(changed, out var command));
        Assert.Empty(command);
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(frame, out _));
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(earlier, out _));
        Assert.True(line.IsAlive());
    }

    [Fact]
    public void A_frame_that_names_a_nonce_of_nobody_leaves_the_others()
    {
        var line = new Security0Line();
        var frame = line.HostSends(s_switchOn);
        var changed = frame.ToArray();
        changed[^9] ^= 0xFF;
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(changed, out _));
        Assert.Equal(Security0Result.Opened, line.PlugReceives(frame, out _));
    }

    [Fact]
    public void A_nonce_is_good_for_the_node_it_was_given_to_only()
    {
        var line = new Security0Line();
        var thief = new Security0State(new(3), line.Time);
        thief.SetKey(Key);
        thief.OnNonceReport(Plug, line.AtPlug.CreateNonceReport(Host));
        Assert.Equal(Security0Result.NotDecrypted, Decrypt(line.AtPlug, new(3), Encrypt(thief, Plug, s_switchOn)!, out _, out _));
    }

    [Theory]
    [InlineData(9_999, Security0Result.Opened)]
    [InlineData(10_000, Security0Result.NotDecrypted)]
    public void A_nonce_given_out_is_good_for_ten_seconds(int milliseconds, Security0Result expected)
    {
        var line = new Security0Line();
        var frame = line.HostSends(s_switchOn);
        line.Time.Advance(milliseconds);
        Assert.Equal(expected, line.PlugReceives(frame, out _));
    }

    [Fact]
    public void Life_of_a_nonce_can_be_chosen()
    {
        var line = new Security0Line();
        var slow = new Security0State(Plug, line.Time) { NonceLifetime = TimeSpan.FromSeconds(20) };
        slow.SetKey(Key);
        line.AtHost.OnNonceReport(Plug, slow.CreateNonceReport(Host));
        var frame = Encrypt(line.AtHost, Plug, s_switchOn)!;
        line.Time.Advance(19_999);
        Assert.Equal(Security0Result.Opened, Decrypt(slow, Host, frame, out _, out _));
    }

    [Theory]
    [InlineData(2_999, true)]
    [InlineData(3_000, false)]
    public void A_nonce_of_a_node_is_trusted_as_long_as_every_node_keeps_one(int milliseconds, bool isThere)
    {
        var line = new Security0Line();
        line.GiveNonceToHost();
        line.Time.Advance(milliseconds);
        Assert.Equal(isThere, line.AtHost.HasNonce(Plug));
        Assert.Equal(isThere, Encrypt(line.AtHost, Plug, s_switchOn) is not null);
    }

    [Fact]
    public void First_bytes_of_live_nonces_differ()
    {
        var same = Enumerable.Repeat("F3 68 41 D7 37 F6 A5 94", 3).ToArray();
        var state = WithNonces(Plug, Key, new ManualTimeProvider(), same);
        string[] nonces = [.. new[] { 1, 3, 3 }.Select(node => Hex.Spaced(state.CreateNonceReport(new((ushort)node)).Nonce.Span))];
        Assert.Equal(["F3 68 41 D7 37 F6 A5 94", "F4 68 41 D7 37 F6 A5 94", "F5 68 41 D7 37 F6 A5 94"], nonces);
    }

    [Fact]
    public void Nonces_of_many_nodes_differ_and_are_bounded()
    {
        var table = new Security0NonceTable(new ManualTimeProvider());
        HashSet<byte> ids = [];
        for (ushort node = 1; node <= 100; node++)
        {
            var nonce = new byte[8];
            table.Add(new(node), nonce);
            Assert.True(ids.Add(nonce[0]));
        }

        for (ushort count = 0; count < 1000; count++) table.Add(new((ushort)(1 + (count % 232))), new byte[8]);
        Assert.Equal(128, table.Count);
    }

    [Fact]
    public void A_node_that_asks_on_and_on_loses_its_own_oldest_nonce()
    {
        var line = new Security0Line();
        var frame = line.HostSends(s_switchOn);
        for (var count = 0; count < 50; count++) line.AtPlug.CreateNonceReport(new(3));
        Assert.Equal(Security0Result.Opened, line.PlugReceives(frame, out _));
        frame = line.HostSends(s_switchOn);
        for (var count = 0; count < 4; count++) line.AtPlug.CreateNonceReport(Host);
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(frame, out _));
    }

    [Fact]
    public void Sender_nonces_and_given_nonces_are_random()
    {
        var line = new Security0Line();
        var given = Enumerable.Range(0, 4).Select(_ => Hex.Spaced(line.AtPlug.CreateNonceReport(Host).Nonce.Span)).ToArray();
        var own = Enumerable.Range(0, 4).Select(_ => Hex.Spaced(line.HostSends(s_switchOn).AsSpan(2, 8))).ToArray();
        Assert.Equal(8, given.Concat(own).Distinct().Count());
    }

    [Fact]
    public void The_newest_nonce_of_a_node_is_used()
    {
        var line = new Security0Line();
        line.AtHost.OnNonceReport(Plug, new Security0NonceReport(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0 }));
        line.AtHost.OnNonceReport(Plug, new Security0NonceReport(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0 }));
        Assert.Equal(2, line.HostSends(s_switchOn)[^9]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void A_nonce_of_another_length_is_none(int length)
    {
        var line = new Security0Line();
        line.AtHost.OnNonceReport(Plug, new Security0NonceReport(new byte[length]));
        Assert.False(line.AtHost.HasNonce(Plug));
    }

    [Fact]
    public void A_node_that_left_is_forgotten()
    {
        var line = new Security0Line();
        var frame = line.HostSends(s_switchOn);
        line.GiveNonceToHost();
        line.AtHost.UseZeroKey(Plug, isOn: true);
        line.AtHost.Forget(Plug);
        line.AtPlug.Forget(Host);
        Assert.False(line.AtHost.HasNonce(Plug));
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(frame, out _));
        Assert.True(line.IsAlive());
    }
}
