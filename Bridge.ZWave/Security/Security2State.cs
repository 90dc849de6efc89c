using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Security;

/// <summary>
/// One node's side of Security 2: keys, nonce sequences with every other node, sequence numbers, multicast groups. Used by the host and by simulated nodes
/// alike. No timer, no I/O; called by one loop only. Nothing from outside throws.
/// </summary>
/// <remarks>
/// With every other node there is one nonce sequence at most. A frame that cannot be opened ends it; the entropy in the Nonce Report that follows lets the
/// other node begin the next one with its next frame. Only frames that were opened count for duplicates, so a forged frame costs a Nonce Report and no more.
/// Making frames is in Security2State.Sending.cs, opening them in Security2State.Receiving.cs. Source: Security 2 specification.
/// </remarks>
public sealed partial class Security2State(NodeId self, HomeId homeId, TimeProvider time)
{
    /// <summary>A Nonce Get with the number of the last one is a repetition by radio for this long; later the numbers have come round.</summary>
    private static readonly TimeSpan s_nonceGetRepetition = TimeSpan.FromSeconds(10);

    /// <summary>Frames that were sent before entropy reached their sender arrive for this long.</summary>
    private static readonly TimeSpan s_underWay = TimeSpan.FromMilliseconds(500);

    private static readonly SecurityClass[] s_strongestFirst =
        [SecurityClass.S2AccessControl, SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated];

    private readonly Dictionary<(SecurityClass Class, bool IsLongRange), Security2Keys> _keys = [];
    private readonly Dictionary<NodeId, Security2Peer> _peers = [];

    /// <summary>
    /// The key of a class, for classic or Long Range nodes; null takes it away. Another key ends all nonce sequences of the one before; classes that are none
    /// of Security 2 are ignored.
    /// </summary>
    public void SetKey(SecurityClass securityClass, bool isLongRange, SecretKey? key)
    {
        if (!s_strongestFirst.Contains(securityClass)) return;
        var keys = key is null ? null : Security2Keys.FromNetworkKey(key);
        var before = _keys.GetValueOrDefault((securityClass, isLongRange));
        if (Equals(keys, before)) return;
        if (keys is null) _keys.Remove((securityClass, isLongRange));
        else _keys[(securityClass, isLongRange)] = keys;
        if (before is null) return;
        foreach (var peer in _peers.Values) peer.ForgetSequences((_, used) => ReferenceEquals(used, before));
        foreach (var (group, multicast) in _groups)
        {
            if (ReferenceEquals(multicast.Keys, before)) _groups.Remove(group);
        }
    }

    /// <summary>The keys two nodes agreed on for a key exchange; null ends it and forgets nonces made with them.</summary>
    public void SetTemporaryKeys(NodeId peer, Security2Keys? keys)
    {
        var known = Peer(peer);
        if (Equals(keys, known.TemporaryKeys)) return;
        known.TemporaryKeys = keys;
        known.ForgetSequences(static (used, _) => used == SecurityClass.S2Temporary);
    }

    /// <summary>
    /// The only class frames of a node are opened with (besides the temporary keys); null while it is not known: then every key is tried, strongest first. A
    /// nonce sequence made with another class is forgotten. A class that is none of Security 2 opens nothing.
    /// </summary>
    public void SetClass(NodeId peer, SecurityClass? securityClass)
    {
        var known = Peer(peer);
        known.Class = securityClass;
        if (securityClass is null) return;
        known.ForgetSequences((used, _) => used != SecurityClass.S2Temporary && used != securityClass);
    }

    /// <summary>A Nonce Get with the next sequence number.</summary>
    public Security2NonceGet CreateNonceGet(NodeId peer) => new(Peer(peer).NextSequenceNumber());

    /// <summary>The answer to a Nonce Get, with fresh entropy; null for a repetition.</summary>
    public Security2NonceReport? OnNonceGet(NodeId peer, Security2NonceGet get)
    {
        var known = Peer(peer);
        if (known.LastNonceGet is { } last && last.SequenceNumber == get.SequenceNumber && time.GetElapsedTime(last.At) < s_nonceGetRepetition) return null;
        known.LastNonceGet = (get.SequenceNumber, time.GetTimestamp());
        return CreateNonceReport(peer);
    }

    /// <summary>
    /// What answers a frame that could not be opened. Null: the sender was given entropy a moment ago, and this frame was under way by then. Other entropy
    /// would spoil the frame that begins with the first, which the sender does not send a third time.
    /// </summary>
    /// <param name="frame">From 9F on.</param>
    public Security2NonceReport? OnNotDecrypted(NodeId peer, ReadOnlySpan<byte> frame)
    {
        var known = Peer(peer);
        var isAwaited = known.OwnEntropy is not null && time.GetElapsedTime(known.EntropyGivenAt) < s_underWay;
        return isAwaited && !IsBeginning(peer, frame) ? null : CreateNonceReport(peer);
    }

    /// <summary>A report with fresh entropy.</summary>
    public Security2NonceReport CreateNonceReport(NodeId peer)
    {
        var known = Peer(peer);
        var report = new Security2NonceReport(known.NextSequenceNumber(), known.IsMulticastLost, known.GiveEntropy(time.GetTimestamp()));
        known.IsMulticastLost = false;
        return report;
    }

    /// <summary>
    /// A Nonce Report of a node: its entropy begins the next nonce sequence, the one there was is forgotten. False: no entropy in it that is new (a repetition,
    /// or only a multicast sequence is lost).
    /// </summary>
    public bool OnNonceReport(NodeId peer, Security2NonceReport report)
    {
        var known = Peer(peer);
        if (report.IsMulticastLost) known.LostGroup = _lastGroup;
        if (report.ReceiverEntropyInput is not { Length: NonceEntropy.Length } entropy) return false;
        if (known.LastReported is { } last && last.AsSpan().SequenceEqual(entropy.Span)) return false;
        known.Sequence = null;
        known.ItsEntropy = known.LastReported = entropy.ToArray();
        return true;
    }

    /// <summary>Forgets all about a node that left, or whose keys changed; also its class and temporary keys.</summary>
    public void Forget(NodeId peer) => _peers.Remove(peer);

    private Security2Peer Peer(NodeId id)
    {
        if (_peers.TryGetValue(id, out var known)) return known;
        return _peers[id] = new();
    }

    /// <summary>The keys frames from and to a node are made with; null: there are none.</summary>
    private Security2Keys? FindKeys(NodeId id, Security2Peer peer, SecurityClass securityClass) => securityClass == SecurityClass.S2Temporary
        ? peer.TemporaryKeys
        : _keys.GetValueOrDefault((securityClass, IsLongRange(id)));

    /// <summary>One of both is a Long Range node: other keys, and two bytes for both ids.</summary>
    private bool IsLongRange(NodeId peer) => IsWide(peer) || IsWide(self);

    private static bool IsWide(NodeId id) => id > NodeId.Broadcast;
}
