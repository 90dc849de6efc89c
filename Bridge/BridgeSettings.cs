using System.Net;
using Bridge.Options;
using Bridge.ZWave.Serial;
using Microsoft.Extensions.Options;

namespace Bridge;

/// <summary>All settings, read and valid. Holds secrets: never logged as a whole.</summary>
/// <param name="Port">The way to the module.</param>
/// <param name="Directory">Where what is known is kept, as a full path.</param>
/// <param name="Mqtt">The broker.</param>
/// <param name="HomeAssistant">Discovery.</param>
/// <param name="DevicesDirectory">The user's own device files; may not exist.</param>
public sealed record BridgeSettings(
    TransportAddress Port, string Directory, MqttSettings Mqtt, HomeAssistantOptions HomeAssistant, string DevicesDirectory)
{
    /// <summary>The user's own discovery templates; may not exist.</summary>
    public string TemplatesDirectory => HomeAssistant.TemplatesDirectory ?? Path.Combine(Directory, "discovery-templates");

    /// <summary>Where the built-in broker was told to listen; null: another broker is used.</summary>
    public IPEndPoint? EmbeddedListen => Mqtt.Embedded?.Listen;

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
        List<string> faults = [];
        var settings = MqttSettings.Read(mqtt.Value, faults);
        if (faults.Count > 0) throw new InvalidOperationException(string.Join("; ", faults));
        var directory = Path.GetFullPath(storage.Value.Directory ?? throw new InvalidOperationException("no storage directory"));
        return new(port, directory, settings, homeAssistant.Value, devices.Value.Directory ?? Path.Combine(directory, "devices"));
    }
}
