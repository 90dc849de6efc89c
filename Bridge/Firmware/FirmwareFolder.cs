using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Firmware;

namespace Bridge.Firmware;

/// <summary>A file that says by its name what it is for.</summary>
/// <param name="File">Its name in the folder.</param>
public sealed record FirmwareOnDisk(string File, FirmwareFileName Name);

/// <summary>
/// Where the user puts firmware files: <c>firmware</c> in <c>Storage:Directory</c>. Looked through every some seconds; nothing outside of it is ever read.
/// Any thread may call.
/// </summary>
public sealed class FirmwareFolder : IDisposable
{
    /// <summary>What the folder is called.</summary>
    public const string Name = "firmware";

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const int MaximumFiles = 1000;

    private readonly string _path;
    private readonly ITimer _timer;
    private volatile string[] _files = [];

    /// <param name="storage">The storage directory.</param>
    public FirmwareFolder(string storage, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _path = Path.Combine(storage, Name);
        Look();
        _timer = time.CreateTimer(_ => OnTimer(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Other files are there. Raised on a timer's thread, or on that of who looked.</summary>
    public event Action? Changed;

    /// <summary>Names of the files that may be firmware, in order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Looks now. A folder that is not there, or cannot be read, is an empty one.</summary>
    public void Look()
    {
        string[] found;
        try
        {
            found =
            [
                .. Directory.EnumerateFiles(_path).Select(static path => Path.GetFileName(path))
                    .Where(static name => FirmwareFile.Extensions.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
                    .Where(static name => NameFault(name) is null)
                    .Take(MaximumFiles).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            found = [];
        }

        if (found.SequenceEqual(_files)) return;
        _files = found;
        Changed?.Invoke();
    }

    /// <summary>The file with the newest version for a firmware, by its name; null: there is none.</summary>
    public FirmwareOnDisk? Newest(long? manufacturerId, long? firmwareId) => _files
        .Select(static file => FirmwareFileName.Parse(file) is { } name ? new FirmwareOnDisk(file, name) : null).OfType<FirmwareOnDisk>()
        .Where(found => found.Name.ManufacturerId == manufacturerId && found.Name.FirmwareId == firmwareId)
        .MaxBy(static found => found.Name.Version);

    /// <summary>Reads a file of the folder.</summary>
    /// <param name="name">Nothing but a name: no way to another folder.</param>
    public bool TryRead(string name, [NotNullWhen(true)] out FirmwareImage? image, [NotNullWhen(false)] out string? fault)
    {
        image = null;
        if ((fault = NameFault(name)) is not null) return false;
        try
        {
            var file = new FileInfo(Path.Combine(_path, name));
            if (!file.Exists)
            {
                fault = $"there is no \"{name}\" in the folder {Name} of the storage directory";
                return false;
            }

            // Before it is opened: a pipe has no length, and reading it would never end.
            if (file.Length is 0 or > FirmwareFile.MaximumFileLength)
            {
                fault = $"\"{name}\" has {file.Length} bytes; allowed are 1..{FirmwareFile.MaximumFileLength}";
                return false;
            }

            if (FirmwareFile.TryRead(name, File.ReadAllBytes(file.FullName), out image, out fault)) return true;
            fault = $"\"{name}\": {fault}";
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = $"\"{name}\" cannot be read: {exception.Message}";
            return false;
        }
    }

    public void Dispose() => _timer.Dispose();

    private static string? NameFault(string name) =>
        name.Length is 0 or > 200 || name[0] == '.' || name.Contains("..", StringComparison.Ordinal) || name.AsSpan().IndexOfAny("/\\:") >= 0
            || name.Any(char.IsControl)
            ? $"the name of a firmware file is that of a file in the folder {Name}, without a path"
            : null;

    private void OnTimer()
    {
        Look();
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }
}
