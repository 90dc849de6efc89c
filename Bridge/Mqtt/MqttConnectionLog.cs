using Microsoft.Extensions.Logging;

namespace Bridge.Mqtt;

/// <summary>Log lines of the connection to the broker. Event ids: 430.</summary>
internal static partial class MqttConnectionLog
{
    [LoggerMessage(431, LogLevel.Information, "Connected to the broker {Broker} (MQTT {Protocol})")]
    public static partial void BrokerConnected(this ILogger logger, string broker, string protocol);

    [LoggerMessage(432, LogLevel.Warning, "The connection to the broker {Broker} is lost: {Reason}. It is opened again as soon as possible")]
    public static partial void BrokerLost(this ILogger logger, string broker, string reason);

    [LoggerMessage(433, LogLevel.Warning, "The broker {Broker} cannot be used: {Reason}. Trying again for ever; this is told once per reason")]
    public static partial void BrokerUnusable(this ILogger logger, string broker, string reason);

    [LoggerMessage(434, LogLevel.Warning, "The broker {Broker} does not speak MQTT {Refused}; MQTT {Next} is used from now on")]
    public static partial void ProtocolFallsBack(this ILogger logger, string broker, string refused, string next);

    [LoggerMessage(435, LogLevel.Warning, "The broker refuses the subscription {Filter}: {Reason}. It is asked again at the next connection")]
    public static partial void SubscriptionRefused(this ILogger logger, string filter, string reason);

    [LoggerMessage(436, LogLevel.Warning, "The broker does not take messages for {Topic}: {Reason}. They are dropped; this is told once a connection")]
    public static partial void MessageRefused(this ILogger logger, string topic, string reason);

    [LoggerMessage(437, LogLevel.Error, "A message for {Topic} could not be handled")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string topic);

    [LoggerMessage(438, LogLevel.Warning, "The broker keeps no messages; readers that start later know nothing until the next change")]
    public static partial void RetainUnavailable(this ILogger logger);

    [LoggerMessage(439, LogLevel.Warning, "{Count} messages wait for the broker; further ones are dropped until it takes some")]
    public static partial void QueueFull(this ILogger logger, int count);

    [LoggerMessage(440, LogLevel.Error, "Publishing {What} failed")]
    public static partial void PublicationFailed(this ILogger logger, Exception exception, string what);

    [LoggerMessage(441, LogLevel.Warning, "The broker did not take the farewell in time: {Reason}")]
    public static partial void FarewellFailed(this ILogger logger, string reason);
}
