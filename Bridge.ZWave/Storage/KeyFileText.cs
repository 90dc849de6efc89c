using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Storage;

/// <summary>What a text with keys says.</summary>
/// <param name="Keys">Those that can be used.</param>
/// <param name="Faults">"S0_Legacy: …", never with a value.</param>
/// <param name="UnknownNames">Entries that are no keys.</param>
public sealed record KeyFileContent(KeySet Keys, IReadOnlyList<string> Faults, IReadOnlyList<string> UnknownNames);

/// <summary>
/// Keys as JSON: an object of names and 32 hex digits each. Read and written as bytes, because a text once made cannot be cleared (decision 0017).
/// </summary>
public static class KeyFileText
{
    /// <summary>Also the longest key as JSON can write it: six bytes a character.</summary>
    private const int LongestText = 6 * KeyDigits;

    private const int KeyDigits = 2 * SecretKey.Length;
    private const string Allowed = "allowed: 32 hex digits";

    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Reads keys; whatever the bytes are, nothing is thrown.</summary>
    /// <param name="json">The caller clears it.</param>
    /// <param name="takesSettings">Also takes the settings file of other Z-Wave software: keys in the object <c>zwave</c>.</param>
    public static KeyFileContent Read(ReadOnlySpan<byte> json, bool takesSettings = false)
    {
        var reading = new Reading(takesSettings);
        try
        {
            if (json.StartsWith("\uFEFF"u8)) json = json[3..];
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject) reading.File(ref reader);
            else reading.Faults.Add("not a JSON object");
            // What follows the object is a fault of the text.
            if (reading.Faults.Count == 0) reader.Read();
        }
        catch (JsonException exception)
        {
            // The message itself may show a character of a key.
            reading.Faults.Add(FormattableString.Invariant($"not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})"));
        }
        catch (InvalidOperationException)
        {
            reading.Faults.Add("not JSON (a text is not UTF-8)");
        }

