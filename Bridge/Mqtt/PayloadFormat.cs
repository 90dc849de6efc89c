using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Bridge.Mqtt;

/// <summary>
/// Payloads as bytes and as <see cref="PayloadValue"/>: UTF-8, strict JSON (RFC 8259), or plain text. Nothing that comes in throws; what is
/// refused has a reason. Any thread may call.
/// </summary>
/// <remarks>
/// By hand rather than with a JSON library: a payload is plain text or JSON, and the libraries at hand take comments, single quotes and
/// repeated keys for JSON.
/// </remarks>
public static class PayloadFormat
{
    /// <summary>Longer payloads of commands and requests are refused.</summary>
    public const int MaximumBytes = 16 * 1024;

    /// <summary>Lists and objects inside each other.</summary>
    public const int MaximumDepth = 16;

    /// <summary>How much of a payload an error message repeats.</summary>
    public const int ExcerptCharacters = 200;

    /// <summary>
    /// Takes a payload apart. Blanks and line ends around it do not count. What begins like an object, a list or a JSON string has to be
    /// JSON; numbers, <c>true</c>, <c>false</c> and <c>null</c> are JSON when they are spelled so; everything else is text. Numbers that
    /// <see cref="decimal"/> cannot hold exactly (1e400, forty digits) are text, too.
    /// </summary>
    /// <param name="fault">Why it is refused: too long, no UTF-8, broken JSON, a key that is there twice.</param>
    /// <param name="maximumBytes">Longer payloads are refused.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, out PayloadValue value, [NotNullWhen(false)] out string? fault, int maximumBytes = MaximumBytes)
    {
        value = PayloadValue.Empty;
        fault = null;
        if (bytes.Length > maximumBytes)
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"the payload has {bytes.Length} bytes; at most {maximumBytes} are taken");
            return false;
        }

        if (!Utf8.IsValid(bytes))
        {
            fault = "the payload is no UTF-8 text";
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes).AsSpan().TrimStart('\uFEFF').Trim();
        if (text.IsEmpty) return true;
        var reader = new PayloadFormatReader(text);
        if (text[0] is '{' or '[' or '"')
        {
            if (reader.TryReadAll(out var json))
            {
                value = json;
                return true;
            }

            fault = reader.Fault!;
            return false;
        }

        value = reader.TryReadAll(out var scalar) ? scalar : PayloadValue.Of(text.ToString());
        return true;
    }

    /// <summary>An object of these members.</summary>
    public static PayloadValue Object(params KeyValuePair<string, PayloadValue>[] members) => PayloadValue.Of(members);

    /// <summary>Compact JSON. <see cref="PayloadKind.Empty"/> inside of something is null.</summary>
    public static string ToJson(PayloadValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        PayloadFormatWriter.Append(text, value);
        return text.ToString();
    }

    /// <summary>Compact JSON as UTF-8.</summary>
    public static byte[] ToBytes(PayloadValue value) => Encoding.UTF8.GetBytes(ToJson(value));

    /// <summary>The beginning of a payload for an error message; what is no UTF-8 shows as U+FFFD.</summary>
    public static string Excerpt(ReadOnlySpan<byte> bytes)
    {
        // No character of UTF-8 has more than four bytes.
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * ExcerptCharacters)]);
        return Shorten(text, ExcerptCharacters);
    }

    /// <summary>Cuts text for a message, never inside a character.</summary>
    public static string Shorten(string text, int characters)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= characters) return text;
        var end = char.IsHighSurrogate(text[characters - 1]) ? characters - 1 : characters;
        return text[..end];
    }
}
