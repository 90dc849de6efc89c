using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Security;

/// <summary>The frames we make.</summary>
public sealed partial class Security2State
{
    private const byte ExtensionFlag = 0x01;
    private const byte EncryptedExtensionFlag = 0x02;
    private const int LongestOnStack = 512;

    /// <summary>Type, length, group and inner state.</summary>
    private const int MulticastExtensionLength = 19;

    private readonly Dictionary<byte, MulticastSequence> _groups = [];
    private byte? _lastGroup;

    /// <summary>True when a frame can be made without asking for a nonce.</summary>
    public bool CanEncrypt(NodeId peer, SecurityClass securityClass)
    {
        var known = Peer(peer);
        return FindKeys(peer, known, securityClass) is { } keys && (known.ItsEntropy is not null || ReferenceEquals(known.Sequence?.Keys, keys));
    }

    /// <summary>Makes a Message Encapsulation and appends it; false: there is no key or no nonce, ask with <see cref="CreateNonceGet"/>.</summary>
    /// <param name="command">What to encrypt; may be empty to agree on a nonce sequence only.</param>
    public bool TryEncrypt(NodeId peer, SecurityClass securityClass, scoped ReadOnlySpan<byte> command, ref PayloadWriter frame) =>
        TryEncrypt(peer, securityClass, null, command, ref frame);

    /// <summary>
    /// The same for a command that was sent to a group before. A node that does not follow the group is told its state instead of being told of the group.
    /// </summary>
    internal bool TryEncryptFollowUp(NodeId peer, byte group, SecurityClass securityClass, scoped ReadOnlySpan<byte> command, ref PayloadWriter frame) =>
        TryEncrypt(peer, securityClass, group, command, ref frame);

    /// <summary>
    /// Makes a frame for all nodes of a multicast group, with the classic keys; it has to be followed up node by node. False: there is no key. Only simulated
    /// nodes send to groups.
    /// </summary>
    internal bool TryEncryptMulticast(byte group, SecurityClass securityClass, scoped ReadOnlySpan<byte> command, ref PayloadWriter frame)
    {
        if (!_keys.TryGetValue((securityClass, false), out var keys)) return false;
        if (!_groups.TryGetValue(group, out var sequence) || !ReferenceEquals(sequence.Keys, keys))
        {
            _groups[group] = sequence = new(securityClass, keys, SecretKey.Generate());
        }

        _lastGroup = group;
        var sequenceNumber = (byte)(sequence.SequenceNumber + 1 ?? RandomNumberGenerator.GetInt32(256));
        sequence.SequenceNumber = sequenceNumber;
        var start = WriteHeader(
            ref frame, sequenceNumber, isEncryptedExtended: false, [Extension(Security2ExtensionType.MulticastGroup, true, [group])]);
        Span<byte> nonce = stackalloc byte[SealedFrame.NonceLength];
        sequence.Next(nonce);
        // the follow-ups take one more for all of them together
        sequence.Skip();
        Seal(keys, nonce, command, IsWide(self), group, start, ref frame);
        return true;
    }

    private bool TryEncrypt(NodeId peer, SecurityClass securityClass, byte? group, scoped ReadOnlySpan<byte> command, ref PayloadWriter frame)
    {
        var known = Peer(peer);
        if (FindKeys(peer, known, securityClass) is not { } keys) return false;
        List<Security2Extension> extensions = [];
        if (known.ItsEntropy is { } itsEntropy)
        {
            var entropy = RandomNumberGenerator.GetBytes(NonceEntropy.Length);
            known.Sequence = new(securityClass, keys, entropy, itsEntropy);
            known.ItsEntropy = null;
            extensions.Add(Extension(Security2ExtensionType.SinglecastSequence, true, entropy));
        }

        if (known.Sequence is not { } sequence || !ReferenceEquals(sequence.Keys, keys)) return false;
        var told = LostGroup(known, keys);
        if (told is null && group is { } value) extensions.Add(Extension(Security2ExtensionType.MulticastGroup, true, [value]));
        if (known.IsMulticastLost) extensions.Add(Extension(Security2ExtensionType.MulticastOutOfSync, false, []));
        known.IsMulticastLost = false;
        if (told is not null) known.LostGroup = null;

        var start = WriteHeader(ref frame, known.NextSequenceNumber(), told is not null, extensions);
        Span<byte> nonce = stackalloc byte[SealedFrame.NonceLength];
        sequence.Next(nonce, time);
        if (told is not { } lost) Seal(keys, nonce, command, IsLongRange(peer), peer.Value, start, ref frame);
        else SealWithState(keys, nonce, lost, command, peer, start, ref frame);
        return true;
    }

    /// <summary>The group a node waits to be told of, if it has the keys for it.</summary>
    private (byte Group, MulticastSequence Sequence)? LostGroup(Security2Peer peer, Security2Keys keys) =>
        peer.LostGroup is { } group && _groups.TryGetValue(group, out var sequence) && ReferenceEquals(sequence.Keys, keys) ? (group, sequence) : null;

    private void SealWithState(
        Security2Keys keys, scoped ReadOnlySpan<byte> nonce, (byte Group, MulticastSequence Sequence) lost, scoped ReadOnlySpan<byte> command, NodeId peer,
        int start, ref PayloadWriter frame)
    {
        var length = MulticastExtensionLength + command.Length;
        var text = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        text[0] = MulticastExtensionLength;
        text[1] = 0x40 | (byte)Security2ExtensionType.MulticastSequence;
        text[2] = lost.Group;
        lost.Sequence.Reveal(text.Slice(3, SecretKey.Length));
        command.CopyTo(text[MulticastExtensionLength..]);
        Seal(keys, nonce, text, IsLongRange(peer), peer.Value, start, ref frame);
        CryptographicOperations.ZeroMemory(text);
    }

    /// <summary>Appends ciphertext and tag to a header that begins at <paramref name="start"/>.</summary>
    private void Seal(
        Security2Keys keys, scoped ReadOnlySpan<byte> nonce, scoped ReadOnlySpan<byte> text, bool isLongRange, ushort destination, int start,
        ref PayloadWriter frame)
    {
        var headerLength = frame.Length - start;
        frame.WriteZeros(text.Length + SealedFrame.TagLength);
        if (frame.Overflowed) return;
        var whole = frame.Written[start..];
        var data = SealedFrame.AssociatedData(
            isLongRange, self, destination, homeId, whole.Length, whole[2], whole[3], whole[4..headerLength]);
        SealedFrame.Seal(keys.Ccm, nonce, text, whole[headerLength..^SealedFrame.TagLength], whole[^SealedFrame.TagLength..], data);
    }

    /// <summary>Appends everything in front of the ciphertext and tells where it begins.</summary>
    private static int WriteHeader(ref PayloadWriter frame, byte sequenceNumber, bool isEncryptedExtended, List<Security2Extension> extensions)
    {
        var start = frame.Length;
        frame.WriteCommandClass(Security2Encapsulation.CommandId.CommandClass);
        frame.WriteByte(Security2Encapsulation.CommandId.Command);
        frame.WriteByte(sequenceNumber);
        frame.WriteByte((byte)((extensions.Count > 0 ? ExtensionFlag : 0) | (isEncryptedExtended ? EncryptedExtensionFlag : 0)));
        for (var index = 0; index < extensions.Count; index++) (extensions[index] with { MoreToFollow = index < extensions.Count - 1 }).Encode(ref frame);
        return start;
    }

    private static Security2Extension Extension(Security2ExtensionType type, bool isCritical, byte[] value) =>
        new(type, isCritical, MoreToFollow: false, value);
}
