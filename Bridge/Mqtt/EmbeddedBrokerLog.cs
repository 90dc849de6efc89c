using System.Net;
using Microsoft.Extensions.Logging;

namespace Bridge.Mqtt;

/// <summary>Log lines of the built-in broker. Event ids: 500.</summary>
internal static partial class EmbeddedBrokerLog
{
    [LoggerMessage(501, LogLevel.Information, "The built-in broker listens on {Address}; {Retained} retained messages of the last run")]
    public static partial void BrokerListens(this ILogger logger, IPEndPoint address, int retained);

    [LoggerMessage(502, LogLevel.Warning, "The built-in broker refused {Client}: wrong user or password; said once a client")]
    public static partial void ClientRefused(this ILogger logger, string client);

    [LoggerMessage(503, LogLevel.Warning,
        "The built-in broker refused {Client}: {Limit} clients are connected already; said once a client")]
    public static partial void TooManyClients(this ILogger logger, string client, int limit);

    [LoggerMessage(504, LogLevel.Warning,
        "The built-in broker threw {Client} out: it sent {Bytes} bytes in a packet, {Limit} are allowed; said once a client")]
    public static partial void PacketTooLarge(this ILogger logger, string client, long bytes, int limit);

    [LoggerMessage(505, LogLevel.Warning,
        "The built-in broker does not retain a message on {Topic}: there are {Limit} retained messages; said once")]
    public static partial void TooManyRetained(this ILogger logger, string topic, int limit);

    [LoggerMessage(506, LogLevel.Warning, "The built-in broker dropped messages for {Client}, which reads too slowly; said once a client")]
    public static partial void MessagesDropped(this ILogger logger, string client);

    [LoggerMessage(507, LogLevel.Debug, "Broker: {Client} connected, {Count} clients")]
    public static partial void ClientConnected(this ILogger logger, string client, int count);

    [LoggerMessage(508, LogLevel.Debug, "Broker: {Client} disconnected ({How}), {Count} clients")]
    public static partial void ClientDisconnected(this ILogger logger, string client, string how, int count);

    [LoggerMessage(509, LogLevel.Warning, "The retained messages in {File} cannot be read ({Reason}); renamed to {Aside}, beginning without them")]
    public static partial void RetainedFileSetAside(this ILogger logger, string file, string aside, string reason);

    [LoggerMessage(510, LogLevel.Warning, "The retained messages in {File} cannot be read: {Reason}")]
    public static partial void RetainedFileUnreadable(this ILogger logger, string file, string reason);

    [LoggerMessage(511, LogLevel.Warning, "The retained messages cannot be written to {File}: {Reason}. Trying again with the next change")]
    public static partial void RetainedFileUnwritable(this ILogger logger, string file, string reason);

    [LoggerMessage(512, LogLevel.Debug, "Broker: {Count} retained messages written")]
    public static partial void RetainedFileWritten(this ILogger logger, int count);
}
