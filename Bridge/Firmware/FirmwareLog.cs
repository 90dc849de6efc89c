using Microsoft.Extensions.Logging;

namespace Bridge.Firmware;

/// <summary>Log lines about what is remembered of firmware updates. Event ids: 480.</summary>
internal static partial class FirmwareLog
{
    [LoggerMessage(481, LogLevel.Warning, "The file of firmware updates {File} cannot be read ({Reason}); it was renamed to {Aside}")]
    public static partial void UpdatesSetAside(this ILogger logger, string file, string aside, string reason);

    [LoggerMessage(482, LogLevel.Error, "The file of firmware updates {File} cannot be read: {Reason}. It is left alone")]
    public static partial void UpdatesUnreadable(this ILogger logger, string file, string reason);

    [LoggerMessage(483, LogLevel.Error, "Firmware updates could not be remembered: {Reason}")]
    public static partial void UpdatesNotWritten(this ILogger logger, string reason);

    [LoggerMessage(484, LogLevel.Warning, "Node {NodeId} could not be asked for its firmware after an interrupted update: {Reason}")]
    public static partial void VersionNotAsked(this ILogger logger, int nodeId, string reason);
}
