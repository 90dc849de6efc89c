using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Bridge.ZWave.Serial;

/// <summary>A user or group: its number and, where the system knows one, its name.</summary>
internal sealed record Account(uint Id, string? Name)
{
    public static Account User(uint id) => new(id, NameOf("/etc/passwd", id));

    public static Account Group(uint id) => new(id, NameOf("/etc/group", id));

    public override string ToString() => Name is null ? $"{Id}" : $"{Name} ({Id})";

    // name:password:number:…
    private static string? NameOf(string file, uint id)
    {
        try
        {
            return File.ReadLines(file).Select(line => line.Split(':'))
                .FirstOrDefault(fields => fields.Length > 2 && uint.TryParse(fields[2], out var number) && number == id)?[0];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Whom a file belongs to and who may use it.</summary>
internal sealed record FileOwnership(Account Owner, Account Group, UnixFileMode Mode)
{
    private const int CurrentDirectory = -100;
    private const uint BasicFields = 0x7FF;
    private const int Size = 256;
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;
    private const ushort PermissionBits = 0xFFF;

    public bool GroupMayUse => Mode.HasFlag(UnixFileMode.GroupRead | UnixFileMode.GroupWrite);

    /// <summary>Null when the system does not tell.</summary>
    public static FileOwnership? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            // struct statx is the same on every architecture.
            var status = new byte[Size];
            if (StatX(CurrentDirectory, [.. Encoding.UTF8.GetBytes(path), 0], 0, BasicFields, status) != 0) return null;
            return new(
                Account.User(BitConverter.ToUInt32(status, OwnerOffset)),
                Account.Group(BitConverter.ToUInt32(status, GroupOffset)),
                (UnixFileMode)(BitConverter.ToUInt16(status, ModeOffset) & PermissionBits));
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    /// <summary>"root (0), group dialout (20), mode rw-rw----".</summary>
    public override string ToString() => $"{Owner}, group {Group}, mode {Letters}";

    private string Letters => string.Create(9, (int)Mode, static (letters, mode) =>
    {
        for (var bit = 0; bit < letters.Length; bit++) letters[bit] = (mode & (0x100 >> bit)) != 0 ? "rwx"[bit % 3] : '-';
    });

    [SupportedOSPlatform("linux")]
    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, byte[] path, int flags, uint fields, byte[] status);
}
