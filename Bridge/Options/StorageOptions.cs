using Microsoft.Extensions.Options;

namespace Bridge.Options;

/// <summary>The settings under <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Where what is known of the network is kept between runs. Default: <see cref="StateDirectory.Default"/>.</summary>
    public string? Directory { get; set; }

    /// <summary>How many backups of the module's memory are kept of a network, 1..1000.</summary>
    public int Backups { get; set; } = 10;
}

/// <summary>
/// Tells every fault of <see cref="StorageOptions"/>. Creates the directory and tries to write into it: only that tells whether it can be
/// used, and it is better known at start than when the first change is lost.
/// </summary>
public sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    private const int MaximumBackups = 1000;
    private const string Path = $"{StorageOptions.Section}:{nameof(StorageOptions.Directory)}";

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> faults = [];
        if (Fault(options.Directory) is { } fault) faults.Add($"{Path}: {fault}");
        if (options.Backups is < 1 or > MaximumBackups)
        {
            faults.Add($"{StorageOptions.Section}:{nameof(StorageOptions.Backups)}: {options.Backups}; allowed: 1 to {MaximumBackups}");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? Fault(string? directory)
    {
        if (string.IsNullOrWhiteSpace(directory)) return "no directory is known for this user; set it to one that can be written";
        if (File.Exists(directory)) return $"'{directory}' is a file; allowed: a directory that can be written";
        try
        {
            Directory.CreateDirectory(directory);
            var probe = System.IO.Path.Combine(directory, $".write-test-{Environment.ProcessId}");
            using (new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose))
            {
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"'{directory}' cannot be used ({exception.Message}); allowed: a directory that can be written";
        }
    }
}
