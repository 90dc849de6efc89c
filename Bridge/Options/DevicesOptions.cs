using Microsoft.Extensions.Options;

namespace Bridge.Options;

/// <summary>The settings under <c>Devices</c>.</summary>
public sealed class DevicesOptions
{
    public const string Section = "Devices";

    /// <summary>
    /// A folder with device files of the user's own, which win over those that come with the program. Default: <c>devices</c> in the storage directory.
    /// </summary>
    public string? Directory { get; set; }
}

/// <summary>Tells every fault of <see cref="DevicesOptions"/>.</summary>
public sealed class DevicesOptionsValidator : IValidateOptions<DevicesOptions>
{
    public ValidateOptionsResult Validate(string? name, DevicesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var directory = options.Directory;
        return string.IsNullOrEmpty(directory) || Directory.Exists(directory)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{DevicesOptions.Section}:{nameof(options.Directory)}: '{directory}' does not exist; allowed: a folder, or none");
    }
}
