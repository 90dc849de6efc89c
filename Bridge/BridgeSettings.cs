using Bridge.Options;
using Bridge.Properties;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Serial;
using Microsoft.Extensions.Options;

namespace Bridge;

/// <summary>All settings, read and valid. Holds secrets: never logged as a whole.</summary>
/// <param name="Port">The way to the module.</param>
/// <param name="Directory">Where what is known is kept, as a full path.</param>
/// <param name="Mqtt">The broker.</param>
/// <param name="HomeAssistant">Discovery.</param>
/// <param name="Own">The user's own files.</param>
public sealed record BridgeSettings(
    TransportAddress Port, string Directory, MqttSettings Mqtt, HomeAssistantOptions HomeAssistant, UserFolders Own)
{
    /// <summary>How many backups of the module's memory are kept.</summary>
    public int Backups { get; init; } = 10;

    /// <summary>The memory is saved before nodes are included, excluded or replaced.</summary>
    public bool BackupBeforeInclusion { get; init; } = true;

    /// <summary>Which keys a node is to get when a request does not say.</summary>
    public InclusionStrategy InclusionStrategy { get; init; }

    /// <summary>Reads the options; the host has checked them before.</summary>
    public static BridgeSettings Read(
        IOptions<ZWaveOptions> zwave, IOptions<StorageOptions> storage, IOptions<MqttOptions> mqtt, IOptions<HomeAssistantOptions> homeAssistant,
        IOptions<DevicesOptions> devices)
    {
        ArgumentNullException.ThrowIfNull(zwave);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(mqtt);
        ArgumentNullException.ThrowIfNull(homeAssistant);
        ArgumentNullException.ThrowIfNull(devices);
        if (!TransportAddress.TryParse(zwave.Value.Port, out var port, out var fault)) throw new InvalidOperationException(fault);
        if (!InclusionWords.TryParse(zwave.Value.InclusionStrategy, out var strategy)) throw new InvalidOperationException("no inclusion strategy");
        List<string> faults = [];
        var settings = MqttSettings.Read(mqtt.Value, faults);
        if (faults.Count > 0) throw new InvalidOperationException(string.Join("; ", faults));
        var directory = Path.GetFullPath(storage.Value.Directory ?? throw new InvalidOperationException("no storage directory"));
        return new(port, directory, settings, homeAssistant.Value, UserFolders.Of(storage.Value, devices.Value, homeAssistant.Value))
        {
            Backups = storage.Value.Backups,
            BackupBeforeInclusion = zwave.Value.BackupBeforeInclusion,
            InclusionStrategy = strategy,
        };
    }
}
