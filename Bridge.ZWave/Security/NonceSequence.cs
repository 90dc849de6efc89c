using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>
/// The nonces two nodes share (SPAN), each good for one frame in one of the directions. Belongs to the keys it was begun with. Source: Security 2
/// specification, singlecast pre-agreed nonce.
/// </summary>
internal sealed class NonceSequence
{
    private static readonly TimeSpan s_collisionWindow = TimeSpan.FromMilliseconds(500);

    private SecretKey _generatorKey;
    private SecretKey _generatorCounter;
    private byte[]? _lastSent;
    private long _sentAt;

    public NonceSequence(SecurityClass securityClass, Security2Keys keys, ReadOnlySpan<byte> senderEntropy, ReadOnlySpan<byte> receiverEntropy)
    {
        Class = securityClass;
        Keys = keys;
        Span<byte> work = stackalloc byte[3 * CtrDrbg.StateLength];
        var state = work[..CtrDrbg.StateLength];
        var entropy = work.Slice(CtrDrbg.StateLength, NonceEntropy.MixedLength);
        var personalization = work[^CtrDrbg.StateLength..];
        NonceEntropy.Mix(senderEntropy, receiverEntropy, entropy);
        keys.PersonalizationHigh.Reveal(personalization);
        keys.PersonalizationLow.Reveal(personalization[SecretKey.Length..]);
        CtrDrbg.Instantiate(state, entropy, personalization);
        Save(state);
        CryptographicOperations.ZeroMemory(work);
    }

    public SecurityClass Class { get; }

    public Security2Keys Keys { get; }

    /// <summary>Writes the next nonce, for a frame of ours.</summary>
    public void Next(Span<byte> nonce, TimeProvider time)
    {
        Span<byte> state = stackalloc byte[CtrDrbg.StateLength];
        Reveal(state);
        Next(state, nonce);
        Save(state);
        CryptographicOperations.ZeroMemory(state);
        _lastSent = nonce.ToArray();
        _sentAt = time.GetTimestamp();
    }

    /// <summary>Opens a frame with one of the next nonces. The sequence goes on behind the one that fits, and not at all when none does.</summary>
    /// <param name="attempts">How many nonces: more than one where frames before this may have been lost.</param>
    public bool TryOpen(int attempts, in SealedFrame frame, Span<byte> text)
    {
        Span<byte> state = stackalloc byte[CtrDrbg.StateLength];
        Span<byte> nonce = stackalloc byte[SealedFrame.NonceLength];
        Reveal(state);
        var isOpen = false;
        for (; attempts > 0 && !isOpen; attempts--)
        {
            Next(state, nonce);
            isOpen = frame.TryOpen(Keys.Ccm, nonce, text);
        }

        if (isOpen) Save(state);
        CryptographicOperations.ZeroMemory(state);
        return isOpen;
    }

    /// <summary>
    /// Opens a frame that was made with the nonce of our own last one: both ends sent at the same moment. One such frame within half a second; the sequence
    /// does not go on, both ends have used this nonce up already.
    /// </summary>
    public bool TryOpenCollided(in SealedFrame frame, Span<byte> text, TimeProvider time)
    {
        if (_lastSent is null || time.GetElapsedTime(_sentAt) > s_collisionWindow || !frame.TryOpen(Keys.Ccm, _lastSent, text)) return false;
        _lastSent = null;
        return true;
    }

    private static void Next(Span<byte> state, Span<byte> nonce)
    {
        Span<byte> block = stackalloc byte[AesBlock.Length];
        CtrDrbg.Generate(state, block);
        block[..SealedFrame.NonceLength].CopyTo(nonce);
    }

    private void Reveal(Span<byte> state)
    {
        _generatorKey.Reveal(state);
        _generatorCounter.Reveal(state[SecretKey.Length..]);
    }

    [MemberNotNull(nameof(_generatorKey), nameof(_generatorCounter))]
    private void Save(ReadOnlySpan<byte> state)
    {
        _generatorKey = new(state[..SecretKey.Length]);
        _generatorCounter = new(state[SecretKey.Length..]);
    }
}
