using System.Globalization;
using System.Runtime.InteropServices;

namespace Bridge.ZWave.Values;

/// <summary>What a <see cref="Value"/> holds.</summary>
public enum ValueKind : byte
{
    /// <summary>Not known (yet, or any more).</summary>
    Unknown = 0,
    Boolean,
    Integer,

    /// <summary>A raw integer and a power of ten, as the meter sent it: no rounding anywhere.</summary>
    Decimal,
    Text,
    Bytes,

    /// <summary>A list of whole numbers (node ids, supported scales).</summary>
    Numbers,
}

/// <summary>A typed value of a node. Numbers are held without an allocation.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct Value : IEquatable<Value>
{
    private readonly long _number;
    private readonly object? _reference;

    private Value(ValueKind kind, long number, byte precision = 0, object? reference = null)
    {
        Kind = kind;
        _number = number;
        Precision = precision;
        _reference = reference;
    }

    /// <summary>Not known.</summary>
    public static readonly Value Unknown;

    public ValueKind Kind { get; }

    /// <summary>Decimal places of a <see cref="ValueKind.Decimal"/> (0..7).</summary>
    public byte Precision { get; }

    public bool IsKnown => Kind != ValueKind.Unknown;

    public static Value Of(bool value) => new(ValueKind.Boolean, value ? 1 : 0);

    public static Value Of(long value) => new(ValueKind.Integer, value);

    /// <summary><paramref name="raw"/> divided by ten to the power of <paramref name="precision"/>.</summary>
    public static Value OfDecimal(long raw, byte precision) => new(ValueKind.Decimal, raw, precision);

    public static Value Of(string value) => new(ValueKind.Text, 0, 0, value);

    public static Value Of(byte[] value) => new(ValueKind.Bytes, 0, 0, value);

    public static Value Of(int[] value) => new(ValueKind.Numbers, 0, 0, value);

    /// <summary>The boolean, or null when this is something else.</summary>
    public bool? AsBoolean => Kind == ValueKind.Boolean ? _number != 0 : null;

    /// <summary>The integer (a boolean counts as 0 or 1), or null when this is something else.</summary>
    public long? AsInteger => Kind is ValueKind.Integer or ValueKind.Boolean ? _number : null;

    /// <summary>The number of an integer or decimal, or null when this is something else.</summary>
    public decimal? AsDecimal => Kind switch
    {
        ValueKind.Decimal => new decimal((int)(Math.Abs(_number) & 0xFFFFFFFF), (int)(Math.Abs(_number) >> 32), 0, _number < 0, Precision),
        ValueKind.Integer => _number,
        _ => null,
    };

    /// <summary>The undivided number of a <see cref="ValueKind.Decimal"/> or <see cref="ValueKind.Integer"/>.</summary>
    public long RawNumber => _number;

    public string? AsText => _reference as string;

    public byte[]? AsBytes => _reference as byte[];

    public int[]? AsNumbers => _reference as int[];

    /// <summary>Same kind and same content; 1.50 and 1.5 are the same decimal.</summary>
    public bool Equals(Value other) => Kind == other.Kind && Kind switch
    {
        ValueKind.Unknown => true,
        ValueKind.Boolean or ValueKind.Integer => _number == other._number,
        ValueKind.Decimal => AsDecimal == other.AsDecimal,
        ValueKind.Text => AsText == other.AsText,
        ValueKind.Bytes => AsBytes.AsSpan().SequenceEqual(other.AsBytes),
        _ => AsNumbers.AsSpan().SequenceEqual(other.AsNumbers),
    };

    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        ValueKind.Decimal => HashCode.Combine(Kind, AsDecimal),
        ValueKind.Text => HashCode.Combine(Kind, AsText),
        ValueKind.Bytes => HashCode.Combine(Kind, AsBytes!.Length),
        ValueKind.Numbers => HashCode.Combine(Kind, AsNumbers!.Length),
        _ => HashCode.Combine(Kind, _number),
    };

    public override string ToString() => Kind switch
    {
        ValueKind.Unknown => "unknown",
        ValueKind.Boolean => _number != 0 ? "true" : "false",
        ValueKind.Integer => _number.ToString(CultureInfo.InvariantCulture),
        ValueKind.Decimal => AsDecimal!.Value.ToString(CultureInfo.InvariantCulture),
        ValueKind.Text => AsText!,
        ValueKind.Bytes => Wire.Hex.Spaced(AsBytes),
        _ => string.Join(", ", AsNumbers!),
    };

    public static bool operator ==(Value left, Value right) => left.Equals(right);

    public static bool operator !=(Value left, Value right) => !left.Equals(right);
}
