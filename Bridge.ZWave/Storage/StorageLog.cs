using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Storage;

/// <summary>Log lines of the store.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(3001, LogLevel.Warning, "The network file {File} cannot be read ({Reason}); it was renamed to {Aside}. The nodes are interviewed again.")]
    public static partial void NetworkFileSetAside(this ILogger logger, string file, string aside, string reason);

    [LoggerMessage(3002, LogLevel.Error, "The network file {File} cannot be read: {Reason}. It is left alone; the nodes are interviewed again.")]
    public static partial void NetworkFileUnreadable(this ILogger logger, string file, string reason);

    [LoggerMessage(3003, LogLevel.Error, "The provisioning list {File} cannot be read ({Reason}); it was renamed to {Aside}. It is empty now.")]
    public static partial void ProvisioningSetAside(this ILogger logger, string file, string aside, string reason);

    [LoggerMessage(3004, LogLevel.Error, "The provisioning list {File} cannot be read: {Reason}. It is empty for now.")]
    public static partial void ProvisioningUnreadable(this ILogger logger, string file, string reason);
}
