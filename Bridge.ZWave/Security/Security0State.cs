using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Security;

/// <summary>How the opening of a Security 0 frame ended.</summary>
public enum Security0Result
{
    Opened,

    /// <summary>The first of two parts; the second has to follow.</summary>
    FirstPart,

    /// <summary>Unknown or used nonce, wrong authentication code, second part without the first: dropped without an answer.</summary>
    NotDecrypted,

    /// <summary>Not readable.</summary>
    Refused,
}

/// <summary>
/// One node's side of Security 0: the key, nonces given out and received, halves of commands. Used by the host and by simulated nodes alike. Called by one
/// loop only; expiry is judged by the clock when asked. Nothing from outside throws.
/// </summary>
/// <remarks>Source: Security 0 specification. The frame itself is made and opened by <see cref="Security0Frame"/>.</remarks>
public sealed class Security0State(NodeId self, TimeProvider time)
{
    private static readonly Security0Keys s_zeroKeys = Security0Keys.FromNetworkKey(new(new byte[SecretKey.Length]));

    private readonly Security0NonceTable _issued = new(time);
    private readonly Dictionary<NodeId, Peer> _peers = [];
    private Security0Keys? _keys;

    /// <summary>How long a node may keep us waiting between the two parts of a command.</summary>
    public static readonly TimeSpan SecondPartLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long a nonce of a node is trusted to be still good: nodes have to keep theirs at least this long.</summary>
    public static readonly TimeSpan ReceivedNonceLifetime = TimeSpan.FromSeconds(3);

    /// <summary>How long a nonce given out is good: 3 s at the least, 10 s usually, 20 s on busy networks.</summary>
    public TimeSpan NonceLifetime
    {
        get => _issued.Lifetime;
        init => _issued.Lifetime = value;
    }

    /// <summary>Where nonces come from.</summary>
    internal Security0Random Random { get; init; } = RandomNumberGenerator.Fill;

    public void SetKey(SecretKey? key)
    {
        _keys = key is null ? null : Security0Keys.FromNetworkKey(key);
        foreach (var peer in _peers.Values) peer.FirstPart.Clear();
    }

    /// <summary>While on, frames from and to the node are made with the key of all zeros (inclusion).</summary>
    public void UseZeroKey(NodeId peer, bool isOn)
    {
        if (Find(peer) is not { } state || state.UsesZeroKey == isOn) return;
        state.UsesZeroKey = isOn;
        state.FirstPart.Clear();
    }

    /// <summary>True while an unused, fresh nonce of the node is there.</summary>
    public bool HasNonce(NodeId peer) => _peers.TryGetValue(peer, out var state) && IsFresh(state);

    /// <summary>How many frames (1 or 2) a command takes; 0: too long for two.</summary>
    public static int FramesFor(int commandLength, int maximumPayload)
    {
        var most = Security0Frame.MaximumPlaintext(maximumPayload);
        if (most < 1 || commandLength < 1 || commandLength > 2 * most) return 0;
        return commandLength <= most ? 1 : 2;
    }

    /// <summary>
    /// Makes one Message Encapsulation and appends it; uses up the node's nonce. False: no key or no nonce, or the command has no such part. The first of two
    /// frames asks for the next nonce (C1).
    /// </summary>
    /// <param name="part">0, or 1 for the second frame, which takes the sequence counter of the first.</param>
    public bool TryEncrypt(NodeId peer, scoped ReadOnlySpan<byte> command, int part, int maximumPayload, ref PayloadWriter frame)
    {
        var frames = FramesFor(command.Length, maximumPayload);
        if (part < 0 || part >= frames || !_peers.TryGetValue(peer, out var state) || KeysOf(state) is not { } keys || !IsFresh(state)) return false;
        var control = FrameControl.Whole;
        if (frames == 2)
        {
            var most = Security0Frame.MaximumPlaintext(maximumPayload);
            if (part == 0) state.SequenceCounter = FrameControl.CounterAfter(state.SequenceCounter);
            control = part == 0 ? FrameControl.First(state.SequenceCounter) : FrameControl.Second(state.SequenceCounter);
            command = part == 0 ? command[..most] : command[most..];
        }

        Span<byte> sealedFrame = stackalloc byte[Security0Frame.MaximumLength];
        Span<byte> senderNonce = stackalloc byte[Security0NonceReport.NonceLength];
        Random(senderNonce);
        var commandByte = frames == 2 && part == 0 ? Security0EncapsulationNonceGet.CommandId.Command : Security0Encapsulation.CommandId.Command;
        var context = new Security0FrameContext(commandByte, self, peer, senderNonce, state.ReceivedNonce);
        var length = Security0Frame.Seal(keys, context, control, command, sealedFrame);
        state.ReceivedNonce = [];
        frame.WriteBytes(sealedFrame[..length]);
        return !frame.Overflowed;
    }

