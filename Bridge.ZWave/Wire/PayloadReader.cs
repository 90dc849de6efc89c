using System.Buffers.Binary;

namespace Bridge.ZWave.Wire;

/// <summary>
/// Reads a payload front to back without copying and without exceptions: every read says whether the bytes were there, and
/// a failed read moves nothing.
/// </summary>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _payload = payload;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _payload.Length - Position;

    /// <summary>True when everything was read.</summary>
    public readonly bool IsAtEnd => Position == _payload.Length;

    /// <summary>The bytes not read yet, without moving.</summary>
    public readonly ReadOnlySpan<byte> Unread => _payload[Position..];

    /// <summary>Everything from the first byte on, read or not (for checksums over the whole).</summary>
    public readonly ReadOnlySpan<byte> Whole => _payload;

    public bool TryReadByte(out byte value)
    {
        if (Remaining < 1)
        {
            value = 0;
            return false;
        }

        value = _payload[Position++];
        return true;
    }

    public readonly bool TryPeekByte(out byte value)
    {
        value = Remaining < 1 ? (byte)0 : _payload[Position];
        return Remaining >= 1;
    }

    public bool TryReadUInt16(out ushort value)
    {
        if (Remaining < 2)
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadUInt16BigEndian(_payload[Position..]);
        Position += 2;
        return true;
    }

    public bool TryReadUInt24(out uint value)
    {
        if (Remaining < 3)
        {
            value = 0;
            return false;
        }

        value = (uint)((_payload[Position] << 16) | (_payload[Position + 1] << 8) | _payload[Position + 2]);
        Position += 3;
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        if (Remaining < 4)
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadUInt32BigEndian(_payload[Position..]);
        Position += 4;
        return true;
    }

    /// <summary>Reads a big-endian two's complement number of 1, 2 or 4 bytes; false for other sizes and missing bytes.</summary>
    public bool TryReadSigned(int size, out int value)
    {
        if (!IsNumberSize(size) || Remaining < size)
        {
            value = 0;
            return false;
        }

        var bytes = _payload.Slice(Position, size);
        value = size switch
        {
            1 => (sbyte)bytes[0],
            2 => BinaryPrimitives.ReadInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt32BigEndian(bytes),
        };
        Position += size;
        return true;
    }

    /// <summary>Reads a big-endian unsigned number of 1, 2 or 4 bytes; false for other sizes and missing bytes.</summary>
    public bool TryReadUnsigned(int size, out uint value)
    {
        if (!TryReadSigned(size, out var signed))
        {
            value = 0;
            return false;
        }

        value = size switch { 1 => (byte)signed, 2 => (ushort)signed, _ => (uint)signed };
        return true;
    }

    public bool TryReadBytes(int count, out ReadOnlySpan<byte> bytes)
    {
        if (count < 0 || Remaining < count)
        {
            bytes = default;
            return false;
        }

        bytes = _payload.Slice(Position, count);
        Position += count;
        return true;
    }

    /// <summary>Reads all that is left; may be empty.</summary>
    public ReadOnlySpan<byte> ReadRemaining()
    {
        var rest = _payload[Position..];
        Position = _payload.Length;
        return rest;
    }

    /// <summary>Reads a node id of a Serial API message.</summary>
    public bool TryReadNodeId(NodeIdWidth width, out NodeId node)
    {
        if (width == NodeIdWidth.Bits16)
        {
            var found = TryReadUInt16(out var wide);
            node = new(wide);
            return found;
        }

        var read = TryReadByte(out var narrow);
        node = new(narrow);
        return read;
    }

    /// <summary>1, 2 and 4 are the sizes a number may have.</summary>
    public static bool IsNumberSize(int size) => size is 1 or 2 or 4;
}
