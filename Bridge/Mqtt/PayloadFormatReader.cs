using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Bridge.Mqtt;

/// <summary>Reads one JSON text, strictly. Stops at the first fault and says where it is.</summary>
internal ref struct PayloadFormatReader(ReadOnlySpan<char> text)
{
    // What a decimal holds without rounding.
    private const int MaximumDigits = 28;
    private const int MaximumExponentDigits = 3;
    private const int MaximumKeyInFault = 40;

    private readonly ReadOnlySpan<char> _text = text;
    private int _position;
    private int _depth;

    /// <summary>What is wrong, with its place; set once reading failed.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads a value with nothing behind it.</summary>
    public bool TryReadAll([NotNullWhen(true)] out PayloadValue? value)
    {
        value = ReadValue();
        if (value is null) return false;
        SkipBlanks();
        if (_position == _text.Length) return true;
        value = Refuse("nothing more is expected");
        return false;
    }

    private PayloadValue? ReadValue()
    {
        SkipBlanks();
        if (_position == _text.Length) return Refuse("a value is missing");
        switch (_text[_position])
        {
            case '{':
                return Enter() ? Leave(ReadObject()) : null;
            case '[':
                return Enter() ? Leave(ReadList()) : null;
            case '"':
                return ReadText() is { } text ? PayloadValue.Of(text) : null;
            case 't':
                return ReadWord("true", PayloadValue.Of(true));
            case 'f':
                return ReadWord("false", PayloadValue.Of(false));
            case 'n':
                return ReadWord("null", PayloadValue.Null);
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            default:
                return Refuse("this is no value");
        }
    }

    private bool Enter()
    {
        _position++;
        if (++_depth <= PayloadFormat.MaximumDepth) return true;
        Refuse(string.Create(CultureInfo.InvariantCulture, $"more than {PayloadFormat.MaximumDepth} levels"));
        return false;
    }

    private PayloadValue? Leave(PayloadValue? value)
    {
        _depth--;
        return value;
    }

    private PayloadValue? ReadObject()
    {
        List<KeyValuePair<string, PayloadValue>> members = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        if (Skips('}')) return PayloadValue.Of(members);
        while (true)
        {
            SkipBlanks();
            if (_position == _text.Length || _text[_position] != '"') return Refuse("a key in double quotes is missing");
            if (ReadText() is not { } key) return null;
            if (!keys.Add(key)) return Refuse($"the key \"{PayloadFormat.Shorten(key, MaximumKeyInFault)}\" is there twice");
            if (!Skips(':')) return Refuse("a colon is missing");
            if (ReadValue() is not { } value) return null;
            members.Add(new(key, value));
            if (Skips('}')) return PayloadValue.Of(members);
            if (!Skips(',')) return Refuse("a comma or the end of the object is missing");
        }
    }

    private PayloadValue? ReadList()
    {
        List<PayloadValue> items = [];
        if (Skips(']')) return PayloadValue.Of(items);
        while (true)
        {
            if (ReadValue() is not { } value) return null;
            items.Add(value);
            if (Skips(']')) return PayloadValue.Of(items);
            if (!Skips(',')) return Refuse("a comma or the end of the list is missing");
        }
    }

    private PayloadValue? ReadWord(string word, PayloadValue value)
    {
        if (!_text[_position..].StartsWith(word, StringComparison.Ordinal)) return Refuse("this is no value");
        _position += word.Length;
        return value;
    }

    private string? ReadText()
    {
        var text = new StringBuilder();
        for (_position++; _position < _text.Length; _position++)
        {
            var character = _text[_position];
            if (character == '"')
            {
                _position++;
                return text.ToString();
            }

            if (character < ' ') return RefuseText("a control character inside of text");
            if (character != '\\')
            {
                text.Append(character);
                continue;
            }

            if (!AppendEscape(text)) return null;
        }

        return RefuseText("the end of the text is missing");
    }

    private bool AppendEscape(StringBuilder text)
    {
        if (++_position == _text.Length) return RefuseText("the end of the text is missing") is not null;
        switch (_text[_position])
        {
            case '"' or '\\' or '/':
                text.Append(_text[_position]);
                return true;
            case 'b':
                text.Append('\b');
                return true;
            case 'f':
                text.Append('\f');
                return true;
            case 'n':
                text.Append('\n');
                return true;
            case 'r':
                text.Append('\r');
                return true;
            case 't':
                text.Append('\t');
                return true;
            case 'u' when TryReadUnit(out var unit):
                return AppendUnit(text, unit);
            default:
                return RefuseText("this is no escape sequence") is not null;
        }
    }

    // Half a pair cannot be told to anybody: UTF-8 has no bytes for it.
    private bool AppendUnit(StringBuilder text, char unit)
    {
        text.Append(unit);
        if (!char.IsSurrogate(unit)) return true;
        if (char.IsHighSurrogate(unit) && _text[(_position + 1)..].StartsWith("\\u", StringComparison.Ordinal))
        {
            _position += 2;
            if (TryReadUnit(out var low) && char.IsLowSurrogate(low))
            {
                text.Append(low);
                return true;
            }
        }

        return RefuseText("half of a surrogate pair") is not null;
    }

    /// <summary>Four digits behind the position, which ends on the last of them.</summary>
    private bool TryReadUnit(out char unit)
    {
        unit = '\0';
        var digits = _text[(_position + 1)..];
        if (digits.Length < 4 || !ushort.TryParse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)) return false;
        unit = (char)number;
        _position += 4;
        return true;
    }

    private PayloadValue? ReadNumber()
    {
        var start = _position;
        if (_text[_position] == '-') _position++;
        var whole = SkipDigits();
        if (whole.Length == 0 || (whole.Length > 1 && whole[0] == '0')) return Refuse("this is no number");
        var fraction = ReadOnlySpan<char>.Empty;
        if (_position < _text.Length && _text[_position] == '.')
        {
            _position++;
            fraction = SkipDigits();
            if (fraction.Length == 0) return Refuse("a digit is missing");
        }

        var exponent = ReadOnlySpan<char>.Empty;
        if (_position < _text.Length && _text[_position] is 'e' or 'E')
        {
            _position++;
            if (_position < _text.Length && _text[_position] is '+' or '-') _position++;
            exponent = SkipDigits();
            if (exponent.Length == 0) return Refuse("a digit is missing");
        }

        var literal = _text[start.._position];
        var isExact = whole.TrimStart('0').Length + fraction.Length <= MaximumDigits && exponent.TrimStart('0').Length <= MaximumExponentDigits;
        if (isExact && decimal.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            if (number != 0) return PayloadValue.Of(number);
            // Rounded away (1e-100) is not the same as nothing.
            if (whole.Trim('0').IsEmpty && fraction.Trim('0').IsEmpty) return PayloadValue.Of(0m);
        }

        return PayloadValue.Of(literal.ToString());
    }

    private ReadOnlySpan<char> SkipDigits()
    {
        var start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position])) _position++;
        return _text[start.._position];
    }

    /// <summary>True when the next character but blanks is this one; then it is behind us.</summary>
    private bool Skips(char character)
    {
        SkipBlanks();
        if (_position == _text.Length || _text[_position] != character) return false;
        _position++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\n' or '\r') _position++;
    }

    private PayloadValue? Refuse(string reason)
    {
        Fault ??= string.Create(CultureInfo.InvariantCulture, $"the payload is no JSON: {reason} (at character {_position + 1})");
        return null;
    }

    private string? RefuseText(string reason)
    {
        Refuse(reason);
        return null;
    }
}
