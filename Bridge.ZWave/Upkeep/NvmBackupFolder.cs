using System.Globalization;
using Bridge.ZWave.Storage;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>
/// The files of backups: <c>nvm-&lt;home id&gt;-&lt;UTC time&gt;.bin</c>, the memory byte by byte. It holds secrets of the module, so only the owner may read
/// them.
/// </summary>
internal sealed class NvmBackupFolder(NvmBackupOptions options, TimeProvider time)
{
    private const string Prefix = "nvm-";
    private const string Suffix = ".bin";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Writes a backup, all or nothing.</summary>
    /// <returns>Its whole path.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public string Write(HomeId homeId, ReadOnlySpan<byte> content)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(options.Directory);
        else Directory.CreateDirectory(options.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(options.Directory, Start(homeId) + time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + Suffix);
        var bytes = content.ToArray();
        RememberedFile.Replace(path, stream => stream.Write(bytes));
        return path;
    }

    /// <summary>When the last backup of a network was made; null: there is none, or the folder cannot be read.</summary>
    public DateTimeOffset? Last(HomeId homeId)
    {
        try
        {
            return Files(homeId).Select(static file => TimeOf(file)).Max();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Deletes all but the newest of a network.</summary>
    /// <exception cref="IOException">One could not be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public void DeleteOld(HomeId homeId)
    {
        foreach (var old in Files(homeId).OrderDescending(StringComparer.Ordinal).Skip(Math.Max(1, options.Keep)).ToArray()) File.Delete(old);
    }

    /// <summary>The path of a backup named by the user; null: that is no name of a backup (a path is none).</summary>
    public string? Find(string name) =>
        HomeIdOf(name) is not null && Path.GetFileName(name) == name ? Path.Combine(options.Directory, name) : null;

    /// <summary>The network a backup belongs to, by its name; null: it is no name of a backup.</summary>
    public static HomeId? HomeIdOf(string name)
    {
        const int digits = 8;
        var isName = name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
            && name.Length > Prefix.Length + digits && name[Prefix.Length + digits] == '-';
        return isName && uint.TryParse(name.AsSpan(Prefix.Length, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new HomeId(value)
            : null;
    }

    private static string Start(HomeId homeId) => $"{Prefix}{homeId}-";

    private string[] Files(HomeId homeId) => Directory.Exists(options.Directory)
        ? [.. Directory.EnumerateFiles(options.Directory, Start(homeId) + "*" + Suffix).Where(static file => TimeOf(file) is not null)]
        : [];

    private static DateTimeOffset? TimeOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var text = name[(name.LastIndexOf('-') + 1)..];
        return DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made) ? made : null;
    }
}
