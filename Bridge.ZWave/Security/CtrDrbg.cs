using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>
/// CTR_DRBG on AES-128 without derivation function and without reseeding: the generator both ends of a nonce sequence run. Its state is 32 bytes in a buffer
/// of the caller, who clears it: key (16), counter (16). Source: NIST SP 800-90A, 10.2.1.
/// </summary>
internal static class CtrDrbg
{
    public const int StateLength = 2 * AesBlock.Length;

    /// <summary>Begins a state.</summary>
    /// <param name="entropy">32 bytes.</param>
    /// <param name="personalization">32 bytes.</param>
    public static void Instantiate(Span<byte> state, ReadOnlySpan<byte> entropy, ReadOnlySpan<byte> personalization)
    {
        Span<byte> seed = stackalloc byte[StateLength];
        entropy.CopyTo(seed);
        AesBlock.Xor(seed, personalization);
        state.Clear();
        using (var aes = AesBlock.WithKey(Key(state))) Update(aes, state, seed);
        CryptographicOperations.ZeroMemory(seed);
    }

    /// <summary>Fills whole blocks of 16 bytes and moves the state on.</summary>
    public static void Generate(Span<byte> state, Span<byte> output)
    {
        using var aes = AesBlock.WithKey(Key(state));
        for (; !output.IsEmpty; output = output[AesBlock.Length..]) Next(aes, state, output[..AesBlock.Length]);
        Update(aes, state, default);
    }

    private static void Update(Aes aes, Span<byte> state, ReadOnlySpan<byte> data)
    {
        Span<byte> next = stackalloc byte[StateLength];
        Next(aes, state, next[..AesBlock.Length]);
        Next(aes, state, next[AesBlock.Length..]);
        AesBlock.Xor(next, data);
        next.CopyTo(state);
        CryptographicOperations.ZeroMemory(next);
    }

    private static void Next(Aes aes, Span<byte> state, Span<byte> block)
    {
        AesBlock.Increment(Counter(state));
        AesBlock.Encrypt(aes, Counter(state), block);
    }

    private static Span<byte> Key(Span<byte> state) => state[..AesBlock.Length];

    private static Span<byte> Counter(Span<byte> state) => state[AesBlock.Length..];
}
