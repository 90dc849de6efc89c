using Bridge.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bridge;

/// <summary>Where the user's own files are. The folders may not exist.</summary>
/// <param name="DevicesDirectory">Device files.</param>
/// <param name="TemplatesDirectory">Discovery templates.</param>
public sealed record UserFolders(string DevicesDirectory, string TemplatesDirectory)
{
    /// <summary>What the folder of device files is called, beside the program and below the storage directory.</summary>
    public const string DeviceFolder = "devices";

    /// <summary>The same for discovery templates.</summary>
    public const string TemplateFolder = "discovery-templates";

    /// <summary>As set, else below the storage directory.</summary>
    public static UserFolders Of(StorageOptions storage, DevicesOptions devices, HomeAssistantOptions homeAssistant)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(homeAssistant);
        var directory = Path.GetFullPath(storage.Directory ?? throw new InvalidOperationException("no storage directory"));
        return new(
            Of(devices.Directory, directory, DeviceFolder),
            Of(homeAssistant.TemplatesDirectory, directory, TemplateFolder));
    }

    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static UserFolders Of(IServiceProvider services) => Of(
        services.GetRequiredService<IOptions<StorageOptions>>().Value,
        services.GetRequiredService<IOptions<DevicesOptions>>().Value,
        services.GetRequiredService<IOptions<HomeAssistantOptions>>().Value);

    private static string Of(string? set, string directory, string name) => string.IsNullOrEmpty(set) ? Path.Combine(directory, name) : Path.GetFullPath(set);
}
