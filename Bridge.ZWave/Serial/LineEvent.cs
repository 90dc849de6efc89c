using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>What the line brought.</summary>
public enum LineEventKind
{
    /// <summary>06: the module received our frame.</summary>
    Ack,

    /// <summary>15: our frame arrived damaged.</summary>
    Nak,

    /// <summary>18: the module threw our frame away because it was sending itself.</summary>
    Can,

    /// <summary>A data frame whose checksum is right; answer 06.</summary>
    Data,

    /// <summary>A data frame whose checksum is wrong and which hides no good one; answer 15.</summary>
    Invalid,

    /// <summary>Bytes that belong to no frame; no answer.</summary>
    Discarded,
}

/// <summary>One thing read from the line; noise is a value like any other.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Frame">The frame of <see cref="LineEventKind.Data"/>, otherwise null.</param>
/// <param name="Bytes">The bytes of <see cref="LineEventKind.Invalid"/> and <see cref="LineEventKind.Discarded"/>, otherwise empty.</param>
public readonly record struct LineEvent(LineEventKind Kind, DataFrame? Frame, ReadOnlyMemory<byte> Bytes)
{
    public const byte Ack = 0x06;
    public const byte Nak = 0x15;
    public const byte Can = 0x18;

    /// <summary>The byte the receiver owes the sender: 06 for a good data frame, 15 for a damaged one, null for all others.</summary>
    public byte? Reply => Kind switch
    {
        LineEventKind.Data => Ack,
        LineEventKind.Invalid => Nak,
        _ => null,
    };

    public override string ToString() => Kind switch
    {
        LineEventKind.Data => $"Data {Frame}",
        LineEventKind.Invalid or LineEventKind.Discarded => $"{Kind} {Hex.Spaced(Bytes.Span)}",
        _ => Kind.ToString(),
    };
}
