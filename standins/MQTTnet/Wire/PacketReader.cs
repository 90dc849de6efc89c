using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace StandIns.Wire;

/// <summary>
/// Reads the body of one packet. The first fault is kept and ends it: everything read afterwards is empty, so a decoder may read on and look once.
/// </summary>
internal ref struct PacketReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;
    private PropertyPlaces _place;
    private int _afterProperties;
    private ulong _seen;

    /// <summary>Null: no fault so far.</summary>
    public string? Fault { get; private set; }

    public ReasonCode Reason { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly int Remaining => _rest.Length;

    public void Fail(ReasonCode reason, string fault)
    {
        if (Fault is null) (Reason, Fault) = (reason, fault);
        _rest = default;
        _afterProperties = 0;
    }

    public byte ReadByte() => Take(1) is [var value] ? value : (byte)0;

    public ushort ReadUInt16() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;

    public uint ReadUInt32() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;

    public ushort ReadPacketId()
    {
        var id = ReadUInt16();
        if (id == 0 && Fault is null) Fail(ReasonCode.ProtocolError, "the packet identifier is 0");
        return id;
    }

    /// <summary>A variable byte integer (1.5.5).</summary>
    public uint ReadVariable()
    {
        switch (VariableInteger.Read(_rest, out var value, out var length))
        {
            case VariableIntegerStatus.Complete:
                _rest = _rest[length..];
                return value;
            case VariableIntegerStatus.NeedMore:
                Fail(ReasonCode.MalformedPacket, "the packet is cut short");
                return 0;
            default:
                Fail(ReasonCode.MalformedPacket, "a variable byte integer is longer than it may be");
                return 0;
        }
    }

    /// <summary>UTF-8 with its length (1.5.4): well-formed, and without U+0000.</summary>
    public string ReadText()
    {
        var bytes = Take(ReadUInt16());
        if (bytes.IsEmpty) return "";
        if (bytes.Contains((byte)0))
        {
            Fail(ReasonCode.MalformedPacket, "a text has the character U+0000");
            return "";
        }

        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        Fail(ReasonCode.MalformedPacket, "a text is not UTF-8");
        return "";
    }

    public ReadOnlyMemory<byte> ReadBinary() => Take(ReadUInt16()).ToArray();

    /// <summary>The rest, which is a PUBLISH's payload.</summary>
    public ReadOnlyMemory<byte> ReadRest()
    {
        var bytes = _rest.ToArray();
        _rest = default;
        return bytes;
    }

    public void ExpectEnd()
    {
        if (!AtEnd) Fail(ReasonCode.MalformedPacket, "there are bytes after the end of the packet");
    }

    /// <summary>Reads the length of the properties; <see cref="TryReadProperty"/> gives them one by one.</summary>
    public void BeginProperties(PropertyPlaces place)
    {
        var length = ReadVariable();
        if (length > _rest.Length)
        {
            Fail(ReasonCode.MalformedPacket, "the properties are longer than the packet");
            return;
        }

        _place = place;
        _seen = 0;
        _afterProperties = _rest.Length - (int)length;
    }

    /// <summary>False after the last, and after a fault.</summary>
    public bool TryReadProperty(out Property property)
    {
        property = default;
        if (Fault is not null || _rest.Length == _afterProperties) return false;
        // The specification writes the identifier as a variable byte integer; all there are fit one byte.
        var id = ReadVariable();
        var form = PropertyTable.FormOf(id);
        if (Fault is null && form == PropertyForm.None) Fail(ReasonCode.MalformedPacket, $"there is no property {id}");
        if (Fault is not null) return false;
        var known = (PropertyId)id;
        if (!PropertyTable.IsAllowed(known, _place)) Fail(ReasonCode.ProtocolError, $"the property {known} may not be here");
        if ((_seen & (1UL << (int)id)) != 0 && !PropertyTable.MayRepeat(known, _place))
            Fail(ReasonCode.ProtocolError, $"the property {known} is there twice");
        _seen |= 1UL << (int)id;
        property = ReadValue(known, form);
        if (Fault is null && _rest.Length < _afterProperties) Fail(ReasonCode.MalformedPacket, $"the property {known} is cut short");
        return Fault is null;
    }

    private Property ReadValue(PropertyId id, PropertyForm form)
    {
        var property = form switch
        {
            PropertyForm.Flag => new Property(id) { Number = ReadByte() },
            PropertyForm.UInt16 => new Property(id) { Number = ReadUInt16() },
            PropertyForm.UInt32 => new Property(id) { Number = ReadUInt32() },
            PropertyForm.Variable => new Property(id) { Number = ReadVariable() },
            PropertyForm.Text => new Property(id) { Text = ReadText() },
            PropertyForm.Binary => new Property(id) { Binary = ReadBinary() },
            _ => new Property(id) { Text = ReadText(), Value = ReadText() },
        };
        if (form == PropertyForm.Flag && property.Number > 1) Fail(ReasonCode.ProtocolError, $"the property {id} is {property.Number}, not 0 or 1");
        if (property.Number == 0 && PropertyTable.RefusesZero(id)) Fail(ReasonCode.ProtocolError, $"the property {id} is 0");
        return property;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            Fail(ReasonCode.MalformedPacket, "the packet is cut short");
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
