using System.Security.Cryptography;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Security;

/// <summary>The frames we open.</summary>
public sealed partial class Security2State
{
    /// <summary>As many frames may have been lost, less one.</summary>
    private const int Attempts = 5;

    /// <summary>Opens a Message Encapsulation.</summary>
    /// <param name="frame">From 9F on.</param>
    /// <param name="plaintext">Takes the command; as long as the frame is enough.</param>
    public Security2Result TryDecrypt(
        NodeId peer, bool isMulticast, ReadOnlySpan<byte> frame, Span<byte> plaintext, out int length, out SecurityClass securityClass)
    {
        (length, securityClass) = (0, SecurityClass.None);
        var payload = new PayloadReader(frame);
        if (!payload.TryReadByte(out var commandClass) || !payload.TryReadByte(out var command)
            || commandClass != Security2CommandClass.Id.Value || command != Security2Encapsulation.CommandId.Command
            || Security2Encapsulation.TryDecode(ref payload, out var read) != DecodeError.None || read!.Ciphertext.Length > plaintext.Length)
        {
            return Security2Result.Refused;
        }

        var known = Peer(peer);
        var extensions = ReceivedExtensions.OfPlain(read);
        if (isMulticast && extensions.Group is null) return Security2Result.Refused;
        var data = SealedFrame.AssociatedData(
            IsLongRange(peer), peer, isMulticast ? extensions.Group!.Value : self.Value, homeId, frame.Length, frame[2], frame[3], read.PlainExtensions.Span);
        var text = plaintext[..read.Ciphertext.Length];
        var sealedFrame = new SealedFrame(read.Ciphertext.Span, read.AuthenticationTag.Span, data);
        var result = isMulticast
            ? OpenMulticast(known, extensions.Group!.Value, read.SequenceNumber, sealedFrame, text, out securityClass)
            : Open(peer, known, extensions, read.SequenceNumber, sealedFrame, text, out securityClass);
        if (result == Security2Result.Opened) result = Accept(known, extensions, read.HasEncryptedExtension, isMulticast, text, out length);
        if (result != Security2Result.Opened) CryptographicOperations.ZeroMemory(text);
        return result;
    }

    /// <summary>
    /// A frame begins a nonce sequence with the entropy we gave: if it cannot be opened, it is the keys that differ. Asked before new entropy is given.
    /// </summary>
    internal bool IsBeginning(NodeId peer, ReadOnlySpan<byte> frame)
    {
        var payload = new PayloadReader(frame);
        return payload.TryReadBytes(2, out _) && Security2Encapsulation.TryDecode(ref payload, out var read) == DecodeError.None
            && ReceivedExtensions.OfPlain(read!).SenderEntropy is not null && Peer(peer).OwnEntropy is not null;
    }

    private Security2Result Open(
        NodeId id, Security2Peer peer, ReceivedExtensions extensions, byte sequenceNumber, in SealedFrame frame, Span<byte> text,
        out SecurityClass securityClass)
    {
        securityClass = SecurityClass.None;
        var isRepeated = peer.LastAccepted == sequenceNumber;
        bool isOpen;
        if (extensions.SenderEntropy is { } entropy)
        {
            // A node that begins anew may come upon the same number; what was opened once can never be opened with the entropy we gave since.
            isOpen = peer.OwnEntropy is not null && TryBegin(id, peer, entropy.Span, frame, text);
            if (!isOpen && isRepeated) return Security2Result.Duplicate;
        }
        else
        {
            if (isRepeated) return Security2Result.Duplicate;
            isOpen = peer.Sequence is { } sequence
                && (sequence.TryOpen(extensions.Group is null ? Attempts : 1, frame, text)
                    || (peer.LastAccepted is { } last && (byte)(last + 1) == sequenceNumber && sequence.TryOpenCollided(frame, text, time)));
        }

        if (!isOpen)
        {
            peer.Sequence = null;
            return Security2Result.NotDecrypted;
        }

        peer.LastAccepted = sequenceNumber;
        securityClass = peer.Sequence!.Class;
        return Security2Result.Opened;
    }

    /// <summary>
    /// The other node begins a sequence with the entropy we gave it. Which keys it uses is found out: the temporary ones first, then from the strongest down.
    /// </summary>
    private bool TryBegin(NodeId id, Security2Peer peer, ReadOnlySpan<byte> itsEntropy, in SealedFrame frame, Span<byte> text)
    {
        if (TryBegin(id, peer, SecurityClass.S2Temporary, itsEntropy, frame, text)) return true;
        foreach (var securityClass in s_strongestFirst)
        {
            if ((peer.Class ?? securityClass) == securityClass && TryBegin(id, peer, securityClass, itsEntropy, frame, text)) return true;
        }

        return false;
    }

    private bool TryBegin(NodeId id, Security2Peer peer, SecurityClass securityClass, ReadOnlySpan<byte> itsEntropy, in SealedFrame frame, Span<byte> text)
    {
        if (FindKeys(id, peer, securityClass) is not { } keys) return false;
        var sequence = new NonceSequence(securityClass, keys, itsEntropy, peer.OwnEntropy);
        if (!sequence.TryOpen(1, frame, text)) return false;
        peer.Begin(sequence);
        return true;
    }

    private static Security2Result OpenMulticast(
        Security2Peer peer, byte group, byte sequenceNumber, in SealedFrame frame, Span<byte> text, out SecurityClass securityClass)
    {
        securityClass = SecurityClass.None;
        var sequence = peer.Groups.GetValueOrDefault(group);
        if (sequence is not null && sequence.SequenceNumber == sequenceNumber) return Security2Result.Duplicate;
        if (sequence is null || !sequence.TryOpen(Attempts, frame, text))
        {
            peer.IsMulticastLost = true;
            return Security2Result.MulticastNotDecrypted;
        }

        sequence.SequenceNumber = sequenceNumber;
        securityClass = sequence.Class;
        return Security2Result.Opened;
    }

    /// <summary>What a genuine frame says besides its command, which is moved to the front.</summary>
    private Security2Result Accept(
        Security2Peer peer, ReceivedExtensions extensions, bool hasEncrypted, bool isMulticast, Span<byte> text, out int length)
    {
        length = 0;
        var skipped = 0;
        if ((hasEncrypted && !extensions.TryReadEncrypted(text, out skipped)) || extensions.Forbids) return Security2Result.Refused;
        length = text.Length - skipped;
        text[skipped..].CopyTo(text);
        CryptographicOperations.ZeroMemory(text[length..]);
        if (isMulticast) return Security2Result.Opened;

        if (extensions.IsOutOfSync) peer.LostGroup = _lastGroup;
        if (extensions.Multicast is { } told && peer.Sequence is { Class: not SecurityClass.S2Temporary } sequence)
        {
            peer.Groups[told.Group] = new(sequence.Class, sequence.Keys, told.State);
        }

        if (extensions.Group is { } group) Follow(peer, group);
        return Security2Result.Opened;
    }

    /// <summary>A command that was sent to a group before comes once more for us alone.</summary>
    private static void Follow(Security2Peer peer, byte group)
    {
        if (peer.Groups.TryGetValue(group, out var sequence)) sequence.Skip();
        else peer.IsMulticastLost = true;
    }
}
