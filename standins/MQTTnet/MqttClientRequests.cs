using MQTTnet.Packets;

namespace MQTTnet;

public sealed class MqttClientSubscribeOptions
{
    public List<MqttTopicFilter> TopicFilters { internal get; set; } = [];
}

public sealed class MqttClientUnsubscribeOptions
{
    public List<string> TopicFilters { internal get; set; } = [];
}

public sealed class MqttClientDisconnectOptions;

public sealed class MqttClientDisconnectedEventArgs : EventArgs
{
    internal MqttClientDisconnectedEventArgs(
        bool clientWasConnected,
        MqttClientDisconnectReason reason,
        string? reasonString,
        Exception? exception) =>
        (ClientWasConnected, Reason, ReasonString, Exception) = (clientWasConnected, reason, reasonString, exception);

    public bool ClientWasConnected { get; }

    public Exception? Exception { get; }

    public MqttClientDisconnectReason Reason { get; }

    public string? ReasonString { get; }
}

public enum MqttClientDisconnectReason;
