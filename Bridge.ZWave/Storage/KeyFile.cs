using System.Globalization;
using System.Security.Cryptography;

namespace Bridge.ZWave.Storage;

/// <summary>What is in a key file. Nothing was written.</summary>
/// <param name="Keys">Those that can be used; none when there is no file.</param>
/// <param name="Faults">Why the file must not be used; never with a value.</param>
/// <param name="Warnings">What its owner should know.</param>
public sealed record KeyFileReading(KeySet Keys, IReadOnlyList<string> Faults, IReadOnlyList<string> Warnings)
{
    /// <summary>The file itself is missing; the keys are those of its backup copy.</summary>
    public bool IsFromBackup { get; init; }

    /// <summary>It has entries that are no keys; writing it anew would lose them.</summary>
    public bool HasUnknownNames { get; init; }
}

/// <summary>
/// The file with the keys of the network, and its backup copy beside it. Both belong to their owner alone from their first byte on. A file that is there and
/// cannot be used is never written over: whoever loses the keys has to include every secure node again.
/// </summary>
/// <param name="path">Where.</param>
/// <param name="allowsReaders">True: others may read it (told as a warning); false: that is a fault.</param>
/// <param name="time">Names what is set aside.</param>
public sealed class KeyFile(string path, bool allowsReaders, TimeProvider time)
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Path { get; } = path;

    public string BackupPath { get; } = path + ".bak";

    /// <summary>Reads the file, or its backup copy when it is missing. Writes nothing.</summary>
    public KeyFileReading Read()
    {
        List<string> faults = [];
        List<string> warnings = [];
        if (Directory.Exists(Path)) return new(new(), [$"'{Path}' is a folder; allowed: path of a file"], []);
        var isThere = File.Exists(Path);
        var isFromBackup = !isThere && File.Exists(BackupPath);
        foreach (var file in new[] { Path, BackupPath }) CheckMode(file, faults, warnings);
        if (!isThere && !isFromBackup) return new(new(), faults, warnings);
        var used = isThere ? Path : BackupPath;
        var content = ReadContent(used, faults);
        if (content is null) return new(new(), faults, warnings);
        faults.AddRange(content.Faults.Select(fault => $"'{used}': {fault}"));
        warnings.AddRange(content.UnknownNames.Select(name => $"'{used}': {name} is not the name of a key and has no effect"));
        return new(content.Keys, faults, warnings) { IsFromBackup = isFromBackup, HasUnknownNames = content.UnknownNames.Count > 0 };
    }

    /// <summary>Reads the file, and puts right what can be: restores it from its backup copy, generates missing keys, renews the copy.</summary>
    /// <returns>All keys, unless there are faults.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public KeyFileReading Prepare()
    {
        var reading = Read();
        if (reading.Faults.Count > 0) return reading;
        List<string> warnings = [.. reading.Warnings];
        if (reading.IsFromBackup) warnings.Add($"'{Path}' was missing and was restored from '{BackupPath}'");
        var generated = reading.Keys.Complete();
        if (generated.Count > 0)
        {
            warnings.Add($"new keys were generated in '{Path}' ({string.Join(", ", generated)}); keep a copy of this file in a safe place: "
                + "without it every secure node has to be included again");
        }

        if (generated.Count > 0 || reading.IsFromBackup)
        {
            warnings.AddRange(Write(reading.Keys, keepsBefore: reading.HasUnknownNames));
        }
        else
        {
            try
            {
                warnings.AddRange(RenewBackup(reading.Keys));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The keys themselves are there: a folder that is read only is no reason not to start.
                warnings.Add($"'{BackupPath}' cannot be written ({exception.Message})");
            }
        }

        return reading with { Warnings = warnings };
    }

    /// <summary>Replaces the file, all or nothing, and then its backup copy.</summary>
    /// <param name="keepsBefore">Keeps what was in the file before under another name.</param>
    /// <returns>What its owner should know.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public IReadOnlyList<string> Write(KeySet keys, bool keepsBefore)
    {
        List<string> told = [];
        if (keepsBefore && File.Exists(Path))
        {
            var before = NameBefore();
            KeyBytes.Use(Path, bytes => KeyBytes.WriteNew(before, bytes));
            told.Add($"'{Path}' as it was before is kept as '{before}'");
        }

        Replace(Path, keys);
        told.AddRange(RenewBackup(keys));
        return told;
    }

    private List<string> RenewBackup(KeySet keys)
    {
        List<string> told = [];
        if (File.Exists(BackupPath))
        {
            List<string> faults = [];
            var content = ReadContent(BackupPath, faults);
            var isReadable = content is { Faults.Count: 0 };
            if (isReadable && content!.Keys.Holds(keys) && keys.Holds(content.Keys)) return told;
            if (!isReadable || !keys.Holds(content!.Keys))
            {
                var before = NameBefore();
                File.Move(BackupPath, before, overwrite: false);
                told.Add($"the backup copy had other keys, or could not be read; it is kept as '{before}'");
            }
        }

        Replace(BackupPath, keys);
        return told;
    }

    private static void Replace(string file, KeySet keys)
    {
        var bytes = KeyFileText.Write(keys);
        try
        {
            RememberedFile.Replace(file, stream => stream.Write(bytes), isSecret: true);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>A free name beside the file, with the time in it.</summary>
    private string NameBefore()
    {
        var stem = Path + ".before-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = stem;
        for (var number = 2; File.Exists(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        return name;
    }

    private static KeyFileContent? ReadContent(string file, List<string> faults)
    {
        KeyFileContent? content = null;
        try
        {
            KeyBytes.Use(file, bytes => content = KeyFileText.Read(bytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"'{file}' cannot be read ({exception.Message}); allowed: path of a file that can be read and written");
        }

        return content;
    }

    private void CheckMode(string file, List<string> faults, List<string> warnings)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(file)) return;
        UnixFileMode mode;
        try
        {
            mode = File.GetUnixFileMode(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"'{file}' cannot be looked at ({exception.Message}); allowed: path of a file that can be read and written");
            return;
        }

        if ((mode & Others) == 0) return;
        var text = $"'{file}' has mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')}: others than its owner can use the keys";
        if (allowsReaders) warnings.Add(text);
        else faults.Add($"{text}; allowed: 0600 (chmod 600 '{file}')");
    }
}
