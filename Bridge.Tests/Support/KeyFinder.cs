using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bridge.ZWave.Security;

namespace Bridge.Tests.Support;

/// <summary>
/// Looks for secrets in what was said: as hex with anything or nothing between the bytes, as Base64 wherever they stand in it, as decimal numbers, as bytes.
/// Eight bytes of a secret in a row are enough: they are no accident.
/// </summary>
internal sealed partial class KeyFinder
{
    private const int PieceLength = 8;

    private readonly Dictionary<string, string> _hex = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _base64 = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _decimal = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _plain = new(StringComparer.Ordinal);
    private SearchValues<string>? _hexPieces;
    private SearchValues<string>? _base64Pieces;
    private SearchValues<string>? _decimalPieces;
    private SearchValues<string>? _plainPieces;

    /// <summary>How many secrets are looked for.</summary>
    public int Count { get; private set; }

    public void Add(string name, SecretKey key)
    {
        var bytes = new byte[SecretKey.Length];
        key.Reveal(bytes);
        Add(name, bytes);
    }

    /// <summary>What is expanded from a key for Security 2.</summary>
    public void Add(string name, Security2Keys keys)
    {
        Add($"{name}, CCM", keys.Ccm);
        Add($"{name}, first half of the personalization", keys.PersonalizationHigh);
        Add($"{name}, second half of the personalization", keys.PersonalizationLow);
        Add($"{name}, MPAN", keys.Mpan);
    }

    public void Add(string name, byte[] secret)
    {
        for (var start = 0; start + PieceLength <= secret.Length; start++)
        {
            var piece = secret[start..(start + PieceLength)];
            _hex[Convert.ToHexStringLower(piece)] = name;
            _decimal[$",{string.Join(',', piece)},"] = name;
            _plain[Encoding.Latin1.GetString(piece)] = name;
            for (var offset = 0; offset < 3; offset++) _base64[Base64(piece, offset)] = name;
        }

        Count++;
    }

    /// <summary>What is found in a text: which secrets, in which form; empty: nothing.</summary>
    public IReadOnlyList<string> Find(string text)
    {
        _hexPieces ??= Pieces(_hex);
        _base64Pieces ??= Pieces(_base64);
        _decimalPieces ??= Pieces(_decimal);
        _plainPieces ??= Pieces(_plain);
        List<string> found = [];
        Look(NoHexDigit().Replace(text, string.Empty).ToLowerInvariant(), _hexPieces, _hex, "hex", found);
        Look(text.Replace("\\u002B", "+", StringComparison.OrdinalIgnoreCase).Replace("\\/", "/", StringComparison.Ordinal)
            .Replace('-', '+').Replace('_', '/'), _base64Pieces, _base64, "Base64", found);
        Look($",{NoDigits().Replace(text, ",")},", _decimalPieces, _decimal, "numbers", found);
        Look(text, _plainPieces, _plain, "bytes", found);
        return found;
    }

    /// <summary>The same in bytes, which may be text.</summary>
    public IReadOnlyList<string> Find(ReadOnlySpan<byte> bytes) => Find(Encoding.Latin1.GetString(bytes));

    /// <summary>Whether a number stands in a text by itself, not as part of a longer one.</summary>
    public static bool HasNumber(string text, ushort number) => Regex.IsMatch(
        text, string.Create(CultureInfo.InvariantCulture, $"(?<![0-9a-fA-F.])0*{number}(?![0-9a-fA-F])"), RegexOptions.CultureInvariant);

    private static SearchValues<string> Pieces(Dictionary<string, string> pieces) =>
        SearchValues.Create([.. pieces.Keys], StringComparison.Ordinal);

    private static void Look(string text, SearchValues<string> pieces, Dictionary<string, string> names, string form, List<string> found)
    {
        if (!text.AsSpan().ContainsAny(pieces)) return;
        found.AddRange(names.Where(one => text.Contains(one.Key, StringComparison.Ordinal)).Select(one => $"{one.Value} as {form}").Distinct());
    }

    // The characters that depend on nothing but the piece, when so many bytes stand before it.
    private static string Base64(byte[] piece, int offset)
    {
        var text = Convert.ToBase64String([.. new byte[offset], .. piece, 0, 0]);
        var (first, end) = (((8 * offset) + 5) / 6, 8 * (offset + PieceLength) / 6);
        return text[first..end];
    }

    [GeneratedRegex("0[xX]|[^0-9a-fA-F]")]
    private static partial Regex NoHexDigit();

    [GeneratedRegex("[^0-9]+")]
    private static partial Regex NoDigits();
}
