using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>What an extension of a Security 2 frame is about.</summary>
public enum Security2ExtensionType : byte
{
    /// <summary>The sender's entropy input: begins a single cast nonce sequence.</summary>
    SinglecastSequence = 0x01,

    /// <summary>Group and inner state of a multicast nonce sequence; only encrypted.</summary>
    MulticastSequence = 0x02,

    /// <summary>The multicast group the frame is for, or follows up.</summary>
    MulticastGroup = 0x03,

    /// <summary>The sender does not follow the multicast sequence.</summary>
    MulticastOutOfSync = 0x04,
}

/// <summary>One extension of a Security 2 frame.</summary>
/// <remarks>
/// byte 0   length, this byte included; at least 2
/// byte 1   bit 7 another extension follows; bit 6 critical: who does not know the type discards the command; bits 5..0 type
/// byte 2.. value
/// Source: Security 2 specification, extensions.
/// </remarks>
public sealed record Security2Extension(Security2ExtensionType Type, bool IsCritical, bool MoreToFollow, ReadOnlyMemory<byte> Value)
{
    private const byte MoreFlag = 0x80;
    private const byte CriticalFlag = 0x40;
    private const byte TypeMask = 0x3F;
    private const int HeaderLength = 2;

    /// <summary>Appends the extension to a frame.</summary>
    public void Encode(ref PayloadWriter payload)
    {
        payload.WriteByte(checked((byte)(HeaderLength + Value.Length)));
        payload.WriteByte((byte)(((byte)Type & TypeMask) | (MoreToFollow ? MoreFlag : 0) | (IsCritical ? CriticalFlag : 0)));
        payload.WriteBytes(Value.Span);
    }

    /// <summary>
    /// Reads a chain of extensions and leaves the last <paramref name="reserved"/> bytes (the authentication tag) alone. An extension of a
    /// known type with another length than it must have is stepped over by the length it must have, and not collected.
    /// </summary>
    public static DecodeError TryReadAll(ref PayloadReader payload, int reserved, List<Security2Extension>? extensions)
    {
        bool moreToFollow;
        do
        {
            if (payload.Remaining - reserved < HeaderLength) return DecodeError.Truncated;
            payload.TryReadByte(out var length);
            payload.TryReadByte(out var head);
            if (length < HeaderLength) return DecodeError.ReservedValue;
            var type = (Security2ExtensionType)(head & TypeMask);
            var expected = LengthOf(type) ?? length;
            if (payload.Remaining - reserved < expected - HeaderLength) return DecodeError.Truncated;
            payload.TryReadBytes(expected - HeaderLength, out var value);
            moreToFollow = (head & MoreFlag) != 0;
            if (length == expected) extensions?.Add(new(type, (head & CriticalFlag) != 0, moreToFollow, value.ToArray()));
        }
        while (moreToFollow);
        return DecodeError.None;
    }

    internal void Describe(FieldWriter fields)
    {
        fields.BeginElement();
        fields.Number("type", (long)Type);
        fields.Flag("critical", IsCritical);
        fields.Flag("moreToFollow", MoreToFollow);
        fields.Hex("value", Value.Span);
        fields.EndObject();
    }

    private static byte? LengthOf(Security2ExtensionType type) => type switch
    {
        Security2ExtensionType.SinglecastSequence => 18,
        Security2ExtensionType.MulticastSequence => 19,
        Security2ExtensionType.MulticastGroup => 3,
        Security2ExtensionType.MulticastOutOfSync => 2,
        _ => null,
    };
}