        return reading.Content;
    }

    /// <summary>Writes keys into a new buffer, which the caller clears.</summary>
    public static byte[] Write(KeySet keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        string[] names = [.. keys.Names];
        // {, a line for each key, }
        var length = 4 + names.Sum(static name => name.Length + KeyDigits + 10) - (names.Length > 0 ? 1 : 0);
        var buffer = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        var rest = buffer.AsSpan();
        Append(ref rest, "{\n"u8);
        Span<byte> key = stackalloc byte[SecretKey.Length];
        for (var index = 0; index < names.Length; index++)
        {
            Append(ref rest, "  \""u8);
            rest = rest[Encoding.ASCII.GetBytes(names[index], rest)..];
            Append(ref rest, "\": \""u8);
            keys.Find(names[index])!.Reveal(key);
            foreach (var value in key)
            {
                rest[0] = Digits[value >> 4];
                rest[1] = Digits[value & 0x0F];
                rest = rest[2..];
            }

            Append(ref rest, index + 1 < names.Length ? "\",\n"u8 : "\"\n"u8);
        }

        CryptographicOperations.ZeroMemory(key);
        Append(ref rest, "}\n"u8);
        return buffer;
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    /// <summary>One text being read.</summary>
    private sealed class Reading(bool takesSettings)
    {
        private readonly KeySet _keys = new();
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly List<string> _unknown = [];
        private SecretKey? _oldKey;

        public List<string> Faults { get; } = [];

        public KeyFileContent Content
        {
            get
            {
                // One key for everything was the way before there was Security 2.
                if (_oldKey is not null && _keys.Find(KeySet.S0) is null) _keys.Set(KeySet.S0, _oldKey);
                return new(_keys, Faults, _unknown);
            }
        }

        public void File(ref Utf8JsonReader reader)
        {
            var isSettings = false;
            List<string> others = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (takesSettings && reader.ValueTextEquals("zwave"u8))
                {
                    reader.Read();
                    isSettings = reader.TokenType == JsonTokenType.StartObject;
                    if (isSettings) Settings(ref reader);
                    else reader.Skip();
                }
                else if (!TryOldKey(ref reader))
                {
                    Entry(ref reader, string.Empty, others);
                }
            }

            // The other sections of a settings file are no business of ours.
            if (!isSettings) _unknown.AddRange(others);
        }

        private void Settings(ref Utf8JsonReader reader)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (TryOldKey(ref reader)) continue;
                var suffix = reader.ValueTextEquals("securityKeys"u8) ? string.Empty
                    : reader.ValueTextEquals("securityKeysLongRange"u8) ? "_LR"
                    : null;
                reader.Read();
                if (suffix is null || reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }

                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) Entry(ref reader, suffix, _unknown);
            }
        }

        private bool TryOldKey(ref Utf8JsonReader reader)
        {
            if (!takesSettings || !reader.ValueTextEquals("networkKey"u8)) return false;
            reader.Read();
            if (Value(ref reader, "networkKey") is { } key) _oldKey = key;
            return true;
        }

        private void Entry(ref Utf8JsonReader reader, string suffix, List<string> unknown)
        {
            string? name = null;
            foreach (var known in KeySet.AllNames)
            {
                if (known.EndsWith(suffix, StringComparison.Ordinal) && reader.ValueTextEquals(known[..^suffix.Length])) name = known;
            }

            if (name is null) unknown.Add(Shown(ref reader));
            reader.Read();
            if (name is null)
            {
                reader.Skip();
            }
            else
            {
                if (!_seen.Add(name)) Faults.Add($"{name}: it is there twice; allowed: once");
                if (Value(ref reader, name) is { } key) _keys.Set(name, key);
            }
        }

        /// <summary>Null: none, or a fault was added.</summary>
        private SecretKey? Value(ref Utf8JsonReader reader, string name)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                // Settings have null where nothing was entered.
                if (reader.TokenType != JsonTokenType.Null || !takesSettings) Faults.Add($"{name}: not a text; {Allowed}");
                reader.Skip();
                return null;
            }

            Span<byte> text = stackalloc byte[LongestText];
            var length = reader.ValueSpan.Length > LongestText ? reader.ValueSpan.Length : reader.CopyString(text);
            if (length == 0 && takesSettings) return null;
            if (length != KeyDigits)
            {
                CryptographicOperations.ZeroMemory(text);
                Faults.Add(FormattableString.Invariant($"{name}: {length} characters; {Allowed}"));
                return null;
            }

            Span<byte> bytes = stackalloc byte[SecretKey.Length];
            var key = TryParse(text[..KeyDigits], bytes) ? new SecretKey(bytes) : null;
            CryptographicOperations.ZeroMemory(text);
            CryptographicOperations.ZeroMemory(bytes);
            if (key is null) Faults.Add($"{name}: a character is not a hex digit; {Allowed}");
            return key;
        }

        private static bool TryParse(ReadOnlySpan<byte> digits, Span<byte> bytes)
        {
            for (var index = 0; index < digits.Length; index++)
            {
                var value = digits[index] switch
                {
                    >= (byte)'0' and <= (byte)'9' => digits[index] - '0',
                    >= (byte)'a' and <= (byte)'f' => digits[index] - 'a' + 10,
                    >= (byte)'A' and <= (byte)'F' => digits[index] - 'A' + 10,
                    _ => -1,
                };
                if (value < 0) return false;
                bytes[index / 2] = (byte)((bytes[index / 2] << 4) | value);
            }

            return true;
        }

        /// <summary>A name as it may be shown: one that could be a key in the wrong place is not.</summary>
        private static string Shown(ref Utf8JsonReader reader)
        {
            const int longest = 24;
            Span<byte> name = stackalloc byte[LongestText];
            if (reader.ValueSpan.Length > LongestText) return "(a long name)";
            name = name[..reader.CopyString(name)];
            var isPlain = name.Length is > 0 and <= longest && name.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
            var text = isPlain ? Encoding.ASCII.GetString(name) : name.Length > longest ? "(a long name)" : "(a name of other characters)";
            CryptographicOperations.ZeroMemory(name);
            return text;
        }
    }
}
