namespace Bridge.ZWave.Serial;

/// <summary>Follows the links by which udev names devices.</summary>
internal static class DeviceLinks
{
    /// <summary>What the path finally points to, there or not; the path itself when it is no link.</summary>
    public static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not there, or a circle of links: opening it says so.
            return path;
        }
    }
}
