using System.Globalization;

namespace Bridge.ZWave.Storage;

/// <summary>
/// How files are written that outlive a run: aside, flushed to the disk, renamed over the old one. A power cut leaves the old or the new file, never half of
/// one. Readable by their owner only.
/// </summary>
public static class RememberedFile
{
    /// <summary>Replaces a file, all or nothing; its folder is made when it is not there.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="isSecret">No byte of it stays in a buffer of ours.</param>
    /// <exception cref="IOException">It could not be written; the old one is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public static void Replace(string path, Action<Stream> write, bool isSecret = false)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var temporary = path + ".tmp";
        // One that a crash left may have another mode.
        File.Delete(temporary);
        using (var stream = Create(temporary, isSecret))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>A file that is not there yet, for its owner only.</summary>
    internal static FileStream Create(string path, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (isSecret) options.BufferSize = 0;
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    /// <summary>Renames a file whose content cannot be used: nothing is lost, and the next write does not meet it.</summary>
    /// <returns>The new path, which has the time in it.</returns>
    /// <exception cref="IOException">It could not be renamed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public static string SetAside(string path, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var aside = path + ".corrupt-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        File.Move(path, aside, overwrite: true);
        return aside;
    }
}
