using System.Collections.Concurrent;
using System.Threading.Channels;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>A conversation whose other side is the test: what we say comes out as hex with its key in front, time moves by hand.</summary>
internal sealed class ScriptedConversation : ISecureConversation
{
    // Of RFC 7748, section 6.1.
    private const string NodeKey = "77 07 6D 0A 73 18 A5 7D 3C 16 C1 72 51 B2 66 45 DF 4C 2F 87 EB C0 99 2A B1 77 FB A5 1D B9 2C 2A";

    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    private readonly X25519KeyPair _itsKeys = new(WireAssert.Bytes(NodeKey));
    private readonly Channel<SecureCommand> _said = Channel.CreateUnbounded<SecureCommand>();
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();

    private readonly TaskCompletionSource _isAgreed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ManualTimeProvider Time { get; } = new();

    public NodeId Node => new(9);

    /// <summary>What becomes of the next frames of ours.</summary>
    public SendOutcome Outcome { get; set; } = SendOutcome.Acknowledged;

    /// <summary>What the node says while our next frames are on their way.</summary>
    public string? Meanwhile { get; set; }

    /// <summary>The keys and classes that were set, in this order: "temporary", "S0", "class …", "none".</summary>
    public ConcurrentQueue<string> KeysUsed { get; } = new();

    /// <summary>The last temporary keys.</summary>
    public Security2Keys? Temporary { get; private set; }

    /// <summary>The number on the label.</summary>
    public ushort Pin => 34080;

    public Task<SendOutcome> SendAsync(ICommand command, SecurityClass securityClass, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hex = WireAssert.Encode(command);
        if (Meanwhile is not null) Say(Meanwhile);
        _sent.Writer.TryWrite(securityClass == SecurityClass.None ? hex : $"{securityClass} {hex}");
        return Task.FromResult(Outcome);
    }

    public async Task<SecureCommand?> ReceiveAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_said.Reader.TryRead(out var said)) return said;
        if (limit <= TimeSpan.Zero) return null;
        using var over = new CancellationTokenSource(limit, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            return await _said.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void SetTemporaryKeys(Security2Keys? keys)
    {
        KeysUsed.Enqueue(keys is null ? "none" : "temporary");
        if (keys is null) return;
        Temporary = keys;
        _isAgreed.TrySetResult();
    }

    public void UseZeroKey(bool isOn) => KeysUsed.Enqueue(isOn ? "zero" : "S0");

    public void SetClass(SecurityClass? securityClass) => KeysUsed.Enqueue($"class {securityClass}");

    /// <summary>The node says something.</summary>
    public void Say(string hex, SecurityClass securityClass = SecurityClass.None)
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command));
        _said.Writer.TryWrite(new(command, securityClass));
    }

    /// <summary>The node says something with the temporary key.</summary>
    public void SayTemporary(string hex) => Say(hex, SecurityClass.S2Temporary);

    /// <summary>The node says something that no key opens.</summary>
    public void SayUnreadable() => _said.Writer.TryWrite(default);

    /// <summary>The node's public key, whole or without what the label tells.</summary>
    public void SayPublicKey(bool isWhole)
    {
        var key = _itsKeys.PublicKey.ToArray();
        if (!isWhole) key.AsSpan(0, 2).Clear();
        Say("9F 08 00 " + Hex.Spaced(key));
    }

    /// <summary>The next thing we say.</summary>
    public async Task<string> SentAsync()
    {
        using var limit = new CancellationTokenSource(s_hang);
        return await _sent.Reader.ReadAsync(limit.Token);
    }

    public async Task ExpectAsync(string hex) => Assert.Equal(hex, await SentAsync());

    /// <summary>We have not said anything else.</summary>
    public void ExpectNothing() => Assert.False(_sent.Reader.TryPeek(out _));

    /// <summary>We have temporary keys: what was said before could not be read.</summary>
    public Task UntilAgreedAsync() => _isAgreed.Task.WaitAsync(s_hang);

    /// <summary>Takes our public key and tells the temporary keys it makes with the node's.</summary>
    public async Task<Security2Keys> TakePublicKeyAsync()
    {
        var sent = await SentAsync();
        Assert.StartsWith("9F 08 01 ", sent, StringComparison.Ordinal);
        var ours = WireAssert.Bytes(sent["9F 08 01 ".Length..]);
        var secret = new byte[X25519KeyPair.KeyLength];
        Assert.True(_itsKeys.TryAgree(ours, secret));
        return Security2Keys.FromSharedSecret(secret, ours, _itsKeys.PublicKey.Span);
    }

    public void Dispose()
    {
    }
}
