using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>What Security 2 knows of one other node.</summary>
internal sealed class Security2Peer
{
    private byte _sequenceNumber = (byte)RandomNumberGenerator.GetInt32(256);

    /// <summary>The only class its frames are opened with; null: every one.</summary>
    public SecurityClass? Class { get; set; }

    /// <summary>Of the key exchange that runs.</summary>
    public Security2Keys? TemporaryKeys { get; set; }

    /// <summary>The entropy we gave it last; kept until it was used or replaced.</summary>
    public byte[]? OwnEntropy { get; private set; }

    /// <summary>When that was.</summary>
    public long EntropyGivenAt { get; private set; }

    /// <summary>The entropy it gave us, for the next frame of ours.</summary>
    public byte[]? ItsEntropy { get; set; }

    /// <summary>The entropy of its last Nonce Report, used or not: tells repetitions.</summary>
    public byte[]? LastReported { get; set; }

    public NonceSequence? Sequence { get; set; }

    /// <summary>Of its last frame that was opened.</summary>
    public byte? LastAccepted { get; set; }

    /// <summary>Its last Nonce Get, and when it came.</summary>
    public (byte SequenceNumber, long At)? LastNonceGet { get; set; }

    /// <summary>It sent to a group we do not follow, and has to be told.</summary>
    public bool IsMulticastLost { get; set; }

    /// <summary>A group of ours it does not follow, and waits to be told of.</summary>
    public byte? LostGroup { get; set; }

    /// <summary>Its multicast groups that we follow.</summary>
    public Dictionary<byte, MulticastSequence> Groups { get; } = [];

    /// <summary>Of the next frame to it, of whatever kind.</summary>
    public byte NextSequenceNumber() => ++_sequenceNumber;

    /// <summary>Fresh entropy for it to begin a sequence with; the one there was is over.</summary>
    /// <param name="now">Timestamp.</param>
    public byte[] GiveEntropy(long now)
    {
        (Sequence, EntropyGivenAt) = (null, now);
        return OwnEntropy = RandomNumberGenerator.GetBytes(NonceEntropy.Length);
    }

    /// <summary>It began a sequence with the entropy we gave.</summary>
    public void Begin(NonceSequence sequence) => (Sequence, OwnEntropy, ItsEntropy) = (sequence, null, null);

    /// <summary>Forgets all sequences whose class and keys are not used any more.</summary>
    public void ForgetSequences(Func<SecurityClass, Security2Keys, bool> isOver)
    {
        if (Sequence is { } sequence && isOver(sequence.Class, sequence.Keys)) Sequence = null;
        foreach (var (group, multicast) in Groups)
        {
            if (isOver(multicast.Class, multicast.Keys)) Groups.Remove(group);
        }
    }
}
