namespace Bridge.ZWave.Serial;

/// <summary>Which processes have a file open, as far as this user may see.</summary>
internal static class FileUsers
{
    /// <summary>"name (process 123)" each; empty when none is visible.</summary>
    public static IReadOnlyList<string> Of(string file)
    {
        if (!OperatingSystem.IsLinux()) return [];
        var users = new List<string>();
        foreach (var process in Listed(() => Directory.EnumerateDirectories("/proc")))
        {
            if (!int.TryParse(Path.GetFileName(process), out var id)) continue;
            var handles = Listed(() => Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")));
            if (!handles.Any(handle => IsLinkTo(handle, file))) continue;
            users.Add(id == Environment.ProcessId ? "this program itself" : $"{NameOf(process)} (process {id})");
        }

        return users;
    }

    /// <summary>Processes come and go and most belong to others.</summary>
    private static IReadOnlyList<string> Listed(Func<IEnumerable<string>> entries)
    {
        try
        {
            return [.. entries()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsLinkTo(string link, string file)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName == file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "a program";
        }
    }
}