    /// <summary>Opens a Message Encapsulation.</summary>
    /// <param name="plaintext">
    /// Takes the command; as long as the frame is enough for a whole one, twice the longest frame for one in two parts. One that is too short takes nothing
    /// (<see cref="Security0Result.Refused"/>).
    /// </param>
    /// <param name="wantsNonce">It was of the form that asks for the next nonce: answer with <see cref="CreateNonceReport"/>, also after a first part.</param>
    public Security0Result TryDecrypt(NodeId peer, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out bool wantsNonce)
    {
        length = 0;
        wantsNonce = false;
        if (Find(peer) is not { } state || !Security0Frame.TryRead(frame, out var parts)) return Security0Result.Refused;
        if (KeysOf(state) is not { } keys) return Security0Result.NotDecrypted;
        // One nonce, one frame: whatever comes of this one, its nonce and all others given to the node are gone.
        Span<byte> receiverNonce = stackalloc byte[Security0NonceReport.NonceLength];
        if (!_issued.TryTake(peer, parts.ReceiverNonceId, receiverNonce)) return Security0Result.NotDecrypted;
        Span<byte> opened = stackalloc byte[byte.MaxValue];
        opened = opened[..parts.Ciphertext.Length];
        if (!Security0Frame.TryOpen(keys, new(parts.Command, peer, self, parts.SenderNonce, receiverNonce), parts, opened)) return Security0Result.NotDecrypted;
        wantsNonce = parts.Command == Security0EncapsulationNonceGet.CommandId.Command;
        var result = Take(state.FirstPart, new(opened[0]), opened[1..], plaintext, out length);
        CryptographicOperations.ZeroMemory(opened);
        return result;
    }

    /// <summary>A new nonce for the node, good for one frame within ten seconds.</summary>
    public Security0NonceReport CreateNonceReport(NodeId peer)
    {
        var nonce = new byte[Security0NonceReport.NonceLength];
        Random(nonce);
        _issued.Add(peer, nonce);
        return new(nonce);
    }

    /// <summary>A nonce of the node came.</summary>
    public void OnNonceReport(NodeId peer, Security0NonceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Nonce.Length != Security0NonceReport.NonceLength || Find(peer) is not { } state) return;
        state.ReceivedNonce = report.Nonce.ToArray();
        state.ReceivedAt = time.GetTimestamp();
    }

    /// <summary>Forgets a node that left, or whose keys changed.</summary>
    public void Forget(NodeId peer)
    {
        _issued.Remove(peer);
        if (_peers.Remove(peer, out var state)) state.FirstPart.Clear();
    }

    private Security0Result Take(
        Security0FirstPart first, FrameControl control, ReadOnlySpan<byte> opened, Span<byte> plaintext, out int length)
    {
        length = 0;
        if (control.IsFirst)
        {
            first.Keep(control.Counter, opened, time.GetTimestamp());
            return Security0Result.FirstPart;
        }

        ReadOnlySpan<byte> before = [];
        if (control.IsSecond && !first.TryGet(control.Counter, time, SecondPartLimit, out before)) return Security0Result.NotDecrypted;
        if (plaintext.Length < before.Length + opened.Length) return Security0Result.Refused;
        before.CopyTo(plaintext);
        opened.CopyTo(plaintext[before.Length..]);
        length = before.Length + opened.Length;
        if (control.IsSecond) first.Clear();
        return Security0Result.Opened;
    }

    /// <summary>What is known of a node; null of one that cannot talk Security 0: a frame has one byte for a node id, so Long Range has none.</summary>
    private Peer? Find(NodeId peer)
    {
        if (!peer.IsClassic) return null;
        if (!_peers.TryGetValue(peer, out var state)) _peers[peer] = state = new();
        return state;
    }

    private Security0Keys? KeysOf(Peer peer) => peer.UsesZeroKey ? s_zeroKeys : _keys;

    private bool IsFresh(Peer peer) => peer.ReceivedNonce.Length > 0 && time.GetElapsedTime(peer.ReceivedAt) < ReceivedNonceLifetime;

    private sealed class Peer
    {
        public Security0FirstPart FirstPart { get; } = new();

        public bool UsesZeroKey { get; set; }

        /// <summary>Of the last command of ours that took two frames.</summary>
        public byte SequenceCounter { get; set; }

        /// <summary>Empty when there is none.</summary>
        public byte[] ReceivedNonce { get; set; } = [];

        public long ReceivedAt { get; set; }
    }
}

/// <summary>Fills a buffer with numbers nobody can guess.</summary>
internal delegate void Security0Random(Span<byte> bytes);
