using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Inclusion;

/// <summary>What a Z-Wave QR code says that is needed to include the device.</summary>
/// <remarks>
/// All decimal digits:
/// 2 digits    lead-in 90
/// 2 digits    version: 00 Security 2, 01 SmartStart
/// 5 digits    checksum: the first two bytes of the SHA-1 of everything behind it
/// 3 digits    requested keys, the bits of KEX Report
/// 40 digits   DSK
/// then        blocks of 2 digits type (lowest bit: critical), 2 digits length, content
/// Source: Silicon Labs SDS13937, Node Provisioning QR Code Format.
/// </remarks>
/// <param name="IsSmartStart">The device asks for inclusion by itself; false: its button has to be pushed.</param>
public sealed record QrCode(bool IsSmartStart, SecurityClasses Requested, Dsk Dsk)
{
    private const string LeadIn = "90";
    private const int VersionAt = 2;
    private const int ChecksumAt = 4;
    private const int KeysAt = 9;
    private const int DskAt = 12;
    private const int BlocksAt = 52;
    private const int NewestBlockType = 4;

    /// <summary>True for a text that can only be meant as a QR code.</summary>
    public static bool LooksLikeOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length >= BlocksAt && text.StartsWith(LeadIn, StringComparison.Ordinal) && text.All(char.IsAsciiDigit);
    }

    /// <summary>Reads the text of a QR code.</summary>
    /// <param name="fault">Why it cannot be used, in words.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out QrCode? code, out string fault)
    {
        code = null;
        if (!LooksLikeOne(text))
        {
            fault = $"a QR code is at least {BlocksAt} digits and begins with {LeadIn}";
            return false;
        }

        var version = Number(text, VersionAt, 2);
        if (version > 1)
        {
            fault = $"the QR code has version {version}; known are 0 and 1";
            return false;
        }

        if (Number(text, ChecksumAt, KeysAt - ChecksumAt) != Checksum(text[KeysAt..]))
        {
            fault = "the checksum of the QR code is wrong: a digit was lost or mistyped";
            return false;
        }

        var keys = Number(text, KeysAt, DskAt - KeysAt);
        if (keys > byte.MaxValue || !Dsk.TryParse(text[DskAt..BlocksAt], out var dsk))
        {
            fault = "the QR code holds no device specific key";
            return false;
        }

        fault = BlockFault(text);
        if (fault.Length > 0) return false;
        code = new(version == 1, new SecurityClasses((byte)keys).And(SecurityClasses.All), dsk);
        return true;
    }

    // What is marked as critical has to be understood by whoever uses the code.
    private static string BlockFault(string text)
    {
        for (var at = BlocksAt; at < text.Length;)
        {
            if (at + 4 > text.Length) return "the QR code ends within a block";
            var type = Number(text, at, 2);
            var length = Number(text, at + 2, 2);
            if (at + 4 + length > text.Length) return "the QR code ends within a block";
            if ((type & 1) != 0 && type >> 1 > NewestBlockType) return $"the QR code holds a critical block of the unknown type {type >> 1}";
            at += 4 + length;
        }

        return string.Empty;
    }

#pragma warning disable CA5350 // the format wants it; it only finds mistyped digits
    private static int Checksum(string text) => BinaryPrimitives.ReadUInt16BigEndian(SHA1.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5350

    private static int Number(string text, int at, int digits) => int.Parse(text.AsSpan(at, digits), NumberStyles.None, CultureInfo.InvariantCulture);
}
