using System.Globalization;
using System.Text;
using Bridge.ZWave.Values;

namespace Bridge.Publishing;

/// <summary>Writes JSON values as UTF-8 into a buffer that is used again and again: on the way of every report nothing else is allocated.</summary>
internal sealed class StateWriter
{
    private const int LongestNumber = 40;

    private byte[] _buffer = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
    }

    /// <summary>Text, number or flag; anything else, and what is not known, is null.</summary>
    public void Write(in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                Raw(value.AsBoolean == true ? "true"u8 : "false"u8);
                break;
            case ValueKind.Integer:
                value.RawNumber.TryFormat(Room(LongestNumber), out var digits, provider: CultureInfo.InvariantCulture);
                Length += digits;
                break;
            case ValueKind.Decimal:
                Write(value.RawNumber, value.Precision);
                break;
            case ValueKind.Text:
                Write(value.AsText!);
                break;
            default:
                Raw("null"u8);
                break;
        }
    }

    /// <summary>ISO 8601 with zone, to the second; null: null.</summary>
    public void Write(DateTimeOffset? time)
    {
        if (time is not { } known)
        {
            Raw("null"u8);
            return;
        }

        // By hand: formatting by a pattern allocates.
        Digits("\""u8, known.Year, 4);
        Digits("-"u8, known.Month, 2);
        Digits("-"u8, known.Day, 2);
        Digits("T"u8, known.Hour, 2);
        Digits(":"u8, known.Minute, 2);
        Digits(":"u8, known.Second, 2);
        var offset = known.Offset.Duration();
        Digits(known.Offset < TimeSpan.Zero ? "-"u8 : "+"u8, offset.Hours, 2);
        Digits(":"u8, offset.Minutes, 2);
        Raw("\""u8);
    }

    /// <summary>A JSON string.</summary>
    public void Write(string text)
    {
        Raw("\""u8);
        foreach (var rune in text.EnumerateRunes()) Write(rune);
        Raw("\""u8);
    }

    // The same number has one form: 12.340 and 12.34 are told as 12.34, so that the same reading is the same text.
    private void Write(long raw, byte precision)
    {
        while (precision > 0 && raw % 10 == 0)
        {
            raw /= 10;
            precision--;
        }

        Value.OfDecimal(raw, precision).AsDecimal!.Value.TryFormat(Room(LongestNumber), out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    private void Digits(ReadOnlySpan<byte> before, int number, int count)
    {
        Raw(before);
        var digits = Room(count);
        for (var index = count - 1; index >= 0; index--, number /= 10) digits[index] = (byte)('0' + (number % 10));
        Length += count;
    }

    private void Write(Rune rune)
    {
        if (rune.Value is '"' or '\\')
        {
            Raw("\\"u8);
        }
        else if (rune.Value < ' ')
        {
            Raw("\\u00"u8);
            rune.Value.TryFormat(Room(2), out var written, "X2", CultureInfo.InvariantCulture);
            Length += written;
            return;
        }

        Length += rune.EncodeToUtf8(Room(4));
    }

    private Span<byte> Room(int length)
    {
        if (Length + length > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + length));
        return _buffer.AsSpan(Length);
    }
}
