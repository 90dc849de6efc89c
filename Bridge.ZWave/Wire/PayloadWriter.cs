using System.Buffers.Binary;

namespace Bridge.ZWave.Wire;

/// <summary>
/// Writes a payload into a caller's buffer. Writing past the end sets <see cref="Overflowed"/> and writes nothing more: whoever
/// owns the buffer checks once at the end.
/// </summary>
public ref struct PayloadWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>True when the buffer was too small.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>What was written so far.</summary>
    public readonly Span<byte> Written => _buffer[..Length];

    public void WriteByte(byte value)
    {
        if (Reserve(1, out var target)) target[0] = value;
    }

    public void WriteUInt16(ushort value)
    {
        if (Reserve(2, out var target)) BinaryPrimitives.WriteUInt16BigEndian(target, value);
    }

    public void WriteUInt24(uint value)
    {
        if (!Reserve(3, out var target)) return;
        target[0] = (byte)(value >> 16);
        target[1] = (byte)(value >> 8);
        target[2] = (byte)value;
    }

    public void WriteUInt32(uint value)
    {
        if (Reserve(4, out var target)) BinaryPrimitives.WriteUInt32BigEndian(target, value);
    }

    /// <summary>Writes the low <paramref name="size"/> bytes (1, 2 or 4) of a number, big-endian; other sizes write nothing.</summary>
    public void WriteSized(int size, long value)
    {
        switch (size)
        {
            case 1: WriteByte((byte)value); break;
            case 2: WriteUInt16((ushort)value); break;
            case 4: WriteUInt32((uint)value); break;
        }
    }

    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        if (Reserve(bytes.Length, out var target)) bytes.CopyTo(target);
    }

    public void WriteZeros(int count)
    {
        if (Reserve(count, out var target)) target.Clear();
    }

    /// <summary>Writes a node id of a Serial API message.</summary>
    public void WriteNodeId(NodeIdWidth width, NodeId node)
    {
        if (width == NodeIdWidth.Bits16) WriteUInt16(node.Value);
        else WriteByte((byte)node.Value);
    }

    /// <summary>Writes a class id: two bytes when it is an extended one.</summary>
    public void WriteCommandClass(CommandClassId commandClass)
    {
        if (commandClass.IsExtended) WriteUInt16(commandClass.Value);
        else WriteByte((byte)commandClass.Value);
    }

    private bool Reserve(int count, out Span<byte> target)
    {
        if (Overflowed || _buffer.Length - Length < count)
        {
            Overflowed = true;
            target = default;
            return false;
        }

        target = _buffer.Slice(Length, count);
        Length += count;
        return true;
    }
}
