using System.Globalization;
using Bridge.ZWave.Wire;

namespace Bridge;

/// <summary>Which network was used last: what has to be known before the stick has said it.</summary>
public static class RememberedNetworks
{
    private const string Prefix = "network-";

    /// <summary>The home id of the file that was written last; null: none, or the folder cannot be read.</summary>
    public static HomeId? Last(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFiles(Prefix + "*.json")
                .OrderByDescending(static file => file.LastWriteTimeUtc)
                .Select(static file => Parse(Path.GetFileNameWithoutExtension(file.Name)[Prefix.Length..]))
                .FirstOrDefault(static homeId => homeId is not null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static HomeId? Parse(string hex) =>
        hex.Length == 8 && uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? new HomeId(value) : null;
}
