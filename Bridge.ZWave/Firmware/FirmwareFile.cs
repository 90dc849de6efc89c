using System.Diagnostics.CodeAnalysis;

namespace Bridge.ZWave.Firmware;

/// <summary>
/// Reads firmware files. What is in them is told by the end of the name: <c>.hex</c> Intel HEX; <c>.ota</c>, <c>.otz</c> Intel HEX when they begin as such,
/// else bytes as they are (some makers ship them so, compressed ones are unpacked by the device); <c>.gbl</c> an image of the newer boot loaders; <c>.bin</c>
/// bytes as they are. Whatever the bytes are, the outcome is an image or a reason.
/// </summary>
public static class FirmwareFile
{
    /// <summary>Intel HEX writes a byte in two digits, with some more for each line.</summary>
    public const int MaximumFileLength = 3 * FirmwareImage.MaximumLength;

    private static readonly byte[] s_bootloaderMark = [0xEB, 0x17, 0xA6, 0x03];

    /// <summary>The ends of names that are read, with their dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".hex", ".ota", ".otz", ".gbl", ".bin"];

    /// <summary>Reads the content of a file.</summary>
    /// <param name="name">Its name; only the end of it counts, in any case.</param>
    /// <param name="fault">Why it is no firmware.</param>
    public static bool TryRead(string name, ReadOnlySpan<byte> content, [NotNullWhen(true)] out FirmwareImage? image, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(name);
        image = null;
        var extension = Extensions.FirstOrDefault(known => name.EndsWith(known, StringComparison.OrdinalIgnoreCase));
        if (extension is null)
        {
            fault = $"the name of a firmware file ends in {string.Join(", ", Extensions)}";
            return false;
        }

        if (content.Length > MaximumFileLength)
        {
            fault = $"the file has {content.Length} bytes; {MaximumFileLength} are the most";
            return false;
        }

        if (extension == ".hex" || (extension is ".ota" or ".otz" && BeginsAsHex(content)))
        {
            if (!IntelHex.TryRead(content, out var data, out fault)) return false;
            image = new(FirmwareFormat.IntelHex, data);
            return true;
        }

        fault = content.Length switch
        {
            0 => "the file is empty",
            > FirmwareImage.MaximumLength => $"the image has {content.Length} bytes; {FirmwareImage.MaximumLength} are the most",
            _ when extension == ".gbl" && !content.StartsWith(s_bootloaderMark) => "the file does not begin with EB 17 A6 03, as a .gbl file does",
            _ => null,
        };
        if (fault is not null) return false;
        image = new(extension == ".gbl" ? FirmwareFormat.BootloaderImage : FirmwareFormat.Raw, content.ToArray());
        return true;
    }

    private static bool BeginsAsHex(ReadOnlySpan<byte> content)
    {
        var text = content.TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] == ':';
    }
}
