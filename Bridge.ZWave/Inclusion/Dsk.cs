using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bridge.ZWave.Serial;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// A device specific key: the first 16 bytes of a node's public key, on its label as eight groups of five decimal digits ("34028-23669-…"). No secret, but
/// nobody else's business either.
/// </summary>
public sealed class Dsk : IEquatable<Dsk>
{
    public const int Groups = 8;
    private const int Digits = 5;
    private const char Separator = '-';

    private readonly ushort[] _groups;

    private Dsk(ushort[] groups) => _groups = groups;

    /// <summary>The first group: the number that is asked for as PIN.</summary>
    public ushort Pin => _groups[0];

    /// <summary>What the node announces itself with when it wants to be included by SmartStart.</summary>
    public SmartStartHomeIds HomeIds
    {
        get
        {
            Span<byte> bytes = stackalloc byte[SmartStartHomeIds.DskLength];
            for (var group = 0; group < Groups; group++) BinaryPrimitives.WriteUInt16BigEndian(bytes[(2 * group)..], _groups[group]);
            return SmartStartHomeIds.Of(bytes);
        }
    }

    /// <summary>Reads eight groups of five digits, each up to 65535, with or without anything between them that is no digit.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Dsk? dsk)
    {
        dsk = null;
        var digits = string.Concat((text ?? string.Empty).Where(static letter => letter != Separator && !char.IsWhiteSpace(letter)));
        if (digits.Length != Groups * Digits || !digits.All(char.IsAsciiDigit)) return false;
        var groups = new ushort[Groups];
        for (var group = 0; group < Groups; group++)
        {
            if (!ushort.TryParse(digits.AsSpan(group * Digits, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out groups[group])) return false;
        }

        dsk = new(groups);
        return true;
    }

    /// <summary>The DSK of a public key as text.</summary>
    /// <param name="isPinKnown">False: the node left the first group out; it reads "?????".</param>
    public static string TextOf(ReadOnlySpan<byte> publicKey, bool isPinKnown)
    {
        var groups = new ushort[Groups];
        for (var group = 0; group < Groups; group++) groups[group] = BinaryPrimitives.ReadUInt16BigEndian(publicKey[(2 * group)..]);
        var text = new Dsk(groups).ToString();
        return isPinKnown ? text : new string('?', Digits) + text[Digits..];
    }

    /// <summary>True when a DSK as a node told it, without the first group where it left it out, is this one.</summary>
    public bool Matches(string told)
    {
        ArgumentNullException.ThrowIfNull(told);
        var mine = ToString();
        return told == mine || told[Math.Min(Digits, told.Length)..] == mine[Digits..];
    }

    public bool Equals(Dsk? other) => other is not null && _groups.AsSpan().SequenceEqual(other._groups);

    public override bool Equals(object? obj) => Equals(obj as Dsk);

    public override int GetHashCode() => HashCode.Combine(_groups[4], _groups[5], _groups[6], _groups[7]);

    public override string ToString() => string.Join(Separator, _groups.Select(static group => group.ToString("D5", CultureInfo.InvariantCulture)));
}
