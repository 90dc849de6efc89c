using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>The first part of a command of a node, until its second comes. A newer first part takes the place of an older one.</summary>
internal sealed class Security0FirstPart
{
    private byte[]? _bytes;
    private byte _counter;
    private long _keptAt;

    public void Keep(byte counter, ReadOnlySpan<byte> bytes, long timestamp)
    {
        Clear();
        _bytes = bytes.ToArray();
        _counter = counter;
        _keptAt = timestamp;
    }

    /// <summary>The part with this counter, if it is younger than <paramref name="limit"/>.</summary>
    public bool TryGet(byte counter, TimeProvider time, TimeSpan limit, out ReadOnlySpan<byte> bytes)
    {
        if (_bytes is not null && time.GetElapsedTime(_keptAt) >= limit) Clear();
        bytes = _bytes;
        return _bytes is not null && _counter == counter;
    }

    public void Clear()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = null;
    }
}
