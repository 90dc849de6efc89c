using Microsoft.Extensions.Logging;

namespace Bridge.Commands;

/// <summary>
/// Log lines of commands and requests. Event ids: 400. Information, not warning: what a sender got wrong is told to the sender, on MQTT.
/// </summary>
internal static partial class CommandLog
{
    [LoggerMessage(401, LogLevel.Information, "{Topic}: {Reason}")]
    public static partial void MessageRefused(this ILogger logger, string topic, string reason);

    [LoggerMessage(402, LogLevel.Information, "{Count} more messages with faults within a second")]
    public static partial void MessagesNotLogged(this ILogger logger, long count);

    [LoggerMessage(403, LogLevel.Debug, "Dropped a message on {Topic} that the broker sent once more")]
    public static partial void DuplicateDropped(this ILogger logger, string topic);

    [LoggerMessage(404, LogLevel.Error, "A message could not be handled because of a fault in this program")]
    public static partial void HandlerFault(this ILogger logger, Exception exception);
}
