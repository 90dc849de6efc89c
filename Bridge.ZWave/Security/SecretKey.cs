using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>
/// 16 bytes nobody may see. Kept masked with random bytes of its own, so that neither a dump of the memory nor a text made by mistake shows them; the
/// plain bytes exist only for a moment, in a buffer of the caller. Immutable; any thread may use it.
/// </summary>
public sealed class SecretKey : IEquatable<SecretKey>
{
    public const int Length = 16;

    private readonly byte[] _masked = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
    private readonly byte[] _mask = RandomNumberGenerator.GetBytes(Length);

    /// <summary>Takes a copy; the caller clears its own bytes.</summary>
    /// <exception cref="ArgumentException">Not 16 bytes: a mistake of the caller.</exception>
    public SecretKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ArgumentException($"a key has {Length} bytes", nameof(bytes));
        for (var index = 0; index < Length; index++) _masked[index] = (byte)(bytes[index] ^ _mask[index]);
    }

    /// <summary>A new key from the system's generator of random numbers.</summary>
    public static SecretKey Generate()
    {
        Span<byte> bytes = stackalloc byte[Length];
        RandomNumberGenerator.Fill(bytes);
        var key = new SecretKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>Writes the plain bytes; the caller clears them as soon as they were used (<see cref="CryptographicOperations.ZeroMemory"/>).</summary>
    public void Reveal(Span<byte> destination)
    {
        for (var index = 0; index < Length; index++) destination[index] = (byte)(_masked[index] ^ _mask[index]);
    }

    /// <summary>Compares in constant time.</summary>
    public bool Equals(SecretKey? other)
    {
        if (other is null) return false;
        Span<byte> mine = stackalloc byte[Length];
        Span<byte> theirs = stackalloc byte[Length];
        Reveal(mine);
        other.Reveal(theirs);
        var isEqual = CryptographicOperations.FixedTimeEquals(mine, theirs);
        CryptographicOperations.ZeroMemory(mine);
        CryptographicOperations.ZeroMemory(theirs);
        return isEqual;
    }

    public override bool Equals(object? obj) => Equals(obj as SecretKey);

    /// <summary>The same for all keys: a hash would tell about the bytes.</summary>
    public override int GetHashCode() => 0;

    public override string ToString() => "(secret)";
}
