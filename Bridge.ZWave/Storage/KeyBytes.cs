using System.Security.Cryptography;

namespace Bridge.ZWave.Storage;

/// <summary>The bytes of files with keys: in one buffer that stays where it is and is cleared after use, and in no other.</summary>
public static class KeyBytes
{
    /// <summary>Far more than keys take; the settings of other software hold more than keys.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    /// <summary>Reads a file, lends its bytes, and clears them.</summary>
    /// <exception cref="IOException">It cannot be read, or is longer than <see cref="MaximumLength"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public static void Use(string path, Action<ReadOnlySpan<byte>> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        if (length > MaximumLength) throw new IOException(FormattableString.Invariant($"it is longer than {MaximumLength} bytes"));
        var buffer = GC.AllocateUninitializedArray<byte>((int)length, pinned: true);
        try
        {
            var count = 0;
            while (count < buffer.Length && RandomAccess.Read(file, buffer.AsSpan(count), count) is > 0 and var read) count += read;
            use(buffer.AsSpan(0, count));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    /// <summary>Writes a file that is not there yet, for its owner only from the first byte on.</summary>
    /// <exception cref="IOException">It is there, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written for want of a right.</exception>
    public static void WriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = RememberedFile.Create(path, isSecret: true);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}
