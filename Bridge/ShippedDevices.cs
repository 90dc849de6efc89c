using Bridge.ZWave.Devices;

namespace Bridge;

/// <summary>The device files that come with the program, and those of the user.</summary>
public static class ShippedDevices
{
    /// <summary>Reads all of them; a file with a fault is left out and told in <see cref="DeviceCatalog.Faults"/>.</summary>
    /// <param name="userFolder">The user's own, which win; may not exist.</param>
    public static DeviceCatalog Load(string? userFolder = null)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, UserFolders.DeviceFolder);
        return userFolder is null ? DeviceCatalog.Load(shipped) : DeviceCatalog.Load(shipped, userFolder);
    }
}
