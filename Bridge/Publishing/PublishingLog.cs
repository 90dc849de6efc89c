using Microsoft.Extensions.Logging;

namespace Bridge.Publishing;

/// <summary>Log lines about publishing. Event ids: 460.</summary>
internal static partial class PublishingLog
{
    [LoggerMessage(461, LogLevel.Error, "Publishing what changed failed")]
    public static partial void PublishingFailed(this ILogger logger, Exception exception);
}
