using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>A key pair on Curve25519 (RFC 7748). The private half is kept masked.</summary>
public sealed class X25519KeyPair
{
    public const int KeyLength = X25519.Length;

    private readonly SecretKey _low;
    private readonly SecretKey _high;
    private readonly byte[] _publicKey = new byte[KeyLength];

    /// <summary>Of a private key, which is clamped as RFC 7748 says; the caller clears its own bytes.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes: a mistake of the caller.</exception>
    public X25519KeyPair(ReadOnlySpan<byte> privateKey)
    {
        if (privateKey.Length != KeyLength) throw new ArgumentException($"a private key has {KeyLength} bytes", nameof(privateKey));
        _low = new(privateKey[..SecretKey.Length]);
        _high = new(privateKey[SecretKey.Length..]);
        Span<byte> basePoint = stackalloc byte[KeyLength];
        basePoint.Clear();
        basePoint[0] = 9;
        X25519.Multiply(privateKey, basePoint, _publicKey);
    }

    public static X25519KeyPair Generate()
    {
        Span<byte> privateKey = stackalloc byte[KeyLength];
        RandomNumberGenerator.Fill(privateKey);
        var pair = new X25519KeyPair(privateKey);
        CryptographicOperations.ZeroMemory(privateKey);
        return pair;
    }

    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>False when the other key is of low order (the secret would be all zeros), or has not 32 bytes.</summary>
    /// <param name="sharedSecret">Takes 32 bytes; the caller clears them.</param>
    public bool TryAgree(ReadOnlySpan<byte> otherPublicKey, Span<byte> sharedSecret)
    {
        if (otherPublicKey.Length != KeyLength) return false;
        Span<byte> privateKey = stackalloc byte[KeyLength];
        _low.Reveal(privateKey);
        _high.Reveal(privateKey[SecretKey.Length..]);
        X25519.Multiply(privateKey, otherPublicKey, sharedSecret);
        // only zeros are no secret; the buffer is not needed any more
        CryptographicOperations.ZeroMemory(privateKey);
        return !CryptographicOperations.FixedTimeEquals(sharedSecret[..KeyLength], privateKey);
    }
}
