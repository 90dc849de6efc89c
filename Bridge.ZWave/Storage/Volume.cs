using System.Text;

namespace Bridge.ZWave.Storage;

/// <summary>Whether what is written to a folder is still there after the next start of the machine or the container.</summary>
/// <remarks>
/// One line of mountinfo: id, parent, device, root, mount point, options, optional fields, "-", type, source, options of the file system; a space in a path is
/// written "\040". Source: proc(5).
/// </remarks>
public static class Volume
{
    private const string MountTable = "/proc/self/mountinfo";
    private const int MountPointField = 4;
    private const string UpperDirectory = "upperdir=";

    private static readonly string[] s_inMemory = ["tmpfs", "ramfs"];
    private static readonly string[] s_layered = ["overlay", "overlayfs", "aufs"];

    /// <summary>Why files at a path will be lost; null: they will not, or it is not known.</summary>
    /// <param name="path">A full path; it need not exist.</param>
    public static string? Fault(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return OperatingSystem.IsLinux() && File.Exists(MountTable) ? Fault(path, File.ReadAllLines(MountTable)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same with the lines of mountinfo.</summary>
    public static string? Fault(string path, IEnumerable<string> mountInfo)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(mountInfo);
        Mount[] mounts = [.. mountInfo.Select(Mount.Parse).OfType<Mount>()];
        if (Find(mounts, path) is not { } mount) return null;
        if (s_inMemory.Contains(mount.Type)) return $"it is on {mount.Point}, which is kept in memory: the next start of the machine empties it";
        if (!s_layered.Contains(mount.Type) || IsKept(mounts, mount)) return null;
        return $"it is on {mount.Point}, which is an {mount.Type}: in a container it is lost with the container, on a read-only system with the next start";
    }

    // The changes of an overlay may be kept on a file system of their own.
    private static bool IsKept(Mount[] mounts, Mount overlay) =>
        overlay.Upper is { } upper && Find([.. mounts.Where(mount => mount != overlay && mount.Point != "/")], upper) is { } below
        && !s_inMemory.Contains(below.Type) && !s_layered.Contains(below.Type);

    // The last of those mounted at the longest of the paths is the one that is seen.
    private static Mount? Find(IEnumerable<Mount> mounts, string path) =>
        mounts.Where(mount => mount.Holds(path)).Reverse().MaxBy(static mount => mount.Point.Length);

    private sealed record Mount(string Point, string Type, string? Upper)
    {
        public static Mount? Parse(string line)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var end = Array.IndexOf(fields, "-");
            if (end <= MountPointField || fields.Length < end + 4) return null;
            var upper = fields[end + 3].Split(',').FirstOrDefault(static option => option.StartsWith(UpperDirectory, StringComparison.Ordinal));
            return new(Plain(fields[MountPointField]), fields[end + 1], upper is null ? null : Plain(upper[UpperDirectory.Length..]));
        }

        public bool Holds(string path) =>
            Point == "/" || path == Point || (path.StartsWith(Point, StringComparison.Ordinal) && path[Point.Length] == '/');

        // "\040" is a space; three octal digits each.
        private static string Plain(string text)
        {
            var plain = new StringBuilder(text.Length);
            for (var index = 0; index < text.Length; index++)
            {
                if (text[index] == '\\' && index + 3 < text.Length && text.AsSpan(index + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
                {
                    plain.Append((char)(((text[index + 1] - '0') * 64) + ((text[index + 2] - '0') * 8) + (text[index + 3] - '0')));
                    index += 3;
                }
                else
                {
                    plain.Append(text[index]);
                }
            }

            return plain.ToString();
        }
    }
}
