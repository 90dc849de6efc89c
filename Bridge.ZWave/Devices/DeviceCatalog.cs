namespace Bridge.ZWave.Devices;

/// <summary>What is known of a node when its device file is looked up.</summary>
/// <param name="ManufacturerId">From Manufacturer Specific; null when the node never answered.</param>
/// <param name="ProductTypeId">From Manufacturer Specific.</param>
/// <param name="ProductId">From Manufacturer Specific.</param>
/// <param name="Firmware">"1.2"; null when not known.</param>
/// <param name="EndpointCount">Individual endpoints.</param>
/// <param name="ClassVersions">Supported classes of root and endpoints with their versions.</param>
public sealed record DeviceFeatures(
    ushort? ManufacturerId, ushort? ProductTypeId, ushort? ProductId, string? Firmware, int EndpointCount,
    IReadOnlyDictionary<ushort, byte> ClassVersions);

/// <summary>All device files, found by fingerprint, else by features.</summary>
public sealed class DeviceCatalog
{
    private readonly Dictionary<(ushort, ushort, ushort), List<(Fingerprint Fingerprint, DeviceDefinition Definition)>> _byFingerprint = [];

    private DeviceCatalog(IReadOnlyList<DeviceDefinition> definitions, IReadOnlyList<DeviceFault> faults)
    {
        Definitions = definitions;
        Faults = faults;
        foreach (var definition in definitions)
        {
            foreach (var fingerprint in definition.Fingerprints)
            {
                var key = (fingerprint.ManufacturerId, fingerprint.ProductTypeId, fingerprint.ProductId);
                if (!_byFingerprint.TryGetValue(key, out var list)) _byFingerprint[key] = list = [];
                list.Add((fingerprint, definition));
            }
        }
    }

    /// <summary>A catalog without files.</summary>
    public static DeviceCatalog Empty { get; } = new([], []);

    public IReadOnlyList<DeviceDefinition> Definitions { get; }

    /// <summary>Every fault of every file; a file with a fault is left out.</summary>
    public IReadOnlyList<DeviceFault> Faults { get; }

    /// <summary>
    /// Reads <c>*/*.json</c> of the folders. A later folder wins over an earlier one for the same fingerprint (the user's own files come last).
    /// Missing folders count as empty; faults are collected, never thrown.
    /// </summary>
    public static DeviceCatalog Load(params IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        List<DeviceDefinition> definitions = [];
        List<DeviceFault> faults = [];
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder)) continue;
            foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var source = Path.GetRelativePath(folder, file).Replace('\\', '/');
                // Files directly in the folder are schemas and tables, not models.
                if (!source.Contains('/', StringComparison.Ordinal)) continue;
                var definition = ReadFile(file, source, faults);
                if (definition is not null) definitions.Add(definition);
            }
        }

        return new(definitions, faults);
    }

    /// <summary>The definition for a node, or null: exact fingerprint with fitting firmware first, then features.</summary>
    public DeviceDefinition? Find(DeviceFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features is { ManufacturerId: { } manufacturer, ProductTypeId: { } type, ProductId: { } product }
            && _byFingerprint.TryGetValue((manufacturer, type, product), out var candidates))
        {
            for (var index = candidates.Count - 1; index >= 0; index--)
            {
                if (FitsFirmware(candidates[index].Fingerprint, features.Firmware)) return candidates[index].Definition;
            }
        }

        return Definitions.LastOrDefault(definition => definition.Features is { } match && Fits(match, features));
    }

    private static DeviceDefinition? ReadFile(string file, string source, List<DeviceFault> faults)
    {
        try
        {
            return DeviceFileReader.Read(File.ReadAllText(file), source, faults);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(new(source, string.Empty, exception.Message));
            return null;
        }
    }

    private static bool Fits(FeatureMatch match, DeviceFeatures features) =>
        features.ManufacturerId is { } manufacturer && match.ManufacturerIds.Contains(manufacturer)
        && features.EndpointCount == match.EndpointCount
        && match.Classes.All(wanted => features.ClassVersions.TryGetValue(wanted.Key, out var version) && version >= wanted.Value);

    private static bool FitsFirmware(Fingerprint fingerprint, string? firmware)
    {
        if (fingerprint is { MinimumFirmware: null, MaximumFirmware: null }) return true;
        if (firmware is null || !Version.TryParse(firmware, out var version)) return false;
        return (fingerprint.MinimumFirmware is not { } minimum || version >= Version.Parse(minimum))
            && (fingerprint.MaximumFirmware is not { } maximum || version <= Version.Parse(maximum));
    }
}
