using Bridge.ZWave.Devices;

namespace Bridge;

/// <summary>The device files that come with the program.</summary>
public static class ShippedDevices
{
    /// <summary>Reads all of them; a file with a fault is left out and told in <see cref="DeviceCatalog.Faults"/>.</summary>
    public static DeviceCatalog Load() => DeviceCatalog.Load(Path.Combine(AppContext.BaseDirectory, "devices"));
}
