namespace Bridge.ZWave.Encapsulation;

/// <summary>A datagram on its way in: the bytes that have come and which are missing.</summary>
internal sealed class TransportDatagram(byte sessionId, int size, int segmentLength)
{
    private readonly byte[] _bytes = new byte[size];
    private readonly bool[] _isThere = new bool[size];
    private int _missing = size;

    public byte SessionId => sessionId;

    public int Size => _bytes.Length;

    public bool IsComplete => _missing == 0;

    /// <summary>The offset asked for and not received yet.</summary>
    public int? Requested { get; set; }

    /// <summary>How often the timer ran out since the last new byte.</summary>
    public int Expiries { get; set; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>About how many segments are missing.</summary>
    public byte MissingSegments => (byte)Math.Min(byte.MaxValue, (_missing + segmentLength - 1) / segmentLength);

    public int FirstMissing => Array.IndexOf(_isThere, false);

    /// <summary>True when it is this datagram, as far as its identity goes.</summary>
    public bool Is(byte session, int datagramSize) => session == sessionId && datagramSize == Size;

    /// <summary>True when the bytes do not contradict what has come already.</summary>
    public bool Agrees(int offset, ReadOnlySpan<byte> piece)
    {
        for (var index = 0; index < piece.Length; index++)
        {
            if (_isThere[offset + index] && _bytes[offset + index] != piece[index]) return false;
        }

        return true;
    }

    /// <summary>Stores a piece; false when all of it was there.</summary>
    public bool Store(int offset, ReadOnlySpan<byte> piece)
    {
        var before = _missing;
        piece.CopyTo(_bytes.AsSpan(offset));
        for (var index = offset; index < offset + piece.Length; index++)
        {
            if (!_isThere[index]) _missing--;
            _isThere[index] = true;
        }

        if (_missing == before) return false;
        Expiries = 0;
        return true;
    }
}
