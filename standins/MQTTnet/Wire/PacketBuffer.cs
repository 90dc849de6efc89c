using System.Buffers.Binary;
using System.Text;

namespace StandIns.Wire;

/// <summary>
/// Where packets are written one behind the other, to be sent at once. Not for several threads. Lengths in front of what they count are filled in afterwards.
/// </summary>
internal sealed class PacketBuffer
{
    private const int InitialSize = 512;
    private const int KeptSize = 64 * 1024;
    private byte[] _bytes = new byte[InitialSize];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Empty again. A buffer that a large packet made large is given up.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptSize) _bytes = new byte[InitialSize];
    }

    /// <summary>Takes back what was written after this length.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void WriteVariable(uint value) => VariableInteger.Write(Reserve(VariableInteger.LengthOf(value)), value);

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    /// <exception cref="ArgumentException">Longer than 65,535 bytes.</exception>
    public void WriteText(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        if (length > ushort.MaxValue) throw new ArgumentException($"a text of {length} bytes is longer than 65,535", nameof(value));
        WriteUInt16((ushort)length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    /// <exception cref="ArgumentException">Longer than 65,535 bytes.</exception>
    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        if (value.Length > ushort.MaxValue) throw new ArgumentException($"{value.Length} bytes are more than 65,535", nameof(value));
        WriteUInt16((ushort)value.Length);
        WriteBytes(value);
    }

    /// <summary>Leaves room for a length; <see cref="EndLength"/> fills it in.</summary>
    /// <param name="expected">A guess; a right one saves moving what follows.</param>
    public LengthMark BeginLength(int expected = 0)
    {
        var size = VariableInteger.LengthOf((uint)Math.Clamp(expected, 0, (int)VariableInteger.Maximum));
        Reserve(size);
        return new LengthMark(Length, size);
    }

    /// <exception cref="ArgumentException">Longer than a packet can be.</exception>
    public void EndLength(LengthMark mark)
    {
        var length = Length - mark.Start;
        if (length > VariableInteger.Maximum) throw new ArgumentException($"a packet of {length} bytes is longer than MQTT can say", nameof(mark));
        var size = VariableInteger.LengthOf((uint)length);
        if (size != mark.Size)
        {
            if (size > mark.Size) Reserve(size - mark.Size);
            _bytes.AsSpan(mark.Start, length).CopyTo(_bytes.AsSpan(mark.Start - mark.Size + size));
            Length = mark.Start - mark.Size + size + length;
        }

        VariableInteger.Write(_bytes.AsSpan(mark.Start - mark.Size), (uint)length);
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, checked((int)Math.Max(2L * _bytes.Length, (long)Length + count)));
        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    /// <param name="Start">Where what is counted begins.</param>
    /// <param name="Size">Bytes left free in front of it.</param>
    internal readonly record struct LengthMark(int Start, int Size);
}
