using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>
/// The nonces of one sender for one multicast group (MPAN): its inner state, encrypted with the multicast key of a class. Source: Security 2 specification,
/// multicast pre-agreed nonce.
/// </summary>
internal sealed class MulticastSequence(SecurityClass securityClass, Security2Keys keys, SecretKey state)
{
    private SecretKey _state = state;

    public SecurityClass Class => securityClass;

    public Security2Keys Keys => keys;

    /// <summary>Of the last frame, received or made; null before the first.</summary>
    public byte? SequenceNumber { get; set; }

    /// <summary>Writes the 16 bytes of the inner state, which the next frame will be made with; the caller clears them.</summary>
    public void Reveal(Span<byte> destination) => _state.Reveal(destination);

    /// <summary>Writes the nonce of the next frame of ours.</summary>
    public void Next(Span<byte> nonce)
    {
        Span<byte> state = stackalloc byte[AesBlock.Length];
        _state.Reveal(state);
        Next(state, nonce);
        Save(state);
    }

    /// <summary>One nonce is left out: the follow-up to one node counts for the whole group.</summary>
    public void Skip() => Next(stackalloc byte[SealedFrame.NonceLength]);

    /// <summary>Opens a frame with one of the next nonces; goes on behind the one that fits, and not at all when none does.</summary>
    public bool TryOpen(int attempts, in SealedFrame frame, Span<byte> text)
    {
        Span<byte> state = stackalloc byte[AesBlock.Length];
        Span<byte> nonce = stackalloc byte[SealedFrame.NonceLength];
        _state.Reveal(state);
        for (; attempts > 0; attempts--)
        {
            Next(state, nonce);
            if (!frame.TryOpen(keys.Ccm, nonce, text)) continue;
            Save(state);
            return true;
        }

        CryptographicOperations.ZeroMemory(state);
        return false;
    }

    private void Next(Span<byte> state, Span<byte> nonce)
    {
        Span<byte> key = stackalloc byte[SecretKey.Length];
        Span<byte> block = stackalloc byte[AesBlock.Length];
        keys.Mpan.Reveal(key);
        using (var aes = AesBlock.WithKey(key)) AesBlock.Encrypt(aes, state, block);
        CryptographicOperations.ZeroMemory(key);
        block[..SealedFrame.NonceLength].CopyTo(nonce);
        AesBlock.Increment(state);
    }

    private void Save(Span<byte> state)
    {
        _state = new(state);
        CryptographicOperations.ZeroMemory(state);
    }
}
