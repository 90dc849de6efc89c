using System.Text;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>How the characters of a name are stored.</summary>
public enum CharacterPresentation : byte
{
    Ascii = 0,

    /// <summary>The character set of the first IBM PC, code page 437.</summary>
    OemExtended = 1,

    /// <summary>Two bytes a character, high byte first.</summary>
    Utf16 = 2,
}

/// <summary>A name or place as Node Naming stores it: a character set and at most 16 bytes.</summary>
/// <param name="Presentation">The character set; reserved numbers (3..7) are read like ASCII.</param>
/// <param name="Text">The text without the NULs some devices fill it up with.</param>
public sealed record NodeNameText(CharacterPresentation Presentation, string Text)
{
    /// <summary>Bytes a device stores.</summary>
    public const int MaximumLength = 16;

    private const byte PresentationMask = 0x07;
    private static readonly NodeNameText s_empty = new(CharacterPresentation.Ascii, string.Empty);

    // 80..FF of code page 437.
    private const string OemCharacters =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
        + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";

    /// <summary>The text in the character set that takes the fewest bytes: ASCII where it is enough, else UTF-16.</summary>
    public static NodeNameText Of(string text) =>
        new(Ascii.IsValid(text) ? CharacterPresentation.Ascii : CharacterPresentation.Utf16, text);

    internal static bool TryRead(ref PayloadReader payload, out NodeNameText text)
    {
        text = s_empty;
        if (!payload.TryReadByte(out var header)) return false;
        var presentation = (CharacterPresentation)(header & PresentationMask);
        payload.TryReadBytes(Math.Min(payload.Remaining, MaximumLength), out var bytes);
        Span<char> characters = stackalloc char[MaximumLength];
        var count = presentation switch
        {
            CharacterPresentation.Utf16 => Encoding.BigEndianUnicode.GetChars(bytes[..(bytes.Length & ~1)], characters),
            CharacterPresentation.OemExtended => ReadOem(bytes, characters),
            // Bytes above 7F do not belong there; they are kept as what they most likely were.
            _ => Encoding.Latin1.GetChars(bytes, characters),
        };
        text = new(presentation, characters[..count].TrimEnd('\0').ToString());
        return true;
    }

    internal void Write(ref PayloadWriter payload)
    {
        payload.WriteByte((byte)((byte)Presentation & PresentationMask));
        if (Presentation == CharacterPresentation.Utf16)
        {
            var length = Math.Min(Text.Length, MaximumLength / 2);
            // Both halves of a surrogate pair or none.
            if (length < Text.Length && char.IsHighSurrogate(Text[length - 1])) length--;
            payload.WriteBytes(Encoding.BigEndianUnicode.GetBytes(Text, 0, length));
            return;
        }

        foreach (var character in Text.AsSpan(0, Math.Min(Text.Length, MaximumLength)))
        {
            payload.WriteByte(Presentation == CharacterPresentation.OemExtended ? ToOem(character) : ToLatin(character));
        }
    }

    internal void Describe(FieldWriter fields)
    {
        fields.Number("charPresentation", (long)(byte)Presentation);
        fields.Text("text", Text);
    }

    private static int ReadOem(ReadOnlySpan<byte> bytes, Span<char> characters)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            characters[index] = bytes[index] < 0x80 ? (char)bytes[index] : OemCharacters[bytes[index] - 0x80];
        }

        return bytes.Length;
    }

    private static byte ToOem(char character)
    {
        if (character < 0x80) return (byte)character;
        var index = OemCharacters.IndexOf(character, StringComparison.Ordinal);
        return index < 0 ? (byte)'?' : (byte)(0x80 + index);
    }

    private static byte ToLatin(char character) => character <= 0xFF ? (byte)character : (byte)'?';
}
