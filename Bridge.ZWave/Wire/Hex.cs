using System.Diagnostics.CodeAnalysis;

namespace Bridge.ZWave.Wire;

/// <summary>Hex texts as people write them: any case, blanks allowed anywhere between digits.</summary>
public static class Hex
{
    /// <summary>Reads a hex text; false when it is empty, has an odd number of digits or anything but digits and white space.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var digits = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiHexDigit(character)) digits++;
            else if (!char.IsWhiteSpace(character)) return false;
        }

        if (digits == 0 || digits % 2 != 0) return false;
        bytes = new byte[digits / 2];
        var nibble = 0;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character)) continue;
            bytes[nibble >> 1] = (byte)((bytes[nibble >> 1] << 4) | ValueOf(character));
            nibble++;
        }

        return true;
    }

    private static int ValueOf(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>Upper-case digits, a blank between bytes: the form of logs and documents.</summary>
    public static string Spaced(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return string.Empty;
        return string.Create((bytes.Length * 3) - 1, bytes, static (text, source) =>
        {
            text.Fill(' ');
            for (var index = 0; index < source.Length; index++)
            {
                source[index].TryFormat(text[(index * 3)..], out _, "X2", System.Globalization.CultureInfo.InvariantCulture);
            }
        });
    }
}
