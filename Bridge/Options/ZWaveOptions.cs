using Bridge.Properties;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Storage;
using Microsoft.Extensions.Options;

namespace Bridge.Options;

/// <summary>The settings under <c>ZWave</c>.</summary>
public sealed class ZWaveOptions
{
    public const string Section = "ZWave";

    /// <summary>
    /// The way to the module; no default, because the wrong stick would be worse than none. Allowed:
    /// <see cref="TransportAddress.Forms"/>.
    /// </summary>
    public string? Port { get; set; }

    /// <summary>The keys of the network. Default: <c>keys.json</c> of the storage directory.</summary>
    public string? KeysFile { get; set; }

    /// <summary>True: a key file that others can read is used, with a warning.</summary>
    public bool AllowReadableKeys { get; set; }

    /// <summary>Which keys a node is to get when a request does not say. Allowed: <see cref="InclusionWords.Allowed"/>; "s2" is secure or not at all.</summary>
    public string InclusionStrategy { get; set; } = "default";

    /// <summary>Saves the module's memory before nodes are included, excluded or replaced, at most once an hour.</summary>
    public bool BackupBeforeInclusion { get; set; } = true;

    /// <summary>The key file as set, else below the storage directory.</summary>
    public KeyFile File(string directory, TimeProvider time) =>
        new(Path.GetFullPath(string.IsNullOrWhiteSpace(KeysFile) ? Path.Combine(directory, "keys.json") : KeysFile), AllowReadableKeys, time);
}

/// <summary>Tells every fault of <see cref="ZWaveOptions"/>.</summary>
public sealed class ZWaveOptionsValidator : IValidateOptions<ZWaveOptions>
{
    public ValidateOptionsResult Validate(string? name, ZWaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> faults = [];
        if (!TransportAddress.TryParse(options.Port, out _, out var fault)) faults.Add($"{ZWaveOptions.Section}:{nameof(options.Port)}: {fault}");
        if (!InclusionWords.TryParse(options.InclusionStrategy, out _))
        {
            faults.Add($"{ZWaveOptions.Section}:{nameof(options.InclusionStrategy)}: '{options.InclusionStrategy}'; allowed: {InclusionWords.Allowed}");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

/// <summary>Tells every fault of the key file. Creates nothing.</summary>
public sealed class KeysFileValidator(IOptions<StorageOptions> storage, TimeProvider time) : IValidateOptions<ZWaveOptions>
{
    /// <summary>What stands before each fault.</summary>
    public const string Setting = $"{ZWaveOptions.Section}:{nameof(ZWaveOptions.KeysFile)}";

    public ValidateOptionsResult Validate(string? name, ZWaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string? directory = null;
        try
        {
            directory = storage.Value.Directory;
        }
        catch (OptionsValidationException)
        {
            // Told by the validator of those; a file set by its own path can be checked all the same.
        }

        if (directory is null && string.IsNullOrWhiteSpace(options.KeysFile)) return ValidateOptionsResult.Success;
        string[] faults = [.. options.File(directory ?? string.Empty, time).Read().Faults.Select(static fault => $"{Setting}: {fault}")];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
